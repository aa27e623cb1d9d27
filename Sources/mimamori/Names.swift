// Addresses as people know them: 八戸市 (aomori/hachinohe-shi), with the contact window that the notice wants shown
// (N21). The names are the cached directory's; without one, addresses stand alone.

import MimamoriClient
import MimamoriCore

struct Names {
    private let directory: Directory?

    init(_ client: Client) { directory = (try? client.knownDirectory())?.directory }

    init(_ directory: Directory) { self.directory = directory }

    func party(_ address: Address) -> String {
        guard let party = directory?.parties[address] else { return address.text }
        let window = party.window.map { " \($0.name)" } ?? ""
        return "\(party.qualifiedName)\(window) (\(address))"
    }

    func parties(_ addresses: [Address]) -> String {
        guard addresses.count > 5 else { return addresses.map(party).joined(separator: ", ") }
        return addresses.prefix(5).map(party).joined(separator: ", ") + " … (\(addresses.count))"
    }

    func short(_ address: Address) -> String { directory?.parties[address]?.qualifiedName ?? address.text }

    /// The first name, and how many more there are.
    func shortList(_ addresses: [Address]) -> String {
        (addresses.first.map(short) ?? "") + (addresses.count > 1 ? " +\(addresses.count - 1)" : "")
    }

    /// A person of the own party with the name; of others the address, since their names are not in the directory.
    func person(_ address: PersonAddress) -> String {
        let name = directory?.persons[address]?.name
        return "\(short(address.party)) " + (name.map { "\($0) (\(address.person))" } ?? address.text)
    }
}
