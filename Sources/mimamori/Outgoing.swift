// What every command that makes a package does with its draft: fetch what it cites, judge it, seal it, try to send it, and
// say what became of it. `queue` and `decide` differ in where the draft comes from, and in nothing that is here.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct OutgoingOptions: ParsableArguments {
    @Flag(help: help("確かめるだけで、何も書かず、送りません。", "Only check; write and send nothing."))
    var dryRun = false

    @Flag(help: help("送信待ちに入れるだけで、送りません。", "Queue without sending."))
    var noSend = false
}

struct Outgoing {
    let client: Client
    let console: Console
    let isJSON: Bool
    let options: OutgoingOptions

    private struct Answer: Encodable {
        let id: PackageID
        let kind: PackageKind
        let recipients: [Address]
        /// `queued`, `stored` or `awaiting_approval`.
        let state: String
        let receipt: StoredReceipt?
    }

    private struct DryRunAnswer: Encodable {
        struct Finding: Encodable {
            let code: String
            let rule: String
            let message: Bilingual
            let remedy: Bilingual
        }

        let recipients: [Address]
        let parts: Int
        let bytes: Int64
        let needsApproval: Bool
        let findings: [Finding]
        let warnings: [Bilingual]

        enum CodingKeys: String, CodingKey {
            case recipients, parts, bytes, findings, warnings
            case needsApproval = "needs_approval"
        }
    }

    /// Only judges the draft, or makes it a package, queues and sends it.
    func run(_ draft: PackageDraft) async throws {
        let asked = try await fetchCited(draft.cited)
        guard !options.dryRun else { return try await check(draft, asked: asked) }
        let entry: OutboxEntry
        do {
            entry = try client.prepare(draft, asked: asked, progress: console.progress)
        } catch let refused as Refused {
            guard await directoryHasChanged() else { throw refused }
            entry = try client.prepare(draft, asked: asked, progress: console.progress)
        }
        let names = Names(client)
        if !isJSON { announce(entry, names) }
        let outcome = options.noSend ? nil : try await send(entry)
        try report(entry, outcome)
    }

    /// What `body` looks up in the directory: the cached one, or a fresh one when there is none or it lacks something, if
    /// the relay can be reached.
    func lookUp<Value>(_ body: (Directory) throws -> Value) async throws -> Value {
        let known: Directory
        do {
            known = try client.knownDirectory().directory
        } catch let failure as ClientFailure where failure.kind == .configuration && !options.noSend {
            known = try await client.session { try await $0.refreshDirectory() }.directory
        }
        do {
            return try body(known)
        } catch let refused as Refused where !options.noSend {
            guard let fresh = try? await client.session({ try await $0.refreshDirectory() }) else { throw refused }
            return try body(fresh.directory)
        }
    }

    /// Whether the relay told what it has of them. With the relay down, what was seen before is judged by; what was never
    /// seen is left to the relay.
    @discardableResult
    func fetchCited(_ ids: [PackageID]) async throws -> Bool {
        guard !ids.isEmpty else { return true }
        guard !options.noSend else { return false }
        do {
            try await client.session { try await $0.refreshCited(ids) }
            return true
        } catch let failure as ClientFailure where failure.kind == .unreachable || failure.kind == .tryLater {
            console.say(
                "中継につながらないため、引用したものは手元の記録で確かめます。",
                "The relay cannot be reached; what is cited is judged by what was seen before.")
            return false
        }
    }

    /// Whether the relay's directory is another than the one that was judged by: a seat, a role or a certificate may be new,
    /// and a refusal by an old one would be none of the relay's.
    private func directoryHasChanged() async -> Bool {
        guard !options.noSend, let known = try? client.knownDirectory().version,
            let fresh = try? await client.session({ try await $0.refreshDirectory() })
        else { return false }
        return fresh.version != known
    }

    private func check(_ draft: PackageDraft, asked: Bool) async throws {
        var result = try client.dryRun(draft, asked: asked)
        if !result.findings.isEmpty, await directoryHasChanged() { result = try client.dryRun(draft, asked: asked) }
        if isJSON {
            console.json(
                DryRunAnswer(
                    recipients: draft.recipients, parts: result.parts, bytes: result.contentBytes,
                    needsApproval: result.needsApproval,
                    findings: result.findings.map {
                        .init(code: $0.code.rawValue, rule: $0.rule, message: $0.message, remedy: $0.remedy)
                    }, warnings: result.warnings))
        }
        guard result.findings.isEmpty else { throw Refused(result.findings) }
        guard !isJSON else { return }
        let names = result.recipients.map { "\($0.qualifiedName) (\($0.address))" }.joined(separator: ", ")
        console.say("このまま送れます。何も書かず、何も送っていません。", "This can be sent. Nothing was written or sent.")
        console.say("  宛先: \(names)", "  To: \(names)")
        let size = Sizes.text(result.contentBytes)
        console.say("  大きさ: \(size)（\(result.parts) 個に分割）", "  Size: \(size) in \(result.parts) parts")
        for id in result.unseen {
            console.say(
                "  引用した \(id) はこの端末では確かめられません。送るときに中継が確かめます。",
                "  What is cited, \(id), is not known on this machine; the relay judges it when it is sent.")
        }
        say(result.warnings)
        sayWhatFollows(result.needsApproval)
    }

    private func announce(_ entry: OutboxEntry, _ names: Names) {
        console.data(entry.id.text)
        let recipients = names.parties(entry.manifest.recipients)
        console.say("送信待ちに入れました: \(entry.subject)", "Queued: \(entry.subject)")
        console.say("  宛先: \(recipients)", "  To: \(recipients)")
        say(entry.warnings)
        sayWhatFollows(entry.manifest.needsApproval)
    }

    private func say(_ warnings: [Bilingual]) {
        for warning in warnings {
            console.say("  承認者に示します: \(warning.ja)", "  Shown to the approver: \(warning.en)")
        }
    }

    private func sayWhatFollows(_ needsApproval: Bool) {
        guard needsApproval else { return }
        console.say(
            "  相手に届く前に、同じ所属の承認者（あなた以外）の承認が必要です。承認者は mimamori approvals で確かめられます（SD-APR-1）。",
            "  Before it is delivered, an approver of your party other than you must release it; "
                + "mimamori approvals lists it for them (SD-APR-1).")
    }

    private func send(_ entry: OutboxEntry) async throws -> SendOutcome? {
        let progress = console.progress
        do {
            return try await client.session { try await $0.send([entry.id], progress: progress) }.first
        } catch let failure as ClientFailure where failure.kind == .unreachable || failure.kind == .tryLater {
            return SendOutcome(id: entry.id, subject: entry.subject, result: .failed(failure))
        }
    }

    /// What cannot be sent now is queued all the same, and that is success; a refusal or a false answer is not.
    private func report(_ entry: OutboxEntry, _ outcome: SendOutcome?) throws {
        func answer(_ state: String, _ receipt: StoredReceipt? = nil) {
            guard isJSON else { return }
            console.json(
                Answer(
                    id: entry.id, kind: entry.manifest.kind, recipients: entry.manifest.recipients, state: state,
                    receipt: receipt))
        }
        switch outcome?.result {
        case nil:
            answer("queued")
            console.say("まだ送っていません。mimamori send で送ります。", "Not sent yet; mimamori send sends it.")
        case .stored(let receipt, let awaitsApproval):
            answer(awaitsApproval ? PackageState.awaitingApproval.rawValue : "stored", receipt)
            OutcomeText(console).say(receipt, awaitsApproval)
        case .failed(let failure) where failure.kind == .unreachable || failure.kind == .tryLater:
            answer("queued")
            console.say(
                "中継につながらないため、送信待ちに残しました。後で mimamori send を実行してください。（\(failure.message.ja)）",
                "The relay cannot be reached; the package stays queued. Run mimamori send later. (\(failure.message.en))"
            )
        case .failed(let failure):
            answer("queued")
            throw failure
        case .refused(let refused):
            answer("queued")
            throw refused
        }
    }
}
