// Interface to be filled in: what a file is, and whether it is genuine, without the relay.
package import MimamoriCore

package struct VerificationReport: Sendable {
    package enum Subject: String, Sendable {
        case manifest, storedReceipt = "stored_receipt", openedReceipt = "opened_receipt", package, part
        case evidenceFolder = "evidence_folder", unknown
    }
    package enum Verdict: String, Sendable {
        case genuine
        /// A check failed.
        case notGenuine = "not_genuine"
        /// Nothing contradicts it, but a certificate that is needed is not at hand.
        case undecided
    }
    package struct Line: Sendable {
        package let passed: Bool
        package let text: Bilingual
    }
    package let subject: Subject
    package let verdict: Verdict
    package let lines: [Line]
}

extension Client {
    /// `certificatesPath`: PEM file with certificates of signers that are not beside the file.
    package func verify(_ path: String, certificatesPath: String? = nil) throws -> VerificationReport { fatalError() }
}
