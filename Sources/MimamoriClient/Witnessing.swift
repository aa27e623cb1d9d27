// `mimamori witness`: another organisation's auditor looks at the log's head, makes sure that it continues what it saw last,
// and cosigns it (C2SP tlog-cosignature). What was seen is on the disk before anything is signed, so that no crash makes a
// witness vouch for two logs. On a rollback or a fork it signs nothing and says so.

import Foundation
package import MimamoriCore
import MimamoriCrypto
package import MimamoriMerkle
import MimamoriWire

package struct WitnessedHead: Sendable {
    package let size: Int64
    /// Hexadecimal.
    package let root: String
    /// The size that this witness saw last; `nil` the first time.
    package let previousSize: Int64?
    package let time: Timestamp
}

/// The file with a witness's key: its name, then the seed in hexadecimal, on two lines; readable by its owner only.
package enum WitnessKey {
    /// Makes the file with a fresh key; refuses to write over one. The answer is the verifier key to hand out.
    package static func create(path: String, name: String, world: ClientWorld) throws -> String {
        let seed = world.random(32)
        guard let cosigner = Cosigner(name: name, seed: seed) else { throw nameInvalid(name) }
        guard !Disk.exists(path) else {
            throw ClientFailure(
                .configuration,
                message: Bilingual(ja: "すでにあるので上書きしません: \(path)", en: "This is there already and stays: \(path)"),
                remedy: Bilingual(ja: "別の場所を --key で指定してください。", en: "Name another place with --key."))
        }
        try world.disk.write(Array("\(name)\n\(Hexadecimal.encode(seed))\n".utf8), to: path)
        try world.disk.synchronizeFolder(Path.folder(of: path))
        return cosigner.verifierKey
    }

    /// The key in the file. `name` must be the one that it was made for: a key belongs to one name for ever.
    package static func read(path: String, name: String? = nil) throws -> Cosigner {
        let text = String(decoding: try Disk.readPrivate(path, limit: 4096), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 3, lines[2].isEmpty, let seed = Hexadecimal.decode(lines[1]),
            let cosigner = Cosigner(name: lines[0], seed: seed)
        else { throw ClientFailure.damaged(path) }
        guard name == nil || name == cosigner.name else { throw nameInvalid(name ?? "") }
        return cosigner
    }

    private static func nameInvalid(_ name: String) -> ClientFailure {
        ClientFailure(
            .configuration,
            message: Bilingual(
                ja: "この証人の名前は使えません: \(name)。空白と + は使えず、鍵を作ったときの名前でなければなりません。",
                en:
                    "This witness's name cannot be used: \(name). It has no space and no +, and is the one that the key "
                    + "was made for."),
            remedy: Bilingual(
                ja: "例: city.hachinohe.example/witness", en: "Example: city.hachinohe.example/witness"))
    }
}

extension Session {
    /// Looks at the newest head and cosigns it. Throws `ClientFailure(.notGenuine)` when it is no continuation of what this
    /// witness saw, and `Refused` when the relay does not take the cosignature; what was seen is remembered all the same.
    package func witness(_ cosigner: Cosigner) async throws -> WitnessedHead {
        var pins = try LogPins.load(from: home, .witness)
        let key = try await pinnedLogKey(pins)
        let head = try await newestHead(by: key.verifier)
        try await requireContinuation(of: pins.checkpoint, by: head.checkpoint)
        let time = world.now()
        let line = cosigner.cosign(head.checkpoint, at: time.milliseconds / 1000)
        // The log's own line alone: what others signed is not this witness's to keep.
        guard let own = SignedNote(head.note)?.signatures.first(where: { $0.name == key.verifier.name }) else {
            throw ClientFailure.notGenuine(LogAuditReport.Finding.headUnsigned.message)
        }
        let note = "\(head.checkpoint.body)\n\(own.line)\n\(line)"
        let previousSize = pins.previousSize
        try pins.store(key: key.verifierKey, note: note, checkpoint: head.checkpoint, in: home, world: world)
        try await relay.submit(cosigned: note)
        return WitnessedHead(
            size: head.checkpoint.size, root: Hexadecimal.encode(head.checkpoint.root.bytes),
            previousSize: previousSize, time: time)
    }
}
