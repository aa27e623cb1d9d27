// `mimamori operate certificate PACKAGE-ID`: the relay's signed certificate that a package was disposed of (SD-DEL-3), verified
// and saved as it was signed, so that `mimamori verify` and stock openssl can check it later.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct OperateCertificate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate",
        abstract: say("廃棄証明書を検証して保存します。", "Verify and save a disposal certificate."),
        discussion: paragraphs(
            "例: mimamori operate certificate 番号 --into 廃棄証明書.cms",
            "Example: mimamori operate certificate ID --into disposal.cms"))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var package: PackageArgument

    @Option(help: help("保存する新しいファイル。", "The new file.", valueName: "file"), completion: .file())
    var into: String

    func run() async throws {
        let (id, console) = (package.id, common.console)
        let disposal = try await common.client().session { try await $0.disposal(of: id) }
        try NewFile.write(disposal.signed, to: into)
        if output.json { return console.json(disposal.certificate) }
        DisposalText(console).show(disposal.certificate)
        console.say("廃棄証明書を保存しました: \(into)", "Saved: \(into)")
    }
}

/// A verified disposal certificate in words; used by `status`, too.
struct DisposalText {
    private let console: Console

    init(_ console: Console) { self.console = console }

    func show(_ certificate: DisposalCertificate) {
        let language = console.language
        console.pairs([
            (say("番号", "Id"), certificate.package.text),
            (say("状態", "State"), PackageState.disposed.name[language]),
            (say("送信者", "Sender"), certificate.sender.text),
            (say("宛先", "To"), certificate.recipients.map(\.text).joined(separator: ", ")),
            (say("保管", "Stored"), WrittenDate.moment(certificate.storedAt, language)),
            (say("保存期間", "Retained until"), WrittenDate.day(certificate.retainedUntil, language)),
            (say("廃棄", "Disposed of"), WrittenDate.moment(certificate.disposedAt, language)),
            (say("提案", "Proposed by"), certificate.proposedBy.text),
            (say("確認", "Confirmed by"), certificate.confirmedBy.text),
            (say("記録番号", "Log entry"), String(certificate.logIndex)),
        ])
    }
}
