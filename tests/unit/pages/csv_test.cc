#include "pages/csv.h"

#include <doctest/doctest.h>

using qunying::CsvWriter;

TEST_CASE("cells are quoted only where they must be, rows end with CRLF, a mark tells Excel the encoding") {
    CsvWriter csv;
    csv.row({"王样例", "a,b", "say \"hi\"", "two\nlines", ""});
    CHECK(csv.finish() == "\xEF\xBB\xBF王样例,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n");
}

TEST_CASE("a cell that a spreadsheet would calculate is disarmed") {
    for (const char* bad : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"}) {
        CsvWriter csv;
        csv.row({bad});
        CHECK(csv.finish().substr(3, 2).find('\'') != std::string::npos);
    }
}
