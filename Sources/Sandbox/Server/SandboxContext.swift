import Hummingbird
import NIOCore

/// What a request brings along: also the connection, which a fault may break.
struct SandboxContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    /// The connection on which the request came.
    let channel: any Channel

    /// Takes over what the server hands out.
    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
