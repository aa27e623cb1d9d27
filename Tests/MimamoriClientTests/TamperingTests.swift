// Lies of a relay, one at a time: a flipped byte anywhere, a receipt of something else, a missing approval, certificates
// that are not what they should be. Each ends with an error and leaves no file.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriEnvelope
import MimamoriWire
import Testing

@testable import MimamoriClient

/// One change of what the relay says of a package.
struct Lie: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (PackageView, Demo) throws -> PackageView

    init(_ name: String, _ change: @escaping @Sendable (PackageView, Demo) throws -> PackageView) {
        testDescription = name
        self.change = change
    }

    /// Where a byte is flipped. Bytes that CMS leaves unprotected (version numbers, an algorithm's name beside the
    /// signature) mean nothing when changed; VerificationTests shows that they change nothing.
    private enum Place: String, CaseIterable { case tag, contentStart, contentMiddle, contentEnd, lastSignature }

    private static func flip(receipt: Bool, at place: Place) -> Lie {
        Lie("\(receipt ? "receipt" : "manifest") flipped at \(place)") { view, _ in
            var bytes = Array(receipt ? view.storedReceipt ?? Data() : view.manifest)
            let content = try Evidence.statement(bytes).content
            let found = Data(bytes).range(of: Data(content)) ?? 0..<1
            let index =
                switch place {
                case .tag: 0
                case .contentStart: found.lowerBound
                case .contentMiddle: (found.lowerBound + found.upperBound) / 2
                case .contentEnd: found.upperBound - 1
                case .lastSignature: bytes.count - 1
                }
            bytes[index] ^= 1
            return receipt ? view.with(receipt: Data(bytes)) : view.with(manifest: Data(bytes))
        }
    }

    static let all: [Lie] =
        Place.allCases.flatMap { [flip(receipt: false, at: $0), flip(receipt: true, at: $0)] } + [
            Lie("another id") { view, demo in
                PackageView(
                    id: demo.world().newPackageID(), state: view.state, manifest: view.manifest,
                    signers: view.signers, storedReceipt: view.storedReceipt, relayCertificate: view.relayCertificate,
                    deliveries: view.deliveries, rejectionReason: nil)
            },
            Lie("no receipt") { view, _ in view.with(dropReceipt: true) },
            Lie("no signers") { view, _ in view.with(signers: []) },
            Lie("only the approver's certificate") { view, _ in view.with(signers: Array(view.signers.dropFirst())) },
            Lie("only the sender's certificate") { view, _ in view.with(signers: Array(view.signers.prefix(1))) },
            Lie("another person as signer") { view, demo in
                view.with(signers: [Data(try demo.certificate(.clerk).der), Data(try demo.certificate(.chief).der)])
            },
            Lie("receipt signed by a person") { view, demo in
                let content = try Evidence.statement(Array(view.storedReceipt ?? Data())).content
                return view.with(
                    receipt: Data(try demo.signer(.clerk).sign(content)),
                    relayCertificate: Data(try demo.certificate(.clerk).der))
            },
            Lie("receipt of another package") { view, demo in
                let signer = try demo.relaySigner()
                let old = try Evidence.decode(
                    StoredReceipt.self, in: Evidence.statement(Array(view.storedReceipt ?? Data())))
                let other = StoredReceipt(
                    package: old.package, manifestSHA256: Digest.sha256([1]), sender: old.sender,
                    recipients: old.recipients, storedAt: old.storedAt, logIndex: 0, relay: old.relay)
                return view.with(receipt: Data(try signer.sign(CanonicalJSON.encode(other))))
            },
            Lie("one signature only") { view, demo in
                let content = try Evidence.statement(Array(view.manifest)).content
                return view.with(manifest: Data(try demo.signer(.officer).sign(content)))
            },
            Lie("approved by a person of another party") { view, demo in
                let content = try Evidence.statement(Array(view.manifest)).content
                let first = try Evidence.statement(demo.signer(.officer).sign(content))
                return view.with(
                    manifest: Data(try demo.signer(.clerk).countersign(first)),
                    signers: [Data(try demo.certificate(.officer).der), Data(try demo.certificate(.clerk).der)])
            },
            Lie("signed by another than the sender it names") { view, demo in
                let content = try Evidence.statement(Array(view.manifest)).content
                let first = try Evidence.statement(demo.signer(.deputy).sign(content))
                return view.with(
                    manifest: Data(try demo.signer(.chief).countersign(first)),
                    signers: [Data(try demo.certificate(.deputy).der), Data(try demo.certificate(.chief).der)])
            },
        ]
}

extension PackageView {
    fileprivate func with(
        manifest: Data? = nil, signers: [Data]? = nil, receipt: Data? = nil, relayCertificate: Data? = nil,
        dropReceipt: Bool = false
    ) -> PackageView {
        PackageView(
            id: id, state: state, manifest: manifest ?? self.manifest, signers: signers ?? self.signers,
            storedReceipt: dropReceipt ? nil : receipt ?? storedReceipt,
            relayCertificate: relayCertificate ?? self.relayCertificate, deliveries: deliveries, rejectionReason: nil)
    }
}

struct TamperingTests {
    /// A referral, approved, in the mailbox of 八戸市.
    private func released(_ demo: Demo, _ draft: PackageDraft) async throws -> (relay: FakeRelay, entry: OutboxEntry) {
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let entry = try officer.prepare(draft)
        _ = try await relay.session(officer).send()
        if draft.kind.carriesPersonalInformation {
            let chief = try relay.session(demo.client(.chief))
            try await chief.approve(chief.examine(entry.id))
        }
        return (relay, entry)
    }

    @Test func everyLieIsFoundAndLeavesNoFile() async throws {
        let demo = try Demo()
        let (relay, entry) = try await released(demo, demo.referral())
        let clerk = try demo.client(.clerk)
        for lie in Lie.all {
            relay.change {
                $0.tamperView = { view in
                    do {
                        return try lie.change(view, demo)
                    } catch {
                        preconditionFailure("the lie itself can be told: \(error)")
                    }
                }
            }
            let into = try demo.newFolder("into")
            await #expect(throws: (any Error).self, "\(lie.testDescription)") {
                try await relay.session(clerk).receive(entry.id, into: into)
            }
            #expect(try Disk.names(in: into).isEmpty)
        }
        // The same package, told truly, opens: so each error above was the lie's.
        relay.change { $0.tamperView = nil }
        let into = try demo.newFolder("into")
        #expect(try await relay.session(clerk).receive(entry.id, into: into).manifest.id == entry.id)
    }

    @Test(arguments: [0.0, 0.2, 0.5, 0.99, 1.0])
    func aFlippedByteOfAPartLeavesNothing(at part: Double) async throws {
        let demo = try Demo()
        let (relay, entry) = try await released(demo, demo.referral())
        let clerk = try demo.client(.clerk)
        relay.change {
            $0.tamperPart = { bytes in
                var bytes = bytes
                bytes[Int(Double(bytes.count - 1) * part)] ^= 1
                return bytes
            }
        }
        let into = try demo.newFolder("into")
        await #expect { try await relay.session(clerk).receive(entry.id, into: into) } throws: {
            ($0 as? ClientFailure)?.kind == .notGenuine
        }
        #expect(try Disk.names(in: into).isEmpty)
        #expect(try Disk.names(in: "\(clerk.home.folder)/incoming/\(entry.id)").isEmpty)
    }

    @Test func aPartThatGrowsWithoutEndIsStopped() async throws {
        let demo = try Demo()
        let (relay, entry) = try await released(demo, demo.referral())
        let clerk = try demo.client(.clerk)
        relay.change { $0.tamperPart = { $0 + [UInt8](repeating: 0, count: 1_000_000) } }
        await #expect(throws: ClientFailure.self) {
            try await relay.session(clerk).receive(entry.id, into: demo.newFolder("into"))
        }
        let kept = try tree("\(clerk.home.folder)/incoming/\(entry.id)").reduce(0) { $0 + $1.bytes.count }
        #expect(kept <= entry.manifest.totalBytes)
    }

    /// A sender's software that seals a tar with a trick in it: signed, sealed and receipted, and still nothing comes out.
    @Test(arguments: TarTrick.paths.prefix(4) + TarTrick.types.prefix(3) + TarTrick.wholes.filter { !$0.bytes.isEmpty })
    func aTrickInsideASoundPackageLeavesNothing(_ trick: TarTrick) async throws {
        let demo = try Demo()
        let officer = try demo.client(.officer)
        let template = try officer.prepare(demo.notice()).manifest
        let certificates = try demo.directory.certificates
            .filter { template.sealedTo.contains($0.fingerprint) }.map { try Certificate(der: $0.der) }
        let part = try Envelope.seal(trick.bytes, to: certificates)
        let manifest = Manifest(
            id: template.id, kind: .notice, created: template.created, sender: template.sender,
            recipients: template.recipients, legalBasis: template.legalBasis, consent: nil, label: template.label,
            retention: template.retention, sealedTo: template.sealedTo,
            parts: [Manifest.Part(bytes: part.count, sha256: Digest.sha256(part))])
        let relay = try FakeRelay(demo)
        let session = try relay.session(officer)
        _ = try await session.relay.submit(officer.sign(manifest.canonicalBytes()) + part)
        let clerk = try demo.client(.clerk)
        let into = try demo.newFolder("into")
        await #expect { try await relay.session(clerk).receive(manifest.id, into: into) } throws: {
            ($0 as? ClientFailure)?.cause == "\(trick.flaw)"
        }
        #expect(try Disk.names(in: into).isEmpty)
    }

    @Test func aPackageForOthersIsNotOpened() async throws {
        let demo = try Demo()
        let (relay, entry) = try await released(demo, demo.notice())
        let towada = try demo.client(.towada)
        await #expect { try await relay.session(towada).receive(entry.id, into: demo.newFolder("into")) } throws: {
            ($0 as? ClientFailure)?.kind == .notGenuine
        }
    }

    @Test func aReceiptOfAnotherPackageIsNotKept() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let first = try officer.prepare(demo.notice())
        _ = try await relay.session(officer).send()
        let second = try officer.prepare(demo.notice())
        let wrong = relay.stored(first.id)?.receipt
        relay.change { $0.packages[second.id] = .init(manifest: second.signedManifest, receipt: wrong) }
        let outcome = try await relay.session(officer).send().first
        guard case .failed(let failure)? = outcome?.result else {
            Issue.record("a receipt of another package was taken")
            return
        }
        #expect(failure.kind == .notGenuine)
        #expect(try officer.outbox().map(\.id) == [second.id])
    }
}
