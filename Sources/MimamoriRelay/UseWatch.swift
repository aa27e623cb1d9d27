// Watches for abnormal use (SD-ACC-8, SD-AUT-9, SD-AUT-10): remembers lately per person what MimamoriCore's UseRecord asks
// for, pauses whoever is refused again and again, and says an alert in journal and access log. A cache only: a restart
// forgets counts and pauses, which are minutes long; the leaves stay.

import MimamoriCore
import MimamoriStore
import Synchronization

final class UseWatch: Sendable {
    private let limits: UseLimits
    /// Guards the records; nothing slow runs under it. As many as the directory has persons.
    private let records = Mutex<[PersonAddress: UseRecord]>([:])

    init(limits: UseLimits) { self.limits = limits }

    func record(of person: PersonAddress) -> UseRecord { records.withLock { $0[person] ?? UseRecord() } }

    func succeeded(_ person: PersonAddress, at now: Timestamp) {
        records.withLock { $0[person, default: UseRecord()].succeeded(at: now) }
    }

    /// Whether this refusal pauses the person.
    func refused(_ person: PersonAddress, _ code: Refusal.Code, at now: Timestamp) -> Bool {
        records.withLock { records in
            guard code.isFalseAttempt else { return false }
            return records[person, default: UseRecord()].refused(at: now, limits: limits) == .paused
        }
    }

    func read(_ package: PackageID, by person: PersonAddress, at now: Timestamp) -> [UseRecord.Alert] {
        records.withLock { $0[person, default: UseRecord()].read(package, at: now, limits: limits) }
    }
}

extension Relay {
    /// Refuses a person who is paused. The refusal's own leaf is summed with those of strangers (RefusedCallers.swift).
    func pauseRefusal(of person: PersonAddress, at now: Timestamp) -> Refusal? {
        guard let until = useWatch.record(of: person).pausedUntil, now < until else { return nil }
        return .callerPaused(until: until)
    }

    /// Counts a refusal; when it pauses the person, that has its leaf.
    func noteRefusal(_ refusals: [Refusal], of caller: Caller) async throws {
        for refusal in refusals where useWatch.refused(caller.address, refusal.code, at: world.now()) {
            try await raise(.paused, on: caller.address.text, by: caller)
        }
    }

    /// Counts the handing out of a part with personal information.
    func noteRead(of id: PackageID, by caller: Caller) async throws {
        for alert in useWatch.read(id, by: caller.address, at: world.now()) {
            try await raise(alert, on: caller.address.text, by: caller)
        }
    }

    private func raise(_ alert: UseRecord.Alert, on object: String, by caller: Caller) async throws {
        journal.alert(alert, person: caller.address)
        try await record(prepareLeaf(.alertRaised, on: object, by: caller, reason: alert.rawValue))
    }
}

extension Refusal.Code {
    /// Refusals that an honest person with our client seldom meets: they say that somebody tries what is not theirs.
    var isFalseAttempt: Bool {
        switch self {
        case .roleMissing, .notFound, .senderMismatch, .approverIsSender, .approverNotAllowed, .confirmerIsProposer,
            .manifestSignatureInvalid, .approvalSignatureInvalid, .receiptInvalid, .acknowledgementInvalid,
            .relabellingInvalid, .idInUse, .partSealedToOthers, .sealingExcessive, .certificateOfOther:
            true
        default: false
        }
    }
}

extension Refusal {
    fileprivate static func callerPaused(until: Timestamp) -> Refusal {
        Refusal(
            .callerPaused, rule: "SD-AUT-9",
            message: Bilingual(
                ja: "許されない操作が続いたため、あなたの利用を \(until) まで止めています。",
                en: "Because of repeated attempts at what is not allowed, your use is paused until \(until)."),
            remedy: Bilingual(
                ja: "その時刻を過ぎてから続けてください。身に覚えがなければ、鍵が使われたおそれがあります。すぐに管理者に連絡してください。",
                en:
                    "Go on after that time. If it was not you, your key may have been used: tell an administrator at once."
            ),
            retry: .later)
    }
}
