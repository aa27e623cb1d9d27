// `mimamorid migrate`: brings the database to this version's schema and leaves. `serve` does the same at its start; this
// verb lets an operator do it, and see it fail, before an upgrade goes into service.

import ArgumentParser
import MimamoriCore
import MimamoriStore

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database to this version's schema (データベースを更新する).")

    @OptionGroup var option: ConfigurationOption

    func run() async throws {
        try await explaining {
            let configuration = try option.read()
            let database = try SQLiteDatabase(path: configuration.databasePath, create: false)
            await database.close()
            Terminal.say(
                Bilingual(ja: "データベースは最新の形式です。", en: "The database has this version's schema."))
        }
    }
}
