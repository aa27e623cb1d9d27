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
            guard watches else {
                let items = try await session.wholeInbox()
                if items.isEmpty, !isJSON { common.console.say("受信箱は空です。", "The inbox is empty.") }
                return Self.show(items, client, common.console, isJSON: isJSON, asList: true)
            }
            try await Self.wait(session, client, common.console, isJSON: isJSON)
        }
    }

    /// First what is there, then each arrival. A relay that is away for a while is waited for: 5 seconds, then longer,
    /// a minute at most.
    private static func wait(_ session: Session, _ client: Client, _ console: Console, isJSON: Bool) async throws {
        var position: Int64 = 0
        var pause = 5
        var isCaughtUp = false
        while true {
            do {
                let listing = try await session.inbox(after: position, waitSeconds: isCaughtUp ? 30 : 0)
                (isCaughtUp, position, pause) = (listing.next == position, listing.next, 5)
                show(listing.items, client, console, isJSON: isJSON, asList: false)
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
        _ items: [ListedPackage], _ client: Client, _ console: Console, isJSON: Bool, asList: Bool
    ) {
        if isJSON {
            guard asList else { return items.forEach { console.json(ListedAnswer($0)) } }
            return console.json(items.map(ListedAnswer.init))
        }
        ListingText(console, Names(client)).show(items, peer: .sender)
    }
}

extension Session {
    /// Every page of the mailbox.
    func wholeInbox() async throws -> [ListedPackage] {
        var items: [ListedPackage] = []
        var position: Int64 = 0
        while true {
            let listing = try await inbox(after: position)
            items += listing.items
            guard listing.next > position else { return items }
            position = listing.next
        }
    }
}
