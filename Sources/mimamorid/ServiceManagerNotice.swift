// Tells systemd what the daemon is doing (sd_notify(3)): one datagram to the socket that NOTIFY_SOCKET names, written by
// hand because libsystemd would be a library for one system call. Without NOTIFY_SOCKET it does nothing.

import ServiceLifecycle

#if canImport(Glibc)
import Glibc
#endif

struct ServiceManagerNotice: Sendable {
    enum State: String, Sendable {
        case ready = "READY=1"
        case stopping = "STOPPING=1"
        case reloading = "RELOADING=1"
    }

    /// The value of NOTIFY_SOCKET: a path, or an abstract name that begins with `@`.
    let socketName: String?

    /// Best effort, as sd_notify itself: a service manager that does not listen is no reason to stop.
    func send(_ state: State) {
        guard let socketName, var address = Self.address(socketName) else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + socketName.utf8.count)
        let message = Array(state.rawValue.utf8)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                _ = sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), generic, length)
            }
        }
    }

    private static func address(_ name: String) -> sockaddr_un? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8)
        guard name.hasPrefix("/") || name.hasPrefix("@"), bytes.count < MemoryLayout.size(ofValue: address.sun_path)
        else { return nil }
        if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return address
    }
}

/// Says STOPPING when the group begins to stop; the last of the group's services, because those stop first.
struct StoppingNotice: Service {
    let notice: ServiceManagerNotice

    func run() async throws {
        try? await gracefulShutdown()
        notice.send(.stopping)
    }
}
