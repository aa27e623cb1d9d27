// What `queue` refuses before it seals, that every finding is told at once, and that no key is sealed to without the CA.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriWire
import TestSupport
import Testing

@testable import MimamoriClient

struct PreparingTests {
    @Test func aDryRunWritesNothing() throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        let before = try tree(client.home.folder).map(\.path)
        let attachment = try demo.file("a", [UInt8](repeating: 1, count: 5_000_000))
        let run = try client.dryRun(demo.referral(attachments: [attachment]))
        #expect(run.findings.isEmpty)
        #expect(run.parts == 2)
        #expect(run.recipients.map(\.name) == ["八戸市"])
        #expect(try tree(client.home.folder).map(\.path) == before)
        let entry = try client.prepare(demo.referral(attachments: [attachment]))
        #expect(entry.manifest.parts.count == run.parts)
    }

    @Test func everyFindingIsToldAtOnce() throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        let draft = PackageDraft(
            kind: .referral, recipients: [], legalBasis: nil, consent: nil, label: nil, subject: "",
            record: Record(kind: .referral, sections: []))
        let codes: Set<Refusal.Code> = [.legalBasisMissing, .consentMissing, .labelInvalid, .recipientsInvalid]
        #expect(Set(try client.dryRun(draft).findings.map(\.code)).isSuperset(of: codes))
        #expect { try client.prepare(draft) } throws: {
            Set(($0 as? Refused)?.findings.map(\.code) ?? []).isSuperset(of: codes)
        }
        #expect(try client.outbox().isEmpty)
    }

    @Test func badAttachmentsAreAllToldAndNotNamed() throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        let paths = [
            try demo.file("鈴木\u{7}.pdf", [1]), try demo.file("same.txt", [1]), try demo.file("SAME.txt", [2]),
        ]
        #expect { try client.prepare(demo.referral(attachments: paths)) } throws: { error in
            guard let findings = (error as? Refused)?.findings else { return false }
            return findings.count == 2 && !findings.contains { $0.message.ja.contains("鈴木") }
        }
        #expect { try client.prepare(demo.referral(attachments: [demo.folder + "/absent"])) } throws: {
            ($0 as? ClientFailure)?.kind == .missing
        }
        #expect { try client.prepare(demo.referral(attachments: [demo.folder])) } throws: {
            ($0 as? ClientFailure)?.kind == .content
        }
    }

    @Test func withoutADirectoryNothingIsPrepared() throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        try FileManager.default.removeItem(atPath: client.home.folder + "/directory.sealed")
        #expect { try client.dryRun(demo.referral()) } throws: { ($0 as? ClientFailure)?.kind == .configuration }
    }

    /// A relay that puts its own, or another party's, key into the directory.
    @Test(arguments: ["another party's", "a person's", "another CA's", "garbage"])
    func aKeyThatTheCADidNotBindIsNotSealedTo(_ lie: String) throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        let council = try #require(Address("aomori/hachinohe-shi"))
        let der: [UInt8] =
            switch lie {
            case "another party's":
                try Certificate(pem: demo.pki.text(of: demo.pki.party("aomori/towada-shi").certificate)).der
            case "a person's": try demo.certificate(.clerk).der
            case "another CA's": try Certificate(pem: demo.pki.text(of: demo.pki.bad(.otherCA).certificate)).der
            default: [1, 2, 3]
            }
        let forged = EnrolledCertificate(
            fingerprint: CertificateFingerprint(Digest.sha256(der).hexadecimal)
                ?? demo.directory.certificates[0].fingerprint,
            purpose: .encryption, party: council, person: nil, notBefore: demo.now.advanced(bySeconds: -10),
            notAfter: demo.now.advanced(bySeconds: 1000), der: der)
        let message = DirectoryMessage(
            version: 4, parties: demo.directory.parties, persons: demo.directory.persons,
            certificates: demo.directory.certificates + [forged], memberships: demo.directory.memberships,
            policy: PolicySettings())
        try CachedDirectory(etag: nil, fetchedAt: demo.now, message: message).store(
            in: client.home, world: client.world)
        #expect { try client.prepare(demo.referral()) } throws: { error in
            guard let finding = (error as? Refused)?.findings.first else { return false }
            return finding.code.rawValue.hasPrefix("certificate-") && (error as? Refused)?.findings.count == 1
        }
        #expect(try client.outbox().isEmpty)
    }

    @Test func aPackageIsSealedToEveryCurrentCertificate() throws {
        let demo = try Demo()
        let entry = try demo.client(.officer).prepare(
            demo.notice(to: ["aomori/hachinohe-shi", "aomori/towada-shi"]))
        let expected = demo.directory.certificates.filter { $0.purpose == .encryption }.map(\.fingerprint).sorted()
        #expect(entry.manifest.sealedTo == expected)
        #expect(expected.count == 4)
    }

    @Test func progressEndsAtTheWholeContent() throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        let seen = ProgressLog()
        _ = try client.prepare(demo.notice(attachments: [demo.file("a", [UInt8](repeating: 0x41, count: 700_000))])) {
            seen.add($0)
        }
        let steps = seen.steps
        #expect(steps.map(\.bytesDone) == steps.map(\.bytesDone).sorted())
        #expect(steps.last?.bytesDone == steps.last?.bytesTotal)
    }
}
