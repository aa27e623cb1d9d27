// What only a client can check, because it alone can read the parts: that information about nobody identifies nobody (N6),
// that no attachment is a program (SD-MAL-2) or tells more than it shows (SD-CLS-8), and that nothing goes on which was
// received as not to be forwarded (SD-CLS-5). A place is named by its field or by the attachment's number, never by what
// stands there. What looks like an identifier is PersonalIdentifier's to say, what a file carries AttachmentInspection's.
//
// LIMIT: Of attachments, only plain text (.txt, .csv, .md; UTF-8; up to 1 MiB) is searched for identifiers. What a PDF or a
// picture shows is for the person who attaches it to look at.

import Foundation
package import MimamoriCore
import MimamoriCrypto

struct ContentCheck {
    /// Somewhere that something was found.
    struct Place {
        /// `phone`, `author` …: for the record.
        let sort: String
        let refusal: Refusal
    }

    /// What a second person may find to be a false alarm.
    let places: [Place]
    /// What nobody can override.
    let refusals: [Refusal]
    /// The kind is released by a second person in any case: they are shown the places, and nothing is refused for them.
    let isApprovedAnyway: Bool
    private let mustBeScreened: Bool

    static let longestReason = 2000
    private static let listedPlaces = 200

    init(
        of draft: PackageDraft, notForwarded: () throws -> [(manifest: Manifest, digests: Set<ContentDigest>)]
    ) throws {
        let namesPerson = draft.request?.namesPerson == true
        isApprovedAnyway = draft.kind.carriesPersonalInformation || namesPerson
        mustBeScreened = draft.kind.isAboutNobody && !namesPerson
        var places = mustBeScreened ? Self.identifiers(in: draft.record) : []
        var refusals: [Refusal] = []
        for (index, path) in draft.attachments.enumerated() {
            if mustBeScreened { places += try Self.identifiers(inAttachment: path, number: index + 1) }
            for finding in try AttachmentInspection.findings(path: path) {
                switch finding {
                case .executable, .macros: refusals.append(.attachment(finding, number: index + 1))
                case .metadata(let kinds):
                    let personal = kinds.filter(\.isPersonal)
                    guard !personal.isEmpty else { continue }
                    places.append(
                        Place(
                            sort: personal.map(\.rawValue).joined(separator: " "),
                            refusal: .attachment(.metadata(kinds: personal), number: index + 1)))
                case .cannotBeRead:
                    places.append(Place(sort: "unreadable", refusal: .attachment(finding, number: index + 1)))
                }
            }
        }
        if !draft.attachments.isEmpty {
            refusals += try Self.forwarded(draft, notForwarded())
        }
        self.places = places
        self.refusals = refusals
    }

    /// What refuses the package, given the sender's reason why the places are a false alarm.
    func findings(reason: String?) -> [Refusal] {
        refusals + (isApprovedAnyway || reason != nil ? [] : places.map(\.refusal))
    }

    /// What the manifest says of the search. A draft whose places refuse it is judged on as if it were clean, so that the
    /// other rules speak too.
    func screening(reason: String?) -> Screening? {
        if isApprovedAnyway { return nil }
        if reason != nil, !places.isEmpty { return Screening(outcome: .falseAlarm, places: places.count) }
        return mustBeScreened ? .clean : nil
    }

    /// What the second person reads in the record: every place, and the reason in words.
    func section(reason: String?) -> Record.Section? {
        guard !places.isEmpty, isApprovedAnyway || reason != nil else { return nil }
        var fields = places.prefix(Self.listedPlaces).enumerated().map { index, place in
            Record.Field(
                key: "place_\(index + 1)", label: Bilingual(ja: "確認する箇所 \(index + 1)", en: "Place \(index + 1)"),
                value: .text(place.sort), meaning: [place.refusal.message])
        }
        if let reason, !isApprovedAnyway {
            fields.append(
                Record.Field(
                    key: "reason", label: Bilingual(ja: "差し支えないとする理由", en: "Why it gives nobody away"),
                    value: .text(reason), meaning: nil))
        }
        return Record.Section(
            key: "screening", label: Bilingual(ja: "個人が分かる記載の確認", en: "Search for personal identifiers"),
            fields: fields)
    }

    /// Without white space at its ends; throws when nothing or too much is left, or when it could move a cursor.
    static func checkedReason(_ text: String) throws -> String {
        let reason = text.replacing("\r\n", with: "\n").trimmed
        guard (1...longestReason).contains(reason.count), !reason.unicodeScalars.contains(where: PlainText.isControl)
        else {
            throw ClientFailure(
                .content, message: Bilingual(ja: "理由がないか、長すぎます。", en: "The reason is missing or too long."),
                remedy: Bilingual(
                    ja: "個人が分からないと言える理由を、\(longestReason)字以内で書いてください。",
                    en: "Say in up to \(longestReason) characters why it gives nobody away."))
        }
        return reason
    }

    // Where to look

    /// Sections that every form has and that are about the sender's own office.
    private static let ownSections: Set<String> = ["package", "label", "contact"]

    private static func identifiers(in record: Record) -> [Place] {
        record.sections.filter { !ownSections.contains($0.key) }.flatMap { section in
            section.fields.flatMap { field -> [Place] in
                // A field with a meaning is a code or a day.
                guard case .text(let text) = field.value, field.meaning == nil else { return [] }
                return PersonalIdentifier.find(in: text).map {
                    .identifier(
                        $0, in: Bilingual(ja: "欄「\(field.label.ja)」", en: "the field \"\(field.label.en)\""))
                }
            }
        }
    }

    private static func identifiers(inAttachment path: String, number: Int) throws -> [Place] {
        let name = Path.name(of: path)
        var places = PersonalIdentifier.find(in: name).map {
            Place.identifier($0, in: Bilingual(ja: "添付 \(number) のファイル名", en: "the name of attachment \(number)"))
        }
        guard let text = try plainText(path, name: name) else { return places }
        places += PersonalIdentifier.find(in: text).map {
            .identifier($0, in: Bilingual(ja: "添付 \(number)", en: "attachment \(number)"))
        }
        return places
    }

    private static let searchedBytes = 1024 * 1024

    private static func plainText(_ path: String, name: String) throws -> String? {
        guard ["txt", "csv", "md"].contains(name.split(separator: ".").last?.lowercased() ?? "") else { return nil }
        let file = try FileReader(path)
        guard file.bytes <= Int64(searchedBytes) else { return nil }
        return String(validating: try file.read(upTo: searchedBytes), as: UTF8.self)
    }

    private static func forwarded(
        _ draft: PackageDraft, _ kept: [(manifest: Manifest, digests: Set<ContentDigest>)]
    ) throws -> [Refusal] {
        guard !kept.isEmpty else { return [] }
        return try draft.attachments.enumerated().compactMap { index, path in
            let digest = try Disk.digest(of: path)
            for source in kept where source.digests.contains(digest) {
                let holders = Set(source.manifest.recipients + [source.manifest.sender.party])
                if let outsider = draft.recipients.first(where: { !holders.contains($0) }) {
                    return .forwarding(number: index + 1, of: source.manifest.id, to: outsider)
                }
            }
            return nil
        }
    }
}

extension Client {
    /// SHA-256 of a file that a manifest names.
    package func digest(of path: String) throws -> ContentDigest { try Disk.digest(of: path) }
}

extension Disk {
    /// SHA-256 of a whole file, flat in memory.
    static func digest(of path: String) throws -> ContentDigest {
        let file = try FileReader(path)
        var digest = Digest.Incremental()
        while true {
            let bytes = try file.read(upTo: 1024 * 1024)
            guard !bytes.isEmpty else { return digest.finalize() }
            digest.update(bytes)
        }
    }
}

extension ContentCheck.Place {
    fileprivate static func identifier(_ found: PersonalIdentifier, in place: Bilingual) -> Self {
        let character = found.range.lowerBound + 1
        return Self(
            sort: found.sort.rawValue,
            refusal: Refusal(
                .personalIdentifier, rule: "N6",
                message: Bilingual(
                    ja: "\(place.ja)の \(character) 文字目に\(found.sort.name.ja)らしい記載があります。",
                    en: "At character \(character) of \(place.en) there is what looks like: \(found.sort.name.en)."),
                remedy: Bilingual(
                    ja: "個人が分かる記載を除いてください。個人の情報は「見守り対象者に関する情報」で送ります。"
                        + "個人のものでなければ、--false-alarm-reason-from で理由を添えます（別の人の承認が必要になります）。",
                    en:
                        "Take out what identifies a person; that goes as a referral. If it is nobody's, give the reason with "
                        + "--false-alarm-reason-from; a second person must then release it.")))
    }
}

extension Refusal {
    fileprivate static func attachment(_ finding: AttachmentInspection.Finding, number: Int) -> Refusal {
        let message = Bilingual(
            ja: "添付 \(number): \(finding.message.ja)", en: "Attachment \(number): \(finding.message.en)")
        switch finding {
        case .executable, .macros:
            return Refusal(.attachmentExecutable, rule: finding.rule, message: message, remedy: finding.remedy)
        case .metadata, .cannotBeRead:
            return Refusal(
                .attachmentMetadata, rule: finding.rule, message: message,
                remedy: Bilingual(
                    ja: finding.remedy.ja + "差し支えなければ、--false-alarm-reason-from で理由を添えます（別の人の承認が必要になります）。",
                    en: finding.remedy.en
                        + " If it does no harm, give the reason with --false-alarm-reason-from; a second "
                        + "person must then release it."))
        }
    }

    fileprivate static func forwarding(number: Int, of id: PackageID, to outsider: Address) -> Refusal {
        Refusal(
            .forwardingForbidden, rule: "SD-CLS-5",
            message: Bilingual(
                ja: "添付 \(number) は転送禁止で受け取ったもの（\(id)）ですが、それを受け取っていない \(outsider) が宛先にあります。",
                en:
                    "Attachment \(number) was received as not to be forwarded (\(id)), but \(outsider), who does not have "
                    + "it, is a recipient."),
            remedy: Bilingual(
                ja: "添付か宛先を外すか、送った所属に相談してください。",
                en: "Leave out the attachment or that recipient, or ask the party that sent it."))
    }
}
