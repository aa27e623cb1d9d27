// Brings a database to the schema that this version speaks: step by step, forward only, in the one transaction that the
// caller opened. A database that a newer version made is refused, and so is one that some other program made: writing
// into either could destroy what nobody can bring back.

import MimamoriCore

enum Migrator {
    /// The statements of each version, from 1. A version that was released is never edited; a change is a new one.
    static let versions: [[String]] = [SchemaV1.statements, SchemaV2.statements, SchemaV3.statements]

    static func migrate(_ transaction: any Transaction) throws {
        let found = try version(transaction)
        guard found <= versions.count else {
            throw StoreFailure.schema(
                Bilingual(
                    ja: "このデータベースは、より新しい版の mimamorid が作ったものです。新しい版で起動してください。",
                    en: "A newer version of mimamorid made this database. Start that version."),
                cause: "schema \(found), newest known \(versions.count)")
        }
        guard found < versions.count else { return }
        for statements in versions[found...] {
            for statement in statements { try transaction.execute(statement, []) }
        }
        try transaction.execute("UPDATE schema_version SET version = $1", [.integer(Int64(versions.count))])
    }

    /// 0 for an empty database, into which the table of versions is put.
    private static func version(_ transaction: any Transaction) throws -> Int {
        // The only question that each engine answers in a catalogue of its own.
        let tables = try transaction.rows("SELECT name FROM sqlite_schema WHERE type = 'table'", []).map {
            try $0.text(0)
        }
        if tables.contains("schema_version") {
            guard let row = try transaction.rows("SELECT version FROM schema_version", []).first else {
                throw StoreFailure.unreadable("schema_version")
            }
            return Int(try row.integer(0))
        }
        guard tables.isEmpty else {
            throw StoreFailure.schema(
                Bilingual(
                    ja: "指定されたファイルは、見守りリレーのデータベースではありません。設定ファイルの場所を確かめてください。",
                    en: "The file named is no database of Mimamori Relay. Check the path in the configuration."),
                cause: "tables without schema_version: \(tables.count)")
        }
        try transaction.execute(
            """
            CREATE TABLE schema_version (
                version INTEGER NOT NULL -- the number of Migrator.versions that were applied; one row
            ) STRICT
            """, [])
        try transaction.execute("INSERT INTO schema_version (version) VALUES (0)", [])
        return 0
    }
}
