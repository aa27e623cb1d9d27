// The server's own failures: a certificate file that cannot be used, an address that cannot be bound. What a stranger
// may read is `message`; the cause goes to the log. What a caller did wrong is never one of these (RequestDefect.swift,
// Refusal).

package import MimamoriCore

package struct ServerFailure: Failure {
    package let message: Bilingual
    /// For the log only: file names and library texts.
    package let cause: String

    package init(message: Bilingual, cause: String) {
        self.message = message
        self.cause = cause
    }
}
