import Events

/// A value of an event as clauses look at it, its text lent: for looking at, and not for keeping.
///
/// Nothing is copied for it. The bytes are the event's and stay as long as the closure runs that was given the value.
@safe
enum LentScalar {
    case text(UnsafeRawBufferPointer)
    case integer(Int64)
    case number(Double)
    case boolean(Bool)
    case list
    case object

    var kind: JSONValue.Kind {
        switch self {
        case .text: .string
        case .integer, .number: .number
        case .boolean: .boolean
        case .list: .list
        case .object: .object
        }
    }
}

extension JSONValue {
    /// Lends the value as clauses look at it; `nil` for `null`, which conditions treat as missing.
    func withScalar<Result>(_ body: (LentScalar) -> Result) -> Result? {
        switch kind {
        case .null: nil
        case .string: unsafe withUTF8 { unsafe body(.text($0)) }
        case .boolean: body(.boolean(boolean ?? false))
        case .list: body(.list)
        case .object: body(.object)
        case .number: body(integer.map { .integer($0) } ?? .number(number ?? .nan))
        }
    }
}

extension JSONScalar {
    /// Lends the value as clauses look at it.
    func lend<Result>(_ body: (LentScalar) -> Result) -> Result {
        switch self {
        case .string(var text): text.withUTF8 { unsafe body(.text(UnsafeRawBufferPointer($0))) }
        case .integer(let integer): body(.integer(integer))
        case .number(let number): body(.number(number))
        case .boolean(let boolean): body(.boolean(boolean))
        case .list: body(.list)
        case .object: body(.object)
        }
    }
}
