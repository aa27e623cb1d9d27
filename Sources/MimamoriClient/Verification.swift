// `mimamori verify FILE`: what a file is and whether it is genuine, years later and without the relay: the pinned roots
// decide, with the certificates that lie beside the file, are named, or are known in the home folder. The checks are
// Evidence.swift's; here they are chosen by what is found, and told in sentences.

import Foundation
package import MimamoriCore
package import MimamoriCrypto

package struct VerificationReport: Sendable {
    package enum Subject: String, Sendable {
        case manifest, package, part, unknown
        case storedReceipt = "stored_receipt"
        case openedReceipt = "opened_receipt"
        case disposalCertificate = "disposal_certificate"
        case evidenceFolder = "evidence_folder"
        /// A proof that an entry is in the relay's log.
        case logProof = "log_proof"
    }

    package enum Verdict: String, Sendable {
        case genuine
        /// A check failed.
        case notGenuine = "not_genuine"
        /// Nothing contradicts it, but what is needed to decide is not at hand.
        case undecided
    }

    package struct Line: Sendable {
        package let verdict: Verdict
        package let text: Bilingual

        package var passed: Bool { verdict == .genuine }

        /// The same, with the name of the file that it is about.
        func about(_ file: String) -> Line {
            Line(verdict: verdict, text: Bilingual(ja: "\(file): \(text.ja)", en: "\(file): \(text.en)"))
        }
    }

    package let subject: Subject
    package let lines: [Line]

    /// The worst of the lines.
    package var verdict: Verdict {
        if lines.contains(where: { $0.verdict == .notGenuine }) { return .notGenuine }
        return lines.contains { $0.verdict == .undecided } || lines.isEmpty ? .undecided : .genuine
    }
}

extension Client {
    /// `path`: a signed manifest, a receipt, a disposal certificate, a package file (manifest and parts in one), a sealed part, a proof about the log, or a folder with
    /// `evidence/` in it. `certificatesPath`: PEM of signers that are not beside the file. Throws
    /// `ClientFailure(.missing)` when there is no such file; everything else is a line of the report.
    package func verify(_ path: String, certificatesPath: String? = nil) throws -> VerificationReport {
        let folder = Disk.isFolder(path + "/evidence") ? path + "/evidence" : path
        let isFolder = Disk.isFolder(folder)
        var certificates = try Self.certificates(beside: isFolder ? folder : Path.folder(of: path))
        if let certificatesPath { certificates += Self.certificates(inPEM: try ClientHome.text(certificatesPath)) }
        certificates.append(home.personCertificate)
        let known = (try? knownDirectory())?.directory.certificates.values.map { $0 } ?? []
        certificates += known.compactMap { try? Certificate(der: $0.der) }
        var verifier = OfflineVerifier(trust: try home.trust(), now: world.now(), certificates: certificates)
        verifier.pinnedLogKey = try LogPins.load(from: home).key
        verifier.witnesses = try TrustedWitnesses.load(from: home)
        return isFolder ? try verifier.report(onEvidence: folder) : try verifier.report(onFile: path)
    }

    private static func certificates(beside folder: String) throws -> [Certificate] {
        try [EvidenceFolder.signers, EvidenceFolder.relay].map { "\(folder)/\($0)" }.filter(Disk.exists)
            .flatMap { certificates(inPEM: try ClientHome.text($0)) }
    }

    private static func certificates(inPEM text: String) -> [Certificate] {
        let end = "-----END CERTIFICATE-----"
        return text.components(separatedBy: end).compactMap { try? Certificate(pem: $0 + end + "\n") }
    }
}

/// The checks, each told as a line.
package struct OfflineVerifier {
    let trust: TrustStore
    let now: Timestamp
    private var certificates: [Certificate]
    /// The log's key as this machine knows it; `nil` when a proof must bring one with it.
    package var pinnedLogKey: String?
    /// Whose cosignatures are worth a line.
    package var witnesses = TrustedWitnesses([])

    package init(trust: TrustStore, now: Timestamp, certificates: [Certificate]) {
        self.trust = trust
        self.now = now
        self.certificates = certificates
    }

    package func report(onFile path: String) throws -> VerificationReport {
        let limit = PackageLimits.manifestBytes
        let file = try FileReader(path)
        let start = try file.read(upTo: limit)
        guard let length = SignedStatement.length(ofFirst: start), length <= start.count,
            let statement = try? SignedStatement(der: Array(start.prefix(length)))
        else {
            if let proof = report(onProof: String(decoding: start, as: UTF8.self)) { return proof }
            let sealed =
                file.bytes <= Int64(PackageLimits.partBytes)
                ? (try? PartInspection(der: Disk.read(path, limit: PackageLimits.partBytes))) : nil
            return sealed.map(partReport) ?? unknown
        }
        guard file.bytes > Int64(length) else { return report(on: statement) }
        guard case .success(let manifest) = Manifest.read(statement.content) else { return unknown }
        return VerificationReport(
            subject: .package,
            lines: lines(onManifest: statement)
                + [try parts(of: manifest, in: path, after: length, bytes: file.bytes)])
    }

    package func report(onEvidence folder: String) throws -> VerificationReport {
        guard Disk.exists("\(folder)/\(EvidenceFolder.manifest)") else { return unknown }
        var lines: [VerificationReport.Line] = []
        var digest: ContentDigest?
        for name in [EvidenceFolder.manifest, EvidenceFolder.storedReceipt, EvidenceFolder.openedReceipt] {
            let path = "\(folder)/\(name)"
            guard Disk.exists(path) else { continue }
            let bytes = try Disk.read(path, limit: PackageLimits.manifestBytes)
            var found: [VerificationReport.Line]
            if let statement = try? SignedStatement(der: bytes) {
                if name == EvidenceFolder.manifest {
                    digest = Digest.sha256(statement.content)
                    found = self.lines(onManifest: statement)
                } else {
                    found = report(on: statement).lines
                    if let digest { found.append(binding(of: statement, to: digest)) }
                }
            } else {
                found = unknown.lines
            }
            lines += found.map { $0.about(name) }
        }
        lines += try linesOnProof(in: folder)
        return VerificationReport(subject: .evidenceFolder, lines: lines)
    }

    /// The proof of the stored receipt's entry, when it was kept.
    private func linesOnProof(in folder: String) throws -> [VerificationReport.Line] {
        let paths = [EvidenceFolder.inclusionProof, EvidenceFolder.storedReceipt].map { "\(folder)/\($0)" }
        guard Disk.exists(paths[0]) else { return [] }
        // A receipt that cannot be read has its own line.
        let receipt = (try? Evidence.statement(Disk.read(paths[1], limit: PackageLimits.manifestBytes)))
            .flatMap { try? Evidence.decode(StoredReceipt.self, in: $0) }
        let text = String(decoding: try Disk.read(paths[0], limit: PackageLimits.manifestBytes), as: UTF8.self)
        let found = report(onProof: text, besideReceipt: receipt)
        return (found ?? unknown).lines.map { $0.about(EvidenceFolder.inclusionProof) }
    }

    /// As `report(on:)`, with certificates that came along.
    func report(on statement: SignedStatement, with more: [Certificate]) -> VerificationReport {
        var verifier = self
        verifier.certificates += more
        return verifier.report(on: statement)
    }

    private func report(on statement: SignedStatement) -> VerificationReport {
        if case .success = Manifest.read(statement.content) {
            return VerificationReport(subject: .manifest, lines: lines(onManifest: statement))
        }
        if let receipt = try? Evidence.decode(StoredReceipt.self, in: statement) {
            let text = Bilingual(
                ja:
                    "中継 \(receipt.relay) が \(japanese(receipt.storedAt)) に \(receipt.package) を預かったことの証明（記録 \(receipt.logIndex) 番）",
                en:
                    "The relay \(receipt.relay) stored \(receipt.package) at \(receipt.storedAt) (log entry \(receipt.logIndex))"
            )
            let line = signature(on: statement, by: .statement, at: receipt.storedAt, says: text) {
                $0.party == receipt.relay
            }
            return VerificationReport(subject: .storedReceipt, lines: [line])
        }
        if let receipt = try? Evidence.decode(OpenedReceipt.self, in: statement) {
            let text = Bilingual(
                ja: "\(receipt.openedBy) が \(japanese(receipt.openedAt)) に \(receipt.package) を開封したことの証明",
                en: "\(receipt.openedBy) opened \(receipt.package) at \(receipt.openedAt)")
            let line = signature(on: statement, by: .client, at: receipt.openedAt, says: text) {
                $0.person == receipt.openedBy
            }
            return VerificationReport(subject: .openedReceipt, lines: [line])
        }
        if let certificate = try? Evidence.decode(DisposalCertificate.self, in: statement) {
            return report(on: statement, saying: certificate)
        }
        return unknown
    }

    private func report(on statement: SignedStatement, saying certificate: DisposalCertificate) -> VerificationReport {
        let text = Bilingual(
            ja: "中継 \(certificate.relay) が \(japanese(certificate.disposedAt)) に \(certificate.package) を廃棄したことの証明"
                + "（提案 \(certificate.proposedBy)、確認 \(certificate.confirmedBy)、保存期間 "
                + "\(certificate.retainedUntil.japanese) まで、記録 \(certificate.logIndex) 番）",
            en: "The relay \(certificate.relay) disposed of \(certificate.package) at \(certificate.disposedAt) "
                + "(proposed by \(certificate.proposedBy), confirmed by \(certificate.confirmedBy), retained until "
                + "\(certificate.retainedUntil), log entry \(certificate.logIndex))")
        let line = signature(on: statement, by: .statement, at: certificate.disposedAt, says: text) {
            $0.party == certificate.relay && certificate.proposedBy != certificate.confirmedBy
        }
        return VerificationReport(subject: .disposalCertificate, lines: [line])
    }

    /// Who sent, who approved, or why that is not so.
    private func lines(onManifest statement: SignedStatement) -> [VerificationReport.Line] {
        let known = Set(certificates.map(\.issuerAndSerial))
        guard statement.signers.allSatisfy(known.contains) else { return [missingCertificate] }
        do {
            let manifest = try Evidence.manifest(in: statement)
            let verified = try Evidence.verify(
                manifest: statement, signers: distinct(certificates), trust: trust, signedAt: manifest.created,
                now: now, needsApproval: false)
            let recipients = manifest.recipients.map(\.text).joined(separator: ", ")
            var lines = [
                good(
                    "送信: \(manifest.sender) が \(japanese(manifest.created)) に署名（\(manifest.kind.name.ja)、宛先 \(recipients)、番号 \(manifest.id)）",
                    "Sent: signed by \(manifest.sender) at \(manifest.created) (\(manifest.kind.name.en), to \(recipients), id \(manifest.id))"
                )
            ]
            if let approver = verified.approvedBy {
                lines.append(good("承認: \(approver) が署名", "Approved: signed by \(approver)"))
            } else if manifest.needsApproval {
                lines.append(
                    .init(
                        verdict: .undecided,
                        text: Bilingual(
                            ja: "承認: 二人目の署名はまだありません。", en: "Approval: there is no second signature yet.")))
            }
            return lines
        } catch {
            return [bad(error)]
        }
    }

    private func signature(
        on statement: SignedStatement, by purpose: TrustStore.Purpose, at time: Timestamp, says text: Bilingual,
        holder: (Certificate) -> Bool
    ) -> VerificationReport.Line {
        guard statement.signers.count == 1,
            let signer = certificates.first(where: { statement.signers.contains($0.issuerAndSerial) })
        else { return missingCertificate }
        do {
            try Evidence.check(signer, for: purpose, trust: trust, at: [time, now])
        } catch {
            return bad(error)
        }
        guard holder(signer), statement.isSigned(by: [signer]) else {
            return bad("署名が合いません: \(text.ja)", "The signature does not verify: \(text.en)")
        }
        return .init(verdict: .genuine, text: text)
    }

    private func binding(of receipt: SignedStatement, to digest: ContentDigest) -> VerificationReport.Line {
        let named =
            (try? Evidence.decode(StoredReceipt.self, in: receipt))?.manifestSHA256
            ?? (try? Evidence.decode(OpenedReceipt.self, in: receipt))?.manifestSHA256
        return named == digest
            ? good("受領証はこの送付状のものです。", "The receipt is of this manifest.")
            : bad("受領証は別の送付状のものです。", "The receipt is of another manifest.")
    }

    /// The parts that follow the manifest in a package file, read one at a time.
    private func parts(
        of manifest: Manifest, in path: String, after start: Int, bytes: Int64
    ) throws -> VerificationReport.Line {
        let file = try FileReader(path)
        _ = try file.read(upTo: start)
        let sizesFit = manifest.parts.allSatisfy { (1...PackageLimits.partBytes).contains($0.bytes) }
        guard sizesFit, bytes == Int64(start) + Int64(manifest.totalBytes) else {
            return bad("部分の長さが送付状と合いません。", "The parts are not as long as the manifest says.")
        }
        for (number, part) in manifest.parts.enumerated()
        where try Digest.sha256(file.read(upTo: part.bytes)) != part.sha256 {
            return bad("部分 \(number) が送付状と合いません。", "Part \(number) is not the one that the manifest names.")
        }
        return good(
            "部分 \(manifest.parts.count) 個はすべて送付状のとおりです。",
            "All \(manifest.parts.count) parts are what the manifest says.")
    }

    // Words

    private func japanese(_ time: Timestamp) -> String { WrittenDate.moment(time, .japanese) }

    private func partReport(_ part: PartInspection) -> VerificationReport {
        let text = Bilingual(
            ja: "封印された部分です（宛先の証明書 \(part.recipients.count) 枚）。本物かどうかは送付状と合わせて確かめます。",
            en:
                "A sealed part (to \(part.recipients.count) certificates). Only its manifest can tell whether it is genuine."
        )
        return VerificationReport(subject: .part, lines: [.init(verdict: .undecided, text: text)])
    }

    private var unknown: VerificationReport {
        VerificationReport(
            subject: .unknown,
            lines: [
                bad("mimamori の署名付き文書ではないか、壊れています。", "This is no signed statement of mimamori, or it is damaged.")
            ])
    }

    private var missingCertificate: VerificationReport.Line {
        .init(
            verdict: .undecided,
            text: Bilingual(
                ja: "署名した人の証明書が手元にないので決められません。signers.pem を同じ場所に置くか、証明書を指定してください。",
                en: "A signer's certificate is not at hand. Put signers.pem beside the file, or name the certificates.")
        )
    }

    func good(_ ja: String, _ en: String) -> VerificationReport.Line {
        .init(verdict: .genuine, text: Bilingual(ja: ja, en: en))
    }

    func bad(_ ja: String, _ en: String) -> VerificationReport.Line {
        .init(verdict: .notGenuine, text: Bilingual(ja: ja, en: en))
    }

    func bad(_ error: any Error) -> VerificationReport.Line {
        let text = (error as? Refused)?.findings.first?.message ?? (error as? ClientFailure)?.message
        return .init(
            verdict: .notGenuine, text: text ?? Bilingual(ja: "確かめられません。", en: "It cannot be checked."))
    }

    private func distinct(_ certificates: [Certificate]) -> [Certificate] {
        var seen: Set<CertificateFingerprint> = []
        return certificates.filter { seen.insert($0.fingerprint).inserted }
    }
}
