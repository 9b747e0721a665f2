/// Bodies that no reader of answers may stumble over, each with a key planted in it.
enum HostileBody {
    /// What must not come back out of any of them.
    static let secret = "pl4nted-By_the-c0ntract"

    /// How long a detail made of a foreign text may be.
    static let detailMax = 1000

    /// The bodies, with what they are called in a report.
    static let all: [(kind: String, body: [UInt8])] = [
        ("an empty body", []),
        ("a JSON message", Array(#"{"statusCode":400,"message":"no key \#(key) here","error":"Bad Request"}"#.utf8)),
        ("a JSON list of messages", Array(#"{"message":["\#(key) is short","from must be text"]}"#.utf8)),
        ("JSON of another shape", Array(#"[{"success":"\#(key)","message":{"a":[1,null,{"message":7}]}}]"#.utf8)),
        ("truncated JSON", Array(#"{"success":[{"number":"919999900101","name":"\#(key)"},{"num"#.utf8)),
        ("deep JSON", Array(repeating: UInt8(ascii: "["), count: 20_000)),
        ("HTML", Array("<!DOCTYPE html>\n<html><title>502 \(key)</title><body><h1>Bad \(key)".utf8)),
        ("plain text", Array("upstream said:\r\n\u{1B}[31m\(key)\u{0}\n".utf8)),
        ("binary", Array(0...255) + Array(key.utf8) + Array(0...255)),
        ("a huge body", Array(#"{"message":"\#(key) "#.utf8) + Array(repeating: UInt8(ascii: "x"), count: 1 << 20)),
    ]

    private static let key = "key_" + secret
}
