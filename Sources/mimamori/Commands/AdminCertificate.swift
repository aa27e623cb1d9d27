// `mimamori admin certificate`: which certificates may speak, and which packages are sealed to (SD-TLS-5). The owner is
// named by the person who enrols and must be the one that the certificate names, so that a wrong file is noticed.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct AdminCertificate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate", abstract: say("証明書を登録し、失効させます。", "Enrol and withdraw certificates."),
        subcommands: [Enrol.self, Withdraw.self])

    struct Enrol: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "enrol", abstract: say("証明書を登録します。", "Enrol a certificate."),
            discussion: paragraphs(
                "例: mimamori admin certificate enrol --purpose encryption --owner aomori/hachinohe-shi 証明書.pem",
                "Example: mimamori admin certificate enrol --purpose encryption --owner aomori/hachinohe-shi cert.pem"))

        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption

        @Argument(help: help("証明書（PEM）。", "The certificate (PEM).", valueName: "file"), completion: .file())
        var file: String

        @Option(
            help: help("用途: person、encryption、statement。", "person, encryption or statement.", valueName: "purpose"))
        var purpose: CertificatePurpose

        @Option(
            help: help(
                "名義のアドレス。証明書と違うときは登録しません。", "Whose it is; refused when the certificate says otherwise.",
                valueName: "address"))
        var owner: String

        func run() async throws {
            let (file, purpose, owner) = (file, purpose, owner)
            let change = try await common.client().session {
                try await $0.enrol(certificatePath: file, purpose: purpose, owner: owner)
            }
            ChangeReport(console: common.console, isJSON: output.json).tell(change)
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
