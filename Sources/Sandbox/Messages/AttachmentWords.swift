import Events
import Foundation

/// What came with a message's text, in the words that the page shows.
enum AttachmentWords {
    /// `Photo`, `Document · invoice.pdf`; `nil` for text alone.
    static func of(_ event: Event) -> String? {
        let type = (event.fields["message"]?["type"] ?? event.fields["kind"] ?? event.fields["type"])?.string ?? ""
        let content = event.fields["message"] ?? event.fields[type]
        return switch event.kind {
        case .text, nil: nil
        case .image: type.uppercased() == "STICKER" ? "Sticker" : "Photo"
        case .video: "Video"
        case .audio: "Voice message"
        case .document: named("Document", content?["fileName"] ?? content?["filename"])
        case .location: named("Location", content?["name"] ?? content?["address"])
        case .contacts: "Contact"
        case .button, .listReply: "Choice"
        case .template: "Template"
        case .other: other(type)
        }
    }

    private static func named(_ kind: String, _ name: JSONValue?) -> String {
        name?.string.map { "\(kind) · \($0)" } ?? kind
    }

    /// The type's own name, made readable; `nil` where there is none.
    private static func other(_ type: String) -> String? {
        switch type.uppercased() {
        case "": nil
        case "FLOW": "Form"
        default: type.lowercased().replacing("_", with: " ").capitalized
        }
    }
}
