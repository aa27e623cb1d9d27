// `mimamori inbox`: what has arrived; with --watch it waits and prints each arrival.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct Inbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox",
        abstract: say("受信箱を一覧にします。", "List what has arrived."),
        discussion: paragraphs(
            "--watch を付けると、止める（Ctrl-C）まで到着を待って表示します。",
            "With --watch it waits for arrivals until it is stopped (Ctrl-C)."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Flag(help: help("到着を待ち続けます。", "Go on waiting for arrivals."))
    var watch = false

    func run() async throws {
        let (common, isJSON, watches) = (common, output.json, watch)
        let client = try common.client()
        try await client.session { session in
            let listing = try await session.inbox()
            Self.show(listing.items, client, common.console, isJSON: isJSON, isFirst: true, asList: !watches)
            guard watches else { return }
            try await Self.wait(after: listing.next, session, client, common.console, isJSON: isJSON)
        }
    }

    /// A relay that is away for a while is waited for: 5 seconds, then longer, a minute at most.
    private static func wait(
        after first: Int64, _ session: Session, _ client: Client, _ console: Console, isJSON: Bool
    ) async throws {
        var position = first
        var pause = 5
        while true {
            do {
                let listing = try await session.inbox(after: position, waitSeconds: 30)
                position = listing.next
                pause = 5
                show(listing.items, client, console, isJSON: isJSON, isFirst: false, asList: false)
            } catch let failure as ClientFailure where failure.kind == .unreachable || failure.kind == .tryLater {
                console.say(
                    "\(failure.message.ja) \(pause)秒後にもう一度試します。",
                    "\(failure.message.en) Trying again in \(pause) seconds.")
                try await Task.sleep(for: .seconds(pause))
                pause = min(60, pause * 2)
            }
        }
    }

    /// A JSON array for one list; one object a line while watching.
    private static func show(
        _ items: [ListedPackage], _ client: Client, _ console: Console, isJSON: Bool, isFirst: Bool, asList: Bool
    ) {
        if isJSON {
            guard asList else { return items.forEach { console.json(ListedAnswer($0)) } }
            return console.json(items.map(ListedAnswer.init))
        }
        guard !items.isEmpty else {
            if isFirst { console.say("受信箱は空です。", "The inbox is empty.") }
            return
        }
        ListingText(console, Names(client)).show(items, peer: .sender)
    }
}
