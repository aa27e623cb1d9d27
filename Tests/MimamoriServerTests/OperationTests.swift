// The small things that an operator sees: log lines, the service manager's notices, the hardening of the process, exit
// codes.

import ArgumentParser
import Foundation
import Glibc
import Logging
import MimamoriCore
import MimamoriCrypto
import MimamoriServer
import MimamoriStore
import Synchronization
import TestSupport
import Testing

@testable import mimamorid

struct OperationTests {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    private func logged(underJournald: Bool, _ body: (Logger) -> Void) -> [String] {
        let lines = Lines()
        let logger = Logger(label: "test") { _ in
            LineLogHandler(
                logLevel: .info, isUnderJournald: underJournald,
                now: { Timestamp(milliseconds: 1_795_392_000_000) },
                write: { line in lines.all.withLock { $0.append(line) } })
        }
        body(logger)
        return lines.all.withLock { $0 }
    }

    @Test func aRecordIsOneLine() {
        let lines = logged(underJournald: false) { logger in
            logger.notice("relay.started", metadata: ["version": "0.1.0", "log": "12"])
            logger.debug("too fine")
            logger.error("request.failed", metadata: ["cause": "disk \"a\"\nfull=1\u{1B}[31m"])
        }
        #expect(
            lines == [
                "2026-11-23T09:00:00.000+09:00 NOTICE relay.started log=12 version=0.1.0\n",
                #"2026-11-23T09:00:00.000+09:00 ERROR request.failed cause="disk \"a\"\nfull=1\u{1b}[31m""# + "\n",
            ])
    }

    @Test(arguments: [
        (Logger.Level.info, "<6>"), (.notice, "<5>"), (.warning, "<4>"), (.error, "<3>"), (.critical, "<2>"),
    ])
    func underJournaldALineHasItsPriority(_ level: Logger.Level, _ start: String) {
        #expect(logged(underJournald: true) { $0.log(level: level, "x") } == ["\(start)x\n"])
    }

    @Test(arguments: [
        ("plain", "plain"), ("", "\"\""), ("a b", "\"a b\""), ("a=b", "\"a=b\""), ("a\\ b", #""a\\ b""#),
        ("八戸", "\"八戸\""), ("a\u{2028}b", #""a\u{2028}b""#), ("a\u{202E}b", #""a\u{202e}b""#), ("\r", #""\u{d}""#),
    ])
    func noValueEndsALine(_ value: String, _ quoted: String) {
        #expect(LineLogHandler.quoted(value) == quoted)
    }

    @Test(arguments: [false, true])
    func theServiceManagerHears(_ isAbstract: Bool) throws {
        let folder = try Scratch.make("notify")
        defer { try? FileManager.default.removeItem(at: folder) }
        let name = isAbstract ? "@\(folder.path)" : folder.appending(path: "socket").path
        let listener = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        try #require(listener >= 0)
        defer { close(listener) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = isAbstract ? [0] + Array(name.utf8.dropFirst()) : Array(name.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, length) }
        }
        try #require(bound == 0)
        for state in [ServiceManagerNotice.State.ready, .reloading, .stopping] {
            ServiceManagerNotice(socketName: name).send(state)
            var buffer = [UInt8](repeating: 0, count: 64)
            let count = recv(listener, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            try #require(count > 0)
            #expect(String(decoding: buffer.prefix(count), as: UTF8.self) == state.rawValue)
        }
    }

    @Test(arguments: [String?.none, "", "relative", "/no/such/socket", "/" + String(repeating: "x", count: 200)])
    func withoutAServiceManagerNothingHappens(_ name: String?) {
        ServiceManagerNotice(socketName: name).send(.ready)
    }

    @Test func anErrorEndsWithItsCode() {
        let words = Bilingual(ja: "", en: "")
        let table: [(any Error, Int32)] = [
            (ConfigurationMistakes(all: []), 78), (CryptoFailure(message: words, cause: ""), 78),
            (StoreFailure(.unavailable, message: words, cause: ""), 74),
            (ServerFailure(message: words, cause: ""), 69), (Refusal.notFound, 77), (CancellationError(), 70),
        ]
        for (error, code) in table { #expect(ExitCode.of(error).rawValue == code) }
    }
}
