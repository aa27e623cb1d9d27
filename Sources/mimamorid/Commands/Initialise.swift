// `mimamorid init`: the first step of a new relay. Creates the database, the key-encryption keys and the log seed, none of
// them ever over an existing file, and enters the relay's own party and the first administrator. Everything that can be
// wrong is looked at before anything is created; what a failed run created, it removes.

import ArgumentParser
import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriRelay
import MimamoriStore

struct Initialise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Create database and keys and enrol the first administrator (データベースと鍵を作り、最初の管理者を登録する).")

    @OptionGroup var option: ConfigurationOption

    @Option(help: "The first administrator's certificate, PEM (最初の管理者の証明書).", completion: .file())
    var administrator: String

    @Option(
        help: ArgumentHelp(
            "A file whose first line is the administrator's name (管理者の氏名を書いたファイル). A file, because everybody on "
                + "the machine can read a process's arguments. Without it the name is the id in the certificate."),
        completion: .file())
    var administratorNameFrom: String?

    func run() async throws {
        try await explaining {
            let configuration = try option.read()
            let wiring = Wiring(configuration: configuration, environment: ProcessInfo.processInfo.environment)
            let certificate = try Certificate(pem: try read(administrator))
            let name = try administratorNameFrom.map { try firstLine(of: $0) } ?? certificate.person?.person ?? ""
            let material = try Material.load(configuration, at: wiring.world.now())
            let created = [
                configuration.keyEncryptionKeysPath, configuration.logSeedPath, configuration.databasePath,
            ]
            try refuseExisting(created)
            do {
                try await create(wiring, material, administrator: certificate, name: name)
            } catch {
                for path in created.flatMap({ [$0, $0 + "-wal", $0 + "-shm", $0 + ".lock"] }) {
                    try? FileManager.default.removeItem(atPath: path)
                }
                throw error
            }
            Terminal.say(
                Bilingual(
                    ja: "準備ができました。鍵のファイル（\(configuration.keyEncryptionKeysPath)、\(configuration.logSeedPath)）の控えを、"
                        + "データベースとは別の安全な場所に保管してください。失うと、保管中の内容は誰にも読めなくなります。",
                    en: "Ready. Keep copies of the key files (\(configuration.keyEncryptionKeysPath), "
                        + "\(configuration.logSeedPath)) in a safe place apart from the database: without them nobody can "
                        + "read what is kept."))
        }
    }

    private func create(
        _ wiring: Wiring, _ material: Material, administrator: Certificate, name: String
    ) async throws {
        let configuration = wiring.configuration
        let settings = wiring.settings(with: material)
        try Keyring.create(path: configuration.keyEncryptionKeysPath)
        try LogSeed.create(path: configuration.logSeedPath, random: wiring.world.random)
        let database = try SQLiteDatabase(path: configuration.databasePath, create: true)
        do {
            try await Relay.bootstrap(
                settings: settings, database: database,
                keyring: try Keyring.read(path: configuration.keyEncryptionKeysPath),
                statementSigner: material.statementSigner,
                noteSigner: try LogSeed.signer(
                    path: configuration.logSeedPath, origin: settings.logOrigin),
                trust: material.trust, world: wiring.world, logger: wiring.makeLogger(),
                administrator: administrator, administratorName: name)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private func refuseExisting(_ paths: [String]) throws {
        let existing = paths.filter { FileManager.default.fileExists(atPath: $0) }
        guard existing.isEmpty else {
            for path in existing {
                Terminal.complain(
                    Bilingual(
                        ja: "すでにあるファイルには上書きしません: \(path)", en: "This exists already and is not written over: \(path)")[
                            Terminal.language])
            }
            throw ExitCode.cannotCreate
        }
    }

    private func firstLine(of path: String) throws -> String {
        let line = try read(path).split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return line.trimmingCharacters(in: .whitespaces)
    }

    private func read(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else {
            Terminal.complain(
                Bilingual(ja: "ファイルを読み取れません: \(path)", en: "The file cannot be read: \(path)")[Terminal.language])
            throw ExitCode.noInput
        }
        return text
    }
}
