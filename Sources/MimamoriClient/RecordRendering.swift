// How a record is turned into text for a person. The forms know the fields and their Japanese names; without them the
// record is shown as indented JSON. The label's line (SD-CLS-2) is put above, whatever the rendering.

import Foundation
package import MimamoriCore

package struct RecordRendering: Sendable {
    /// The text of a record, without the label line. `nil` when this rendering does not know the record.
    package let text: @Sendable (_ record: [UInt8], _ manifest: Manifest) -> String?

    /// Of the lines above the record.
    let language: Language

    package init(
        language: Language = .japanese,
        _ text: @escaping @Sendable (_ record: [UInt8], _ manifest: Manifest) -> String?
    ) {
        self.text = text
        self.language = language
    }

    /// Indented JSON.
    package static let plain = RecordRendering { record, _ in
        guard let value = try? JSONSerialization.jsonObject(with: Data(record), options: .fragmentsAllowed),
            let pretty = try? JSONSerialization.data(
                withJSONObject: value,
                options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed])
        else { return nil }
        return String(decoding: pretty, as: UTF8.self)
    }

    /// The whole text: label line, what it is and from whom, then the record. Control characters of the record, which
    /// could move a terminal's cursor over the label, are shown as `�`.
    func document(_ record: [UInt8], of manifest: Manifest) -> String {
        let body =
            text(record, manifest) ?? Self.plain.text(record, manifest) ?? String(decoding: record, as: UTF8.self)
        let label = manifest.label?.line ?? Bilingual(ja: "【格付なし】", en: "[no handling label]")
        let lines = [label[language], ""] + RecordText.heading(of: manifest, language) + ["", body]
        let text = lines.joined(separator: "\n")
        return PlainText.safe(text.hasSuffix("\n") ? text : text + "\n")
    }
}
