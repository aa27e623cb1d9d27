// `mimamori report`: the numbers of a span of days. Which packages a caller's report covers is the relay's to decide; no
// personal information can be in it.

package import MimamoriCore

extension Session {
    /// Both days included.
    package func report(from: CivilDate, to: CivilDate) async throws -> ActivityReport {
        try await relay.report(from: from, to: to)
    }
}
