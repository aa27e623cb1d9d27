// A folder of the home with one small sealed file for each package: what this machine has seen of packages that others
// cite (CitedKeeping.swift), and what it has received (ReceivedKeeping.swift). Each file is replaced whole; the folder is
// made when it is first needed, because homes made by an older version lack it.

import MimamoriCore

struct SealedFolder<Value: Codable> {
    /// Below the home, and part of what each file is bound to.
    let name: String
    let home: ClientHome
    let world: ClientWorld

    private static var largest: Int { 16 * 1024 * 1024 }
    private var folder: String { "\(home.folder)/\(name)" }
    private func path(_ id: PackageID) -> String { "\(folder)/\(id).sealed" }

    func keep(_ value: Value, of id: PackageID) throws {
        if !Disk.exists(folder) { try world.disk.createFolder(folder) }
        let sealed = try home.vault.seal(CanonicalJSON.encode(value), for: "\(name)/\(id)")
        try world.disk.replace(path(id), with: sealed, suffix: world.newSuffix())
    }

    /// `nil` when there is none.
    func value(of id: PackageID) throws -> Value? {
        guard Disk.exists(path(id)) else { return nil }
        let sealed = try Disk.readPrivate(path(id), limit: Self.largest)
        guard let bytes = try? home.vault.open(sealed, for: "\(name)/\(id)"),
            case .success(let value) = CanonicalJSON.decode(Value.self, from: bytes)
        else { throw ClientFailure.damaged(path(id)) }
        return value
    }

    func forget(_ id: PackageID) throws { try world.disk.removeFile(path(id)) }

    /// Oldest first: ids begin with the time.
    func ids() throws -> [PackageID] {
        try Disk.names(in: folder).compactMap { $0.hasSuffix(".sealed") ? PackageID(String($0.dropLast(7))) : nil }
    }
}
