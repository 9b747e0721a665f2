/// The mark of the sandbox: a chat bubble with a person joining.
enum PageIcon {
    /// The drawing as SVG.
    static let text = #"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
        <rect width="32" height="32" rx="9" fill="#0b6b5b"/>
        <path d="M8 9.5a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-6.2L10.2 25c-.6.5-1.4.1-1.4-.7v-3.9A3 3 0 0 1 8 \#
        18z" fill="#fff"/>
        <path d="M16 9.6v7.8M12.1 13.5h7.8" stroke="#0b6b5b" stroke-width="2.4" stroke-linecap="round"/>
        </svg>

        """#
}
