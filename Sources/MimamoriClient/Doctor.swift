// Interface to be filled in: is everything in order on this machine and on the way to the relay?
package import MimamoriCore

package struct DoctorCheck: Sendable {
    package enum Verdict: String, Sendable { case good, warning, bad, skipped }
    /// Stable, for programs: `own-certificate`, `clock`, …
    package let name: String
    package let title: Bilingual
    package let verdict: Verdict
    package let finding: Bilingual
    /// What to do, when something is to be done.
    package let advice: Bilingual?
}

package enum Doctor {
    /// Never throws: what cannot be checked is a check that says so. Works on a broken home, too.
    package static func examine(folder: String, world: ClientWorld) async -> [DoctorCheck] { fatalError() }
}
