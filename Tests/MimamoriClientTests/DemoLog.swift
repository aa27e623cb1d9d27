// An access log of numbered entries in memory, with its tree and signed heads, served as the relay serves it: so that a
// test can cut, edit, roll back or fork it, in the entries, in their hashes or in both.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriWire

@testable import MimamoriClient

struct DemoLog: Sendable {
    /// What is handed out. Tampering here alone is what a change in the database is.
    var leaves: [LogPage.Leaf] = []
    /// What the tree is made of. Tampering here too is what a dishonest relay does.
    private(set) var hashes: [MerkleHash] = []
    /// How many leaves the newest head is over; all by default.
    var headSize: Int?
    var signer = DemoLog.signer(1)
    /// The key in the relay's statement, when it is not the signer's.
    var stated: NoteSigner?
    /// The statement of the key, when it is not the relay's.
    var statement: [UInt8]?
    /// Signature lines under the head of a size, each with its newline.
    var cosignatures: [Int: [String]] = [:]
    /// Proofs are refused, as by a relay whose tree is damaged.
    var givesProofs = true
    var origin = "demo"

    init(_ count: Int, salt: String = "a") {
        for number in 0..<count { append(Self.entry(number, salt: salt)) }
    }

    static func signer(_ seed: UInt8) -> NoteSigner {
        guard let signer = NoteSigner(name: "demo", seed: Array(repeating: seed, count: 32)) else {
            preconditionFailure("32 bytes are a seed")
        }
        return signer
    }

    static func entry(
        _ number: Int, salt: String = "a", action: AccessAction = .logRead, object: String = "log",
        actor: String? = nil, time: Timestamp? = nil
    ) -> String {
        let entry = AccessEntry(
            time: time ?? Timestamp(milliseconds: Int64(number) * 60_000),
            actor: AccessActor(address: actor, certificate: nil, roles: [], source: nil), request: "r\(number)",
            action: action, object: object, outcome: .done, reason: nil, salt: salt)
        return String(decoding: CanonicalJSON.encode(entry), as: UTF8.self)
    }

    @discardableResult
    mutating func append(_ entry: String) -> Int64 {
        let hash = MerkleHash.leaf(Array(entry.utf8))
        hashes.append(hash)
        leaves.append(LogPage.Leaf(hash: Data(hash.bytes), entry: entry))
        return Int64(hashes.count - 1)
    }

    /// As if the entry had been another from the beginning.
    mutating func rewrite(_ index: Int, _ entry: String) {
        hashes[index] = .leaf(Array(entry.utf8))
        leaves[index] = LogPage.Leaf(hash: Data(hashes[index].bytes), entry: entry)
    }

    var size: Int { headSize ?? hashes.count }

    func head(_ size: Int) -> Checkpoint {
        guard let root = try? maker.root(size: Int64(size)) else { preconditionFailure("the hashes are all there") }
        return Checkpoint(origin: origin, size: Int64(size), root: root)
    }

    func note(_ size: Int) -> String { signer.sign(head(size).body) + (cosignatures[size] ?? []).joined() }

    var maker: ProofMaker {
        ProofMaker { level, numbers in
            precondition(level == 0, "the demo's logs are short")
            return Array(hashes[Int(numbers.lowerBound)..<Int(numbers.upperBound)])
        }
    }

    func findings(pinned: Checkpoint?) -> [LogAuditReport.Finding] {
        var comparison = LogComparison(head: head(size), pinned: pinned)
        for leaf in leaves.prefix(size) {
            comparison.add(
                hash: leaf.hash.flatMap { MerkleHash(bytes: Array($0)) }, entry: leaf.entry.map { Array($0.utf8) })
        }
        return comparison.finished()
    }
}

/// The relay's endpoints of the log.
extension DemoLog {
    mutating func answer(_ request: RelayRequest, relaySigner: StatementSigner) throws -> RelayAnswer? {
        let numbers = Dictionary(uniqueKeysWithValues: request.query).compactMapValues { Int($0) }
        func text(_ text: String) -> RelayAnswer { RelayAnswer(status: 200, body: Array(text.utf8)) }
        func size(_ name: String) throws -> Int {
            let size = numbers[name] ?? self.size
            guard givesProofs, (1...self.size).contains(size) else { throw Refused(.notFound) }
            return size
        }
        switch request.endpoint {
        case .logEntries:
            let first = numbers["first"] ?? 0
            // Less than is asked for, so that readers must turn pages.
            let page = leaves.dropFirst(first).prefix(min(numbers["count"] ?? 0, 3))
            return RelayAnswer(
                status: 200, body: CanonicalJSON.encode(LogPage(first: Int64(first), leaves: Array(page))))
        case .logCheckpoint: return text(note(numbers["size"] ?? self.size))
        case .logInclusion:
            guard let index = numbers["index"], index < (try size("size")) else { throw Refused(.notFound) }
            return text(
                InclusionProof(
                    index: Int64(index), path: try maker.inclusionProof(of: Int64(index), size: Int64(size("size"))),
                    checkpoint: note(try size("size")),
                    extra: CanonicalJSON.encode(LeafEvidence(leafHash: Data(hashes[index].bytes)))
                ).text)
        case .logConsistency:
            let (from, to) = (try size("from"), try size("to"))
            return text(
                ConsistencyProof(
                    oldSize: Int64(from), path: try maker.consistencyProof(from: Int64(from), to: Int64(to)),
                    checkpoint: note(to)
                ).text)
        case .logCosignatures where request.method == .post:
            let note = String(decoding: request.body ?? [], as: UTF8.self)
            guard let signed = SignedNote(note),
                let head = Checkpoint(body: String(decoding: signed.text, as: UTF8.self))
            else { throw Refused(.notFound) }
            let lines = signed.signatures.filter { $0.name != signer.name }.map { $0.line + "\n" }
            cosignatures[Int(head.size), default: []] += lines
            return RelayAnswer(status: 204)
        case .logCosignatures:
            let heads = CosignedHeads(checkpoints: cosignatures.keys.sorted(by: >).map(note))
            return RelayAnswer(status: 200, body: CanonicalJSON.encode(heads))
        case .logKey:
            if let statement { return RelayAnswer(status: 200, body: statement) }
            guard let address = relaySigner.certificate.party else { throw Refused(.notFound) }
            let statement = LogKeyStatement(relay: address, verifierKey: (stated ?? signer).verifierKey)
            return RelayAnswer(status: 200, body: try relaySigner.sign(CanonicalJSON.encode(statement)))
        default: return nil
        }
    }
}
