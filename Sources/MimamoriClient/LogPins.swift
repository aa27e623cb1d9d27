// What this machine remembers of the relay's log: the verifier key, pinned at first use, and the last head that was
// verified, as the signed note itself, so that it is evidence on its own. Plain text: neither is secret. A head goes in
// only after everything that was looked at agreed with it. Whoever audits and whoever witnesses remember apart.

import MimamoriCore
import MimamoriMerkle

struct LogPins {
    /// Whose memory it is.
    enum Memory: String {
        case audit = "checkpoint.txt"
        case witness = "witness-checkpoint.txt"
    }

    private(set) var key: String?
    private(set) var checkpoint: Checkpoint?
    /// The size of the head that was pinned when this was loaded.
    let previousSize: Int64?
    private let memory: Memory

    static func load(from home: ClientHome, _ memory: Memory = .audit) throws -> LogPins {
        let keyPath = home.folder + "/log-key.txt"
        let notePath = "\(home.folder)/\(memory.rawValue)"
        let key =
            Disk.exists(keyPath) ? try ClientHome.text(keyPath).split(separator: "\n").first.map(String.init) : nil
        var checkpoint: Checkpoint?
        if let key, Disk.exists(notePath) {
            checkpoint = NoteVerifier(verifierKey: key)?.open(try ClientHome.text(notePath)).flatMap {
                Checkpoint(body: $0)
            }
            guard checkpoint != nil else { throw ClientFailure.damaged(notePath) }
        }
        return LogPins(key: key, checkpoint: checkpoint, previousSize: checkpoint?.size, memory: memory)
    }

    mutating func store(
        key: String, note: String, checkpoint: Checkpoint, in home: ClientHome, world: ClientWorld
    ) throws {
        if self.key == nil {
            try world.disk.replace(
                home.folder + "/log-key.txt", with: Array((key + "\n").utf8), suffix: world.newSuffix())
        }
        try world.disk.replace(
            "\(home.folder)/\(memory.rawValue)", with: Array(note.utf8), suffix: world.newSuffix())
        self.key = key
        self.checkpoint = checkpoint
    }
}
