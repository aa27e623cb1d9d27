// Whom to believe about the log: its own key, which the CA vouches for through the relay's statement certificate and which
// this machine pins at first use; and the witnesses, whose keys a person puts into the home folder. The relay's word about
// witnesses counts for nothing: it could invent them.

import MimamoriCore
import MimamoriCrypto
package import MimamoriMerkle
import MimamoriWire

/// The log's verifier key with what vouches for it.
struct VouchedLogKey {
    let verifier: NoteVerifier
    let verifierKey: String
    /// A `LogKeyStatement` (CMS) and the certificate that signed it.
    let statement: [UInt8]
    let certificate: Certificate

    /// Throws unless the certificate is a relay's, sound, and signed the statement.
    init(statement der: [UInt8], certificate: Certificate, trust: TrustStore, at times: [Timestamp]) throws {
        let statement = try Evidence.statement(der)
        let key = try Evidence.decode(LogKeyStatement.self, in: statement)
        try Evidence.check(certificate, for: .statement, trust: trust, at: times)
        guard key.format == LogKeyStatement.format, key.relay == certificate.party,
            statement.signers == [certificate.issuerAndSerial], statement.isSigned(by: [certificate]),
            let verifier = NoteVerifier(verifierKey: key.verifierKey)
        else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "記録の鍵の証明が正しくありません。", en: "The statement of the log's key does not verify."))
        }
        self.verifier = verifier
        verifierKey = key.verifierKey
        self.statement = der
        self.certificate = certificate
    }
}

extension Session {
    /// The log's key as the relay states it and the CA vouches for it; says nothing of pins.
    func vouchedLogKey() async throws -> VouchedLogKey {
        let der = try await relay.logKey()
        let signers = try Evidence.statement(der).signers
        let enrolled = try await refreshDirectory().directory.certificates.values.filter { $0.purpose == .statement }
        let signer = enrolled.compactMap { try? Certificate(der: $0.der) }.first { signers == [$0.issuerAndSerial] }
        guard let signer else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "記録の鍵の証明に署名した証明書が名簿にありません。",
                    en: "The certificate that signed the log key's statement is not in the directory."))
        }
        return try VouchedLogKey(statement: der, certificate: signer, trust: home.trust(), at: [world.now()])
    }

    /// As above, and the one that this machine has pinned, if it has.
    func pinnedLogKey(_ pins: LogPins) async throws -> VouchedLogKey {
        let key = try await vouchedLogKey()
        guard pins.key == nil || pins.key == key.verifierKey else {
            throw ClientFailure.notGenuine(LogAuditReport.Finding.keyChanged.message)
        }
        return key
    }
}

/// The witnesses whose cosignatures count for this person.
package struct TrustedWitnesses: Sendable {
    package static let file = "witnesses.txt"

    package let all: [CosignatureVerifier]

    package init(_ all: [CosignatureVerifier]) { self.all = all }

    /// One verifier key a line, `#` begins a comment: the named file, else `witnesses.txt` of the home folder, else none.
    package static func load(from home: ClientHome, path: String? = nil) throws -> TrustedWitnesses {
        let standard = "\(home.folder)/\(file)"
        guard path != nil || Disk.exists(standard) else { return TrustedWitnesses([]) }
        let path = path ?? standard
        let lines = try ClientHome.text(path).split(whereSeparator: \.isNewline).map(String.init)
            .filter { !$0.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace) }
        let keys = lines.map { CosignatureVerifier(verifierKey: $0) }
        if let wrong = keys.firstIndex(where: { $0 == nil }) {
            throw ClientFailure(
                .configuration,
                message: Bilingual(
                    ja: "証人の検証鍵として読めない行があります（\(path)、\(wrong + 1) 番目の鍵）。",
                    en: "A line is no witness's verifier key (\(path), key \(wrong + 1))."),
                remedy: Bilingual(
                    ja: "mimamori witness init が表示した鍵を、1行に1つ書いてください。",
                    en: "Write one key a line, as mimamori witness init printed it."))
        }
        return TrustedWitnesses(keys.compactMap { $0 })
    }

    /// Which of them cosigned this note, and when.
    func cosignatures(in note: String) -> [(witness: CosignatureVerifier, time: Timestamp)] {
        all.compactMap { witness in
            witness.cosignature(in: note).map {
                (witness, Timestamp(milliseconds: min($0.time, 253_402_300_799) * 1000))
            }
        }
    }
}
