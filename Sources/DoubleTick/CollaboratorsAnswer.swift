internal import Foundation

/// What DoubleTick answers to adding or removing collaborators.
///
/// Nothing in it is declared required, so what is missing reads as empty, and members that are not known are passed over.
public struct CollaboratorsAnswer: Hashable, Sendable {
    /// The numbers that matched a team member.
    public var success: [Match]

    /// The numbers that matched nobody.
    public var failed: [Miss]

    /// A number that matched a team member.
    public struct Match: Hashable, Sendable {
        /// The number as the service writes it, perhaps with a plus sign; compare it as ``DoubleTickNumber``.
        public var number: String

        /// The team member's name.
        public var name: String?

        /// Creates a match.
        public init(number: String, name: String?) {
            self.number = number
            self.name = name
        }
    }

    /// A number that matched nobody.
    public struct Miss: Hashable, Sendable {
        /// The number as the service writes it.
        public var number: String

        /// Creates a miss.
        public init(number: String) {
            self.number = number
        }
    }

    /// Creates an answer.
    public init(success: [Match], failed: [Miss]) {
        self.success = success
        self.failed = failed
    }

    /// Reads an answer; `nil` when the bytes are no JSON object, or when a list in it is something else than a list.
    public init?(reading bytes: [UInt8]) {
        guard let answer = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else { return nil }
        self = answer
    }

    /// The answer as compact JSON in the documented order.
    public func json() -> String {
        JSONText.object([
            ("success", JSONText.array(success.map { $0.json() })),
            ("failed", JSONText.array(failed.map { JSONText.object([("number", JSONText.string($0.number))]) })),
        ])
    }
}

extension CollaboratorsAnswer.Match {
    fileprivate func json() -> String {
        JSONText.object([
            ("number", JSONText.string(number)),
            ("name", name.map(JSONText.string) ?? "null"),
        ])
    }
}

extension CollaboratorsAnswer: Decodable {
    private enum CodingKeys: CodingKey {
        case success
        case failed
    }

    /// Reads an answer with the tolerance that ``CollaboratorsAnswer`` describes.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        let success = try members.decodeIfPresent([Entry].self, forKey: .success) ?? []
        let failed = try members.decodeIfPresent([Entry].self, forKey: .failed) ?? []
        self.init(
            success: success.compactMap { entry in entry.number.map { Match(number: $0, name: entry.name) } },
            failed: failed.compactMap { entry in entry.number.map { Miss(number: $0) } }
        )
    }

    /// An item of either list: an object, or a bare number.
    private struct Entry: Decodable {
        var number: String?
        var name: String?

        private enum CodingKeys: CodingKey {
            case number
            case name
        }

        init(from decoder: any Decoder) throws {
            if let members = try? decoder.container(keyedBy: CodingKeys.self) {
                number = try? members.decode(Number.self, forKey: .number).text
                name = try? members.decode(String.self, forKey: .name)
            } else {
                number = try? decoder.singleValueContainer().decode(Number.self).text
            }
        }
    }

    /// A phone number, written as a string or as an integer.
    private struct Number: Decodable {
        var text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                self.text = text
            } else {
                text = String(try value.decode(UInt64.self))
            }
        }
    }
}
