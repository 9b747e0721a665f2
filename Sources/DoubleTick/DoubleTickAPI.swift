/// DoubleTick's public API as Beckon speaks it: paths, request bodies, answers and error bodies.
///
/// Action modules and the sandbox use the same types, each in its own direction, so that what one writes the other reads.
/// Nothing here sends anything or knows a key: both are the transport's business.
///
/// ```swift
/// let body = CollaboratorsBody(from: "919999900000", to: "919999900001", agentNumbers: ["919999900101"])
/// let request = ActionRequest(
///     destination: DoubleTickAPI.destination,
///     method: "POST",
///     path: DoubleTickAPI.Path.addCollaborators,
///     json: body.json()
/// )
/// ```
public enum DoubleTickAPI {
    /// The name of the destination in settings.
    public static let destination = "doubletick"

    /// Where the service lives unless settings say otherwise.
    public static let baseURL = "https://public.doubletick.io"

    /// Paths below the base URL.
    public enum Path {
        /// Brings agents into a conversation.
        public static let addCollaborators = "/collaborators/add"

        /// Takes agents out of a conversation.
        public static let removeCollaborators = "/collaborators/remove"
    }
}
