// As fast as it could be: lines, the text of each, and one scan for all literals, without a decision.
//
// Usage: ceiling ondemand|dom LITERALS EVENTS
//
// A hit says only that a rule might be met; Beckon has to find out whether it is, and what to do then.

#include <hs.h>

#include "texts.hpp"

int main(int count, char **arguments) {
    if (count != 4) texts::stop("usage: ceiling ondemand|dom LITERALS EVENTS");
    auto literals = texts::lines_of(arguments[2]);
    std::vector<const char *> starts;
    std::vector<size_t> lengths;
    std::vector<unsigned> ids, flags(literals.size(), HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH);
    for (auto &literal : literals) {
        ids.push_back(starts.size());
        starts.push_back(literal.data());
        lengths.push_back(literal.size());
    }

    hs_database_t *database = nullptr;
    hs_compile_error_t *problem = nullptr;
    if (hs_compile_lit_multi(starts.data(), flags.data(), ids.data(), lengths.data(), literals.size(), HS_MODE_BLOCK,
                             nullptr, &database, &problem) != HS_SUCCESS) {
        texts::stop(problem->message);
    }
    hs_scratch_t *scratch = nullptr;
    if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) texts::stop("no scratch space");

    size_t hits = 0;
    auto hit = [](unsigned, unsigned long long, unsigned long long, unsigned, void *hits) {
        ++*static_cast<size_t *>(hits);
        return 0;
    };
    texts::measure(arguments[1], arguments[3], "literals found", hits, [&](std::string_view text) {
        hs_scan(database, text.data(), text.size(), 0, scratch, hit, &hits);
    });
}
