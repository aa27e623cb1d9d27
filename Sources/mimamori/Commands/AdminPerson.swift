// `mimamori admin person`: persons with their roles and certificates. A person's name is personal information, so it is
// read from a file, from standard input or at the terminal, never from an argument that others on the machine could see.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct AdminPerson: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: say("担当者を登録し、一覧にします。", "Register and list persons."),
        subcommands: [Add.self, List.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: say("担当者を登録します。証明書も一緒に登録できます。", "Register a person, with a certificate."),
            discussion: paragraphs(
                "氏名は引数に書けません（端末の他の利用者から見えるため）。--name-from を省くと、端末で尋ねます。\n"
                    + "例: mimamori admin person add aomori-police/hachinohe:officer --role sender --name-from 氏名.txt",
                "The name is no argument, because others on the machine could see it; without --name-from it is asked.\n"
                    + "Example: mimamori admin person add aomori-police/hachinohe:officer --role sender --name-from name.txt"
            ))

        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption

        @Argument(help: help("所属のアドレス:担当者の符号。", "party:person.", valueName: "address:person"))
        var person: PersonAddress

        @Option(help: help("役割。", "A role; repeatable.", valueName: "role"))
        var role: [Role]

        @Option(
            help: help("氏名の書かれたファイル。- は標準入力。", "A file with the name; - for standard input.", valueName: "file"),
            completion: .file())
        var nameFrom: String?

        @Option(help: help("本人の証明書（PEM）。", "The person's certificate (PEM).", valueName: "file"), completion: .file())
        var certificate: String?

        func run() async throws {
            let console = common.console
            let roles = Set(role)
            if let refusal = Role.refusal(for: roles) { throw Refused(refusal) }
            let typed = try nameFrom.map(NamedFile.line) ?? console.ask(Bilingual(ja: "氏名: ", en: "Name: "))
            guard let name = typed, !name.isEmpty else {
                throw CommandFailure(
                    code: .usage, message: Bilingual(ja: "氏名がありません。", en: "There is no name."),
                    remedy: Bilingual(
                        ja: "--name-from で氏名の書かれたファイルを指定するか、端末で入力してください。",
                        en: "Name a file with --name-from, or type it at the terminal."))
            }
            let record = Person(address: person, name: name, roles: roles)
            let certificate = certificate
            let change = try await common.client().session { session in
                let registered = try await session.register(record)
                guard let certificate else { return registered }
                let enrolled = try await session.enrol(
                    certificatePaths: [certificate], purpose: .person, owner: record.address.text
                ).change
                return enrolled.changed == 0 ? registered : enrolled
            }
            ChangeReport(console: console, isJSON: output.json).tell(change)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: say("登録された担当者を一覧にします。", "List the registered persons."))

        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption

        func run() async throws {
            let console = common.console
            let directory = try await common.client().session { try await $0.refreshDirectory() }.directory
            let persons = directory.persons.values.sorted { $0.address < $1.address }
            guard !output.json else { return console.json(persons) }
            var table = Table(
                console.language == .japanese
                    ? ["アドレス", "役割", "証明書", "氏名"] : ["ADDRESS", "ROLES", "CERTIFICATES", "NAME"])
            for person in persons {
                table.add([
                    person.address.text, person.roles.sorted().map(\.rawValue).joined(separator: ","),
                    String(directory.certificates(of: person.address).count), person.name,
                ])
            }
            console.table(table)
        }
    }
}
