// What each rule of the policy lets pass and what it refuses, one line a case. PolicyTests.swift runs them, fails when a
// rule has no case of either sort, and takes each rule away in turn. The cases are in the files named after the rules'.

import Testing

@testable import MimamoriCore

struct PolicyCase: Sendable, CustomTestStringConvertible {
    let rule: String
    let title: String
    /// `nil` when the rule must have nothing against it.
    let code: Refusal.Code?
    let spoil: @Sendable (inout World) -> Void

    init(
        _ rule: String, _ title: String, _ code: Refusal.Code? = nil, spoil: @escaping @Sendable (inout World) -> Void
    ) {
        self.rule = rule
        self.title = title
        self.code = code
        self.spoil = spoil
    }

    var testDescription: String { "\(rule): \(title)" }

    var world: World {
        var world = World()
        spoil(&world)
        return world
    }

    static let all =
        who + what + why + criterion + nobody + requests + supplies + labels + toWhom + sealed + keeping
        + second + handout + disposal

    static func label(
        _ confidentiality: Int, _ integrity: Int, _ availability: Int,
        _ restrictions: [HandlingLabel.Restriction] = [], keepUntil: String? = nil
    ) -> HandlingLabel {
        HandlingLabel(
            confidentiality: confidentiality, integrity: integrity, availability: availability,
            restrictions: restrictions, keepUntil: keepUntil.map(Sample.date))
    }

    static func parts(_ count: Int, of bytes: Int) -> [Manifest.Part] {
        Array(repeating: Manifest.Part(bytes: bytes, sha256: Sample.digest("a")), count: count)
    }

    static func many(_ count: Int) -> [Address] {
        (0..<count).map { Sample.address("aomori/council-\($0)") }
    }
}
