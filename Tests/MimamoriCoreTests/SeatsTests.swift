// Who sits where, who may exchange with whom, and which seats are missing (N1, N2).

import Testing

@testable import MimamoriCore

struct SeatsTests {
    private let directory = Sample.directory()
    private let today = Sample.now.dateInJapan

    @Test(
        arguments: [
            (.active, "2026-11-24", true), (.active, "2026-11-25", false), (.requested, "2020-01-01", false),
            (.ended, "2026-11-24", false), (.ended, "2026-11-25", true), (.active, "not a day", false),
        ] as [(Membership.State, String, Bool)])
    func aSeatHoldsByItsStateAndDay(_ state: Membership.State, _ since: String, _ holds: Bool) {
        let seat = Membership(council: Sample.council, member: Sample.station, state: state, since: since)
        #expect(seat.isHeld(on: today) == holds)
    }

    @Test func councilsOfAMemberAndOfHeadquarters() {
        #expect(directory.councils(of: Sample.station, on: today) == [Sample.council])
        #expect(
            directory.councils(of: Sample.headquarters, on: today)
                == [Sample.prefecture, Sample.council, Sample.towada].sorted())
        #expect(directory.councils(of: Sample.relay, on: today).isEmpty)
        #expect(directory.councils(of: Sample.address("aomori/nowhere"), on: today).isEmpty)
    }

    /// Every pair of the sample's parties, both ways: exchange is symmetric, and never with the relay's office.
    @Test func exchangeIsSymmetric() {
        let all = Sample.parties.map(\.address)
        for one in all {
            for other in all {
                let may = directory.mayExchange(one, other, on: today)
                #expect(may == directory.mayExchange(other, one, on: today), "\(one) \(other)")
                if one == Sample.relay { #expect(!may) }
            }
        }
    }

    @Test func missingSeatsAreThoseOfTheArea() throws {
        let missing = directory.missingSeats(on: today)
        // The station has 十和田市 in its area and has only been asked; headquarters joins every council (N1).
        let station = missing.filter { $0.office == Sample.station }
        #expect(station.map(\.council) == [Sample.towada])
        #expect(station.first?.last?.state == .requested && station.first?.last?.since == "2026-10-01")
        #expect(
            missing.filter { $0.office == Sample.headquarters }.map(\.council)
                == [Sample.prefecture, Sample.council, Sample.towada].sorted())
    }

    @Test func aStationHasAnAreaAndACouncilACriterion() {
        let code = CouncilCode("022039").map { [$0] } ?? []
        func refusal(_ kind: PartyKind, area: [CouncilCode] = [], criterion: CivilDate? = nil) -> Refusal.Code? {
            Party(
                address: Sample.council, kind: kind, name: "八戸",
                window: kind == .policeStation ? ContactWindow(name: "生活安全課") : nil, area: area,
                criterion: criterion
            ).refusal()?.code
        }
        #expect(refusal(.policeStation, area: code) == nil)
        #expect(refusal(.council, criterion: Sample.date("2025-04-01")) == nil)
        #expect(refusal(.council, area: code) == .directoryInvalid)
        #expect(refusal(.policeStation, area: code + code) == .directoryInvalid)
        #expect(refusal(.memberBody, criterion: Sample.date("2025-04-01")) == .directoryInvalid)
    }
}
