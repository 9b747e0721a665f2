import Events
import Foundation
import SeededRandom

/// JSON values made by chance, as Foundation holds them.
enum GeneratedJSON {
    private static let texts = [
        "", "a", "refund", "é", "e\u{301}", "😀", "\"", "\\", "/", "\n\t\r\u{8}\u{c}", "\u{1}\u{1f}\u{7f}", "\u{2028}",
        "日本語",
        "नमस्ते", "long enough to live on the heap, whatever that is", "\0",
    ]

    static func object(depth: Int, using random: inout SeededGenerator) -> [String: Any] {
        var object: [String: Any] = [:]
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            object[texts[Int.random(in: 0..<texts.count, using: &random)]] = value(depth: depth, using: &random)
        }
        return object
    }

    private static func value(depth: Int, using random: inout SeededGenerator) -> Any {
        switch Int.random(in: 0...(depth > 0 ? 7 : 5), using: &random) {
        case 0: return texts[Int.random(in: 0..<texts.count, using: &random)]
        case 1: return NSNumber(value: Int64.random(in: .min ... .max, using: &random))
        // Halves, since Foundation on Linux does not read every longer fraction exactly: -999050.7150336799 is one.
        case 2: return NSNumber(value: Double(Int.random(in: -8_000_000...8_000_000, using: &random)) / 2)
        case 3: return NSNumber(value: Bool.random(using: &random))
        case 4: return NSNull()
        case 5: return NSNumber(value: Int64.random(in: -10...10, using: &random))
        case 6: return object(depth: depth - 1, using: &random)
        default:
            var list: [Any] = []
            for _ in 0..<Int.random(in: 0...5, using: &random) { list.append(value(depth: depth - 1, using: &random)) }
            return list
        }
    }

    /// Whether a value reads as what Foundation holds.
    static func isSame(_ value: JSONValue, _ other: Any) -> Bool {
        switch value.kind {
        case .string: return value.string == other as? String
        case .null: return other is NSNull
        case .boolean: return (other as? NSNumber)?.boolValue == value.boolean
        case .number:
            guard let number = other as? NSNumber else { return false }
            // Foundation's `doubleValue` of some long integers is one off; its `int64Value` is right.
            return value.integer.map { $0 == number.int64Value } ?? (value.number == number.doubleValue)
        case .list:
            guard let list = other as? [Any], list.count == value.count else { return false }
            return zip(value.elements, list).allSatisfy { isSame($0, $1) }
                && list.indices.allSatisfy { position in value[position].map { isSame($0, list[position]) } ?? false }
        case .object:
            guard let object = other as? [String: Any], object.count == value.count else { return false }
            return object.allSatisfy { key, member in value[key].map { isSame($0, member) } ?? false }
        }
    }
}
