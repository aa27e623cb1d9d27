// What a rule and a report ask of packages without reading what is sealed: how a party has answered a request, and when
// deliveries came and were opened.

import MimamoriCore
import Testing

@testable import MimamoriStore

@Suite struct AnsweringTests {
    /// 1 is a request. 2 waits for its release, 3 is rejected, 4 is another party's answer, 5 a response, 6 is not complete,
    /// 7 and 8 have answered it.
    @Test(arguments: Engine.allCases) func onlyThePartysOwnOfTheKindAreFound(engine: Engine) async throws {
        try await engine.with { database async throws in
            let other = try #require(PersonAddress("aomori-police/aomori:officer"))
            let rows: [(Int, PackageKind, PersonAddress, PackageState)] = [
                (1, .request, Sample.officer, .released), (2, .referral, Sample.officer, .awaitingApproval),
                (3, .referral, Sample.officer, .rejected), (4, .referral, other, .released),
                (5, .response, Sample.officer, .released), (6, .referral, Sample.officer, .receiving),
                (7, .referral, Sample.officer, .released), (8, .referral, Sample.officer, .released),
            ]
            try await database.write { transaction in
                for (number, kind, sender, state) in rows {
                    var row = Sample.package(number, state: state, sender: sender)
                    row.kind = kind
                    row.answers = number == 1 ? nil : Sample.id(1)
                    row.storedAt = state == .receiving ? nil : Sample.time
                    try transaction.insertPackage(row)
                }
            }
            let cases: [(PackageKind, Int, [Int])] = [
                (.referral, 10, [7, 8]), (.referral, 1, [7]), (.response, 10, [5]), (.report, 10, []),
            ]
            for (kind, limit, numbers) in cases {
                let found = try await database.read { transaction in
                    try transaction.packages(answering: Sample.id(1), by: Sample.station, kind: kind, limit: limit)
                }
                #expect(found.map(\.id) == numbers.map { Sample.id($0) }, "\(kind)")
            }
        }
    }

    @Test(arguments: Engine.allCases) func deliveriesAreCountedWithoutTheirReceipts(engine: Engine) async throws {
        try await engine.with { database async throws in
            let opened = Sample.time.advanced(bySeconds: 60)
            try await database.write { (transaction) throws in
                try transaction.insertPackage(Sample.package())
                var delivery = Sample.delivery()
                delivery.state = .opened
                delivery.openedAt = opened
                delivery.sealedReceipt = [1]
                try transaction.insertDelivery(delivery)
            }
            let times = try await database.read { try $0.deliveryTimes(Sample.id(1)) }
            #expect(
                times == [
                    DeliveryTimes(recipient: Sample.council, state: .opened, storedAt: Sample.time, openedAt: opened)
                ])
        }
    }
}
