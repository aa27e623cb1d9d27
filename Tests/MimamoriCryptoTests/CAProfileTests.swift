// docs/ca-profile.md is run as it stands, on a PKI of its own; what a CA's operator made there is judged.

import Foundation
import MimamoriCore
import MimamoriCrypto
import TestSupport
import Testing

@Suite struct CAProfileTests {
    @Test func theCommandsMakeSoundCertificates() throws {
        try DevelopmentPKI.with { pki in
            try ScratchFolder.with { folder in
                let document = try ShellDocument("docs/ca-profile.md")
                #expect(document.blocks.count == 4)
                let configuration = Repository.root.appending(path: "certs/openssl.cnf").path
                let outcome = try document.run(in: folder, variables: ["PKI": pki.folder, "CONFIG": configuration])
                try #require(outcome.status == 0, "\(outcome.text)\(outcome.errors)")

                let store = try TrustStore(
                    rootsPEM: pki.text(of: pki.root), revocationListsPEM: pki.text(of: "\(folder.path)/crl.pem"))
                func judged(_ file: String, _ purpose: TrustStore.Purpose) throws -> Refusal.Code? {
                    let certificate = try Certificate(pem: pki.text(of: "\(folder.path)/\(file)"))
                    return store.refusal(of: certificate, for: purpose, at: Moment.now())?.code
                }
                #expect(try judged("clerk.pem", .client) == nil)
                #expect(try judged("party.pem", .encryption) == nil)
                #expect(try judged("party-rsa.pem", .encryption) == .certificateRevoked)
                #expect(try judged("party.pem", .client) == .certificateUsage)
            }
        }
    }

    @Test func everyKindOfTheScriptIsSound() throws {
        try DevelopmentPKI.with { pki in
            try pki.issue(["person", "aomori/towada-shi", "second"])
            try pki.issue(["party", "aomori/towada-shi", "encryption-rsa", "rsa"])
            try pki.issue(["relay", "relay.example.test", "192.0.2.1", "2001:db8::1"])
            let store = try Identities.store(pki)
            let cases: [(DevelopmentPKI.Pair, TrustStore.Purpose)] = [
                (pki.person("aomori/towada-shi", "second"), .client),
                (pki.party("aomori/towada-shi", "encryption-rsa"), .encryption), (pki.relayTLS, .server),
            ]
            for (pair, purpose) in cases {
                let certificate = try Identities.certificate(pair)
                #expect(store.refusal(of: certificate, for: purpose, at: Moment.now()) == nil)
            }
            let printed = try ForeignTool.openssl.run([
                "x509", "-in", pki.relayTLS.certificate, "-noout", "-ext", "subjectAltName",
            ])
            let names = String(decoding: printed, as: UTF8.self)
            for name in ["DNS:localhost", "DNS:relay.example.test", "IP Address:192.0.2.1", "2001:DB8"] {
                #expect(names.contains(name))
            }
        }
    }
}
