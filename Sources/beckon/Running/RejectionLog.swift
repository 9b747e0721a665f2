import Events
import Logging

/// Tells people of lines that cannot be read.
struct RejectionLog {
    private let keepsLines: Bool
    private let logger: Logger

    /// More rejections are counted and kept, but no longer reported one by one.
    static let reportedMax = 20

    /// Creates a log.
    ///
    /// - Parameters:
    ///   - keepsLines: Whether the lines are kept in a file.
    ///   - logger: Where it is told.
    init(keepsLines: Bool, logger: Logger) {
        self.keepsLines = keepsLines
        self.logger = logger
    }

    /// Tells of a rejection.
    ///
    /// - Parameters:
    ///   - rejection: What is wrong with the line.
    ///   - place: What people call the line's place.
    ///   - count: How many lines were rejected, with this one.
    ///   - isLeft: Whether a later run reads the line again.
    func report(_ rejection: Rejection, at place: String, count: Int, isLeft: Bool = false) {
        guard count <= Self.reportedMax else { return }
        var note = rejection.code == .tooLong && keepsLines ? "; its first bytes up to the limit are kept" : ""
        if isLeft { note += "; it has no line end yet and is read again next time" }
        logger.warning("\(place) rejected (\(rejection.code.rawValue)): \(rejection.detail)\(note)")
        if count == Self.reportedMax {
            let kept = keepsLines ? "" : "; '--rejects FILE' keeps them"
            logger.warning("further rejected lines are counted, but not reported\(kept)")
        }
    }
}
