import DoubleTick

extension APIAnswer {
    /// What stands before the API answers, or the API when it breaks; nothing was performed.
    init(fault status: Int) {
        let reason = Self.reasons[status] ?? "Error"
        switch status {
        case 502, 503, 504:
            self.init(
                status: status,
                body: """
                    <html>
                    <head><title>\(status) \(reason)</title></head>
                    <body>
                    <center><h1>\(status) \(reason)</h1></center>
                    </body>
                    </html>

                    """,
                contentType: "text/html"
            )
        case 429:
            let message = ErrorBody.Message.one("ThrottlerException: Too Many Requests")
            self.init(status: status, body: ErrorBody(statusCode: status, message: message).json())
            retryAfterSeconds = 1
        default:
            self.init(status: status, body: ErrorBody(statusCode: status, message: .one(reason)).json())
        }
    }

    /// The words of DoubleTick's framework, which are those of HTTP but for 500.
    private static let reasons = [
        400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 408: "Request Timeout", 409: "Conflict", 413: "Payload Too Large",
        415: "Unsupported Media Type", 422: "Unprocessable Entity", 500: "Internal server error",
        501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
    ]
}
