public import ActionKit

extension Destination {
    /// A request as a command for a POSIX shell, for people to read, run and import elsewhere.
    ///
    /// The key is never in it: the command takes it from the variable when it runs. Everything else is quoted, so that no
    /// text of a customer can be more than text.
    ///
    /// ```sh
    /// curl --request POST 'https://public.doubletick.io/collaborators/add' \
    ///   --header "Authorization: $DOUBLETICK_API_KEY" \
    ///   --header 'Content-Type: application/json' \
    ///   --data-raw '{"from":"919999900000","to":"919999900001","agentNumbers":["919999900101"]}'
    /// ```
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - keyVariable: The environment variable that holds the key; `nil` for a destination that asks for none. What cannot
    ///     stand in the name of a variable becomes an underscore.
    /// - Returns: The command, without a line feed at its end.
    public func curl(for request: ActionRequest, keyVariable: String?) -> String {
        var lines = ["curl --request \(Shell.word(request.method)) \(Shell.quoted("\(baseURL)\(request.path)"))"]
        if let keyVariable {
            let variable = Shell.variable(keyVariable)
            lines.append(#"--header "\#(Shell.escapedInDoubleQuotes(credentialHeader)): $\#(variable)""#)
        }
        if let json = request.json {
            lines.append("--header 'Content-Type: application/json'")
            // Unlike --data, this takes a text that begins with @ as text.
            lines.append("--data-raw \(Shell.quoted(json))")
        }
        return lines.joined(separator: " \\\n  ")
    }
}

/// Quoting for POSIX shells.
private enum Shell {
    /// A text in single quotes, in which nothing but the single quote means anything.
    ///
    /// No argument can hold a NUL. In JSON, where alone it can occur, its escape means the same.
    static func quoted(_ text: String) -> String {
        let quoted = text.unicodeScalars.reduce(into: "") { quoted, scalar in
            switch scalar {
            case "'": quoted += #"'\''"#
            case "\0": quoted += #"\u0000"#
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return "'\(quoted)'"
    }

    /// A text without quotes where it needs none.
    static func word(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        return isPlain ? text : quoted(text)
    }

    static func escapedInDoubleQuotes(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            if "\"\\$`".unicodeScalars.contains(scalar) { escaped += "\\" }
            escaped.unicodeScalars.append(scalar)
        }
    }

    static func variable(_ name: String) -> String {
        let letters = name.map { character -> Character in
            character.isASCII && (character.isLetter || character.isNumber) ? character : "_"
        }
        return letters.first.map { $0.isNumber ? "_" + String(letters) : String(letters) } ?? "_"
    }
}
