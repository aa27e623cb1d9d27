// The world broke in a cryptographic operation: a file that is no certificate, a key that does not fit, a seal that does
// not open. Expected refusals of a certificate or a part are Refusals, not these. OpenSSL's error queue goes into
// `cause`, for the log; a caller who may be a stranger sees only `message`.

import COpenSSL
package import MimamoriCore

/// `message` is safe for a stranger; `cause` goes to the log only and never holds key material or content.
package struct CryptoFailure: Error, Sendable {
    package let message: Bilingual
    package let cause: String

    package init(message: Bilingual, cause: String) {
        self.message = message
        self.cause = cause
    }

    /// A failure of OpenSSL while `doing`; empties this thread's error queue into the cause.
    package static func openSSL(_ message: Bilingual, doing: String) -> CryptoFailure {
        CryptoFailure(message: message, cause: "\(doing): \(OpenSSLErrors.drain())")
    }

    /// OpenSSL failed where only a lack of memory or a broken library explains it.
    package static func library(doing: String) -> CryptoFailure {
        .openSSL(
            Bilingual(
                ja: "暗号ライブラリの処理に失敗しました。もう一度試し、続くときは運用担当者に知らせてください。",
                en: "The cryptographic library failed. Try again; if it happens again, tell the operator."),
            doing: doing)
    }
}

/// OpenSSL's error queue, which is per thread.
package enum OpenSSLErrors {
    /// Everything in the queue, oldest first, and an empty queue afterwards.
    package static func drain() -> String {
        var reasons: [String] = []
        while case let code = ERR_get_error(), code != 0 {
            reasons.append(ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)")
        }
        return reasons.isEmpty ? "no reason given" : reasons.joined(separator: "; ")
    }

    /// Forgets errors of an operation whose failure was expected or has been told.
    package static func clear() { ERR_clear_error() }
}
