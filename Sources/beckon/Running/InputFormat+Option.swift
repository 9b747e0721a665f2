import Events

extension InputFormat {
    /// The format that an option names, else that of the settings.
    ///
    /// - Throws: ``CannotStart`` when there is no such format, or it needs paths that the settings do not have.
    static func chosen(_ name: String?, settings: InputFormat) throws -> InputFormat {
        guard let name else { return settings }
        if let format = InputFormat(name: name) { return format }
        if name == "mapped" {
            guard case .mapped = settings else {
                throw CannotStart("format 'mapped' needs paths: write them under 'settings.format' in the rules")
            }
            return settings
        }
        throw CannotStart("unknown format '\(name)'; known: \(names.joined(separator: ", ")), mapped")
    }
}
