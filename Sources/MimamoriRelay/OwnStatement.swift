// Statements that a person makes, signs and sends in person: an opened receipt, an acknowledgement of the duty, a
// relabelling. Each is canonical JSON under one signature by a certificate enrolled for the caller. What a statement must
// say, and which refusal it meets, is left to the verb that takes it.

import MimamoriCore
import MimamoriCrypto

extension Relay {
    /// The statement in `signed`; `refusal` makes the verb's own refusal when it has another form or another signer.
    func ownStatement<Statement: Codable>(
        _ type: Statement.Type, in signed: [UInt8], by caller: Caller, orElse refusal: (Bilingual) -> Refusal
    ) throws -> Statement {
        guard signed.count <= PackageLimits.manifestBytes,
            let cms = try? SignedStatement(der: signed, maximumSigners: 1),
            case .success(let statement) = CanonicalJSON.decode(type, from: cms.content)
        else {
            throw refusal(Bilingual(ja: "形式が違います。", en: "it has another form."))
        }
        guard let name = cms.signers.first, let certificate = directoryCache.certificate(name),
            directoryCache.directory.certificates[certificate.fingerprint]?.person == caller.address,
            cms.isSigned(by: [certificate])
        else {
            throw refusal(
                Bilingual(ja: "あなた本人の証明書による正しい署名がありません。", en: "it has no right signature of your own."))
        }
        if let refusal = directoryCache.refusal(of: certificate, for: .client, at: world.now()) { throw refusal }
        return statement
    }

    /// A day, in seconds.
    private static let oldestStatementSeconds: Int64 = 86_400

    /// A statement is sent when it is made: one that is older has lain somewhere and says nothing of today, and one from
    /// ahead has a wrong clock behind it (SD-LOG-5).
    func requireRecent(_ time: Timestamp, orElse refusal: (Bilingual) -> Refusal) throws {
        let ahead = time.seconds(since: world.now())
        guard ahead <= settings.policy.clockToleranceSeconds, -ahead <= Self.oldestStatementSeconds else {
            throw refusal(
                Bilingual(
                    ja: "署名した時刻が、中継の時計より進んでいるか、1日以上前です。端末の時計を確かめてください。",
                    en: "its time is ahead of the relay's, or more than a day ago; check your machine's clock."))
        }
    }
}
