// The legal moves of packages and deliveries, written down once more by hand and compared with every move there is.

import Testing

@testable import MimamoriCore

struct PackageStateTests {
    private static let legal: [PackageState: [PackageState.Event: PackageState]] = [
        .receiving: [.completedNeedingApproval: .awaitingApproval, .completed: .released, .cancelled: .cancelled],
        .awaitingApproval: [
            .approved: .released, .rejected: .rejected, .cancelled: .cancelled, .disposed: .disposed,
        ],
        .released: [.cancelled: .cancelled, .disposed: .disposed],
        .rejected: [.disposed: .disposed],
        .cancelled: [.disposed: .disposed],
        .disposed: [:],
    ]

    @Test(arguments: PackageState.allCases, PackageState.Event.allCases)
    func everyMove(_ state: PackageState, _ event: PackageState.Event) {
        switch (state.after(event), Self.legal[state]?[event]) {
        case (.success(let next), let expected): #expect(next == expected)
        case (.failure(let refusal), let expected):
            #expect(expected == nil)
            #expect(refusal.code == .stateConflict && refusal.retry == .never)
            #expect(refusal.message.ja.contains(state.name.ja) && refusal.message.en.contains(state.name.en))
        }
    }

    /// SD-APR-1: what needs a second person is never released without `approved`.
    @Test func nothingThatNeedsApprovalIsReleasedWithoutIt() {
        let ways = PackageState.Event.allCases.filter {
            PackageState.awaitingApproval.after($0) == .success(.released)
        }
        #expect(ways == [.approved])
    }
}

struct DeliveryStateTests {
    private static let legal: [DeliveryState: [DeliveryState.Event: DeliveryState]] = [
        .stored: [.lastPartRead: .fetched, .cancelled: .cancelled],
        .fetched: [.lastPartRead: .fetched, .openedReceiptSigned: .opened],
        // A repeat changes nothing: the receipt's answer may have been lost on the way.
        .opened: [.lastPartRead: .opened, .openedReceiptSigned: .opened],
        .cancelled: [:],
    ]

    @Test(arguments: DeliveryState.allCases, DeliveryState.Event.allCases)
    func everyMove(_ state: DeliveryState, _ event: DeliveryState.Event) {
        switch (state.after(event), Self.legal[state]?[event]) {
        case (.success(let next), let expected): #expect(next == expected)
        case (.failure(let refusal), let expected):
            #expect(expected == nil)
            #expect(refusal.code == .stateConflict)
        }
    }

    /// An opened receipt needs the parts to have been handed out, and what was fetched cannot be withdrawn any more.
    @Test func receiptsFollowFetchingAndCancellingDoesNot() {
        #expect((try? DeliveryState.stored.after(.openedReceiptSigned).get()) == nil)
        #expect((try? DeliveryState.fetched.after(.cancelled).get()) == nil)
    }
}
