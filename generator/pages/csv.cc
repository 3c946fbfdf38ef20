#include "pages/csv.h"

#include "base/text.h"

namespace qunying {
namespace {

bool looks_like_formula(std::string_view cell) {
    return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

}  // namespace

CsvWriter::CsvWriter() : out_(byte_order_mark) {}

void CsvWriter::row(std::initializer_list<std::string_view> cells) {
    bool first = true;
    for (const std::string_view cell : cells) {
        if (!first) out_ += ',';
        first = false;
        const std::string_view mark = looks_like_formula(cell) ? "'" : "";
        if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
            out_.append(mark).append(cell);
        } else {
            out_.append("\"").append(mark).append(replace_all(cell, "\"", "\"\"")).append("\"");
        }
    }
    out_ += "\r\n";
}

}  // namespace qunying
