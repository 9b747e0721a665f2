#include "CSimdjson.h"

#include <cstring>
#include <new>

#include <simdjson.h>

struct csimdjson_parser {
    simdjson::dom::parser dom;
};

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

// simdjson does not tell how much of its string buffer is used: strings lie in the order of the tape, so the last one
// tells.
size_t used_string_bytes(const uint64_t *words, size_t count, const uint8_t *strings) noexcept {
    constexpr uint64_t payload = (uint64_t(1) << 56) - 1;
    uint64_t last = 0;
    bool found = false;
    for (size_t i = 1; i < count; i++) {
        switch (char(words[i] >> 56)) {
        case '"':
            last = words[i] & payload;
            found = true;
            break;
        case 'l': case 'u': case 'd':
            i++;
            break;
        default:
            break;
        }
    }
    if (!found) { return 0; }
    uint32_t length;
    std::memcpy(&length, strings + last, sizeof length);
    return size_t(last) + sizeof length + length + 1;
}

} // namespace

csimdjson_parser *csimdjson_create(void) {
    return new (std::nothrow) csimdjson_parser;
}

void csimdjson_destroy(csimdjson_parser *parser) {
    delete parser;
}

csimdjson_status csimdjson_parse(
    csimdjson_parser *parser, const void *bytes, size_t length, csimdjson_tape *tape) {
    // `true` has simdjson copy the bytes into its own padded buffer, since it reads up to 64 bytes past the end.
    auto result = parser->dom.parse(static_cast<const uint8_t *>(bytes), length, true);
    if (result.error() != simdjson::SUCCESS) { return status_of(result.error()); }
    const auto &document = parser->dom.doc;
    tape->words = document.tape.get();
    tape->word_count = size_t(document.tape[0] & 0xFFFFFFFF);
    tape->strings = document.string_buf.get();
    tape->string_bytes = used_string_bytes(tape->words, tape->word_count, tape->strings);
    return csimdjson_ok;
}
