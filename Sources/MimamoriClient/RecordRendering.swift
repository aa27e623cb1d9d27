// How a record is turned into text for a person. The forms know the fields and their Japanese names; without them the
// record is shown as indented JSON. The label's line (SD-CLS-2) is put above by the caller, whatever the rendering.

package import MimamoriCore

package struct RecordRendering: Sendable {
    /// The text of a record, without the label line. `nil` when this rendering does not know the record.
    package let text: @Sendable (_ record: [UInt8], _ manifest: Manifest) -> String?

    package init(_ text: @escaping @Sendable (_ record: [UInt8], _ manifest: Manifest) -> String?) {
        self.text = text
    }

    /// Indented JSON.
    package static let plain = RecordRendering { _, _ in nil }
}
