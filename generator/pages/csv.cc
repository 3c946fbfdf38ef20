#include "pages/csv.h"

#include <algorithm>

#include "base/text.h"

namespace qunying {
namespace {

bool looks_like_formula(std::string_view cell) {
    return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

bool needs_quotes(std::string_view cell) {
    return std::any_of(cell.begin(), cell.end(),
                       [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; });
}

}  // namespace

CsvWriter::CsvWriter() : out_(byte_order_mark) {}

void CsvWriter::row(std::initializer_list<std::string_view> cells) {
    bool first = true;
    for (const std::string_view cell : cells) {
        if (!first) out_ += ',';
        first = false;
        const std::string_view mark = looks_like_formula(cell) ? "'" : "";
        if (!needs_quotes(cell)) {
            out_.append(mark).append(cell);
        } else {
            out_.append("\"").append(mark).append(replace_all(cell, "\"", "\"\"")).append("\"");
        }
    }
    out_ += "\r\n";
}

}  // namespace qunying
