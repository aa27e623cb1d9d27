// `verify` says what a file is and whether it is genuine, and stock openssl says the same.

import Foundation
import MimamoriCore
import MimamoriCrypto
import TestSupport
import Testing

@testable import MimamoriClient

struct VerificationTests {
    /// A released and received referral: the folder that the council has, and the homes.
    private func received() async throws -> (demo: Demo, clerk: Client, folder: String, package: [UInt8]) {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let entry = try officer.prepare(demo.referral())
        let part = try Disk.read(officer.box.partPath(entry.id, 0), limit: PackageLimits.partBytes)
        _ = try await relay.session(officer).send()
        let chief = try relay.session(demo.client(.chief))
        try await chief.approve(chief.examine(entry.id))
        let clerk = try demo.client(.clerk)
        let folder = try await relay.session(clerk).receive(entry.id, into: demo.newFolder("into")).folder
        return (demo, clerk, folder, (relay.stored(entry.id)?.manifest ?? []) + part)
    }

    @Test func eachKindOfFile() async throws {
        let (demo, clerk, folder, package) = try await received()
        let evidence = folder + "/evidence/"
        let signers = evidence + "signers.pem"
        let expected: [(path: String, subject: VerificationReport.Subject, verdict: VerificationReport.Verdict)] = [
            (folder, .evidenceFolder, .genuine), (folder + "/evidence", .evidenceFolder, .genuine),
            (evidence + "manifest.cms", .manifest, .genuine),
            (evidence + "stored-receipt.cms", .storedReceipt, .genuine),
            (evidence + "opened-receipt.cms", .openedReceipt, .genuine),
            (try demo.file("package", package), .package, .genuine),
            (
                try demo.file("part", Array(package.dropFirst(SignedStatement.length(ofFirst: package) ?? 0))), .part,
                .undecided
            ),
            (try demo.file("text", Array("hello".utf8)), .unknown, .notGenuine),
            (try demo.file("empty", []), .unknown, .notGenuine),
        ]
        for (path, subject, verdict) in expected {
            let report = try clerk.verify(path, certificatesPath: signers)
            #expect(report.subject == subject, "\(path)")
            #expect(report.verdict == verdict, "\(path): \(report.lines.map(\.text.en))")
        }
        let lines = try clerk.verify(evidence + "manifest.cms").lines.map(\.text.en)
        #expect(lines.contains { $0.contains("aomori-police/hachinohe:officer") })
        #expect(lines.contains { $0.contains("Approved") && $0.contains("aomori-police/hachinohe:chief") })
        #expect(throws: ClientFailure.self) { try clerk.verify(folder + "/absent") }
    }

    /// Years later, on a machine of the other organisation, which has nobody's certificate but its own.
    @Test func theFolderTellsOfItselfAnywhere() async throws {
        let (demo, _, folder, _) = try await received()
        let report = try demo.client(.officer).verify(folder)
        #expect(report.verdict == .genuine, "\(report.lines.map(\.text.en))")
        #expect(report.lines.contains { $0.text.en.contains("aomori/hachinohe-shi:clerk") })
    }

    /// CMS leaves a few bytes outside every signature (version numbers, the name of an algorithm): a flip there may
    /// pass, but then the statement says exactly what it said.
    @Test(arguments: ["manifest.cms", "stored-receipt.cms", "opened-receipt.cms"])
    func aFlippedByteIsNotGenuineOrChangesNothing(name: String) async throws {
        let (demo, clerk, folder, _) = try await received()
        let certificates = try ["signers.pem", "relay.pem"].flatMap {
            try demo.pki.text(of: "\(folder)/evidence/\($0)").components(separatedBy: "-----END CERTIFICATE-----\n")
        }.filter { !$0.isEmpty }.map { try Certificate(pem: $0 + "-----END CERTIFICATE-----\n") }
        let verifier = OfflineVerifier(
            trust: try demo.trust(), now: demo.now, certificates: certificates + [clerk.home.personCertificate])
        let bytes = try Disk.read("\(folder)/evidence/\(name)", limit: 1 << 20)
        let told = try verifier.report(onFile: "\(folder)/evidence/\(name)").lines.map(\.text)
        var passed = 0
        for index in bytes.indices {
            var flipped = bytes
            flipped[index] ^= 0x01
            let report = try verifier.report(onFile: demo.file(name, flipped))
            guard report.verdict == .genuine else { continue }
            passed += 1
            #expect(report.lines.map(\.text) == told, "byte \(index)")
        }
        #expect(passed <= 5)
    }

    @Test func aPackageFileThatWasChangedIsNotGenuine() async throws {
        let (demo, clerk, folder, package) = try await received()
        let signers = folder + "/evidence/signers.pem"
        var flipped = package
        flipped[package.count - 5] ^= 1
        #expect(try clerk.verify(demo.file("package", flipped), certificatesPath: signers).verdict == .notGenuine)
        let cut = try demo.file("package", Array(package.dropLast()))
        #expect(try clerk.verify(cut, certificatesPath: signers).verdict == .notGenuine)
    }

    @Test func withoutTheSignersCertificateItIsUndecided() async throws {
        let (demo, clerk, folder, _) = try await received()
        let manifest = try Disk.read(folder + "/evidence/manifest.cms", limit: 1 << 20)
        #expect(try clerk.verify(demo.file("manifest.cms", manifest)).verdict == .undecided)
    }

    @Test func aReceiptOfAnotherPackageIsFoundInTheEvidence() async throws {
        let first = try await received()
        let second = try await received()
        try FileManager.default.removeItem(atPath: first.folder + "/evidence/stored-receipt.cms")
        try FileManager.default.copyItem(
            atPath: second.folder + "/evidence/stored-receipt.cms",
            toPath: first.folder + "/evidence/stored-receipt.cms")
        #expect(try first.clerk.verify(first.folder).verdict == .notGenuine)
    }

    @Test func aRevokedSignerIsNotGenuine() async throws {
        let demo = try Demo()
        let pair = demo.pki.bad(.revoked)
        let signer = try StatementSigner(
            certificate: Certificate(pem: demo.pki.text(of: pair.certificate)),
            privateKeyPEM: demo.pki.text(of: pair.key))
        let clerk = try demo.client(.clerk)
        let receipt = OpenedReceipt(
            package: demo.world().newPackageID(), manifestSHA256: Digest.sha256([1]),
            openedBy: try #require(signer.certificate.person), openedAt: demo.now)
        let path = try demo.file("r.cms", signer.sign(CanonicalJSON.encode(receipt)))
        let report = try clerk.verify(path, certificatesPath: pair.certificate)
        #expect(report.verdict == .notGenuine)
        #expect(report.subject == .openedReceipt)
    }

    @Test func stockOpenSSLVerifiesTheEvidence() async throws {
        let (demo, _, folder, _) = try await received()
        let evidence = folder + "/evidence/"
        for (statement, certificates) in [("manifest.cms", "signers.pem"), ("stored-receipt.cms", "relay.pem")] {
            let content = try ForeignTool.openssl.run([
                "cms", "-verify", "-inform", "DER", "-in", evidence + statement, "-certfile", evidence + certificates,
                "-nointern", "-CAfile", demo.pki.root, "-purpose", "any", "-binary",
            ])
            #expect(String(decoding: content, as: UTF8.self).contains("mimamori-"))
        }
    }
}
