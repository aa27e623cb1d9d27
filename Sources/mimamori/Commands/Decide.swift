// `mimamori decide REQUEST-ID provide|partial|decline`: asks for the findings on 公共性 and 必要性 in words (N15), makes the
// response with what is supplied or why it is withheld, and queues it like any package. Nothing is decided by default: what is
// not in a file is asked at the terminal.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct Decide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide",
        abstract: say("情報提供依頼に応じるかどうかの判断を記録し、回答します。", "Record the decision on a request, and answer it."),
        discussion: paragraphs(
            "公共性と必要性を検討した結果を端末で尋ねます（ファイルでも渡せます）。回答には、同じ所属の別の人の承認が必要です。\n"
                + "例: mimamori decide 番号 provide --content-from 回答.txt",
            "Asks at the terminal for the findings on public interest and necessity, or reads them from files. A second "
                + "person of your party must then release the answer.\n"
                + "Example: mimamori decide ID provide --content-from answer.txt"))

    enum Outcome: String, ExpressibleByArgument, CaseIterable {
        case provide, partial, decline

        var decision: Decision.Outcome {
            switch self {
            case .provide: .provide
            case .partial: .provideInPart
            case .decline: .decline
            }
        }
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var outgoing: OutgoingOptions

    @Argument(help: help("依頼の番号。", "The request's id.", valueName: "id"))
    var request: PackageID

    @Argument(
        help: help(
            "provide（提供する）、partial（一部を提供する）、decline（提供しない）。", "provide, partial or decline.",
            valueName: "outcome"))
    var outcome: Outcome

    @Option(help: help("公共性の検討を書いたファイル。", "The finding on public interest.", valueName: "file"), completion: .file())
    var publicInterestFrom: String?

    @Option(help: help("必要性の検討を書いたファイル。", "The finding on necessity.", valueName: "file"), completion: .file())
    var necessityFrom: String?

    @Option(
        help: help("判断した人の職名と氏名を書いたファイル。", "Title and name of who decided.", valueName: "file"), completion: .file())
    var decidedByFrom: String?

    @Option(help: help("判断した日（既定は今日）。", "The day of the decision (default: today).", valueName: "day"))
    var decidedOn: CivilDate?

    @Option(help: help("提供する情報を書いたファイル。", "The information to supply.", valueName: "file"), completion: .file())
    var contentFrom: String?

    @Option(help: help("提供しない理由を書いたファイル。", "Why something is withheld.", valueName: "file"), completion: .file())
    var withheldFrom: String?

    @Option(help: help("添付ファイル。", "A file to attach; repeatable.", valueName: "file"), completion: .file())
    var attach: [String] = []

    @Option(help: help("連絡窓口の電話番号。", "Telephone of your contact window.", valueName: "number"))
    var phone: String?

    func validate() throws {
        guard outcome != .decline || (contentFrom == nil && attach.isEmpty) else {
            throw ValidationError(
                say(
                    "提供しないときは、--content-from も --attach も指定できません。", "What is declined has no content and no attachment."
                ))
        }
        guard outcome != .provide || withheldFrom == nil else {
            throw ValidationError(
                say("--withheld-from は partial か decline のときに指定します。", "--withheld-from belongs to partial and decline.")
            )
        }
    }

    func run() async throws {
        let client = try common.client()
        let outgoing = Outgoing(client: client, console: common.console, isJSON: output.json, options: outgoing)
        _ = try await outgoing.lookUp { _ in }
        try await outgoing.fetchCited([request])
        guard let cited = try client.citedPackages([request])[request], cited.manifest.kind == .request else {
            throw Self.noSuchRequest
        }
        try show(cited.manifest, client)
        switch try client.response(to: cited, saying: try words(), attachments: attach) {
        case .success(let draft): try await outgoing.run(draft)
        case .failure(let failure): throw UnreadableForm(path: say("回答", "the answer"), mistakes: failure.mistakes)
        }
    }

    /// What is decided on: on standard error, because the data of this command is the new package's id.
    private func show(_ manifest: Manifest, _ client: Client) throws {
        guard !output.json else { return }
        let (console, names) = (common.console, Names(client))
        let time = WrittenDate.moment(manifest.created, console.language)
        console.report((manifest.label?.line[console.language]).map { PlainText.line($0) } ?? "")
        console.say(
            "依頼 \(manifest.id)（\(names.short(manifest.sender.party))、\(time)）",
            "Request \(manifest.id) of \(names.short(manifest.sender.party)), \(time)")
        guard let received = try client.receivedRequest(manifest.id) else {
            return console.say(
                "  この端末では受け取っていないため、範囲と利用目的を表示できません（mimamori receive で受け取れます）。",
                "  It was not received on this machine, so its scope and purpose cannot be shown (mimamori receive).")
        }
        for (key, name) in [
            ("request.scope", Bilingual(ja: "範囲", en: "Scope")),
            ("request.purpose", Bilingual(ja: "利用目的", en: "Purpose")),
        ] {
            guard case .text(let text)? = received.record.value(key) else { continue }
            console.say("  \(name.ja): \(PlainText.line(text))", "  \(name.en): \(PlainText.line(text))")
        }
    }

    private func words() throws -> DecisionWords {
        var missing: [String] = []
        func text(_ file: String?, _ option: String, _ ja: String, _ en: String) throws -> String {
            if let file { return try NamedFile.text(file) }
            guard let typed = common.console.ask(Bilingual(ja: "\(ja): ", en: "\(en): ")) else {
                missing.append(option)
                return ""
            }
            return typed
        }
        let publicInterest = try text(
            publicInterestFrom, "--public-interest-from", "公共性を検討した結果", "The finding on public interest")
        let necessity = try text(necessityFrom, "--necessity-from", "必要性を検討した結果", "The finding on necessity")
        let decidedBy = try text(decidedByFrom, "--decided-by-from", "判断した人の職名と氏名", "Title and name of who decided")
        var content: String?
        if outcome != .decline {
            content =
                contentFrom == nil && !attach.isEmpty
                ? say("添付のとおり（\(attach.count)件）。", "See the attachments (\(attach.count)).")
                : try text(contentFrom, "--content-from", "提供する情報", "The information to supply")
        }
        let withheld =
            outcome == .provide
            ? nil : try text(withheldFrom, "--withheld-from", "提供しない部分とその理由", "What is withheld, and why")
        let phone = try phone ?? text(nil, "--phone", "連絡窓口の電話番号", "Telephone of your contact window")
        guard missing.isEmpty else { throw Self.noTerminal(missing) }
        return DecisionWords(
            outcome: outcome.decision, publicInterest: publicInterest, necessity: necessity, decidedBy: decidedBy,
            decidedOn: decidedOn ?? common.world.now().dateInJapan, content: content, withheld: withheld, phone: phone)
    }

    private static let noSuchRequest = CommandFailure(
        code: .noInput,
        message: Bilingual(
            ja: "その番号の情報提供依頼は、あなたの所属に届いていません。", en: "No request with this id has reached your party."),
        remedy: Bilingual(
            ja: "mimamori inbox で番号を確かめてください。中継につながらないときは、一度 receive で受け取っておく必要があります。",
            en: "Check the id with mimamori inbox. With the relay down, it must have been received once."))

    private static func noTerminal(_ options: [String]) -> CommandFailure {
        CommandFailure(
            code: .usage,
            message: Bilingual(
                ja: "端末がないため、尋ねられません: \(options.joined(separator: "、"))",
                en: "There is no terminal to ask at: \(options.joined(separator: ", "))"),
            remedy: Bilingual(
                ja: "それぞれのオプションでファイル（電話番号は値）を指定してください。",
                en: "Give each option its file, and the telephone number its value."))
    }
}
