// The engines that the suite runs over, a scratch database for each test, and rows with made-up content. A second
// engine is one more case here, and every test written against `any Database` is asked of it too.

import Foundation
import MimamoriCore
import Testing

@testable import MimamoriStore

enum Engine: CaseIterable, Sendable {
    case sqlite

    /// A fresh database, closed and deleted afterwards.
    func with<R>(_ body: (any MimamoriStore.Database) async throws -> R) async throws -> R {
        switch self {
        case .sqlite: try await Scratch.with { path in try await Scratch.open(path) { try await body($0) } }
        }
    }
}

enum Scratch {
    /// The path of a database that does not exist yet, in a directory that is deleted afterwards.
    static func with<R>(_ body: (String) async throws -> R) async throws -> R {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        return try await body(directory.appendingPathComponent("relay.sqlite").path)
    }

    static func open<R>(
        _ path: String, maximumWaiting: Int = SQLiteDatabase.defaultMaximumWaiting,
        commit: @escaping @Sendable (SQLiteWriter) -> CInt = { $0.commit() },
        _ body: (SQLiteDatabase) async throws -> R
    ) async throws -> R {
        let database = try SQLiteDatabase(path: path, create: true, maximumWaiting: maximumWaiting, commit: commit)
        do {
            let result = try await body(database)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }
}

/// An error that a body throws for its own reasons.
struct OwnError: Error, Equatable {
    let number: Int
}

enum Sample {
    static let station = address("aomori-police/hachinohe")
    static let council = address("aomori/hachinohe-shi")
    static let center = address("aomori/hachinohe-shi/center")
    static let officer = made(PersonAddress(party: station, person: "officer"))
    static let time = Timestamp(milliseconds: 1_795_000_000_123)

    static func address(_ text: String) -> Address { made(Address(text)) }

    /// Ids in order of `number`.
    static func id(_ number: Int) -> PackageID {
        PackageID(
            at: Timestamp(milliseconds: 1_795_000_000_000 + Int64(number)), random: Array(repeating: 5, count: 10))
    }

    static func digest(_ byte: UInt8) -> ContentDigest { ContentDigest(bytes: Array(repeating: byte, count: 32)) }

    static func fingerprint(_ byte: UInt8) -> CertificateFingerprint {
        made(CertificateFingerprint(digest(byte).hexadecimal))
    }

    static func package(
        _ number: Int = 1, state: PackageState = .receiving, sender: PersonAddress = officer,
        kind: PackageKind? = .referral
    ) -> PackageRow {
        PackageRow(
            id: id(number), state: state, sender: sender, manifestSHA256: digest(1), sealedManifest: [1, 2, 3],
            sealedRejection: nil, totalBytes: 5000, partCount: 2, begunAt: time.advanced(bySeconds: Int64(number)),
            storedAt: nil, logIndex: nil, kind: kind)
    }

    static func proposalID(_ number: Int) -> ProposalID { made(ProposalID(id(number).text)) }

    static func proposal(
        _ number: Int = 1, _ action: Proposal.Action = .dispose, state: Proposal.State = .open
    ) -> ProposalRow {
        ProposalRow(
            id: proposalID(number), action: action, state: state, proposedBy: officer,
            proposedAt: time.advanced(bySeconds: Int64(number)), sealedReason: [8, UInt8(truncatingIfNeeded: number)])
    }

    static func day(_ text: String) -> CivilDate { made(CivilDate(text)) }

    static func delivery(_ number: Int = 1, to recipient: Address = council) -> DeliveryRow {
        DeliveryRow(
            package: id(number), recipient: recipient, state: .stored, storedAt: time, fetchedAt: nil, openedAt: nil,
            sealedReceipt: nil, position: -1)
    }

    static func leaf(_ sequence: Int64) -> LogLeafRow {
        LogLeafRow(
            sequence: sequence, leafHash: Array(repeating: UInt8(truncatingIfNeeded: sequence), count: 32),
            sealedEntry: Array("entry \(sequence)".utf8))
    }

    private static func made<Value>(_ value: Value?) -> Value {
        guard let value else { preconditionFailure("every sample is well formed") }
        return value
    }
}

/// The kind of the failure that `body` ends with; an issue when it ends otherwise.
func failureKind(
    _ body: () async throws -> some Any, sourceLocation: SourceLocation = #_sourceLocation
) async -> StoreFailure.Kind? {
    do {
        _ = try await body()
        Issue.record("no failure", sourceLocation: sourceLocation)
    } catch let failure as StoreFailure {
        return failure.kind
    } catch {
        Issue.record("another error: \(error)", sourceLocation: sourceLocation)
    }
    return nil
}
