// Memory of a known size that OpenSSL writes a part's content or ciphertext into. OpenSSL's own memory BIO grows by a third
// at a time and clears what it leaves, which costs more than the encryption of 4 MiB itself (8 ms against 1 ms).

import COpenSSL
import MimamoriCrypto

/// A BIO over a buffer that is allocated once. What it held is cleared when it goes.
final class ContentBuffer {
    private let buffer: UnsafeMutablePointer<BUF_MEM>
    private let writer: OpenSSLHandle

    /// Room for `capacity` bytes; more is possible and slower.
    init(capacity: Int) throws(CryptoFailure) {
        writer = try OpenSSLHandle(BIO_new(BIO_s_mem()), doing: "BIO_new", free: { BIO_free($0) })
        guard let buffer = BUF_MEM_new() else { throw .library(doing: "BUF_MEM_new") }
        self.buffer = buffer
        guard BUF_MEM_grow(buffer, max(1, capacity)) > 0 else { throw .library(doing: "BUF_MEM_grow") }
        buffer.pointee.length = 0
        shim_bio_write_into(writer.pointer, buffer)
    }

    deinit { BUF_MEM_free(buffer) }

    /// The BIO to write to.
    var bio: OpaquePointer { writer.pointer }

    /// Everything written so far.
    var bytes: [UInt8] { [UInt8](UnsafeRawBufferPointer(start: buffer.pointee.data, count: buffer.pointee.length)) }

    /// Hands the memory over to an octet string without copying it; the buffer is empty afterwards.
    func move(into string: UnsafeMutablePointer<ASN1_OCTET_STRING>) {
        ASN1_STRING_set0(string, buffer.pointee.data, Int32(buffer.pointee.length))
        buffer.pointee.data = nil
        buffer.pointee.length = 0
        buffer.pointee.max = 0
    }
}
