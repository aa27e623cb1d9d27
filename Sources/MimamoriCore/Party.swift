// Parties: the police offices, councils and member bodies that packages go between, and the contact windows that the
// notice prescribes for police (N21). Persons and their certificates are in Person.swift; where all of them are kept
// is the store's business.

/// What a party is; the policy's tables ask for it.
package enum PartyKind: String, Sendable, Codable, CaseIterable {
    /// 消費者安全確保地域協議会, through the office of the local government that set it up.
    case council
    /// 警察本部.
    case policeHeadquarters = "police_headquarters"
    /// 警察署.
    case policeStation = "police_station"
    /// 構成員 other than police: a 消費生活センター, a welfare body …
    case memberBody = "member_body"
    /// The office that runs the relay: its operators, auditors and administrators. It sends and receives nothing.
    case relayOffice = "relay_office"

    package var isPolice: Bool { self == .policeHeadquarters || self == .policeStation }
}

/// 連絡窓口: the section that others turn to.
package struct ContactWindow: Sendable, Hashable, Codable {
    package let name: String

    package init(name: String) { self.name = name }

    /// The sections that N21 allows for a police office; `nil` where the notice prescribes none.
    package static func allowed(for kind: PartyKind) -> [String]? {
        switch kind {
        case .policeHeadquarters: ["生活保安課"]
        case .policeStation: ["生活安全課", "刑事生活安全課"]
        case .council, .memberBody, .relayOffice: nil
        }
    }
}

/// One party of the directory.
package struct Party: Sendable, Hashable, Codable {
    package let address: Address
    package let kind: PartyKind
    /// As the party writes itself: 八戸市, 八戸警察署.
    package let name: String
    /// Full-width katakana; empty when not known.
    package let kana: String
    package let code: CouncilCode?
    /// More spellings of the last label that a person may type.
    package let aliases: [String]
    /// The spelling that the notice prints, where it differs from `name`.
    package let nameInNotice: String?
    package let window: ContactWindow?
    /// Of a police station: the municipalities of its area, whose councils it joins (N1).
    package let area: [CouncilCode]
    /// Of a council: the day from which its present criterion of a watch subject holds (N13).
    package let criterion: CivilDate?

    package init(
        address: Address, kind: PartyKind, name: String, kana: String = "", code: CouncilCode? = nil,
        aliases: [String] = [], nameInNotice: String? = nil, window: ContactWindow? = nil,
        area: [CouncilCode] = [], criterion: CivilDate? = nil
    ) {
        self.address = address
        self.kind = kind
        self.name = name
        self.kana = kana
        self.code = code
        self.aliases = aliases
        self.nameInNotice = nameInNotice
        self.window = window
        self.area = area
        self.criterion = criterion
    }

    package enum CodingKeys: String, CodingKey {
        case address, kind, name, kana, code, aliases, window, area, criterion
        case nameInNotice = "name_in_notice"
    }

    /// Why the directory does not take this party, if it does not.
    package func refusal() -> Refusal? {
        guard !name.isEmpty, name.count <= 100, kana.count <= 200, aliases.count <= 8 else {
            return .directoryInvalid(
                Bilingual(ja: "名称が空か、長すぎます。", en: "The party's name is empty or too long."))
        }
        guard area.isEmpty || kind == .policeStation, Set(area).count == area.count, area.count <= 60 else {
            return .directoryInvalid(
                Bilingual(
                    ja: "管轄する市区町村は、警察署にだけ、重複なく指定できます。",
                    en: "Only a police station has an area, and each municipality stands in it once."))
        }
        guard criterion == nil || kind == .council else {
            return .directoryInvalid(
                Bilingual(ja: "見守り対象者の基準は、協議会にだけあります。", en: "Only a council has a criterion of watch subjects."))
        }
        guard let allowed = ContactWindow.allowed(for: kind) else { return nil }
        guard let window, allowed.contains(window.name) else {
            return Refusal(
                .windowNotAllowed, rule: "N21",
                message: Bilingual(
                    ja: "\(name)の連絡窓口として認められない課です。", en: "\(name) cannot have this section as its contact window."),
                remedy: Bilingual(
                    ja: "次のいずれかを指定してください: \(allowed.joined(separator: "、"))",
                    en: "Name one of: \(allowed.joined(separator: ", "))"))
        }
        return nil
    }
}

// What was added later may be absent in what others post.
extension Party {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            address: try container.decode(Address.self, forKey: .address),
            kind: try container.decode(PartyKind.self, forKey: .kind),
            name: try container.decode(String.self, forKey: .name),
            kana: try container.decode(String.self, forKey: .kana),
            code: try container.decodeIfPresent(CouncilCode.self, forKey: .code),
            aliases: try container.decode([String].self, forKey: .aliases),
            nameInNotice: try container.decodeIfPresent(String.self, forKey: .nameInNotice),
            window: try container.decodeIfPresent(ContactWindow.self, forKey: .window),
            area: try container.decodeIfPresent([CouncilCode].self, forKey: .area) ?? [],
            criterion: try container.decodeIfPresent(CivilDate.self, forKey: .criterion))
    }
}

/// A party's seat in a council (N1, N2).
package struct Membership: Sendable, Hashable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable {
        case requested, active, ended
    }

    package let council: Address
    package let member: Address
    package let state: State
    /// The day from which `state` holds, in Japan.
    package let since: String

    /// Whether the member sits in the council on a day. A seat that ends later still holds.
    package func isHeld(on day: CivilDate) -> Bool {
        guard let since = CivilDate(since) else { return false }
        return switch state {
        case .requested: false
        case .active: since <= day
        case .ended: day < since
        }
    }

    package init(council: Address, member: Address, state: State, since: String) {
        self.council = council
        self.member = member
        self.state = state
        self.since = since
    }
}
