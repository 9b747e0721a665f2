import Delivery
import DoubleTick
import Foundation
import RuleCompiler

/// Turns settings into the destinations that a transport knows.
enum Destinations {
    /// DoubleTick as the settings describe it.
    ///
    /// - Parameters:
    ///   - settings: The settings of the rules.
    ///   - needsKey: Whether calls will be made; without a key only requests can be shown.
    ///   - environment: Where the key may be.
    /// - Returns: The destination.
    /// - Throws: ``CannotStart`` when the address or the key cannot be used; no message holds the key.
    static func doubletick(_ settings: RuleSettings, needsKey: Bool, environment: [String: String]) throws
        -> Destination
    {
        let baseURL: BaseURL
        do {
            baseURL = try BaseURL(settings.doubletick.baseURL)
        } catch {
            // The address itself is not shown: it might hold a password.
            throw CannotStart("'settings.doubletick.base_url' cannot be used: \(error)")
        }
        return Destination(
            name: DoubleTickAPI.destination,
            baseURL: baseURL,
            credential: needsKey ? try key(settings.doubletick.apiKey, environment: environment) : nil,
            timeout: settings.delivery.timeout
        )
    }

    private static func key(_ source: SecretSource, environment: [String: String]) throws -> Credential {
        switch source {
        case .environment(let name):
            guard let value = environment[name], !value.isEmpty else {
                throw CannotStart(
                    "no API key: set \(name), or name another place in 'settings.doubletick.api_key'; "
                        + "'run --dry-run' and 'try --curl' need none"
                )
            }
            return try credential(value, from: "the variable \(name)")
        case .file(let path):
            guard let data = FileManager.default.contents(atPath: path), data.count <= keyFileBytesMax else {
                throw CannotStart("no API key: the file '\(path)' cannot be read")
            }
            let text = String(decoding: data, as: UTF8.self)
            return try credential(text.trimmingCharacters(in: .newlines), from: "the file '\(path)'")
        }
    }

    /// A key file is one short line; anything else was named by mistake.
    private static let keyFileBytesMax = 16_384

    private static func credential(_ text: String, from place: String) throws -> Credential {
        do {
            return try Credential(text)
        } catch {
            throw CannotStart("the API key in \(place) cannot be used: \(error)")
        }
    }
}
