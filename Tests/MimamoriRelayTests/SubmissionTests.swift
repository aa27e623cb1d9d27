// Sending: what is taken, what is refused and with which code, and that repeats are harmless.

import MimamoriCore
import MimamoriCrypto
import MimamoriRelay
import MimamoriWire
import TestSupport
import Testing

@Suite struct SubmissionTests {
    @Test func aReferralWaitsForItsSecondPerson() async throws {
        try await RelayFixture.with { fixture in
            let package = try TestPackage.make(in: fixture)
            let (receipt, isNew) = try await fixture.relay.submit(package.whole, by: fixture.officer)
            #expect(isNew)
            let view = try await fixture.relay.view(package.id, by: fixture.officer)
            #expect(view.state == .awaitingApproval)
            #expect(view.deliveries.isEmpty)
            let statement = try SignedStatement(der: receipt)
            #expect(statement.isSigned(by: [try RelayFixture.certificate(fixture.pki.relayStatement, fixture.pki)]))
            let stored = try CanonicalJSON.decode(StoredReceipt.self, from: statement.content).get()
            #expect(stored.package == package.id)
            #expect(stored.manifestSHA256 == Digest.sha256(package.manifest.canonicalBytes()))
            #expect(stored.recipients == package.manifest.recipients)
            let leaf = try await fixture.entries()[Int(stored.logIndex)]
            #expect(leaf.action == .packageStored && leaf.object == package.id.text && leaf.outcome == .done)
        }
    }

    @Test func aNoticeIsReleasedAtOnce() async throws {
        try await RelayFixture.with { fixture in
            let package = try TestPackage.make(in: fixture) { $0.kind = .notice }
            _ = try await fixture.relay.submit(package.whole, by: fixture.officer)
            let inbox = try await fixture.relay.inbox(after: 0, waitSeconds: 0, by: fixture.clerk)
            #expect(inbox.items.map(\.id) == [package.id])
            #expect(inbox.items.first?.delivery == .stored)
        }
    }

    @Test func aRepeatGetsTheOriginalReceipt() async throws {
        try await RelayFixture.with { fixture in
            let package = try TestPackage.make(in: fixture)
            let first = try await fixture.relay.submit(package.whole, by: fixture.officer)
            fixture.clock.advance(seconds: 3600)
            let leaves = try await fixture.entries().filter { $0.action == .packageStored }.count
            let second = try await fixture.relay.submit(package.whole, by: fixture.officer)
            #expect(!second.isNew)
            #expect(try SignedStatement(der: first.receipt).content == SignedStatement(der: second.receipt).content)
            let third = try await fixture.relay.commit(package.id, by: fixture.officer)
            #expect(try SignedStatement(der: third.receipt).content == SignedStatement(der: first.receipt).content)
            #expect(try await fixture.entries().filter { $0.action == .packageStored }.count == leaves)
        }
    }

    @Test func sixtyFourRepeatsAtOnceStoreOnePackage() async throws {
        try await RelayFixture.with { fixture in
            let package = try TestPackage.make(in: fixture) { $0.kind = .notice }
            let officer = try await fixture.officer
            let news = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<64 {
                    group.addTask { try await fixture.relay.submit(package.whole, by: officer).isNew }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(news.filter { $0 }.count == 1)
            let inbox = try await fixture.relay.inbox(after: 0, waitSeconds: 0, by: fixture.clerk)
            #expect(inbox.items.count == 1)
        }
    }

    @Test func theSameIDWithAnotherManifestIsRefused() async throws {
        try await RelayFixture.with { fixture in
            let package = try TestPackage.make(in: fixture)
            _ = try await fixture.relay.submit(package.whole, by: fixture.officer)
            let other = try TestPackage.make(in: fixture) {
                $0.id = package.id
                $0.contents = [[1, 2, 3]]
            }
            #expect(
                try await refusals { _ = try await fixture.relay.submit(other.whole, by: fixture.officer) }
                    == [.idInUse])
            #expect(
                try await refusals {
                    _ = try await fixture.relay.begin(other.id, manifest: other.signed, by: fixture.officer)
                } == [.idInUse])
        }
    }

    @Test func piecesArriveInAnyOrderAndTwice() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let package = try TestPackage.make(in: fixture) { $0.contents = [[1], [2], [3]] }
            let officer = try await fixture.officer
            let answer = try await relay.begin(package.id, manifest: package.signed, by: officer)
            #expect(answer.missing == [0, 1, 2])
            try await relay.receivePart(2, of: package.id, bytes: package.parts[2], by: officer)
            try await relay.receivePart(2, of: package.id, bytes: package.parts[2], by: officer)
            try await relay.receivePart(0, of: package.id, bytes: package.parts[0], by: officer)
            #expect(try await refusals { _ = try await relay.commit(package.id, by: officer) } == [.partsMissing])
            let again = try await relay.begin(package.id, manifest: package.signed, by: officer)
            #expect(again.missing == [1])
            try await relay.receivePart(1, of: package.id, bytes: package.parts[1], by: officer)
            #expect(try await relay.commit(package.id, by: officer).isNew)
            // After the end, a repeat whose answer was lost stays harmless.
            try await relay.receivePart(1, of: package.id, bytes: package.parts[1], by: officer)
            #expect(try await relay.begin(package.id, manifest: package.signed, by: officer).missing.isEmpty)
            #expect(try await relay.view(package.id, by: officer).state == .awaitingApproval)
        }
    }

    /// One change each to a sound package, and the codes that it must be refused with.
    static let wrongPackages: [(String, @Sendable (inout TestPackage.Making) -> Void, [Refusal.Code])] = [
        ("no basis", { $0.basis = nil }, [.legalBasisMissing]),
        ("no consent", { $0.consent = nil }, [.consentMissing]),
        ("no reason", { $0.consent = Consent(state: .notObtained) }, [.consentIncomplete]),
        (
            "label 3",
            { $0.label = HandlingLabel(confidentiality: 3, integrity: 1, availability: 1, restrictions: []) },
            [.labelNotCarried]
        ),
        ("no label", { $0.label = nil }, [.labelInvalid]),
        (
            "no basis and no consent",
            {
                $0.basis = nil
                $0.consent = nil
            }, [.legalBasisMissing, .consentMissing]
        ),
        ("sealed to another council too", { $0.sealedTo = Cast.sealedTo }, [.sealingExcessive]),
        ("not sealed to the own office", { $0.sealedTo = [RelayFixture.council] }, [.sealingIncomplete]),
        ("signed by a colleague", { $0.signer = (RelayFixture.station, "deputy") }, [.manifestSignatureInvalid]),
        ("no recipient", { $0.recipients = [] }, [.recipientsInvalid]),
        (
            "a referral to the police", { $0.recipients = ["aomori-police/hq"] },
            [.requestOfOthers, .recipientNotAllowed]
        ),
        (
            "a request from the police",
            {
                $0.kind = .request
                ($0.senderParty, $0.sender) = (RelayFixture.station, "officer")
                $0.recipients = [RelayFixture.council]
            }, [.kindNotAllowed, .recipientNotAllowed]
        ),
        ("to a council without a seat", { $0.recipients = ["aomori/towada-shi"] }, [.requestOfOthers, .notInCouncil]),
        ("no criterion", { $0.criterion = nil }, [.criterionMissing]),
        ("an old criterion", { $0.criterion = CivilDate("2021-04-01") }, [.criterionOutdated]),
        ("kept too shortly", { $0.retention = .oneFiscalYear }, [.retentionTooShort]),
    ]

    @Test(arguments: wrongPackages.indices)
    func wrongPackagesAreRefusedBeforeTheirParts(_ index: Int) async throws {
        let (name, change, codes) = Self.wrongPackages[index]
        try await RelayFixture.with { fixture in
            let package = try TestPackage.make(in: fixture, change)
            #expect(
                try await refusals {
                    _ = try await fixture.relay.begin(package.id, manifest: package.signed, by: fixture.officer)
                } == codes, "\(name), manifest first")
            #expect(
                try await refusals { _ = try await fixture.relay.submit(package.whole, by: fixture.officer) } == codes,
                "\(name), in one request")
            #expect(
                try await refusals { _ = try await fixture.relay.view(package.id, by: fixture.officer) } == [.notFound])
            let refused = try await fixture.entries().filter {
                $0.object == package.id.text && $0.outcome == .refused && $0.action != .packageRead
            }
            #expect(refused.count == 2)
            for code in codes { #expect(refused.allSatisfy { $0.reason?.contains(code.rawValue) == true }) }
        }
    }

    @Test func anotherPersonsManifestIsRefused() async throws {
        try await RelayFixture.with { fixture in
            let package = try TestPackage.make(in: fixture)
            #expect(
                try await refusals { _ = try await fixture.relay.submit(package.whole, by: fixture.deputy) }
                    == [.senderMismatch])
            #expect(
                try await refusals { _ = try await fixture.relay.submit(package.whole, by: fixture.chief) }
                    == [.senderMismatch, .roleMissing])
        }
    }

    @Test func wrongPartsAreRefusedAndNothingIsKept() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let officer = try await fixture.officer
            var flipped = try TestPackage.make(in: fixture)
            flipped.parts[0][flipped.parts[0].count - 20] ^= 1
            var plain = try TestPackage.make(in: fixture)
            plain.parts = [Array("not sealed".utf8)]
            let cases: [(TestPackage, Refusal.Code)] = [
                (flipped, .partDigestMismatch),
                (try unsealed(in: fixture), .partNotSealed),
                (try sealedToOthers(in: fixture), .partSealedToOthers),
            ]
            for (package, code) in cases {
                #expect(try await refusals { _ = try await relay.submit(package.whole, by: officer) } == [code])
                _ = try await relay.begin(package.id, manifest: package.signed, by: officer)
                #expect(
                    try await refusals {
                        try await relay.receivePart(0, of: package.id, bytes: package.parts[0], by: officer)
                    } == [code])
                #expect(try await relay.begin(package.id, manifest: package.signed, by: officer).missing == [0])
            }
            let sound = try TestPackage.make(in: fixture)
            #expect(
                try await refusals { _ = try await relay.submit(sound.whole + [0], by: officer) } == [.partsInvalid])
            #expect(
                try await refusals { _ = try await relay.submit(sound.whole.dropLast(), by: officer) } == [
                    .partsInvalid
                ])
            #expect(try await refusals { _ = try await relay.submit([1, 2, 3], by: officer) } == [.manifestMalformed])
            #expect(try await refusals { _ = try await relay.submit([], by: officer) } == [.manifestMalformed])
            #expect(
                try await refusals {
                    try await relay.receivePart(7, of: sound.id, bytes: [0], by: officer)
                } == [.notFound])
        }
    }

    /// A part that matches its digest and is no CMS.
    private func unsealed(in fixture: RelayFixture) throws -> TestPackage {
        try resigned(try TestPackage.make(in: fixture), part: Array("not sealed".utf8), in: fixture)
    }

    /// A part that matches its digest and is sealed to another council than the manifest says.
    private func sealedToOthers(in fixture: RelayFixture) throws -> TestPackage {
        let package = try TestPackage.make(in: fixture)
        let other = try TestPackage.make(in: fixture) { $0.recipients = ["aomori/towada-shi"] }
        return try resigned(package, part: other.parts[0], in: fixture)
    }

    private func resigned(_ package: TestPackage, part: [UInt8], in fixture: RelayFixture) throws -> TestPackage {
        let old = package.manifest
        let manifest = Manifest(
            id: old.id, kind: old.kind, created: old.created, sender: old.sender, recipients: old.recipients,
            legalBasis: old.legalBasis, consent: old.consent, label: old.label, answers: old.answers,
            criterion: old.criterion, retention: old.retention, sealedTo: old.sealedTo,
            parts: [Manifest.Part(bytes: part.count, sha256: Digest.sha256(part))])
        let signer = try TestPackage.signer(RelayFixture.station, "officer", fixture.pki)
        return TestPackage(
            manifest: manifest, signed: try signer.sign(manifest.canonicalBytes()), parts: [part])
    }

    @Test func nobodyElseCompletesASubmission() async throws {
        try await RelayFixture.with { fixture in
            let package = try TestPackage.make(in: fixture)
            _ = try await fixture.relay.begin(package.id, manifest: package.signed, by: fixture.officer)
            for caller in [try await fixture.deputy, try await fixture.chief, try await fixture.clerk] {
                #expect(
                    try await refusals {
                        try await fixture.relay.receivePart(0, of: package.id, bytes: package.parts[0], by: caller)
                    } == [.notFound])
                #expect(
                    try await refusals { _ = try await fixture.relay.commit(package.id, by: caller) } == [.notFound])
            }
        }
    }
}
