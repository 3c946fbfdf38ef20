// A content file: its front matter, then its story, and what is said of both.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "syntax/document.h"
#include "syntax/markdown.h"

using namespace qunying;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Sources sources;
    Diagnostics found;
    const SourceFile& file = sources[sources.add("people/a.md", {reinterpret_cast<const char*>(data), size})];
    const Document document = parse_document(file, found);
    if (document.body_begin > document.body_end || document.body_end > size) std::abort();
    parse_markdown(file, document.body_begin, document.body_end, found);
    for (const Diagnostic& each : found.items()) {
        if (each.where.known() && (each.where.begin > each.where.end || each.where.end > size)) std::abort();
    }
    found.settle(sources);
    return 0;
}
