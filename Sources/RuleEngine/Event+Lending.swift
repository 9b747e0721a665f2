import Events

extension Event {
    /// Lends the value under a name; `nil` where there is none.
    func withUTF8<Result>(_ name: EventName, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
        guard var text = name.value(in: self) else { return nil }
        return text.withUTF8 { unsafe body(UnsafeRawBufferPointer($0)) }
    }
}
