#pragma once
#include <zlib.h>

// inflateInit2 is a macro, which Swift does not import. 15 + 16 asks for a gzip header (zlib.h).
static inline int aqi_inflateInitGzip(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
