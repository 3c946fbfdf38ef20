#include "syntax/pdf_code_map.h"

#include <algorithm>

#include "syntax/file_texts.h"
#include "syntax/pdf_syntax.h"

namespace qunying::pdf {
namespace {

void read_row(std::string_view rows, std::size_t& at, bool range, CodeMap& map) {
    const std::string first = hex_string(rows, at);
    map.code_bytes = std::max<std::size_t>(map.code_bytes, std::min<std::size_t>(first.size(), 4));
    std::uint32_t code = code_of(first), last = code;
    const auto next = [&] { at = std::min(rows.find_first_of("<[", at), rows.size()); };
    next();
    if (range && at < rows.size()) {
        last = code_of(hex_string(rows, at));
        next();
    }
    if (at >= rows.size()) return;
    if (rows[at] == '[') {
        const std::size_t close = std::min(rows.find(']', at), rows.size());
        for (at = rows.find('<', at); at < close; at = rows.find('<', at))
            map.texts[code++] = file_texts::from_utf16(hex_string(rows, at), true);
        at = close;
        return;
    }
    std::string units = hex_string(rows, at);
    constexpr std::uint32_t longest_range = 0xffff;
    for (std::uint32_t step = 0; code + step <= last && step <= longest_range; ++step) {
        map.texts[code + step] = file_texts::from_utf16(units, true);
        if (units.empty()) break;
        auto low = static_cast<unsigned char>(units.back());
        units.back() = static_cast<char>(++low);
        if (low == 0 && units.size() > 1) ++units[units.size() - 2];
    }
}

}  // namespace

std::uint32_t code_of(std::string_view bytes) {
    std::uint32_t code = 0;
    for (const char c : bytes) code = code << 8 | static_cast<unsigned char>(c);
    return code;
}

void read_code_map(std::string_view text, CodeMap& map) {
    constexpr std::size_t most = 70000;
    for (std::size_t at = text.find("beginbf"); at != std::string_view::npos; at = text.find("beginbf", at)) {
        const bool ranges = text.substr(at).starts_with("beginbfrange");
        const std::size_t end = std::min(text.find("endbf", at), text.size());
        std::string_view rows = text.substr(at, end - at);
        for (std::size_t row = rows.find('<'); row < rows.size() && map.texts.size() < most;
             row = rows.find('<', row))
            read_row(rows, row, ranges, map);
        at = end;
    }
}

}  // namespace qunying::pdf
