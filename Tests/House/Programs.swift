// What the built programs can do, read off their symbols: the relay cannot read a package, because the code that could is
// not in its binary (design, law 4). The same look at the client finds that code, so that this test can fail.

import Foundation
import TestSupport
import Testing

struct ProgramTests {
    /// Functions of OpenSSL that open or make encrypted CMS; inspecting the outside of one is another matter.
    private static let forbidden = [
        "CMS_decrypt", "CMS_encrypt", "CMS_EncryptedData_", "CMS_AuthEnvelopedData_create", "CMS_EnvelopedData_create",
        "CMS_EnvelopedData_decrypt", "CMS_RecipientInfo_decrypt", "CMS_RecipientInfo_encrypt",
        "CMS_add1_recipient_cert",
        "CMS_RecipientInfo_set0_pkey", "PKCS7_decrypt", "PKCS7_encrypt", "PKCS7_dataDecode", "SMIME_read_PKCS7",
    ]

    /// Names of all symbols, the program's own and those that it takes from shared libraries.
    private func symbols(_ program: String) throws -> Set<String> {
        let path = try BuiltProducts.program(program).path
        var names: Set<String> = []
        for options in [["-D"], []] {
            let outcome = try ChildProcess.run(["nm"] + options + [path])
            try #require(outcome.status == 0, "nm: \(outcome.stderr)")
            for line in outcome.stdout.split(separator: "\n") {
                guard let name = line.split(separator: " ").last else { continue }
                names.insert(String(name.prefix { $0 != "@" }))
            }
        }
        return names
    }

    @Test func theDaemonCanNeitherOpenNorSealAPackage() throws {
        let names = try symbols("mimamorid")
        #expect(
            names.contains { $0.hasPrefix("CMS_") }, "the daemon verifies CMS; a binary without any is not the daemon")
        for name in names { #expect(!Self.forbidden.contains { name.hasPrefix($0) }, "\(name)") }
    }

    @Test func theClientCan() throws {
        let names = try symbols("mimamori")
        #expect(names.contains { $0.hasPrefix("CMS_decrypt") } && names.contains("CMS_add1_recipient_cert"))
    }
}
