// What a person typed as recipients, made into addresses by the directory. Every unknown or ambiguous one is reported at
// once, with its candidates (SD-APR-10); nothing is guessed.

import MimamoriClient
import MimamoriCore

enum Recipients {
    /// Throws `Refused` with a finding for each text that is not exactly one party.
    static func find(_ typed: [String], in directory: Directory) throws -> [Address] {
        let lookup = Lookup(directory)
        var addresses: [Address] = []
        var findings: [Refusal] = []
        for text in typed {
            let result = lookup.find(text)
            if case .found(let party) = result {
                if !addresses.contains(party.address) { addresses.append(party.address) }
            } else if let refusal = result.refusal(for: PlainText.line(text)) {
                findings.append(refusal)
            }
        }
        guard findings.isEmpty else { throw Refused(findings) }
        guard !addresses.isEmpty else {
            throw CommandFailure(
                code: .usage, message: Bilingual(ja: "宛先がありません。", en: "There is no recipient."),
                remedy: Bilingual(
                    ja: "様式の to に書くか、queue の --to で指定してください。例: --to 八戸市",
                    en: "Name one in the form's field to or with queue --to, as in --to 八戸市."))
        }
        return addresses
    }
}
