// The 47 都道府県: the number that leads every local government's code (JIS X 0401), the name, and the slug that begins
// the addresses of its councils (`aomori`) and of its police (`aomori-police`). Which of them have a council is the seed's
// business.

package struct Prefecture: Sendable, Hashable, Comparable {
    /// 1–47, the first two digits of the codes of its local governments.
    package let number: Int
    /// With its suffix: 青森県.
    package let name: String
    /// Romanised, without suffix: `aomori`.
    package let slug: String

    package static func < (left: Prefecture, right: Prefecture) -> Bool { left.number < right.number }

    /// In the order of their numbers.
    package static let all: [Prefecture] = [
        ("北海道", "hokkaido"), ("青森県", "aomori"), ("岩手県", "iwate"), ("宮城県", "miyagi"), ("秋田県", "akita"),
        ("山形県", "yamagata"), ("福島県", "fukushima"), ("茨城県", "ibaraki"), ("栃木県", "tochigi"), ("群馬県", "gunma"),
        ("埼玉県", "saitama"), ("千葉県", "chiba"), ("東京都", "tokyo"), ("神奈川県", "kanagawa"), ("新潟県", "niigata"),
        ("富山県", "toyama"), ("石川県", "ishikawa"), ("福井県", "fukui"), ("山梨県", "yamanashi"), ("長野県", "nagano"),
        ("岐阜県", "gifu"), ("静岡県", "shizuoka"), ("愛知県", "aichi"), ("三重県", "mie"), ("滋賀県", "shiga"),
        ("京都府", "kyoto"), ("大阪府", "osaka"), ("兵庫県", "hyogo"), ("奈良県", "nara"), ("和歌山県", "wakayama"),
        ("鳥取県", "tottori"), ("島根県", "shimane"), ("岡山県", "okayama"), ("広島県", "hiroshima"),
        ("山口県", "yamaguchi"), ("徳島県", "tokushima"), ("香川県", "kagawa"), ("愛媛県", "ehime"), ("高知県", "kochi"),
        ("福岡県", "fukuoka"), ("佐賀県", "saga"), ("長崎県", "nagasaki"), ("熊本県", "kumamoto"), ("大分県", "oita"),
        ("宮崎県", "miyazaki"), ("鹿児島県", "kagoshima"), ("沖縄県", "okinawa"),
    ].enumerated().map { Prefecture(number: $0.offset + 1, name: $0.element.0, slug: $0.element.1) }

    /// Reads what a person writes for a prefecture: 青森県, 青森, `aomori`, `02`, `020001`.
    package static func named(_ text: String) -> Prefecture? {
        all.first { prefecture in
            let number = (prefecture.number < 10 ? "0" : "") + String(prefecture.number)
            return text == prefecture.name || text == prefecture.slug || text == number
                || text == prefecture.shortName || CouncilCode(text)?.text.prefix(5) == "\(number)000"
        }
    }

    /// Without 都, 府 or 県; 北海道 keeps its 道.
    package var shortName: String { number == 1 ? name : String(name.dropLast()) }
}

extension CouncilCode {
    /// `nil` for a number that no prefecture has.
    package var prefecture: Prefecture? {
        Int(text.prefix(2)).flatMap { number in Prefecture.all.first { $0.number == number } }
    }
}

extension Address {
    private static let policeSuffix = "-police"

    /// The prefecture whose slug the realm begins with: of a council, or of a prefectural police force.
    package var prefecture: Prefecture? {
        let slug = realm.hasSuffix(Self.policeSuffix) ? realm.dropLast(Self.policeSuffix.count) : realm
        return Prefecture.all.first { $0.slug == slug }
    }
}

extension Party {
    /// The name with its prefecture before it, so that 美浜町 of 愛知県 and of 和歌山県 are told apart.
    package var qualifiedName: String {
        guard let prefecture = address.prefecture, !name.hasPrefix(prefecture.name) else { return name }
        return prefecture.name + name
    }
}
