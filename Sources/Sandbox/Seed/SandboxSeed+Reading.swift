import DoubleTick
public import Foundation

extension SandboxSeed {
    /// The bytes of a seed file; a longer one is refused.
    static let fileBytesMax = 8 << 20

    /// Reads a seed file.
    ///
    /// - Throws: The first thing that is wrong with it, and where.
    public init(contentsOf file: URL) throws(SandboxSeedProblem) {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: file)
        } catch {
            throw SandboxSeedProblem(file: file.path, place: "", reason: "cannot be read")
        }
        try self.init(json: bytes, file: file.path)
    }

    /// Reads the text of a seed file; `file` is named in problems.
    ///
    /// - Throws: The first thing that is wrong with it, and where.
    public init(json: Data, file: String? = nil) throws(SandboxSeedProblem) {
        guard json.count <= Self.fileBytesMax else {
            throw SandboxSeedProblem(file: file, place: "", reason: "is longer than \(Self.fileBytesMax >> 20) MiB")
        }
        do {
            self = try JSONDecoder().decode(SandboxSeed.self, from: json)
        } catch let error as DecodingError {
            throw SandboxSeedProblem(error, file: file)
        } catch {
            throw SandboxSeedProblem(file: file, place: "", reason: "is not JSON")
        }
        try check(file: file, limits: SandboxLimits())
    }

    /// Checks what no single value shows: numbers that are none, repeated or unknown.
    func check(file: String? = nil, limits: SandboxLimits) throws(SandboxSeedProblem) {
        if let (place, reason) = firstFault(limits: limits) {
            throw SandboxSeedProblem(file: file, place: place, reason: reason)
        }
    }

    private func firstFault(limits: SandboxLimits) -> (place: String, reason: String)? {
        guard team.count <= limits.teamMax else {
            return ("team", "has \(team.count) members; the sandbox takes \(limits.teamMax)")
        }
        guard chats.count <= limits.chatsMax else {
            return ("chats", "has \(chats.count) chats; the sandbox keeps \(limits.chatsMax)")
        }
        return faultInBusinesses() ?? faultInTeam() ?? faultInChats()
    }

    private func faultInBusinesses() -> (place: String, reason: String)? {
        var seen: [String: Int] = [:]
        for (index, business) in businesses.enumerated() {
            let place = "businesses[\(index)]"
            if let fault = DoubleTickNumber.fault(in: business) { return (place, fault) }
            if let first = seen.updateValue(index, forKey: DoubleTickNumber.digits(of: business)) {
                return (place, "is the same number as 'businesses[\(first)]'")
            }
        }
        return nil
    }

    private func faultInTeam() -> (place: String, reason: String)? {
        var seen: [String: Int] = [:]
        for (index, member) in team.enumerated() {
            let place = "team[\(index)]"
            if let fault = DoubleTickNumber.fault(in: member.phone) { return ("\(place).phone", fault) }
            if member.name?.isEmpty == true {
                return ("\(place).name", "is empty; leave it out for a member without a name")
            }
            if let first = seen.updateValue(index, forKey: DoubleTickNumber.digits(of: member.phone)) {
                return ("\(place).phone", "is the same number as 'team[\(first)].phone'")
            }
        }
        return nil
    }

    private func faultInChats() -> (place: String, reason: String)? {
        let known = Set(businesses.map(DoubleTickNumber.digits(of:)))
        let agents = Set(team.map { DoubleTickNumber.digits(of: $0.phone) })
        var seen: [ChatKey: Int] = [:]
        for (index, chat) in chats.enumerated() {
            let place = "chats[\(index)]"
            if let fault = DoubleTickNumber.fault(in: chat.business) { return ("\(place).business", fault) }
            if let fault = DoubleTickNumber.fault(in: chat.customer) { return ("\(place).customer", fault) }
            let key = ChatKey(business: chat.business, customer: chat.customer)
            if !known.isEmpty, !known.contains(key.business) { return ("\(place).business", "is not in 'businesses'") }
            if let owner = chat.owner, !agents.contains(DoubleTickNumber.digits(of: owner)) {
                return ("\(place).owner", "is not in 'team'")
            }
            if let first = seen.updateValue(index, forKey: key) {
                return (place, "is the same chat as 'chats[\(first)]'")
            }
        }
        return nil
    }
}

extension SandboxSeedProblem {
    /// Says in our words what the decoder found.
    fileprivate init(_ error: DecodingError, file: String?) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(file: file, place: Self.place(context.codingPath + [key]), reason: "is missing")
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            self.init(file: file, place: Self.place(context.codingPath), reason: "must be \(Self.word(for: type))")
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            self.init(file: file, place: "", reason: "is not JSON")
        case .dataCorrupted(let context):
            self.init(file: file, place: Self.place(context.codingPath), reason: context.debugDescription)
        @unknown default:
            self.init(file: file, place: "", reason: "cannot be decoded")
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        path.reduce(into: "") { place, key in
            if let index = key.intValue {
                place += "[\(index)]"
            } else {
                place += (place.isEmpty ? "" : ".") + key.stringValue
            }
        }
    }

    private static func word(for type: Any.Type) -> String {
        switch type {
        case is String.Type: "text"
        case is [Any].Type: "a list"
        default: "an object"
        }
    }
}
