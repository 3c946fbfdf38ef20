#pragma once
// Template text → tokens. White space control happens here (trim_blocks and lstrip_blocks are always on), so
// that later stages see literal text exactly as it will be written.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"

namespace qunying {

struct Token {
    enum class Kind : std::uint8_t {
        literal,
        print_begin,
        print_end,
        tag_begin,
        tag_end,
        name,
        text,
        integer,
        real,
        symbol,
        end
    };
    Kind kind = Kind::end;
    Span span;
    std::string
        text;  // literal: what will be written; text: without quotes and escapes; else as in the source

    bool is(Kind wanted, std::string_view spelling) const { return kind == wanted && text == spelling; }
};

// Never empty: ends with a token of kind `end`.
std::vector<Token> read_tokens(const SourceFile& file, Diagnostics& diagnostics);

}  // namespace qunying
