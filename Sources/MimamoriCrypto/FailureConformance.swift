// A CryptoFailure is one of the house's failures: its message is safe for a stranger, its cause is for the log, and
// asking again does not help.

import MimamoriCore

extension CryptoFailure: Failure {}
