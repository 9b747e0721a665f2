#include "CSimdjson.h"

#include <new>

#include <simdjson.h>

struct csimdjson_parser {
    simdjson::dom::parser dom;
};

struct csimdjson_document {
    simdjson::dom::document dom;
    csimdjson_tape tape;
};

const size_t csimdjson_padding = simdjson::SIMDJSON_PADDING;

namespace {

csimdjson_status status_of(simdjson::error_code code) noexcept {
    switch (code) {
    case simdjson::SUCCESS: return csimdjson_ok;
    case simdjson::EMPTY: return csimdjson_empty;
    case simdjson::CAPACITY: return csimdjson_too_long;
    case simdjson::MEMALLOC: return csimdjson_out_of_memory;
    case simdjson::DEPTH_ERROR: return csimdjson_too_deep;
    case simdjson::UTF8_ERROR: return csimdjson_not_utf8;
    case simdjson::NUMBER_ERROR: return csimdjson_bad_number;
    default: return csimdjson_not_json;
    }
}

} // namespace

csimdjson_parser *csimdjson_create(void) {
    return new (std::nothrow) csimdjson_parser;
}

void csimdjson_destroy(csimdjson_parser *parser) {
    delete parser;
}

csimdjson_document *csimdjson_document_create(void) {
    return new (std::nothrow) csimdjson_document{};
}

void csimdjson_document_destroy(csimdjson_document *document) {
    delete document;
}

const csimdjson_tape *csimdjson_document_tape(const csimdjson_document *document) {
    return &document->tape;
}

size_t csimdjson_document_capacity(const csimdjson_document *document) {
    return document->dom.capacity();
}

csimdjson_status csimdjson_parse(
    csimdjson_parser *parser, csimdjson_document *document, const void *bytes, size_t length, bool is_padded) {
    // What is not padded is copied by simdjson into a buffer of its own that is.
    auto text = static_cast<const uint8_t *>(bytes);
    auto result = parser->dom.parse_into_document(document->dom, text, length, !is_padded);
    document->tape = {document->dom.tape.get(), document->dom.string_buf.get()};
    return status_of(result.error());
}
