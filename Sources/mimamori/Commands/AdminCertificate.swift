// `mimamori admin certificate`: which certificates may speak, and which packages are sealed to (SD-TLS-5). The owner is
// named by the person who enrols and must be the one that the certificate names, so that a wrong file is noticed; of many
// files at once the owners are read from them and told, so that it is noticed there.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct AdminCertificate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate", abstract: say("証明書を登録し、失効させます。", "Enrol and withdraw certificates."),
        subcommands: [Enrol.self, Withdraw.self])

    struct Enrol: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "enrol", abstract: say("証明書を登録します。", "Enrol certificates."),
            discussion: paragraphs(
                "--owner を省くと、証明書の名義のとおりに登録し、それぞれの名義を表示します。ファイルはいくつでも指定できます。\n"
                    + "例: mimamori admin certificate enrol --purpose encryption --owner aomori/hachinohe-shi 証明書.pem",
                "Without --owner each is enrolled for the owner that it names, and the owners are listed; any number of "
                    + "files can be given.\n"
                    + "Example: mimamori admin certificate enrol --purpose encryption --owner aomori/hachinohe-shi cert.pem"
            ))

        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption

        @Argument(
            help: help("証明書（PEM）。いくつでも。", "Certificates (PEM), any number.", valueName: "file"), completion: .file())
        var files: [String]

        @Option(
            help: help("用途: person、encryption、statement。", "person, encryption or statement.", valueName: "purpose"))
        var purpose: CertificatePurpose

        @Option(
            help: help(
                "名義のアドレス。証明書と違うときは登録しません。", "Whose it is; refused when the certificate says otherwise.",
                valueName: "address"))
        var owner: String?

        func validate() throws {
            guard owner == nil || files.count == 1 else {
                throw ValidationError(
                    say(
                        "--owner は証明書が1枚のときだけ指定できます。", "Give --owner with one certificate only."))
            }
        }

        func run() async throws {
            let (files, purpose, owner) = (files, purpose, owner)
            let enrolled = try await common.client().session {
                try await $0.enrol(certificatePaths: files, purpose: purpose, owner: owner)
            }
            ChangeReport(console: common.console, isJSON: output.json).tell(
                enrolled.change, owners: owner == nil ? enrolled.owners : nil)
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "withdraw",
            abstract: say("証明書の登録を取り消します。すぐに効きます。", "Withdraw a certificate, with immediate effect."))

        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption

        @Argument(help: help("証明書の SHA-256 指紋。", "The certificate's SHA-256 fingerprint.", valueName: "fingerprint"))
        var fingerprint: CertificateFingerprint

        func run() async throws {
            let fingerprint = fingerprint
            let change = try await common.client().session { try await $0.withdraw(fingerprint) }
            ChangeReport(console: common.console, isJSON: output.json).tell(change)
        }
    }
}
