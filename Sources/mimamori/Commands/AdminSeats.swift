// `mimamori admin seats`: which police office does not sit in a council of its area (N1, N2), with what the directory knows of
// a seat that was asked for or has ended. It reports; joining is done on paper.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct AdminSeats: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seats",
        abstract: say("管轄の協議会に参加していない警察を一覧にします。", "List police offices that lack a seat in a council of their area."),
        discussion: paragraphs(
            "管轄は mimamori admin party set --area で登録します。警察本部の管轄は都道府県の全協議会です（生保第3001号 第2-1）。",
            "A station's area is set with mimamori admin party set --area; headquarters' is every council of the "
                + "prefecture (Seiho No. 3001, 2-1)."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        let office: Address
        let council: Address
        let state: Membership.State?
        let since: String?
    }

    func run() async throws {
        let console = common.console
        let directory = try await common.client().session { try await $0.refreshDirectory() }.directory
        let missing = directory.missingSeats(on: common.world.now().dateInJapan)
        if output.json {
            return console.json(
                missing.map {
                    Answer(office: $0.office, council: $0.council, state: $0.last?.state, since: $0.last?.since)
                })
        }
        guard !missing.isEmpty else {
            return console.say("参加していない協議会はありません。", "No seat is missing.")
        }
        let names = Names(directory)
        let language = console.language
        for seat in missing {
            console.entry(
                [seat.office.text, seat.council.text, state(of: seat.last, language)],
                [names.short(seat.office), names.short(seat.council)])
        }
    }

    private func state(of seat: Membership?, _ language: Language) -> String {
        guard let seat else { return say("記録なし", "none on record") }
        let day = CivilDate(seat.since).map { WrittenDate.day($0, language) } ?? seat.since
        return switch seat.state {
        case .requested: say("\(day) 参加依頼", "asked for on \(day)")
        case .active: say("\(day) から参加", "from \(day)")
        case .ended: say("\(day) 終了", "ended on \(day)")
        }
    }
}
