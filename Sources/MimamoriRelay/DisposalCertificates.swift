// What the relay still says of a package that was disposed of (SD-DEL-3): its signed certificate to everybody who could
// have seen the package and to those who look after the relay, and to the former, whatever else they ask, that it is gone.
// To everybody else there is nothing with that id, as before (SD-ACC-4).

package import MimamoriCore
import MimamoriStore

extension Relay {
    /// The signed DisposalCertificate (CMS).
    package func disposalCertificate(of id: PackageID, by caller: Caller) async throws -> [UInt8] {
        try await attempt(.packageRead, on: id.text, by: caller) {
            let found = try await database.read { transaction in
                (
                    try transaction.disposalCertificate(of: id),
                    try transaction.isPackage(id, theBusinessOf: caller.party)
                )
            }
            let looksAfterTheRelay = !caller.person.roles.isDisjoint(with: [.operator, .administrator, .auditor])
            guard let certificate = found.0, looksAfterTheRelay || found.1 else { throw Refusal.notFound }
            try await record(prepareLeaf(.packageRead, on: id.text, by: caller))
            return certificate
        }
    }

    /// The refusal for a package that is not there, or no more.
    func refusalOfMissing(_ id: PackageID, for caller: Caller) async throws -> Refusal {
        let isGone = try await database.read { transaction in
            try transaction.package(id)?.state == .disposed
                && transaction.isPackage(id, theBusinessOf: caller.party)
        }
        return isGone ? .packageDisposed : .notFound
    }
}

extension Transaction {
    /// Whether the package was sent by the party, or released to it and not cancelled.
    fileprivate func isPackage(_ id: PackageID, theBusinessOf party: Address) throws -> Bool {
        if try package(id)?.sender.party == party { return true }
        return try delivery(id, to: party).map { $0.state != .cancelled } ?? false
    }
}

extension Refusal {
    fileprivate static let packageDisposed = Refusal(
        .packageDisposed, rule: "N22",
        message: Bilingual(
            ja: "保存期間が終わり、廃棄されました。内容はもう復元できません。",
            en: "Its retention has ended and it was disposed of; its content cannot be brought back."),
        remedy: Bilingual(
            ja: "廃棄証明は mimamori status で確認できます。", en: "See the certificate of its disposal with mimamori status."),
        retry: .never)
}
