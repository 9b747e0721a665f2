import Events

extension FieldPath {
    /// The values at a path with stars, each with its own path, in the order of the text.
    func elements(in root: JSONValue, limit: Int) -> [(path: String, value: JSONValue)] {
        var elements: [(path: String, value: JSONValue)] = []
        collect(segments[...], in: root, along: [], &elements, limit)
        return elements
    }

    private func collect(
        _ segments: ArraySlice<String>,
        in value: JSONValue,
        along path: [String],
        _ elements: inout [(path: String, value: JSONValue)],
        _ limit: Int
    ) {
        guard elements.count < limit else { return }
        guard let segment = segments.first else {
            elements.append((path.joined(separator: "."), value))
            return
        }
        let rest = segments.dropFirst()
        if segment == "*" {
            for (index, element) in value.elements.enumerated() {
                collect(rest, in: element, along: path + [String(index)], &elements, limit)
            }
            for (key, member) in value.members {
                collect(rest, in: member, along: path + [Self.escaped(key)], &elements, limit)
            }
        } else if let single = try? FieldPath(parsing: segment), let next = single.first(in: value) {
            collect(rest, in: next, along: path + [segment], &elements, limit)
        }
    }

    /// The segments as they are written, with their backslashes.
    private var segments: [String] {
        var segments = [""]
        var isEscaped = false
        for character in description.unicodeScalars {
            if character == ".", !isEscaped {
                segments.append("")
            } else {
                segments[segments.count - 1].unicodeScalars.append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        return segments
    }

    /// A key as a segment of a path.
    static func escaped(_ key: String) -> String {
        key.replacing("\\", with: "\\\\").replacing(".", with: "\\.").replacing("*", with: "\\*")
    }
}
