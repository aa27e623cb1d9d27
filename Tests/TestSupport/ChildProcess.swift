// Runs programs for the tests: `posix_spawn` and `waitpid`, output in files, a limit of time on every wait. Foundation's
// Process is not used because it waits on the run loop of the thread that started the program.

package import Foundation
import Glibc

/// A program that was started and has not been waited for yet.
package struct ChildProcess: Sendable {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// How a program ended.
    package struct Outcome: Sendable {
        /// The exit status, or 128 + the signal that ended it, as shells have it.
        package let status: Int32
        package let stdout: String
        package let stderr: String
    }

    package let pid: pid_t

    /// Starts `arguments[0]`, looked up in PATH when it has no slash. Output goes to the end of the files named.
    package init(
        _ arguments: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
        directory: URL = Repository.root, stdin: String = "/dev/null", stdout: URL, stderr: URL
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, stdin, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, stdout.path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, stderr.path, O_WRONLY | O_CREAT | O_APPEND, 0o600)

        // `env -C` changes the folder and then becomes the program, so the process id stays. A program that is not
        // there ends with 127, as in a shell.
        var argv = (["/usr/bin/env", "-C", directory.path, "--"] + arguments).map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var child: pid_t = 0
        let error = posix_spawn(&child, "/usr/bin/env", &actions, nil, &argv, &envp)
        guard error == 0 else {
            throw Failure(description: "\(arguments[0]) does not start: \(String(cString: strerror(error)))")
        }
        pid = child
    }

    package func signal(_ number: Int32) { kill(pid, number) }

    /// Whether it still runs; once this is `false`, `wait` answers at once.
    package var isRunning: Bool {
        var information = siginfo_t()
        return waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT) == 0
            && information._sifields._sigchld.si_pid == 0
    }

    /// The most memory that the program itself ever held, in MiB, while it runs (VmHWM of proc(5)); `nil` once it has
    /// ended. `ru_maxrss` would tell too much: it begins with the size of the process that spawned the program.
    package var peakMebibytes: Int? {
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return nil }
        return Int(line.filter(\.isNumber)).map { $0 / 1024 }
    }

    /// Waits for the end. After `seconds` the program is killed and the wait fails. The peak is looked at every few
    /// milliseconds, so what a program takes in its very last moment is not seen.
    package func end(seconds: Double) throws -> (status: Int32, peakMebibytes: Int) {
        let limit = DispatchTime.now() + seconds
        var peak = 0
        while isRunning, DispatchTime.now() < limit {
            peak = max(peak, peakMebibytes ?? 0)
            usleep(5000)
        }
        let late = isRunning
        if late { signal(SIGKILL) }
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        guard !late else {
            throw Failure(description: "process \(pid) had not ended after \(seconds) seconds and was killed")
        }
        return (status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F), peak)
    }

    package func wait(seconds: Double) throws -> Int32 { try end(seconds: seconds).status }

    /// Runs a program to its end.
    package static func run(
        _ arguments: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
        directory: URL = Repository.root, stdin: String = "/dev/null", seconds: Double = 120
    ) throws -> Outcome {
        let scratch = try Scratch.make("run")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let (out, err) = (scratch.appending(path: "stdout"), scratch.appending(path: "stderr"))
        let child = try ChildProcess(
            arguments, environment: environment, directory: directory, stdin: stdin, stdout: out, stderr: err)
        let status = try child.wait(seconds: seconds)
        return Outcome(
            status: status, stdout: String(decoding: try Data(contentsOf: out), as: UTF8.self),
            stderr: String(decoding: try Data(contentsOf: err), as: UTF8.self))
    }
}

/// Folders that a test may fill.
package enum Scratch {
    /// A new, empty folder of mode 0700 below the system's temporary folder.
    package static func make(_ name: String) throws -> URL {
        var template = Array(
            FileManager.default.temporaryDirectory.appending(path: "mimamori-\(name)-XXXXXX").path.utf8CString)
        guard mkdtemp(&template) != nil else {
            throw ChildProcess.Failure(description: "no scratch folder: \(String(cString: strerror(errno)))")
        }
        return URL(fileURLWithPath: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
}
