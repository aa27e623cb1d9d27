// The life of a package and of each delivery (design §6): the states and the only legal moves between them. Pure: the
// relay asks here which state follows, and writes what it is told. A move that is not listed is a refusal with the
// present state in it.

/// The state of a package as a whole.
package enum PackageState: String, Sendable, Codable, CaseIterable {
    /// The manifest was accepted; parts are coming in.
    case receiving
    /// Complete, logged and receipted; a second person must release it (SD-APR-1).
    case awaitingApproval = "awaiting_approval"
    /// In the recipients' mailboxes.
    case released
    /// The second person refused the release.
    case rejected
    /// The sender withdrew it before anybody fetched it.
    case cancelled
    /// Its retention had ended and two persons had it destroyed; the certificate is left (SD-DEL-3).
    case disposed

    package enum Event: Sendable, Hashable, CaseIterable {
        /// All parts are in and the kind needs approval.
        case completedNeedingApproval
        /// All parts are in and the kind needs none.
        case completed
        case approved, rejected, cancelled, disposed
    }

    /// The state after `event`, or a refusal when the event cannot happen now.
    package func after(_ event: Event) -> Result<PackageState, Refusal> {
        switch (self, event) {
        case (.receiving, .completedNeedingApproval): .success(.awaitingApproval)
        case (.receiving, .completed): .success(.released)
        case (.awaitingApproval, .approved): .success(.released)
        case (.awaitingApproval, .rejected): .success(.rejected)
        case (.receiving, .cancelled), (.awaitingApproval, .cancelled), (.released, .cancelled): .success(.cancelled)
        case (.released, .disposed), (.rejected, .disposed), (.cancelled, .disposed), (.awaitingApproval, .disposed):
            .success(.disposed)
        default: .failure(.stateConflict(name))
        }
    }

    package var name: Bilingual {
        switch self {
        case .receiving: Bilingual(ja: "受信中", en: "receiving")
        case .awaitingApproval: Bilingual(ja: "承認待ち", en: "awaiting approval")
        case .released: Bilingual(ja: "送付済み", en: "released")
        case .rejected: Bilingual(ja: "差戻し", en: "rejected")
        case .cancelled: Bilingual(ja: "取消し", en: "cancelled")
        case .disposed: Bilingual(ja: "廃棄済み", en: "disposed of")
        }
    }
}

/// The state of one delivery: one released package to one recipient.
package enum DeliveryState: String, Sendable, Codable, CaseIterable {
    /// In the recipient's mailbox.
    case stored
    /// Every part was handed out to the recipient at least once.
    case fetched
    /// A person of the recipient opened it and signed for it.
    case opened
    /// Withdrawn by the sender before it was fetched.
    case cancelled

    package enum Event: Sendable, Hashable, CaseIterable {
        case lastPartRead, openedReceiptSigned, cancelled
    }

    package func after(_ event: Event) -> Result<DeliveryState, Refusal> {
        switch (self, event) {
        case (.stored, .lastPartRead), (.fetched, .lastPartRead): .success(.fetched)
        case (.opened, .lastPartRead), (.opened, .openedReceiptSigned): .success(.opened)
        case (.fetched, .openedReceiptSigned): .success(.opened)
        case (.stored, .cancelled): .success(.cancelled)
        default: .failure(.stateConflict(name))
        }
    }

    package var name: Bilingual {
        switch self {
        case .stored: Bilingual(ja: "受信箱に到着", en: "stored")
        case .fetched: Bilingual(ja: "取得済み", en: "fetched")
        case .opened: Bilingual(ja: "開封済み", en: "opened")
        case .cancelled: Bilingual(ja: "取消し", en: "cancelled")
        }
    }
}

extension Refusal {
    package static func stateConflict(_ state: Bilingual) -> Refusal {
        Refusal(
            .stateConflict, rule: "docs/architecture.md",
            message: Bilingual(
                ja: "今の状態（\(state.ja)）ではこの操作はできません。", en: "This cannot be done in the present state (\(state.en))."),
            remedy: Bilingual(
                ja: "mimamori status で状態を確かめてください。", en: "See the state with mimamori status."), retry: .never)
    }
}
