// A demo world for the tests: homes of the development PKI's persons in a scratch folder that goes away with the value,
// with a directory in them, and a clock that stands still.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriWire
import TestSupport

@testable import MimamoriClient

final class Demo: Sendable {
    struct Who: Sendable {
        let party: String
        let person: String

        static let officer = Who(party: "aomori-police/hachinohe", person: "officer")
        static let deputy = Who(party: "aomori-police/hachinohe", person: "deputy")
        static let chief = Who(party: "aomori-police/hachinohe", person: "chief")
        static let clerk = Who(party: "aomori/hachinohe-shi", person: "clerk")
        static let towada = Who(party: "aomori/towada-shi", person: "clerk")
        static let auditor = Who(party: "aomori-relay/office", person: "auditor")
    }

    let pki: DevelopmentPKI
    let folder: String
    let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970) * 1000)
    let directory: DirectoryMessage

    init() throws {
        pki = try DevelopmentPKI.shared()
        folder = try Scratch.make("client").path
        directory = try Self.makeDirectory(pki)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func world(disk: Disk = .real, ahead seconds: Int64 = 0) -> ClientWorld {
        let moment = now.advanced(bySeconds: seconds)
        return ClientWorld(now: { moment }, random: Randomness.bytes, disk: disk)
    }

    /// A new home with the directory and the revocation list in it.
    func client(_ who: Who, partyKeys: [String] = ["encryption"], disk: Disk = .real) throws -> Client {
        let pair = pki.person(who.party, who.person)
        let request = HomeRequest(
            relay: "https://localhost:8443", rootsPath: pki.root, personCertificatePath: pair.certificate,
            personKeyPath: pair.key,
            partyKeys: who.party == "aomori-relay/office"
                ? []
                : partyKeys.map { pki.party(who.party, $0) }.map { ($0.certificate, $0.key) })
        let path = "\(folder)/home-\(UUID().uuidString)"
        let home = try ClientHome.create(request, at: path, world: world())
        try CachedDirectory(etag: nil, fetchedAt: now, message: directory).store(in: home, world: world())
        try RevocationCache.store(revocationList(), in: home, world: world())
        let client = Client(home: home, world: world(disk: disk))
        try Client(home: home, world: world()).citedFolder.keep(
            CitedRecord(self.request(), state: .released), of: Self.requestID)
        return client
    }

    func revocationList() throws -> [UInt8] {
        let lines = try pki.text(of: pki.revocationList).split(separator: "\n").filter { !$0.hasPrefix("-----") }
        return [UInt8](Data(base64Encoded: lines.joined()) ?? Data())
    }

    func newFolder(_ name: String) throws -> String {
        let path = "\(folder)/\(name)-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        return path
    }

    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = try newFolder("file") + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    func certificate(_ who: Who) throws -> Certificate {
        try Certificate(pem: pki.text(of: pki.person(who.party, who.person).certificate))
    }

    func signer(_ who: Who) throws -> StatementSigner {
        let pair = pki.person(who.party, who.person)
        return try StatementSigner(certificate: certificate(who), privateKeyPEM: pki.text(of: pair.key))
    }

    func relaySigner() throws -> StatementSigner {
        try StatementSigner(
            certificate: Certificate(pem: pki.text(of: pki.relayStatement.certificate)),
            privateKeyPEM: pki.text(of: pki.relayStatement.key))
    }

    func trust() throws -> TrustStore {
        try TrustStore(rootsPEM: pki.text(of: pki.root), revocationListsPEM: pki.text(of: pki.revocationList))
    }

    /// A referral from 八戸警察署 to 八戸市 that the policy has nothing against: the demo's own form, filled with its examples.
    func referral(attachments: [String] = [], changes: [String: String?] = [:]) throws -> PackageDraft {
        try draft(
            .referral, to: ["aomori/hachinohe-shi"], attachments: attachments,
            changes: [
                "package.answers": "\"\(Self.requestID)\"", "care.criterion_version": #""2025-04-01""#,
                "label.restrictions": #"["no_copy"]"#, "consent.state": #""not_obtained""#,
            ].merging(changes) { _, new in new })
    }

    /// A notice: no second person is needed.
    func notice(
        body: String = "連絡", to recipients: [String] = ["aomori/hachinohe-shi"], attachments: [String] = [],
        changes: [String: String?] = [:]
    ) throws -> PackageDraft {
        try draft(
            .notice, to: recipients, attachments: attachments,
            changes: [
                "notice.body": "\"\(body)\"", "package.answers": #""""#, "package.concerns": #""""#,
                "label.confidentiality": "2",
            ].merging(changes) { _, new in new })
    }

    /// A form's examples with `changes`, as a person would have written them.
    func draft(
        _ kind: PackageKind, to recipients: [String], attachments: [String] = [], document: ContentDigest? = nil,
        changes: [String: String?] = [:]
    ) throws -> PackageDraft {
        let changes = changes.merging(["label.keep_until": #""""#]) { old, _ in old }
        let text = FilledTemplate.text(kind, changes: changes)
        let form = try FormReader.read(Array(text.utf8), today: now.dateInJapan).get()
        return form.draft(
            FilledForm.Findings(
                recipients: recipients.compactMap { Address($0) }, attachments: attachments, document: document))
    }

    /// What every demo referral answers.
    static let requestID: PackageID = {
        guard let id = PackageID("01900000-0000-7000-8000-0000000000aa") else { preconditionFailure("it is an id") }
        return id
    }()

    /// The standing request of 八戸市 to 八戸警察署, as its clerk would have sent it.
    func request(asksPersonalInformation: Bool = true, validity: RequestTerms.Validity = .standing) -> Manifest {
        func address(_ text: String) -> Address {
            guard let address = Address(text) else { preconditionFailure("demo addresses are addresses") }
            return address
        }
        guard let clerk = PersonAddress(party: address(Who.clerk.party), person: Who.clerk.person) else {
            preconditionFailure("demo persons are persons")
        }
        let today = now.dateInJapan.daysSinceEpoch
        return Manifest(
            id: Self.requestID, kind: .request, created: now.advanced(bySeconds: -86_400), sender: clerk,
            recipients: [address(Who.officer.party)], legalBasis: .councilRequest, consent: nil,
            label: HandlingLabel(confidentiality: 2, integrity: 2, availability: 1, restrictions: []),
            request: RequestTerms(
                validity: validity,
                validFrom: validity == .standing ? CivilDate(daysSinceEpoch: today - 1) : nil,
                validUntil: validity == .standing ? CivilDate(daysSinceEpoch: today + 30) : nil,
                asksPersonalInformation: asksPersonalInformation, scopeStated: true, purposeStated: true,
                document: Digest.sha256([1])),
            screening: .clean, retention: .fiveFiscalYears, sealedTo: [],
            parts: [Manifest.Part(bytes: 1, sha256: Digest.sha256([]))])
    }

    private static func makeDirectory(_ pki: DevelopmentPKI) throws -> DirectoryMessage {
        func address(_ text: String) -> Address {
            guard let address = Address(text) else { preconditionFailure("demo addresses are addresses") }
            return address
        }
        func enrolled(_ path: String, _ purpose: CertificatePurpose) throws -> EnrolledCertificate {
            let certificate = try Certificate(pem: pki.text(of: path))
            let person = purpose == .person ? certificate.person : nil
            return EnrolledCertificate(
                fingerprint: certificate.fingerprint, purpose: purpose,
                party: person?.party ?? certificate.party ?? address("a/b"), person: person,
                notBefore: certificate.notBefore, notAfter: certificate.notAfter, der: certificate.der)
        }
        let parties = [
            Party(
                address: address("aomori-police/hachinohe"), kind: .policeStation, name: "八戸警察署",
                window: ContactWindow(name: "生活安全課")),
            Party(
                address: address("aomori/hachinohe-shi"), kind: .council, name: "八戸市",
                criterion: CivilDate("2025-04-01")),
            Party(address: address("aomori/towada-shi"), kind: .council, name: "十和田市"),
            Party(address: address("aomori-relay/office"), kind: .relayOffice, name: "中継事務局"),
        ]
        let roles: [(Who, String, Set<Role>)] = [
            (.officer, "送信 太郎", [.sender]), (.deputy, "代行 次郎", [.sender, .approver]),
            (.chief, "承認 一郎", [.approver]), (.clerk, "受信 花子", [.recipient, .sender]),
            (.towada, "受信 夏子", [.recipient]), (.auditor, "監査 五郎", [.auditor]),
        ]
        let persons = roles.compactMap { who, name, roles in
            PersonAddress(party: address(who.party), person: who.person).map {
                Person(address: $0, name: name, roles: roles)
            }
        }
        var certificates = try parties.dropLast().map {
            try enrolled(pki.party($0.address.text).certificate, .encryption)
        }
        certificates.append(try enrolled(pki.party("aomori/hachinohe-shi", "encryption-next").certificate, .encryption))
        certificates.append(try enrolled(pki.relayStatement.certificate, .statement))
        let seats = ["aomori/hachinohe-shi", "aomori/towada-shi"].map {
            Membership(
                council: address($0), member: address("aomori-police/hachinohe"), state: .active, since: "2020-04-01")
        }
        return DirectoryMessage(
            version: 3, parties: parties, persons: persons, certificates: certificates, memberships: seats,
            policy: PolicySettings())
    }
}

/// Everything below a folder: relative path and content.
func tree(_ folder: String) throws -> [(path: String, bytes: [UInt8])] {
    guard let found = FileManager.default.enumerator(atPath: folder) else { return [] }
    return try found.compactMap { $0 as? String }.sorted().compactMap { path in
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder)
        return isFolder.boolValue
            ? nil : (path, [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))))
    }
}
