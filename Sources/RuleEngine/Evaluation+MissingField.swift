import Diagnostics
import Events

extension Evaluation {
    /// How many values of an event are looked at for one whose path differs by a typo.
    private static var pathsMax: Int { 1_000 }

    /// The share of looking for one path in ``NearMiss/workMax``.
    private static var workOfPath: Int { 50_000 }

    /// Any short name is one letter from any other.
    private static var pathLengthMin: Int { 3 }

    /// How deep they may lie.
    private static var depthMax: Int { 8 }

    /// The value that was probably meant by a path at which there is none.
    func nearMiss(of path: FieldPath, _ matcher: Matcher) -> NearMiss? {
        guard spendsNearMissWork(Self.workOfPath) else { return nil }
        var paths: [String] = []
        collect(event.fields, along: [], withStars: path.hasWildcard, &paths)
        let written = path.description
        let spelled =
            written.count < Self.pathLengthMin
            ? nil : Spelling.closest(to: written, among: paths.filter { $0 != written })
        let sameName = paths.filter { $0.lastSegment == written.lastSegment }
        guard
            let meant = spelled ?? (sameName.count == 1 ? sameName.first : nil),
            let other = try? FieldPath(parsing: meant), meant != written
        else { return nil }
        let wouldHold = other.contains(in: event.fields) { value in
            JSONScalar(value).map { verdict(matcher, of: $0) == .holds } ?? false
        }
        return NearMiss("did you mean '\(meant.brief)'?" + (wouldHold ? " It would match" : ""), wouldHold: wouldHold)
    }

    private func collect(_ value: JSONValue, along path: [String], withStars: Bool, _ paths: inout [String]) {
        guard paths.count < Self.pathsMax, path.count <= Self.depthMax else { return }
        if !path.isEmpty { paths.append(path.joined(separator: ".")) }
        for (key, member) in value.members where !key.isEmpty {
            collect(member, along: path + [FieldPath.escaped(key)], withStars: withStars, &paths)
        }
        for (index, element) in value.elements.enumerated() {
            collect(element, along: path + [withStars ? "*" : String(index)], withStars: withStars, &paths)
            if withStars || index == 0 { break }
        }
    }
}

extension String {
    fileprivate var lastSegment: Substring { self[(lastIndex(of: ".").map { index(after: $0) } ?? startIndex)...] }
}
