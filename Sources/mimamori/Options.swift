// The options that commands share, and how a command reaches the client's home, its files and the directory.

import ArgumentParser
import Foundation
import MimamoriClient
import MimamoriCore

struct CommonOptions: ParsableArguments {
    @Option(
        help: help(
            "設定の置き場所（既定は MIMAMORI_HOME、なければ ~/.mimamori）。",
            "The home folder (default: MIMAMORI_HOME, else ~/.mimamori).", valueName: "dir"))
    var home: String?

    @Option(help: help("表示する言語: ja か en。", "Language of messages: ja or en.", valueName: "ja|en"))
    var lang: Language?

    var console: Console { .standard }
    var world: ClientWorld { .system }

    var folder: String {
        ClientHome.folder(option: home, environment: ProcessInfo.processInfo.environment)
    }

    func client() throws -> Client { Client(home: try ClientHome.open(at: folder), world: world) }

    /// Renders records in the chosen language.
    var rendering: RecordRendering { .forms(console.language) }
}

struct JSONOption: ParsableArguments {
    @Flag(help: help("プログラム向けに JSON で出力します。", "Print JSON, for programs."))
    var json = false
}

struct PackageArgument: ParsableArguments {
    @Argument(
        help: help("番号（queue や inbox が表示したもの）。", "The package's id, as queue or inbox printed it.", valueName: "id"))
    var id: PackageID
}

extension PackageID: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument.lowercased()) }
}

extension PackageKind: ExpressibleByArgument {}
extension Role: ExpressibleByArgument {}
extension CertificatePurpose: ExpressibleByArgument {}
extension PartyKind: ExpressibleByArgument {}
extension Membership.State: ExpressibleByArgument {}
extension Proposal.State: ExpressibleByArgument {}

extension Address: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension ProposalID: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument.lowercased()) }
}

/// As people write days: 2026-04-01, 令和8年4月1日.
extension CivilDate: ExpressibleByArgument {
    package init?(argument: String) {
        guard let day = WrittenDate.read(argument) else { return nil }
        self = day
    }
}

extension CouncilCode: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension PersonAddress: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension CertificateFingerprint: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument.lowercased().replacing(":", with: "")) }
}

/// Files that a person names on the command line.
enum NamedFile {
    /// At most `limit` bytes; `-` is standard input.
    static func read(_ path: String, limit: Int = 16 * 1024 * 1024) throws -> [UInt8] {
        let bytes: Data?
        if path == "-" {
            bytes = try? FileHandle.standardInput.read(upToCount: limit + 1)
        } else {
            bytes = try? FileHandle(forReadingFrom: URL(filePath: path)).read(upToCount: limit + 1)
            guard bytes != nil || FileManager.default.isReadableFile(atPath: path) else {
                throw CommandFailure(
                    code: .noInput,
                    message: Bilingual(ja: "ファイルが読めません: \(path)", en: "This file cannot be read: \(path)"),
                    remedy: Bilingual(
                        ja: "場所と名前、読む権限を確かめてください。", en: "Check its place, its name and the right to read it."))
            }
        }
        guard (bytes?.count ?? 0) <= limit else {
            throw CommandFailure(
                code: .content, message: Bilingual(ja: "ファイルが大きすぎます: \(path)", en: "This file is too large: \(path)"),
                remedy: Bilingual(ja: "ファイルを確かめてください。", en: "Check the file."))
        }
        return Array(bytes ?? Data())
    }

    /// A text of a few pages, such as a reason; `-` is standard input.
    static func text(_ path: String) throws -> String {
        String(decoding: try read(path, limit: 128 * 1024), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The first line of a file: a name, which must not be a process argument because every user of the machine can
    /// read those.
    static func line(_ path: String) throws -> String {
        let text = String(decoding: try read(path, limit: 4096), as: UTF8.self)
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return line.trimmingCharacters(in: .whitespaces)
    }
}
