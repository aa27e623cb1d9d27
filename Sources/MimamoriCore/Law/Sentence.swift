// The sentences that rules carry: of the notice 生保第3001号 (N1–N23) and of the security directive's controls (SD-…), so that
// a refusal's rule can be read where it is met and docs/law.md can be made from the code. The words of the notice are
// its own; those of the directive say what the published model demands. Judging is left to Rules/.

/// One sentence by the id that rules and refusals cite.
package struct Sentence: Sendable, Hashable {
    /// How strongly it binds.
    package enum Strength: String, Sendable, Hashable, CaseIterable {
        /// 「こと」: the relay refuses.
        case instruction
        /// 「努める」「配意」: recorded, at most warned about; only its record is insisted on.
        case dutyOfCare = "duty_of_care"
        /// A statement of law or fact that the design rests on.
        case ground

        package var name: Bilingual {
            switch self {
            case .instruction: Bilingual(ja: "指示（こと）", en: "instruction")
            case .dutyOfCare: Bilingual(ja: "努力・配意", en: "duty of care")
            case .ground: Bilingual(ja: "前提", en: "ground")
            }
        }
    }

    /// `N8`, `SD-APR-1`.
    package let id: String
    /// 第2-3(2), U7 3.1.1(5)(b) …: where it stands.
    package let place: String
    package let strength: Strength
    package let words: Bilingual

    init(_ id: String, _ place: String, _ strength: Strength, _ ja: String, _ en: String) {
        self.id = id
        self.place = place
        self.strength = strength
        words = Bilingual(ja: ja, en: en)
    }

    package static let all = notice + directive

    package static func of(_ id: String) -> Sentence? { all.first { $0.id == id } }
}
