// What the process gives up before it touches a key: core dumps, attachment by others, files that others may read
// (SD-AUT-8). Swift's crash reporter would print memory near the registers, so the service file turns it off
// (SWIFT_BACKTRACE=enable=no); a process cannot do that for itself.

import CLinux

#if canImport(Glibc)
import Glibc
#endif

enum Hardening {
    static func apply() {
        umask(0o077)
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        // The service file sets the same limit, and its system-call filter may forbid to set it again.
        _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        precondition(mimamori_forbid_dumping() == 0, "PR_SET_DUMPABLE takes 0 on every Linux")
        // A peer that closes early is an error of one write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
    }
}
