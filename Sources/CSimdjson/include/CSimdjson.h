#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A DOM parser of simdjson with the buffers that it reuses. Not for use from two threads at a time.
typedef struct csimdjson_parser csimdjson_parser;

typedef enum csimdjson_status {
    csimdjson_ok = 0,
    csimdjson_empty,
    csimdjson_too_long,
    csimdjson_out_of_memory,
    csimdjson_too_deep,
    csimdjson_not_utf8,
    // A number that is malformed, or one that fits neither 64 bits nor a double.
    csimdjson_bad_number,
    csimdjson_not_json,
} csimdjson_status;

// The parsed document, valid until the next call with the same parser.
typedef struct csimdjson_tape {
    const uint64_t *words;
    size_t word_count;
    // Strings, each behind its length in four bytes and followed by a zero byte.
    const uint8_t *strings;
    size_t string_bytes;
} csimdjson_tape;

// Returns NULL if there is no memory.
csimdjson_parser *csimdjson_create(void);
void csimdjson_destroy(csimdjson_parser *parser);

// Parses the whole of `bytes`, which need no padding, and fills in `tape` on success.
csimdjson_status csimdjson_parse(
    csimdjson_parser *parser, const void *bytes, size_t length, csimdjson_tape *tape);

#ifdef __cplusplus
}
#endif
