// The second person: releases a package by a signature over the same manifest, or refuses with a reason.

import HTTPTypes
import MimamoriCore
import MimamoriRelay
import MimamoriWire

extension Routes {
    func approve(_ id: PackageID, _ context: RelayContext) async throws -> Answer {
        try await relay.approve(id, manifest: context.body, by: context.caller)
        return .noContent
    }

    func reject(_ id: PackageID, _ context: RelayContext) async throws -> Answer {
        let rejection = try context.json(Rejection.self)
        try await relay.reject(id, reason: rejection.reason, by: context.caller)
        return .noContent
    }
}
