#pragma once
// Tables that Excel and WPS open at a double-click.
#include <initializer_list>
#include <string>
#include <string_view>

namespace qunying {

// RFC 4180 with a UTF-8 byte-order mark (Excel takes the file for GBK without it). A cell that a spreadsheet
// would take for a formula gets an apostrophe in front.
class CsvWriter {
  public:
    CsvWriter();
    void row(std::initializer_list<std::string_view> cells);

    // Bytes so far, and room for so many.
    std::size_t size() const { return out_.size(); }
    void reserve(std::size_t bytes) { out_.reserve(bytes); }

    std::string finish() { return std::move(out_); }

  private:
    std::string out_;
};

}  // namespace qunying
