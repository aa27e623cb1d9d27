// How the daemon ends, in the numbers of sysexits.h, so that systemd and scripts can tell a wrong configuration (which a
// restart will not mend) from a passing trouble.

import ArgumentParser
import MimamoriCore
import MimamoriCrypto
import MimamoriServer
import MimamoriStore

extension ExitCode {
    /// EX_NOINPUT: a file named on the command line cannot be read.
    static let noInput = ExitCode(66)
    /// EX_UNAVAILABLE: the address is taken.
    static let unavailable = ExitCode(69)
    /// EX_SOFTWARE.
    static let software = ExitCode(70)
    /// EX_CANTCREAT: what would be created is there already.
    static let cannotCreate = ExitCode(73)
    /// EX_IOERR: the database or its disk.
    static let store = ExitCode(74)
    /// EX_NOPERM, as `mimamori` uses it: refused by a rule.
    static let refused = ExitCode(77)
    /// EX_CONFIG: configuration, certificates, keys.
    static let configuration = ExitCode(78)

    static func of(_ error: any Error) -> ExitCode {
        switch error {
        case is ConfigurationMistakes, is CryptoFailure: .configuration
        case is StoreFailure: .store
        case is ServerFailure: .unavailable
        case is Refusal: .refused
        default: .software
        }
    }
}
