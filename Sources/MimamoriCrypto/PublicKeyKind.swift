// Which public keys the house accepts (SD-CRY-1, SD-CRY-2: algorithms and key lengths of at least 128-bit strength, which
// stock OpenSSL 3.0 also takes for CMS): P-256, P-384, and RSA of 3072 bits or more.

import COpenSSL

package enum PublicKeyKind: Sendable, Hashable {
    case p256
    case p384
    case rsa(bits: Int)
    /// Anything else, by the name that OpenSSL gives it.
    case other(String)

    package var isAllowed: Bool {
        switch self {
        case .p256, .p384: true
        case .rsa(let bits): bits >= 3072
        case .other: false
        }
    }

    package var isEllipticCurve: Bool { self == .p256 || self == .p384 }

    /// As a person reads it: `RSA 2048`.
    package var name: String {
        switch self {
        case .p256: "P-256"
        case .p384: "P-384"
        case .rsa(let bits): "RSA \(bits)"
        case .other(let name): name
        }
    }

    /// Reads an EVP_PKEY.
    init(key: OpaquePointer) {
        switch EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_RSA:
            self = .rsa(bits: Int(EVP_PKEY_get_bits(key)))
        case EVP_PKEY_EC:
            var name = [CChar](repeating: 0, count: 64)
            var length = 0
            guard EVP_PKEY_get_group_name(key, &name, name.count, &length) == 1 else {
                self = .other("EC")
                return
            }
            let curve = String(decoding: name.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
            self =
                switch curve {
                case "prime256v1", "P-256": .p256
                case "secp384r1", "P-384": .p384
                default: .other("EC \(curve)")
                }
        default:
            self = .other(EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "?")
        }
    }
}
