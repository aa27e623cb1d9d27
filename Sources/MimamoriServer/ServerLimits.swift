// What a caller may use up: connections, idle time, time for one upload or download (SD-AUT-13, design §10). Sizes of
// bodies are the protocol's and stand with its paths (EndpointRules.swift).

package struct ServerLimits: Sendable, Hashable {
    /// Open connections at one time; more wait in the kernel's queue.
    package var connections: Int
    /// A connection on which nothing happens is closed after this.
    package var idle: Duration
    /// From a request's head to the end of its body, and again for sending the answer.
    package var transfer: Duration

    package init(connections: Int = 1000, idle: Duration = .seconds(75), transfer: Duration = .seconds(120)) {
        self.connections = connections
        self.idle = idle
        self.transfer = transfer
    }
}
