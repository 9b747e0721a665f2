import Testing

/// A source in which `«` and `»` stand around the place of a problem.
struct MarkedTemplate: ExpressibleByStringLiteral, CustomTestStringConvertible, Sendable {
    let testDescription: String
    let source: String
    let range: Range<Int>

    init(stringLiteral marked: String) {
        testDescription = marked
        let before = marked.prefix { $0 != "«" }
        let rest = marked.dropFirst(before.count + 1)
        let place = rest.prefix { $0 != "»" }
        let start = before.utf8.count
        source = String(before + place + rest.dropFirst(place.count + 1))
        range = start..<start + place.utf8.count
    }
}
