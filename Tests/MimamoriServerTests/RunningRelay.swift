// A real mimamorid in a folder of its own: configured, initialised, started on a free port and stopped at the end. Tests
// speak to it with curl and openssl, which know nothing of us.

import Foundation
import Glibc
import TestSupport
import Testing

struct RunningRelay {
    let folder: URL
    let pki: DevelopmentPKI
    /// `127.0.0.1:40213`
    let address: String
    let process: ChildProcess

    struct Trouble: Error, CustomStringConvertible { let description: String }

    /// Runs `body` beside a relay; `options` is added to its configuration, `tls` to the table of that name.
    static func with<Value>(
        options: String = "", tls: String = "", pki: DevelopmentPKI? = nil, _ body: (RunningRelay) throws -> Value
    ) throws -> Value {
        let folder = try Scratch.make("relay")
        defer { try? FileManager.default.removeItem(at: folder) }
        let pki = try pki ?? .shared()
        try configuration(pki, options, tls).write(
            to: folder.appending(path: "mimamorid.toml"), atomically: true, encoding: .utf8)
        try FileManager.default.createDirectory(at: folder.appending(path: "state"), withIntermediateDirectories: false)
        let administrator = pki.person("aomori-relay/office", "administrator").certificate
        let made = try mimamorid(folder, "init", "--administrator", administrator)
        guard made.status == 0 else { throw Trouble(description: made.stderr) }
        let process = try start(folder)
        defer {
            if process.isRunning {
                process.signal(SIGTERM)
                _ = try? process.wait(seconds: 20)
            }
        }
        return try body(
            RunningRelay(folder: folder, pki: pki, address: try boundAddress(folder, process), process: process))
    }

    /// Runs one verb of mimamorid to its end.
    static func mimamorid(_ folder: URL, _ verb: String, _ arguments: String...) throws -> ChildProcess.Outcome {
        try ChildProcess.run(
            [try BuiltProducts.program("mimamorid").path, verb, "--config", "mimamorid.toml"] + arguments,
            directory: folder)
    }

    static func configuration(_ pki: DevelopmentPKI, _ options: String = "", _ tls: String = "") -> String {
        """
        [relay]
        address = "aomori-relay/office"
        [listen]
        api = "127.0.0.1:0"
        address_file = "address"
        [tls]
        certificate = "\(pki.relayTLS.certificate)"
        key = "\(pki.relayTLS.key)"
        roots = "\(pki.root)"
        revocation_lists = ["\(pki.revocationList)"]
        \(tls)
        [statement]
        certificate = "\(pki.relayStatement.certificate)"
        key = "\(pki.relayStatement.key)"
        [store]
        database = "state/relay.db"
        [keys]
        key_encryption_keys = "state/kek"
        log_seed = "state/seed"
        \(options)

        """
    }

    private static func start(_ folder: URL) throws -> ChildProcess {
        let log = folder.appending(path: "log")
        return try ChildProcess(
            [try BuiltProducts.program("mimamorid").path, "serve", "--config", "mimamorid.toml"], directory: folder,
            stdout: log, stderr: log)
    }

    private static func boundAddress(_ folder: URL, _ process: ChildProcess) throws -> String {
        for _ in 0..<3000 {
            if let text = try? String(contentsOf: folder.appending(path: "address"), encoding: .utf8) {
                return text.trimmingCharacters(in: .newlines)
            }
            guard process.isRunning else { break }
            usleep(10_000)
        }
        throw Trouble(description: (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? "?")
    }

    var log: String { (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? "" }

    /// Returns once a client's request has reached the relay: its connection stands (proc(5), tcp) and it has had time
    /// to send a head.
    func awaitRequest() throws {
        let port = try #require(address.split(separator: ":").last.flatMap { Int($0) })
        // Local address, peer's address, and 01 for ESTABLISHED.
        let pattern = String(format: ":%04X [0-9A-F]+:[0-9A-F]+ 01 ", port)
        for _ in 0..<1000 {
            let isConnected = try ChildProcess.run(["grep", "-qE", pattern, "/proc/net/tcp"]).status == 0
            if isConnected {
                usleep(500_000)
                return
            }
            usleep(10_000)
        }
        throw Trouble(description: "nobody connected")
    }

    /// What curl got.
    struct Response {
        /// 0 when there was no answer.
        let status: Int
        let exit: Int32
        let headers: [String: String]
        let body: [UInt8]
        let errors: String

        /// The field `code` of a problem, or any other string of a JSON answer.
        func field(_ name: String) -> String? {
            let object = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
            return object?[name] as? String
        }
    }

    /// curl with a person's certificate (`nil`: with none).
    func curl(_ identity: DevelopmentPKI.Pair?, _ path: String, _ arguments: [String] = []) throws -> Response {
        let scratch = try Scratch.make("curl")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let (body, head) = (scratch.appending(path: "body"), scratch.appending(path: "head"))
        let identification = identity.map { ["--cert", $0.certificate, "--key", $0.key] } ?? []
        let outcome = try ChildProcess.run(
            ["curl", "-sS", "--cacert", pki.root, "-o", body.path, "-D", head.path] + identification + arguments
                + ["https://\(address)\(path)"], directory: folder)
        let lines = ((try? String(contentsOf: head, encoding: .utf8)) ?? "").components(separatedBy: "\r\n")
        let start = lines.lastIndex { $0.hasPrefix("HTTP/1.1 ") } ?? lines.startIndex
        let fields = lines[start...].dropFirst().compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            return (line[..<colon].lowercased(), value)
        }
        return Response(
            status: Int(lines[start].split(separator: " ").dropFirst().first ?? "0") ?? 0, exit: outcome.status,
            headers: Dictionary(fields, uniquingKeysWith: { first, _ in first }),
            body: [UInt8]((try? Data(contentsOf: body)) ?? Data()), errors: outcome.stderr)
    }

    var administrator: DevelopmentPKI.Pair { pki.person("aomori-relay/office", "administrator") }
}
