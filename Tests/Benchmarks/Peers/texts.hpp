// Reading lines and pulling the text out of them, for the programs that Beckon is measured against.

#pragma once

#include <simdjson.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace texts {

// Read at once. The longest line must fit; more does not make it faster.
constexpr size_t block_bytes = 1 << 20;

[[noreturn]] inline void stop(const std::string &why) {
    fprintf(stderr, "%s\n", why.c_str());
    exit(2);
}

// The lines of a small file, without the line feeds.
inline std::vector<std::string> lines_of(const char *path) {
    std::ifstream file(path);
    if (!file) stop(std::string("cannot read ") + path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

// The member message.text by simdjson's On-Demand, which looks at no more of a line than it must.
class OnDemand {
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;

public:
    bool read(const char *line, size_t count, size_t room, std::string_view &text) {
        if (parser.iterate(line, count, room).get(document)) return false;
        return !document["message"]["text"].get_string().get(text);
    }
};

// The same by simdjson's DOM, which validates the line whole.
class Whole {
    simdjson::dom::parser parser;

public:
    bool read(const char *line, size_t count, size_t, std::string_view &text) {
        simdjson::dom::element document;
        if (parser.parse(line, count, false).get(document)) return false;
        return !document["message"]["text"].get_string().get(text);
    }
};

// Calls visit with the text of each line that has one. Returns how many lines there were.
template <typename Reader, typename Visit>
size_t each(const char *path, Reader &&reader, Visit &&visit) {
    FILE *file = fopen(path, "rb");
    if (!file) stop(std::string("cannot read ") + path);
    std::vector<char> buffer(block_bytes + simdjson::SIMDJSON_PADDING);
    size_t lines = 0, held = 0;
    for (;;) {
        size_t got = fread(buffer.data() + held, 1, block_bytes - held, file);
        if (got == 0) break;
        held += got;
        const char *start = buffer.data(), *end = start + held;
        while (auto feed = static_cast<const char *>(memchr(start, '\n', end - start))) {
            std::string_view text;
            size_t room = buffer.data() + buffer.size() - start;
            if (reader.read(start, feed - start, room, text)) visit(text);
            start = feed + 1;
            lines++;
        }
        held = end - start;
        if (held == block_bytes) stop("a line is longer than a block");
        memmove(buffer.data(), start, held);
    }
    fclose(file);
    return lines;
}

// Reads a file of events in the way that its name asks for, and tells what came of it.
template <typename Visit>
void measure(const std::string &way, const char *path, const char *found, size_t &hits, Visit &&visit) {
    auto start = std::chrono::steady_clock::now();
    size_t lines = way == "dom" ? each(path, Whole(), visit) : each(path, OnDemand(), visit);
    std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    fprintf(stderr, "read %zu events; %zu %s (%.3f s, %.0f events/s)\n", lines, hits, found, seconds.count(),
            lines / seconds.count());
}

}  // namespace texts
