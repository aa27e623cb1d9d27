// Turns the relay's RFC 9457 problem bodies back into what they were there: refusals with every finding, or a failure
// of the relay. A body that is no problem (a proxy's page, a truncated answer) is said to be just that.

import Foundation
import MimamoriCore
import MimamoriWire

enum ProblemReading {
    static func error(status: UInt, body: [UInt8]) -> any Error {
        guard let problem = try? JSONDecoder().decode(Problem.self, from: Data(body)) else {
            return ClientFailure(
                status >= 500 ? .tryLater : .notGenuine,
                message: Bilingual(
                    ja: "中継の答えが読めません（HTTP \(status)）。途中に別の装置が入っているか、版が合っていません。",
                    en:
                        "The relay's answer cannot be read (HTTP \(status)): something stands between, or versions differ."
                ),
                remedy: Bilingual(
                    ja: "URL を確かめ、しばらくして試し、続くなら運用担当者に知らせてください。",
                    en: "Check the URL, try again later, and tell the relay's operator if it goes on."))
        }
        let findings = refusals(in: problem)
        guard findings.isEmpty else { return Refused(findings, request: problem.request) }
        // A failure of the relay, or a code that this version does not know: its own words are passed on.
        return ClientFailure(
            status >= 500 || problem.retry == .later ? .tryLater : .notGenuine,
            message: Bilingual(
                ja: "\(problem.message.ja)（受付番号 \(problem.request)）",
                en: "\(problem.message.en) (request \(problem.request))"),
            remedy: problem.remedy, cause: "\(problem.code) \(problem.rule)")
    }

    private static func refusals(in problem: Problem) -> [Refusal] {
        let findings = (problem.findings ?? []).compactMap(\.refusal)
        guard findings.isEmpty else { return findings }
        return Refusal.Code(rawValue: problem.code).map {
            [
                Refusal(
                    $0, rule: problem.rule, message: problem.message, remedy: problem.remedy, retry: problem.retry)
            ]
        } ?? []
    }
}
