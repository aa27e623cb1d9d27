// The sender's signed word that the sealed text was searched for personal identifiers (N6): the relay cannot read the
// parts, so what the client found must stand in the manifest. A false alarm is released by a second person, who sees the
// places; their signature over the manifest is the record of it.

package struct Screening: Sendable, Hashable, Codable {
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        /// Nothing was found.
        case clean
        /// Something was found, and the sender says that it identifies nobody. Needs a second person's release.
        case falseAlarm = "false_alarm"
    }

    package let outcome: Outcome
    /// How many places were found; 0 exactly when clean. Which they are is in the sealed record.
    package let places: Int

    package init(outcome: Outcome, places: Int) {
        self.outcome = outcome
        self.places = places
    }

    package static let clean = Screening(outcome: .clean, places: 0)
}
