import Diagnostics
import Foundation
import RuleSyntax

extension YAMLNode {
    /// Where a key is to be found; whatever else is written may be the key itself and is shown nowhere.
    func secretSource(reporting diagnostics: inout [Diagnostic]) -> SecretSource? {
        guard let text = scalar?.text else {
            if !isIncomplete { diagnostics.append(.secretOfOtherKind(self)) }
            return nil
        }
        guard !text.isEmpty else {
            diagnostics.refuseEmpty(self, of: "'api_key'")
            return nil
        }
        if let source = SecretSource(written: text) { return source }
        diagnostics.append(.secretInFile(self))
        return nil
    }
}

extension SecretSource {
    /// A file is meant relative to the rule file that names it.
    func relative(to value: YAMLNode) -> SecretSource {
        guard case .file(let path) = self, !path.hasPrefix("/"), !value.isVariable else { return self }
        let folder = (value.span.file.path as NSString).deletingLastPathComponent
        return .file(folder.isEmpty ? path : "\(folder)/\(path)")
    }
}

extension Diagnostic {
    private static let secretHelp = "write 'env:DOUBLETICK_API_KEY' or 'file:/run/secrets/doubletick'"

    fileprivate static func secretInFile(_ value: YAMLNode) -> Diagnostic {
        Diagnostic(
            .secretInFile,
            message: "a key written into a rule file",
            primary: Label("whoever reads the file has the key", at: value.span, isSecret: true),
            help: "\(secretHelp); if this file was ever shared, make a new key"
        )
    }

    fileprivate static func secretOfOtherKind(_ value: YAMLNode) -> Diagnostic {
        Diagnostic(
            .wrongKind,
            message: "'api_key' must be text, not \(value.kindName)",
            primary: Label("this is \(value.kindName)", at: value.span, isSecret: true),
            help: secretHelp
        )
    }
}
