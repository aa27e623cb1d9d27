// Making and opening the home folder: what is checked, what is refused, that nothing is left behind.

import Foundation
import MimamoriCore
import MimamoriCrypto
import TestSupport
import Testing

@testable import MimamoriClient

struct HomeTests {
    private func request(_ demo: Demo, _ pair: DevelopmentPKI.Pair, party: DevelopmentPKI.Pair? = nil) -> HomeRequest {
        HomeRequest(
            relay: "https://localhost:8443", rootsPath: demo.pki.root, personCertificatePath: pair.certificate,
            personKeyPath: pair.key, partyKeys: party.map { [($0.certificate, $0.key)] } ?? [])
    }

    @Test func aHomeIsPrivateAndOpensAgain() throws {
        let demo = try Demo()
        let path = "\(demo.folder)/deep/er/home"
        let made = try ClientHome.create(
            request(
                demo, demo.pki.person("aomori/hachinohe-shi", "clerk"), party: demo.pki.party("aomori/hachinohe-shi")),
            at: path, world: demo.world())
        #expect(made.settings.person.text == "aomori/hachinohe-shi:clerk")
        #expect(made.partyKeys.count == 1)
        #expect(Disk.isPrivateFolder(path))
        for (file, _) in try tree(path) {
            let mode = try FileManager.default.attributesOfItem(atPath: "\(path)/\(file)")[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(file)")
        }
        #expect(try ClientHome.open(at: path).settings == made.settings)
        #expect(try Disk.names(in: "\(demo.folder)/deep/er") == ["home"])
        #expect(throws: ClientFailure.self) {
            try ClientHome.create(
                request(demo, demo.pki.person("aomori/hachinohe-shi", "clerk")), at: path, world: demo.world())
        }
    }

    @Test(arguments: [
        (DevelopmentPKI.Bad.expired, Refusal.Code.certificateExpired), (.otherCA, .certificateUntrusted),
        (.noClientUsage, .certificateUsage), (.weakKey, .certificateWeakKey),
    ])
    func aBadCertificateMakesNoHome(_ bad: DevelopmentPKI.Bad, _ code: Refusal.Code) throws {
        let demo = try Demo()
        #expect {
            try ClientHome.create(request(demo, demo.pki.bad(bad)), at: demo.folder + "/home", world: demo.world())
        } throws: { ($0 as? Refused)?.findings.map(\.code) == [code] }
        #expect(try Disk.names(in: demo.folder).isEmpty)
    }

    @Test func aKeyOfAnotherCertificateMakesNoHome() throws {
        let demo = try Demo()
        let mixed = HomeRequest(
            relay: "https://localhost:8443", rootsPath: demo.pki.root,
            personCertificatePath: demo.pki.person("aomori/hachinohe-shi", "clerk").certificate,
            personKeyPath: demo.pki.person("aomori/hachinohe-shi", "approver").key)
        #expect {
            try ClientHome.create(mixed, at: demo.folder + "/home", world: demo.world())
        } throws: {
            ($0 as? ClientFailure)?.kind == .configuration
        }
    }

    @Test func aKeyOfAnotherPartyIsRefused() throws {
        let demo = try Demo()
        #expect {
            try ClientHome.create(
                request(
                    demo, demo.pki.person("aomori/towada-shi", "clerk"), party: demo.pki.party("aomori/hachinohe-shi")),
                at: demo.folder + "/home", world: demo.world())
        } throws: { ($0 as? Refused)?.findings.map(\.code) == [.certificateIdentity] }
    }

    @Test func exchangedRootsStillTellWhoIsNotTrusted() throws {
        let demo = try Demo()
        let folder = try demo.client(.clerk).home.folder
        let list = try TrustStore(
            rootsPEM: ClientHome.text(demo.pki.root), revocationListsPEM: ClientHome.text(demo.pki.revocationList)
        ).revocationListDER
        try RevocationCache.store(#require(list), in: ClientHome.open(at: folder), world: demo.world())
        try FileManager.default.removeItem(atPath: folder + "/ca.pem")
        try FileManager.default.copyItem(atPath: demo.pki.otherRoot, toPath: folder + "/ca.pem")
        let home = try ClientHome.open(at: folder)
        #expect(throws: ClientFailure.self) { try home.trust() }
        #expect(
            home.trustForDiagnosis?.refusal(of: home.personCertificate, for: .client, at: demo.now)?.code
                == .certificateUntrusted)
    }

    @Test(arguments: ["", "/person.key", "/home.key"])
    func whatOthersCouldReadIsRefused(file: String) throws {
        let demo = try Demo()
        let home = try demo.client(.clerk).home.folder
        try FileManager.default.setAttributes(
            [.posixPermissions: file.isEmpty ? 0o750 : 0o640], ofItemAtPath: home + file)
        #expect { try ClientHome.open(at: home) } throws: { ($0 as? ClientFailure)?.kind == .configuration }
    }

    @Test func aSealedFileThatOthersCouldReadIsRefused() throws {
        let demo = try Demo()
        let client = try demo.client(.clerk)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: client.home.folder + "/directory.sealed")
        #expect(throws: ClientFailure.self) { try client.knownDirectory() }
    }

    @Test(arguments: [
        ("relay = \"https://a:1\"\nperson = \"a/b:c\"\n", true), ("relay = \"https://a:1\"\n", false),
        ("relay = \"http://a:1\"\nperson = \"a/b:c\"\n", false), ("relay = \"https://a:1\"\nperson = \"a/b\"\n", false),
        ("relay = \"https://a:1\"\nperson = \"a/b:c\"\nrelais = 1\n", false), ("relay = ", false), ("", false),
        ("[見守り]\nrelay = \"https://a:1\"\n", false),
    ])
    func settingsAreReadStrictly(text: String, sound: Bool) {
        #expect(((try? ClientSettings.read(toml: text, path: "client.toml")) != nil) == sound)
    }

    @Test func settingsComeBackAsTheyWereWritten() throws {
        let person = try #require(PersonAddress("aomori/hachinohe-shi/center:counselor"))
        let settings = ClientSettings(relay: "https://relay.example.jp:8443", person: person)
        #expect(try ClientSettings.read(toml: settings.toml, path: "x") == settings)
    }

    @Test(arguments: [
        ("https://relay.example.jp", "https://relay.example.jp:443"),
        ("https://127.0.0.1:8443/", "https://127.0.0.1:8443"),
        ("https://[::1]:8443", "https://[::1]:8443"), ("https://[::1]", "https://[::1]:443"),
    ])
    func relayURLs(text: String, origin: String) { #expect(RelayURL(text)?.origin == origin) }

    @Test(arguments: [
        "http://a", "https://", "https://a:0", "https://a:65536", "https://a:x", "https://a/path", "https://u@a",
        "https://a b", "https://a?x", "a:443", "https://[zz]", "https://a\"b",
    ])
    func notRelayURLs(text: String) { #expect(RelayURL(text) == nil) }

    @Test func theFolderIsChosenByOptionThenEnvironment() {
        let environment = ["MIMAMORI_HOME": "/m", "HOME": "/h"]
        #expect(ClientHome.folder(option: "/o", environment: environment) == "/o")
        #expect(ClientHome.folder(option: nil, environment: environment) == "/m")
        #expect(ClientHome.folder(option: nil, environment: ["HOME": "/h"]) == "/h/.mimamori")
    }

    @Test func aForgedOrOlderRevocationListIsNotKept() throws {
        let demo = try Demo()
        let client = try demo.client(.clerk)
        let before = try Disk.read(client.home.folder + "/crl.der", limit: 1 << 20)
        var forged = before
        forged[forged.count - 1] ^= 1
        #expect(throws: ClientFailure.self) { try RevocationCache.store(forged, in: client.home, world: client.world) }
        #expect(throws: ClientFailure.self) { try RevocationCache.store([1], in: client.home, world: client.world) }
        #expect(try Disk.read(client.home.folder + "/crl.der", limit: 1 << 20) == before)
    }
}
