// Owns one C object of OpenSSL and frees it exactly once. Which function frees it is said where it is made; what may be
// done with the pointer is the business of the file that holds the handle. Reading DER and PEM into OpenSSL and bytes
// out of it is here too, so that pointer arithmetic is in one place.

import COpenSSL

/// The owner of one OpenSSL object.
///
/// `@unchecked Sendable`: the pointer itself may cross threads because a handle has one owner. Owners that share it
/// (Certificate, PrivateKey, TrustStore) only read after `init`, which OpenSSL allows from many threads: X509, EVP_PKEY,
/// X509_CRL and X509_STORE guard their caches by locks of their own. CMS objects change while they are verified, so
/// none of them is ever shared.
package struct OpenSSLHandle: ~Copyable, @unchecked Sendable {
    package let pointer: OpaquePointer
    private let free: @Sendable (OpaquePointer) -> Void

    /// Takes ownership of `pointer`; nil means that OpenSSL failed while `doing`.
    package init(
        _ pointer: OpaquePointer?, doing: String, free: @escaping @Sendable (OpaquePointer) -> Void
    ) throws(CryptoFailure) {
        guard let pointer else { throw .library(doing: doing) }
        self.pointer = pointer
        self.free = free
    }

    /// Takes ownership of `pointer` when there is one.
    package init?(_ pointer: OpaquePointer?, free: @escaping @Sendable (OpaquePointer) -> Void) {
        guard let pointer else { return nil }
        self.pointer = pointer
        self.free = free
    }

    deinit { free(pointer) }
}

package enum OpenSSLBytes {
    /// Calls an `i2d_…` function, which reports a length first and fills a buffer next; nil when it fails.
    package static func encoded(_ i2d: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32) -> [UInt8]? {
        let length = i2d(nil)
        guard length > 0 else { return nil }
        return [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
            var cursor = buffer.baseAddress
            count = max(0, Int(i2d(&cursor)))
        }
    }

    /// Calls a `d2i_…` function on all of `bytes`; nil when it fails or leaves bytes over.
    package static func decoded(
        _ bytes: [UInt8], _ d2i: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?,
        free: @escaping @Sendable (OpaquePointer) -> Void
    ) -> OpenSSLHandle? {
        var consumed = 0
        let pointer = bytes.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var cursor = buffer.baseAddress
            let pointer = d2i(&cursor, buffer.count)
            consumed = cursor.map { $0 - (buffer.baseAddress ?? $0) } ?? 0
            return pointer
        }
        guard let handle = OpenSSLHandle(pointer, free: free) else { return nil }
        guard consumed == bytes.count else { return nil }
        return handle
    }

    /// Lends `bytes` to OpenSSL as a read-only BIO, which must not outlive `body`.
    package static func withReader<Value, Failure: Error>(
        _ bytes: some Collection<UInt8>, _ body: (OpaquePointer) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let copy = Array(bytes)
        var result: Result<Value, Failure>?
        copy.withUnsafeBytes { buffer in
            guard let bio = BIO_new_mem_buf(buffer.baseAddress ?? UnsafeRawPointer(bitPattern: 1), Int32(buffer.count))
            else { preconditionFailure("a memory BIO over a buffer fails only when memory is exhausted") }
            defer { BIO_free(bio) }
            do throws(Failure) { result = .success(try body(bio)) } catch { result = .failure(error) }
        }
        guard let result else { preconditionFailure("withUnsafeBytes calls its closure") }
        return try result.get()
    }

    /// What `write` puts into a fresh memory BIO; nil when it says that it failed.
    package static func written(_ write: (OpaquePointer) -> Bool) -> [UInt8]? {
        guard let bio = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(bio) }
        guard write(bio) else { return nil }
        var start: UnsafeMutablePointer<CChar>?
        let length = shim_bio_memory(bio, &start)
        return [UInt8](UnsafeRawBufferPointer(start: start, count: max(0, length)))
    }

    /// The value bytes of an ASN.1 string of any type.
    static func value(of string: UnsafePointer<ASN1_STRING>) -> [UInt8] {
        [UInt8](UnsafeBufferPointer(start: string.pointee.data, count: Int(string.pointee.length)))
    }
}
