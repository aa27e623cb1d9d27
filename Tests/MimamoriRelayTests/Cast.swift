// Who plays in the relay's tests: the parties, seats and persons for whom the development PKI has certificates. Names are
// obviously made up. The station and the centre sit in 八戸市's council; in 十和田市's sits nobody but headquarters.

import MimamoriCore

enum Cast {
    static let sealedTo = [
        "aomori-police/hachinohe", "aomori-police/hq", "aomori/hachinohe-shi", "aomori/hachinohe-shi/center",
        "aomori/towada-shi",
    ]

    static let persons: [(party: String, person: String, roles: Set<Role>)] = [
        ("aomori-police/hachinohe", "officer", [.sender, .recipient]),
        ("aomori-police/hachinohe", "deputy", [.sender, .approver]),
        ("aomori-police/hachinohe", "chief", [.approver]),
        ("aomori-police/hq", "planner", [.sender, .recipient]),
        ("aomori-police/hq", "head", [.approver]),
        ("aomori/hachinohe-shi", "clerk", [.recipient, .sender]),
        ("aomori/hachinohe-shi", "approver", [.approver]),
        ("aomori/hachinohe-shi/center", "counselor", [.recipient, .sender]),
        ("aomori/towada-shi", "clerk", [.recipient]),
        ("aomori-relay/office", "operator", [.operator]),
        ("aomori-relay/office", "operator-two", [.operator]),
        ("aomori-relay/office", "auditor", [.auditor]),
    ]

    /// The day from which every council's criterion of a watch subject holds.
    static let criterion = CivilDate("2025-04-01")

    static let seats: [(council: String, member: String)] = [
        ("aomori/hachinohe-shi", "aomori-police/hachinohe"), ("aomori/hachinohe-shi", "aomori/hachinohe-shi/center"),
    ]

    static func memberships() throws -> [Membership] {
        try seats.map {
            Membership(
                council: try RelayFixture.address($0.council), member: try RelayFixture.address($0.member),
                state: .active, since: "2026-04-01")
        }
    }

    static func parties() throws -> [Party] {
        [
            Party(
                address: try RelayFixture.address("aomori-police/hachinohe"), kind: .policeStation, name: "八戸警察署",
                window: ContactWindow(name: "生活安全課")),
            Party(
                address: try RelayFixture.address("aomori-police/hq"), kind: .policeHeadquarters, name: "青森県警察本部",
                window: ContactWindow(name: "生活保安課")),
            Party(
                address: try RelayFixture.address("aomori/hachinohe-shi"), kind: .council, name: "八戸市",
                criterion: criterion),
            Party(
                address: try RelayFixture.address("aomori/hachinohe-shi/center"), kind: .memberBody,
                name: "八戸市消費生活センター"),
            Party(
                address: try RelayFixture.address("aomori/towada-shi"), kind: .council, name: "十和田市",
                criterion: criterion),
        ]
    }
}
