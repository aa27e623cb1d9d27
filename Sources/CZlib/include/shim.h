// zlib for Swift: its two initialisers are macros, which Swift does not see.
#ifndef MIMAMORI_CZLIB_SHIM_H
#define MIMAMORI_CZLIB_SHIM_H

#include <zlib.h>

/// Raw DEFLATE (RFC 1951) for -15, with the header of RFC 1950 for 15.
static inline int mimamori_inflate_init(z_stream *stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}

#endif
