#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A DOM parser of simdjson with the buffers that it reuses. Not for use from two threads at a time.
typedef struct csimdjson_parser csimdjson_parser;

// What a text was parsed into; outlives the parser, and can be parsed into again.
typedef struct csimdjson_document csimdjson_document;

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

// How many bytes behind a text simdjson reads and does not look at.
extern const size_t csimdjson_padding;

// Where what was parsed lies.
typedef struct csimdjson_tape {
    const uint64_t *words;
    // Strings, each behind its length in four bytes and followed by a zero byte.
    const uint8_t *strings;
} csimdjson_tape;

// Returns NULL if there is no memory.
csimdjson_parser *csimdjson_create(void);
void csimdjson_destroy(csimdjson_parser *parser);

// Returns NULL if there is no memory.
csimdjson_document *csimdjson_document_create(void);
void csimdjson_document_destroy(csimdjson_document *document);

// What was parsed into the document last. Stays where it is as long as the document; what it points to stays until the
// document is parsed into again, and is of use only after a success.
const csimdjson_tape *csimdjson_document_tape(const csimdjson_document *document);

// The longest text for which the document has room; it takes some ten bytes of memory for each.
size_t csimdjson_document_capacity(const csimdjson_document *document);

// Parses the whole of `bytes` into the document.
// `is_padded` says that `csimdjson_padding` bytes behind the text can be read, whatever they hold.
csimdjson_status csimdjson_parse(
    csimdjson_parser *parser, csimdjson_document *document, const void *bytes, size_t length, bool is_padded);

#ifdef __cplusplus
}
#endif
