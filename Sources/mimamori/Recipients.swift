// What a person typed as recipients, made into addresses by the directory: single parties, and for what is about nobody
// whole groups of councils. Every unknown or ambiguous one is reported at once, with its candidates (SD-APR-10); nothing is
// guessed.

import MimamoriClient
import MimamoriCore

struct Recipients {
    let directory: Directory
    let sender: Address
    let kind: PackageKind
    let now: Timestamp

    /// Throws `Refused` with a finding for each text that is not exactly one party or a group.
    func find(_ typed: [String], except: [String] = []) throws -> [Address] {
        let lookup = Lookup(directory)
        var addresses: [Address] = []
        var grouped: [Address] = []
        var findings: [Refusal] = []
        for text in typed {
            switch group(text) ?? Self.party(text, in: lookup) {
            case .success(let found):
                if Group(text) != nil { grouped += found }
                addresses += found.filter { !addresses.contains($0) }
            case .failure(let refusal): findings.append(refusal)
            }
        }
        for text in except {
            switch Self.party(text, in: lookup) {
            case .success(let left): addresses.removeAll(where: left.contains)
            case .failure(let refusal): findings.append(refusal)
            }
        }
        if let refusal = missingCertificates(grouped.filter(addresses.contains)) { findings.append(refusal) }
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

    /// One party that is named elsewhere than among the recipients.
    func one(_ text: String) throws -> Address {
        let result = Lookup(directory).find(text)
        if case .found(let party) = result { return party.address }
        throw Refused(result.refusal(for: PlainText.line(text)) ?? .notFound)
    }

    private static func party(_ text: String, in lookup: Lookup) -> Result<[Address], Refusal> {
        let result = lookup.find(text)
        if case .found(let party) = result { return .success([party.address]) }
        return .failure(result.refusal(for: PlainText.line(text)) ?? .notFound)
    }

    // Groups

    /// A group as it is typed.
    private enum Group {
        /// `aomori/*`, 青森県/*, 青森県の全協議会.
        case prefecture(String)
        /// `@seats`, 参加協議会.
        case seats

        init?(_ text: String) {
            if ["@seats", "＠seats", "参加協議会"].contains(text) {
                self = .seats
            } else if let suffix = ["/*", "／＊", "の全協議会"].first(where: text.hasSuffix) {
                self = .prefecture(String(text.dropLast(suffix.count)))
            } else {
                return nil
            }
        }
    }

    /// `nil` when the text names no group.
    private func group(_ text: String) -> Result<[Address], Refusal>? {
        guard let group = Group(text) else { return nil }
        guard [.bulletin, .notice, .material].contains(kind) else { return .failure(onlyOneByOne) }
        let councils: [Address]
        switch group {
        case .seats: councils = directory.councils(of: sender, on: now.dateInJapan)
        case .prefecture(let name):
            guard let prefecture = Prefecture.named(name) else { return .failure(Self.noSuchPrefecture(name)) }
            councils = directory.parties.values
                .filter { $0.kind == .council && $0.address.realm == prefecture.slug }.map(\.address).sorted()
        }
        let others = councils.filter { $0 != sender }
        return others.isEmpty ? .failure(Self.emptyGroup(text)) : .success(others)
    }

    private var onlyOneByOne: Refusal {
        Refusal(
            .recipientsInvalid, rule: "SD-ACC-4",
            message: Bilingual(
                ja: "「\(kind.name.ja)」は、まとめて送れません。知る必要のある相手だけに送ります。",
                en: "A \(kind.name.en) cannot go to a group; it goes to those who need to know it."),
            remedy: Bilingual(ja: "宛先を一つずつ書いてください。", en: "Name each recipient."))
    }

    private static func noSuchPrefecture(_ name: String) -> Refusal {
        Refusal(
            .recipientUnknown, rule: "SD-APR-10",
            message: Bilingual(
                ja: "「\(PlainText.line(name))」という都道府県はありません。", en: "There is no prefecture \"\(PlainText.line(name))\"."
            ),
            remedy: Bilingual(ja: "aomori/* か 青森県の全協議会 のように書いてください。", en: "Write it as aomori/* or 青森県/*."))
    }

    private static func emptyGroup(_ text: String) -> Refusal {
        Refusal(
            .recipientUnknown, rule: "SD-APR-10",
            message: Bilingual(
                ja: "「\(PlainText.line(text))」に当たる協議会が、名簿にありません。",
                en: "The directory has no council in \"\(PlainText.line(text))\"."),
            remedy: Bilingual(
                ja: "構成員の登録は管理者に、宛先は mimamori lookup で確かめてください。",
                en: "Ask an administrator about seats; look recipients up with mimamori lookup."))
    }

    /// All at once: whoever sends to 29 councils should not learn of them one by one.
    private func missingCertificates(_ councils: [Address]) -> Refusal? {
        let without = councils.filter { directory.encryptionCertificates(of: $0, at: now).isEmpty }
        guard !without.isEmpty else { return nil }
        let names = without.map { "\(directory.parties[$0]?.qualifiedName ?? "") (\($0))" }.joined(separator: ", ")
        return Refusal(
            .sealingIncomplete, rule: "SD-APR-7",
            message: Bilingual(
                ja: "有効な暗号化用の証明書がない協議会が\(without.count)か所あります: \(names)",
                en: "\(without.count) councils have no encryption certificate in force: \(names)"),
            remedy: Bilingual(
                ja: "管理者に証明書の登録を依頼するか、--except で宛先から除いてください。",
                en: "Ask an administrator to enrol their certificates, or leave them out with --except."))
    }
}
