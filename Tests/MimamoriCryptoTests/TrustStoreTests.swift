// Roots and revocation lists: what a store is made of, and what it refuses to be made of.

import Foundation
import MimamoriCore
import MimamoriCrypto
import TestSupport
import Testing

@Suite struct TrustStoreTests {
    let pki: DevelopmentPKI

    init() throws { pki = try DevelopmentPKI.shared() }

    @Test func aStoreNeedsAuthorities() throws {
        for text in ["", "nonsense", try pki.text(of: pki.officer.certificate), try pki.text(of: pki.rootKey)] {
            #expect(throws: CryptoFailure.self) { try TrustStore(rootsPEM: text, revocationListsPEM: nil) }
        }
        // A holder's certificate among the roots would be trusted as one.
        let mixed = try pki.text(of: pki.root) + pki.text(of: pki.officer.certificate)
        #expect(throws: CryptoFailure.self) { try TrustStore(rootsPEM: mixed, revocationListsPEM: nil) }
    }

    @Test func aListMustBeSignedByARoot() throws {
        let list = try pki.text(of: pki.revocationList)
        #expect(throws: CryptoFailure.self) {
            try TrustStore(rootsPEM: try pki.text(of: pki.otherRoot), revocationListsPEM: list)
        }
        #expect(throws: CryptoFailure.self) {
            try TrustStore(rootsPEM: try pki.text(of: pki.root), revocationListsPEM: "no list at all")
        }
    }

    @Test func withoutAListNothingIsRevoked() throws {
        let store = try TrustStore(rootsPEM: try pki.text(of: pki.root), revocationListsPEM: nil)
        #expect(store.revocationListNextUpdate == nil)
        #expect(store.revocationListDER == nil)
        #expect(!store.isRevoked(try Identities.certificate(pki.bad(.revoked))))
    }

    @Test func twoRootsOverlap() throws {
        let both = try pki.text(of: pki.otherRoot) + "\n" + pki.text(of: pki.root)
        let store = try TrustStore(rootsPEM: both, revocationListsPEM: try pki.text(of: pki.revocationList))
        for pair in [pki.officer, pki.bad(.otherCA)] {
            #expect(store.refusal(of: try Identities.certificate(pair), for: .client, at: Moment.now()) == nil)
        }
    }

    @Test func aListPastItsDateIsStillUsed() throws {
        let store = try Identities.store(pki)
        let due = try #require(store.revocationListNextUpdate)
        let revoked = try Identities.certificate(pki.bad(.revoked))
        #expect(due > Moment.now())
        #expect(store.refusal(of: revoked, for: .client, at: due.advanced(bySeconds: 60))?.code == .certificateRevoked)
    }

    @Test func theNewestListHolds() throws {
        try DevelopmentPKI.with { own in
            let before = try own.text(of: own.revocationList)
            let root = try own.text(of: own.root)
            let unenrolled = try Identities.certificate(own.bad(.unenrolled))
            #expect(!(try TrustStore(rootsPEM: root, revocationListsPEM: before).isRevoked(unenrolled)))
            // CRLs are dated to the second; the newer one must be of a later one.
            let stamp = try #require(TrustStore(rootsPEM: root, revocationListsPEM: before).revocationListNextUpdate)
            var after = before
            while try TrustStore(rootsPEM: root, revocationListsPEM: after).revocationListNextUpdate == stamp {
                try own.issue(after == before ? ["revoke", own.bad(.unenrolled).certificate] : ["crl"])
                after = try own.text(of: own.revocationList)
            }
            for lists in [after, before + after, after + before] {
                let store = try TrustStore(rootsPEM: root, revocationListsPEM: lists)
                #expect(store.isRevoked(unenrolled))
                #expect(store.revocationListNextUpdate ?? stamp > stamp)
            }
        }
    }

    @Test func thePKIOverwritesNothing() throws {
        let outcome = try ForeignTool.bash.outcome([
            Repository.root.appending(path: "certs/dev-pki.sh").path, pki.folder,
        ])
        #expect(outcome.status == 73)
        #expect(throws: ForeignTool.Failed.self) { try pki.issue(["person", "aomori-police/hachinohe", "officer"]) }
        #expect(throws: ForeignTool.Failed.self) { try pki.issue(["person", "../escape", "officer"]) }
    }
}
