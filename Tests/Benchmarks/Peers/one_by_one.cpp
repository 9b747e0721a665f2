// What a rules engine costs that tries every rule on every event: PCRE2's compiled code, one pattern after the other.
//
// Usage: one_by_one ondemand|dom PATTERNS EVENTS

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "texts.hpp"

int main(int count, char **arguments) {
    if (count != 4) texts::stop("usage: one_by_one ondemand|dom PATTERNS EVENTS");
    std::vector<pcre2_code *> patterns;
    for (auto &pattern : texts::lines_of(arguments[2])) {
        int code;
        size_t place;
        auto text = reinterpret_cast<PCRE2_SPTR>(pattern.data());
        auto compiled = pcre2_compile(text, pattern.size(), PCRE2_UTF | PCRE2_UCP, &code, &place, nullptr);
        if (!compiled) texts::stop("not a pattern: " + pattern);
        if (pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE) != 0) texts::stop("not compiled to code: " + pattern);
        patterns.push_back(compiled);
    }

    auto match = pcre2_match_data_create(1, nullptr);
    size_t hits = 0;
    texts::measure(arguments[1], arguments[3], "matches", hits, [&](std::string_view text) {
        auto subject = reinterpret_cast<PCRE2_SPTR>(text.data());
        for (auto pattern : patterns) {
            // Without the checks of pcre2_match: simdjson gives valid UTF-8.
            if (pcre2_jit_match(pattern, subject, text.size(), 0, 0, match, nullptr) >= 0) hits++;
        }
    });
}
