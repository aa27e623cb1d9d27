// The world broke on a client's machine or on the way to the relay: what a person is told, and what they can do. An
// expected "no" is not here: that is `Refused`, with every finding of the policy or the relay. Which exit code goes
// with which kind is decided in the command line's ExitCodes.swift alone.

package import MimamoriCore

/// A failure with a safe message; `cause` is for a debug log only and is never shown by default.
package struct ClientFailure: Error, Sendable {
    /// What kind of trouble it is, so that a program can decide what to do.
    package enum Kind: String, Sendable, CaseIterable {
        /// The relay cannot be reached, or does not prove who it is. What was queued stays queued (69).
        case unreachable
        /// The relay or this machine is busy; the same command may work later (75).
        case tryLater
        /// An answer, a signature or a file is not what the protocol says it is (76).
        case notGenuine
        /// The home folder, its keys or its settings are not in order (78).
        case configuration
        /// A named file or package is not there (66).
        case missing
        /// What was given cannot be used as content: a bad attachment name, an unreadable form (65).
        case content
        /// The disk refused: full, read-only, something is in the way (73).
        case disk
    }

    package let kind: Kind
    /// What happened, and whose fault it is.
    package let message: Bilingual
    /// What to do next.
    package let remedy: Bilingual
    /// For a debug log only; no personal information, no key.
    package let cause: String

    package init(_ kind: Kind, message: Bilingual, remedy: Bilingual, cause: String = "") {
        self.kind = kind
        self.message = message
        self.remedy = remedy
        self.cause = cause
    }
}

/// The policy or the relay said no: every finding, at least one.
package struct Refused: Error, Sendable {
    package let findings: [Refusal]
    /// The request's id in the relay's log, when it was the relay that refused.
    package let request: String?

    package init(_ findings: [Refusal], request: String? = nil) {
        precondition(!findings.isEmpty, "a refusal without a finding says nothing")
        self.findings = findings
        self.request = request
    }

    package init(_ refusal: Refusal, request: String? = nil) {
        self.init([refusal], request: request)
    }
}
