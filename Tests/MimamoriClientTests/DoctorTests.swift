// The doctor finds each trouble under its stable name, gives advice with everything that is not good, and never throws,
// not even on a broken home. Nobody listens at the demo homes' relay; its answers are tested by the stories.

import Foundation
import MimamoriCore
import MimamoriCrypto
import Testing

@testable import MimamoriClient

struct DoctorTests {
    private func verdicts(_ checks: [DoctorCheck]) -> [String: DoctorCheck.Verdict] {
        Dictionary(checks.map { ($0.name, $0.verdict) }, uniquingKeysWith: { first, _ in first })
    }

    @Test func aSoundHomeWithTheRelayDown() async throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        let checks = await Doctor.examine(folder: client.home.folder, world: demo.world())
        #expect(
            verdicts(checks) == [
                "home": .good, "own-certificate": .good, "relay": .bad, "enrolled": .skipped, "clock": .skipped,
                "directory": .good, "revocation-list": .good, "party-keys": .good, "outbox": .good,
            ])
        #expect(Set(checks.map(\.name)).count == checks.count)
        for check in checks where check.verdict == .bad || check.verdict == .warning {
            #expect(check.advice != nil, "\(check.name)")
        }
    }

    @Test func timePasses() async throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        _ = try client.prepare(demo.notice())
        let day: Int64 = 86_400
        let daysLeft = client.home.personCertificate.notAfter.seconds(since: demo.now) / day
        let soon = await Doctor.examine(folder: client.home.folder, world: demo.world(ahead: (daysLeft - 10) * day))
        #expect(verdicts(soon)["own-certificate"] == .warning)
        #expect(verdicts(soon)["directory"] == .warning)
        #expect(verdicts(soon)["revocation-list"] == .warning)
        #expect(verdicts(soon)["outbox"] == .warning)
        let late = await Doctor.examine(folder: client.home.folder, world: demo.world(ahead: (daysLeft + 2) * day))
        #expect(verdicts(late)["own-certificate"] == .bad)
    }

    @Test func aKeyThatIsMissingForACurrentCertificate() async throws {
        let demo = try Demo()
        let whole = try demo.client(.clerk, partyKeys: ["encryption", "encryption-next"])
        let half = try demo.client(.clerk, partyKeys: ["encryption"])
        let none = try demo.client(.clerk, partyKeys: [])
        for (client, verdict) in [(whole, DoctorCheck.Verdict.good), (half, .bad), (none, .warning)] {
            let checks = await Doctor.examine(folder: client.home.folder, world: demo.world())
            #expect(verdicts(checks)["party-keys"] == verdict)
        }
    }

    @Test func aBrokenHomeIsOneFinding() async throws {
        let demo = try Demo()
        let folder = try demo.client(.clerk).home.folder
        try FileManager.default.removeItem(atPath: folder + "/home.key")
        #expect(verdicts(await Doctor.examine(folder: folder, world: demo.world())) == ["home": .bad])
        #expect(verdicts(await Doctor.examine(folder: demo.folder + "/none", world: demo.world())) == ["home": .bad])
    }

    @Test(arguments: [
        (Int64(0), DoctorCheck.Verdict.good, "agrees"), (60, .good, "ahead"), (-60, .good, "behind"),
        (61, .bad, "ahead"), (-4000, .bad, "behind"),
    ])
    func clocks(difference: Int64, verdict: DoctorCheck.Verdict, words: String) {
        let check = Doctor.clock(difference)
        #expect(check.verdict == verdict)
        #expect(check.finding.en.contains(words))
        #expect((check.advice == nil) == (verdict == .good))
    }
}
