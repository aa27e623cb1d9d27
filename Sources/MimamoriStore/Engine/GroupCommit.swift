// Group commit: all writes that wait become one transaction with one flush to disk, each in a savepoint of its own, and
// each caller is answered after the COMMIT. There is no timer: while one group is being flushed the next one gathers.
// Opening the connection and proving its settings is left to SQLiteDatabase; what a body does is the caller's.

import GRDBSQLite
import Synchronization

/// A write that waits for its turn. Either the answer that `run` returns is called or `fail` is, once.
struct WaitingWrite: Sendable {
    typealias Answer = @Sendable () -> Void
    let run: @Sendable (any Transaction) throws -> Answer
    let fail: @Sendable (any Error) -> Void
}

final class GroupCommit: Sendable {
    /// Told `nil` when the WAL is empty, else why it is not.
    typealias Truncated = @Sendable (StoreFailure?) -> Void

    /// What the caller of `accept` must do.
    enum Acceptance {
        case willRun
        /// Nobody is at work: have `drain` called on the writer's thread.
        case startDraining
        case refused(StoreFailure)
    }

    private struct State {
        var waiting: [WaitingWrite] = []
        /// Who wants the WAL emptied once the writes before have been committed.
        var truncations: [Truncated] = []
        var isDraining = false
        var isClosed = false
        /// Set once the disk failed.
        var diskFailure: StoreFailure?

        mutating func beginDraining() -> Acceptance {
            guard !isDraining else { return .willRun }
            isDraining = true
            return .startDraining
        }
    }

    static let maximumWritesPerGroup = 1024
    /// A group whose bodies have bound so much is committed before the next body runs.
    static let maximumBytesPerGroup = 8 << 20

    private let state = Mutex(State())
    private let maximumWaiting: Int
    private let parameters: SQLiteParameters
    private let walSize: WALSize
    private let commit: @Sendable (SQLiteWriter) -> CInt

    /// `commit` ends a group's transaction and returns SQLite's result code; tests put a failing disk here.
    init(
        maximumWaiting: Int, parameters: SQLiteParameters, walSize: WALSize,
        commit: @escaping @Sendable (SQLiteWriter) -> CInt
    ) {
        self.maximumWaiting = maximumWaiting
        self.parameters = parameters
        self.walSize = walSize
        self.commit = commit
    }

    func accept(_ write: WaitingWrite) -> Acceptance {
        state.withLock { state in
            if let failure = state.diskFailure { return .refused(failure) }
            guard !state.isClosed else { return .refused(.unavailable("the database is closed")) }
            guard state.waiting.count < maximumWaiting else {
                return .refused(.busy("\(state.waiting.count) writes are waiting"))
            }
            state.waiting.append(write)
            return state.beginDraining()
        }
    }

    /// Has the WAL emptied when every write that was accepted before is committed.
    func acceptTruncation(_ answer: @escaping Truncated) -> Acceptance {
        state.withLock { state in
            if let failure = state.diskFailure { return .refused(failure) }
            guard !state.isClosed else { return .refused(.unavailable("the database is closed")) }
            state.truncations.append(answer)
            return state.beginDraining()
        }
    }

    /// Accepts nothing more; what was accepted is still carried out. False when it was closed already.
    func close() -> Bool {
        state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
    }

    /// Writes until nothing waits. Runs on the writer's thread.
    func drain(_ writer: SQLiteWriter) {
        while case (var group, let truncations)? = takeWaiting() {
            while !group.isEmpty {
                if let failure = state.withLock(\.diskFailure) {
                    group.forEach { $0.fail(failure) }
                    break
                }
                commitOneTransaction(&group, writer)
                checkpointIfWorthwhile(writer)
            }
            if !truncations.isEmpty { truncate(truncations, writer) }
        }
    }

    private func takeWaiting() -> (writes: ArraySlice<WaitingWrite>, truncations: [Truncated])? {
        state.withLock { state in
            let group = state.waiting.prefix(Self.maximumWritesPerGroup)
            state.waiting.removeFirst(group.count)
            // Writes that were accepted before them may be among those that are left.
            let truncations = state.waiting.isEmpty ? state.truncations : []
            if !truncations.isEmpty { state.truncations = [] }
            state.isDraining = !group.isEmpty || !truncations.isEmpty
            return state.isDraining ? (group, truncations) : nil
        }
    }

    /// A reader of old pages is waited for as long as the connection's busy timeout says, and then the WAL stays.
    private func truncate(_ answers: [Truncated], _ writer: SQLiteWriter) {
        let code = writer.checkpoint(truncating: true)
        let failure = code == SQLITE_OK ? nil : noted(code)
        answers.forEach { $0(failure) }
    }

    /// Takes writes from the front of `group` into one transaction and answers them. A body's own error is its
    /// answer, but it too waits for the COMMIT: what the body decided by may have been an earlier one's doing.
    private func commitOneTransaction(_ group: inout ArraySlice<WaitingWrite>, _ writer: SQLiteWriter) {
        let started = writer.begin()
        guard started == SQLITE_OK else {
            fail(group, started, writer)
            group = []
            return
        }
        var answers: [WaitingWrite.Answer] = []
        var tried: [WaitingWrite] = []
        var bytes = 0
        while let write = group.popFirst() {
            tried.append(write)
            let transaction = SQLiteTransaction(writer.database, parameters)
            let code = attempt(write, transaction, writer, &answers)
            bytes += transaction.boundBytes
            guard code == SQLITE_OK else { return fail(tried[...], code, writer) }
            if bytes >= Self.maximumBytesPerGroup { break }
        }
        let code = commit(writer)
        guard code == SQLITE_OK else { return fail(tried[...], code, writer) }
        answers.forEach { $0() }
    }

    /// Runs one body in a savepoint and adds its answer. Any code but `SQLITE_OK` means that the whole transaction is
    /// lost: SQLite gave it up by itself, as on a full disk, or the disk failed, even if the body swallowed the error.
    private func attempt(
        _ write: WaitingWrite, _ transaction: SQLiteTransaction, _ writer: SQLiteWriter,
        _ answers: inout [WaitingWrite.Answer]
    ) -> CInt {
        let started = writer.savepoint()
        guard started == SQLITE_OK else { return started }
        let result = Result { try write.run(transaction) }
        transaction.end()
        guard writer.isInTransaction, !SQLiteResult.endsAllWriting(transaction.errorCode) else {
            return transaction.errorCode == SQLITE_OK ? SQLITE_MISUSE : transaction.errorCode
        }
        switch result {
        case .success(let answer):
            answers.append(answer)
            return writer.keepSavepoint()
        case .failure(let error):
            answers.append { write.fail(error) }
            return writer.undoSavepoint()
        }
    }

    /// The transaction is lost, and with it everything that was tried in it.
    private func fail(_ writes: ArraySlice<WaitingWrite>, _ code: CInt, _ writer: SQLiteWriter) {
        writer.rollBack()
        let failure = noted(code)
        writes.forEach { $0.fail(failure) }
    }

    /// An error of the disk ends all writing, here and for whoever comes later.
    private func noted(_ code: CInt) -> StoreFailure {
        let failure = SQLiteResult.failure(code, String(cString: sqlite3_errstr(code)))
        guard SQLiteResult.endsAllWriting(code) else { return failure }
        return state.withLock { state in
            let diskFailure = state.diskFailure ?? .diskFailed(failure.cause)
            state.diskFailure = diskFailure
            return diskFailure
        }
    }

    /// The callers have their answers by now. A checkpoint that finds no space or a reader in its way is left for
    /// the next group.
    private func checkpointIfWorthwhile(_ writer: SQLiteWriter) {
        switch walSize.advice {
        case .nothing: return
        case .copy: _ = noted(writer.checkpoint(truncating: false))
        case .copyAndTruncate: _ = noted(writer.checkpoint(truncating: true))
        }
    }
}
