// Reads seeds/councils.csv: the councils that the notice lists (別添3 of 生保第3001号) as parties for the directory. Strict:
// a file that was edited by hand and no longer agrees with itself is refused whole, with every mistake and its line.
// Reading the file and writing the directory are left to others; where the data comes from is in seeds/PROVENANCE.md.

package enum CouncilSeed {
    /// The file is not what it must be. The import takes nothing of it.
    package struct Invalid: Error, Sendable, Hashable {
        package struct Finding: Sendable, Hashable {
            /// From 1, the header's.
            package let line: Int
            package let message: Bilingual
        }

        /// In the order of their lines; never empty.
        package let findings: [Finding]
    }

    package static let header =
        "code,prefecture,name,name_kana,kind,name_in_notice,population_band,prefecture_slug,slug,slug_alias"

    /// The parties of the file, in its order; those of one prefecture when it is given.
    package static func parties(
        inCSV text: String, of prefecture: Prefecture? = nil
    ) throws(Invalid) -> [Party] {
        var reader = Reader()
        // Split at the byte 0x0A: a Character split would take CR LF for one character and miss the line's end.
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        if lines.first != header {
            reader.note(1, "見出しの行が違います。", "the header line is not the expected one: \(header)")
        }
        if lines.last?.isEmpty != true {
            reader.note(
                lines.count, "ファイルが改行で終わっていません（途中で切れたおそれ）。", "the file does not end with a line feed; it may be cut off"
            )
        }
        for (index, line) in lines.enumerated().dropFirst() where index < lines.count - 1 || !line.isEmpty {
            reader.read(line, number: index + 1)
        }
        reader.checkAliases()
        guard reader.findings.isEmpty else { throw Invalid(findings: reader.findings.sorted { $0.line < $1.line }) }
        return reader.rows.map(\.party).filter { prefecture == nil || $0.address.prefecture == prefecture }
    }
}

/// The suffix of names of one kind of local government, as the code list has them.
private let nameSuffixes: [String: Set<Character>] = [
    "prefecture": ["都", "道", "府", "県"], "city": ["市"], "special_ward": ["区"], "town": ["町"], "village": ["村"],
]

private struct Reader {
    private(set) var rows: [(line: Int, party: Party)] = []
    private(set) var findings: [CouncilSeed.Invalid.Finding] = []
    private var lineOfCode: [CouncilCode: Int] = [:]
    private var lineOfAddress: [Address: Int] = [:]

    mutating func note(_ line: Int, _ ja: String, _ en: String) {
        findings.append(.init(line: line, message: Bilingual(ja: ja, en: en)))
    }

    mutating func read(_ line: String, number: Int) {
        guard !line.contains("\""), !line.contains("\r"), !line.contains("\u{FEFF}") else {
            return note(number, "引用符、CR、BOM は使えません。", "quotes, carriage returns and byte order marks are not allowed")
        }
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 10 else {
            return note(number, "項目が10個ではなく\(fields.count)個あります。", "there are \(fields.count) fields instead of 10")
        }
        guard let code = CouncilCode(fields[0]) else {
            return note(
                number, "団体コード \(fields[0]) の検査数字が合わないか、6桁ではありません。",
                "the code \(fields[0]) does not have six digits or its check digit is wrong")
        }
        guard let prefecture = code.prefecture, prefecture.name == fields[1], prefecture.slug == fields[7] else {
            return note(
                number, "団体コードと都道府県（\(fields[1])、\(fields[7])）が一致しません。",
                "the code does not belong to the prefecture named (\(fields[1]), \(fields[7]))")
        }
        guard let suffixes = nameSuffixes[fields[4]], let last = fields[2].last, suffixes.contains(last) else {
            return note(number, "種別 \(fields[4]) と名称が一致しません。", "the kind \(fields[4]) and the name do not agree")
        }
        guard !fields[3].isEmpty, fields[3].unicodeScalars.allSatisfy(Self.isKatakana) else {
            return note(number, "読みが全角カタカナではありません。", "the reading is not in full-width katakana")
        }
        guard ["", ">=50000", "<50000"].contains(fields[6]) else {
            return note(number, "人口区分が正しくありません。", "the population band is not of the list")
        }
        guard let address = Address("\(fields[7])/\(fields[8])"),
            fields[9].isEmpty || Address("\(fields[7])/\(fields[9])") != nil
        else {
            return note(
                number, "つづり \(fields[8]) \(fields[9]) を宛先に使えません。",
                "the slug cannot be an address: \(fields[8]) \(fields[9])")
        }
        if let first = lineOfCode.updateValue(number, forKey: code) {
            note(number, "団体コードが\(first)行目と重複しています。", "the code stands in line \(first) already")
        }
        if let first = lineOfAddress.updateValue(number, forKey: address) {
            note(number, "つづりが\(first)行目と重複しています。", "the slug stands in line \(first) already")
        }
        let party = Party(
            address: address, kind: .council, name: fields[2], kana: fields[3], code: code,
            aliases: fields[9].isEmpty ? [] : [fields[9]], nameInNotice: fields[5].isEmpty ? nil : fields[5])
        rows.append((number, party))
    }

    /// An alias that is another council's slug would send a package to the wrong one.
    mutating func checkAliases() {
        for (line, party) in rows {
            for alias in party.aliases {
                guard let address = Address("\(party.address.realm)/\(alias)"), let other = lineOfAddress[address]
                else {
                    continue
                }
                note(line, "別名が\(other)行目のつづりと同じです。", "the alias is the slug of line \(other)")
            }
        }
    }

    /// ァ–ヴ and the long-vowel mark: what readings of the code list are written in.
    private static func isKatakana(_ scalar: Unicode.Scalar) -> Bool {
        ("\u{30A1}"..."\u{30F4}").contains(scalar) || scalar == "\u{30FC}"
    }
}
