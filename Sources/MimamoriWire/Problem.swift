// The body of every answer that is not a success: RFC 9457 problem details with the fields of a Refusal, in both
// languages. Which status goes with it is decided in MimamoriServer's ProblemMapping.swift alone.

package import MimamoriCore

package struct Problem: Sendable, Codable {
    package let type: String
    /// The English sentence; `title_ja` the Japanese one.
    package let title: String
    package let titleJa: String
    package let status: Int
    /// A `Refusal.Code`, or `internal-error` / `unavailable` for a failure of the relay.
    package let code: String
    package let rule: String
    package let remedy: Bilingual
    package let retry: Refusal.Retry
    /// Every finding when there are more than one; the fields above repeat the first.
    package let findings: [Finding]?
    /// The request's id in the relay's log.
    package let request: String

    package struct Finding: Sendable, Codable {
        package let code: String
        package let rule: String
        package let message: Bilingual
        package let remedy: Bilingual
        package let retry: Refusal.Retry

        package init(_ refusal: Refusal) {
            code = refusal.code.rawValue
            rule = refusal.rule
            message = refusal.message
            remedy = refusal.remedy
            retry = refusal.retry
        }

        /// `nil` when the code is one that this version does not know.
        package var refusal: Refusal? {
            Refusal.Code(rawValue: code).map {
                Refusal($0, rule: rule, message: message, remedy: remedy, retry: retry)
            }
        }
    }

    package init(
        status: Int, code: String, rule: String, message: Bilingual, remedy: Bilingual, retry: Refusal.Retry,
        findings: [Finding]? = nil, request: String
    ) {
        type = "urn:mimamori:problem:\(code)"
        title = message.en
        titleJa = message.ja
        self.status = status
        self.code = code
        self.rule = rule
        self.remedy = remedy
        self.retry = retry
        self.findings = findings
        self.request = request
    }

    package var message: Bilingual { Bilingual(ja: titleJa, en: title) }

    package enum CodingKeys: String, CodingKey {
        case type, title, status, code, rule, remedy, retry, findings, request
        case titleJa = "title_ja"
    }
}
