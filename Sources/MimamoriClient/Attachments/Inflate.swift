// Decompresses DEFLATE (RFC 1951, and RFC 1950 around it) by zlib, so that the properties inside Office files and PDFs can be
// judged and not only their presence. Output goes by in pieces and is bounded: a file may have been made with bad intent.

import CZlib

enum Inflate {
    /// What one stream could hold before it is taken for a bomb.
    static let outputLimit: Int64 = 256 * 1024 * 1024
    private static let pieceBytes = 64 * 1024

    /// Hands on what the stream between two places holds, until `piece` says false. Throws `UnreadableContent` when it is not
    /// DEFLATE, ends before its end or would be too long.
    static func stream(
        _ source: AttachmentBytes, from start: Int64, to end: Int64, hasZlibHeader: Bool = false,
        _ piece: (ArraySlice<UInt8>) throws -> Bool
    ) throws {
        // zlib remembers the address of its stream, so it must not move.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        guard mimamori_inflate_init(stream, hasZlibHeader ? MAX_WBITS : -MAX_WBITS) == Z_OK else {
            throw UnreadableContent()
        }
        defer { inflateEnd(stream) }
        // Viewers show what has a wrong checksum, so its properties count as well.
        inflateValidate(stream, 0)
        var place = start
        let end = min(end, source.count)
        var total: Int64 = 0
        var input: [UInt8] = []
        var output = [UInt8](repeating: 0, count: pieceBytes)
        while true {
            if input.isEmpty {
                input = try source.read(at: place, upTo: Int(min(Int64(pieceBytes), max(0, end - place))))
                place += Int64(input.count)
            }
            // With no input left zlib may still hold output; when it can do nothing more, the stream was cut off.
            let (status, consumed, produced) = step(stream, input, &output)
            guard status == Z_OK || status == Z_STREAM_END else { throw UnreadableContent() }
            input.removeFirst(consumed)
            total += Int64(produced)
            guard total <= outputLimit else { throw UnreadableContent() }
            if produced > 0, try !piece(output[..<produced]) { return }
            if status == Z_STREAM_END { return }
        }
    }

    /// A whole stream of at most `limit` bytes; what is beyond is left out.
    static func prefix(
        _ source: AttachmentBytes, from start: Int64, to end: Int64, hasZlibHeader: Bool = false, limit: Int
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try stream(source, from: start, to: end, hasZlibHeader: hasZlibHeader) { piece in
            bytes += piece.prefix(limit - bytes.count)
            return bytes.count < limit
        }
        return bytes
    }

    /// One call of zlib's `inflate`: its status, and how much of the input it took and of the output it filled.
    private static func step(
        _ stream: UnsafeMutablePointer<z_stream>, _ input: [UInt8], _ output: inout [UInt8]
    ) -> (status: Int32, consumed: Int, produced: Int) {
        var input = input
        return input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.pointee.next_in = source.baseAddress
                stream.pointee.avail_in = UInt32(source.count)
                stream.pointee.next_out = target.baseAddress
                stream.pointee.avail_out = UInt32(target.count)
                let status = inflate(stream, Z_NO_FLUSH)
                return (
                    status, source.count - Int(stream.pointee.avail_in), target.count - Int(stream.pointee.avail_out)
                )
            }
        }
    }
}
