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
        if case .environment(let name) = source, environment[name]?.isEmpty ?? true {
            throw CannotStart(
                "no API key: set \(name), or name another place in 'settings.doubletick.api_key'; "
                    + "'run --dry-run' and 'try --curl' need none"
            )
        }
        let text = try source.text(environment: environment, what: "API key")
        do {
            return try Credential(text)
        } catch {
            throw CannotStart("the API key in \(source.place) cannot be used: \(error)")
        }
    }
}

extension SecretSource {
    /// A secret file is one short line; anything else was named by mistake.
    private static let fileBytesMax = 16_384

    /// The secret as it stands there, without the line feeds around it.
    ///
    /// - Parameters:
    ///   - environment: Where variables are found.
    ///   - what: What it is, for the message when it is not there.
    /// - Returns: The secret; whether it can be one is for others to say.
    /// - Throws: ``CannotStart`` when there is none.
    func text(environment: [String: String], what: String) throws -> String {
        switch self {
        case .environment(let name):
            guard let value = environment[name], !value.isEmpty else { throw CannotStart("no \(what): set \(name)") }
            return value
        case .file(let path):
            guard let data = FileManager.default.contents(atPath: path), data.count <= Self.fileBytesMax else {
                throw CannotStart("no \(what): the file '\(path)' cannot be read")
            }
            return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
        }
    }

    /// What people call the place.
    var place: String {
        switch self {
        case .environment(let name): "the variable \(name)"
        case .file(let path): "the file '\(path)'"
        }
    }
}
