#include "pages/csv.h"

#include "base/text.h"

namespace qunying {
namespace {

bool looks_like_formula(std::string_view cell) {
    return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

}  // namespace

CsvWriter::CsvWriter() : out_(byte_order_mark) {}

void CsvWriter::row(const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out_ += ',';
        const std::string cell = (looks_like_formula(cells[i]) ? "'" : "") + cells[i];
        if (cell.find_first_of(",\"\r\n") == std::string::npos) {
            out_ += cell;
        } else {
            out_ += '"' + replace_all(cell, "\"", "\"\"") + '"';
        }
    }
    out_ += "\r\n";
}

}  // namespace qunying
