#include "syntax/file_texts.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "syntax/inflate.h"

using namespace qunying;
using namespace std::string_literals;

namespace {

std::string bytes_of(std::uint64_t value, int size) {
    std::string out;
    for (int i = 0; i < size; ++i) out += static_cast<char>(i < 8 ? value >> (8 * i) & 0xff : 0);
    return out;
}

// Little-endian TIFF: a description, a folder of Exif with a comment in UTF-16, one of places.
std::string tiff() {
    const auto field = [](std::uint64_t tag, std::uint64_t type, std::uint64_t count, std::uint64_t value) {
        return bytes_of(tag, 2) + bytes_of(type, 2) + bytes_of(count, 4) + bytes_of(value, 4);
    };
    std::string out = "II*\0\x08\0\0\0"s;
    out += bytes_of(3, 2) + field(0x010e, 2, 8, 200) + field(0x8769, 4, 1, 100) + field(0x8825, 4, 1, 150) +
           bytes_of(0, 4);
    out.resize(100);
    out += bytes_of(1, 2) + field(0x9286, 7, 12, 220) + bytes_of(0, 4);
    out.resize(150);
    out += bytes_of(1, 2) + field(2, 5, 3, 240) + bytes_of(0, 4);
    out.resize(200);
    out += "picture\0"s;
    out.resize(220);
    out += "UNICODE\0A\0B\0"s;
    out.resize(264);
    return out;
}

std::string jpeg(const std::string& exif) {
    const std::size_t size = exif.size() + 2;
    return "\xff\xd8\xff\xe1"s + static_cast<char>(size >> 8) + static_cast<char>(size & 0xff) + exif +
           "\xff\xda\0\x02\xff\xd9"s;
}

std::string all_of(const FileTexts& texts) {
    std::string all;
    for (const FileText& each : texts.texts) all += std::string(each.place.chinese) + each.text + "|";
    return all;
}

bool holds(const std::string& all, std::string_view words) { return all.find(words) != std::string::npos; }

// One file, not deflated.
std::string stored_zip(const std::string& name, const std::string& data) {
    const std::string about = bytes_of(0, 12) + bytes_of(data.size(), 4) + bytes_of(data.size(), 4) +
                              bytes_of(name.size(), 2) + bytes_of(0, 2);  // flags to the length of extras
    const std::string local = "PK\3\4"s + bytes_of(20, 2) + about + name + data;
    const std::string central =
        "PK\1\2"s + bytes_of(20, 2) + bytes_of(20, 2) + about + std::string(14, '\0') + name;
    return local + central + "PK\5\6"s + bytes_of(0, 6) + bytes_of(1, 2) + bytes_of(central.size(), 4) +
           bytes_of(local.size(), 4) + bytes_of(0, 2);
}

}  // namespace

TEST_CASE("a photograph tells its words and whether it tells a place") {
    for (const std::string& file :
         {tiff(), jpeg("Exif\0\0"s + tiff()), "\0\0\0\x18"s + "ftypheic" + "Exif\0\0"s + tiff()}) {
        const auto texts = read_file_texts(file);
        REQUIRE(texts);
        CHECK(holds(all_of(*texts), "picture"));
        CHECK(holds(all_of(*texts), "AB"));
        CHECK(texts->location);
        CHECK(texts->reading == FileReading::whole);
    }
    const auto plain = read_file_texts(jpeg("x"));
    REQUIRE(plain);
    CHECK(plain->texts.empty());
    CHECK_FALSE(plain->location);
}

TEST_CASE("folders that lead to one another end") {
    std::string loop = "II*\0\x08\0\0\0"s + bytes_of(0, 2) + bytes_of(8, 4);
    CHECK(read_file_texts(loop));
    loop = "II*\0\x08\0\0\0"s + bytes_of(1, 2) + bytes_of(0x8769, 2) + bytes_of(4, 2) + bytes_of(1, 4) +
           bytes_of(8, 4) + bytes_of(8, 4);
    CHECK(read_file_texts(loop));
}

TEST_CASE("an Office document tells its words by where they stand") {
    const auto place_of = [](const std::string& name, const std::string& xml) {
        const auto texts = read_file_texts(stored_zip(name, xml));
        REQUIRE(texts);
        return all_of(*texts);
    };
    CHECK(place_of("word/comments.xml", "<w:p><w:t>12</w:t></w:r><w:r><w:t>34</w:t></w:p>") ==
          "批注里1234\n|");
    CHECK(place_of("docProps/app.xml", "<a>x</a>") == "文档属性里x|");
    CHECK(place_of("word/header1.xml", "<w:p>x</w:p>") == "页眉页脚里x\n|");
    CHECK(place_of("xl/worksheets/sheet1.xml", "<c><v>1</v></c><c><v>2</v></c>") == "正文里1\n2\n|");
    CHECK(holds(place_of("word/document.xml", "<wp:docPr id=\"12345\" descr=\"alt words\"/>"), "alt words"));
    CHECK_FALSE(holds(place_of("word/document.xml", "<wp:docPr id=\"12345\" descr=\"x\"/>"), "12345"));
    CHECK(place_of("word/vbaProject.bin", "words").empty());
    CHECK(read_file_texts("PK\3\4 nothing behind it")->reading == FileReading::damaged);
}

TEST_CASE("an encrypted document is told as such") {
    const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s;
    std::string name;
    for (const char c : "EncryptedPackage"s) name += std::string(1, c) + '\0';
    CHECK(read_file_texts(ole + name)->reading == FileReading::locked);
    CHECK(holds(all_of(*read_file_texts(ole + "words in bytes")), "words in bytes"));
}

TEST_CASE("a PDF tells its pages, notes and properties") {
    const std::string page =
        "1 0 obj << /Length 60 >> stream\nBT /F1 9 Tf (ab) Tj 9 0 Td (cd) Tj 0 -9 Td (\\145f\\)) Tj "
        "ET\nendstream endobj\n";
    const auto texts =
        read_file_texts("%PDF-1.4\n" + page +
                        "2 0 obj << /Title <FEFF4E00> /Author (x\\\ny) >> endobj\n"
                        "3 0 obj << /Subtype /Text /Rect [0 0 1 1] /Contents (note) >> endobj\n");
    REQUIRE(texts);
    const std::string all = all_of(*texts);
    CHECK(texts->reading == FileReading::whole);
    CHECK(holds(all, "abcd\nef)"));
    CHECK(holds(all, "ab cd\nef)"));
    CHECK(holds(all, "文档属性里一\nxy"));
    CHECK(holds(all, "批注里note"));
}

TEST_CASE("codes of a font are read by the table that says what they show") {
    const std::string table =
        "beginbfchar <01> <0031> endbfchar beginbfrange <02> <04> <0032> <05> <06> [<0035> <00360037>] "
        "endbfrange";
    const std::string file =
        "%PDF-1.4\n1 0 obj << /Font << /F1 2 0 R >> >> endobj 2 0 obj << /Type /Font /ToUnicode 3 0 R >> "
        "endobj\n"
        "3 0 obj << /Length " +
        std::to_string(table.size()) + " >> stream\n" + table +
        "\nendstream endobj\n"
        "4 0 obj << /Length 40 >> stream\nBT /F1 9 Tf <010203040506> Tj ET       \nendstream endobj\n";
    const auto texts = read_file_texts(file);
    REQUIRE(texts);
    CHECK(holds(all_of(*texts), "1234567"));
}

TEST_CASE("a PDF that nobody can look through is told as such") {
    CHECK(read_file_texts("%PDF-1.4\n")->reading == FileReading::damaged);
    CHECK(read_file_texts("%PDF-1.4\n1 0 obj << >> endobj trailer << /Encrypt 1 0 R >>")->reading ==
          FileReading::locked);
    CHECK(read_file_texts("%PDF-1.4\n1 0 obj << >> endobj")->reading == FileReading::no_text);
    // Codes of the font alone.
    CHECK(read_file_texts("%PDF-1.4\n1 0 obj << /Font << /F1 2 0 R >> >> endobj\n"
                          "2 0 obj << /Subtype /Type0 /Encoding /Identity-H >> endobj\n"
                          "3 0 obj << >> stream\nBT /F1 9 Tf <0102> Tj ET\nendstream endobj")
              ->reading == FileReading::no_text);
}

TEST_CASE("files of other types say nothing") {
    for (const char* bytes : {"", "x", "plain words", "\x89PN", "RIFF....WAVE", "....ftypisom"})
        CHECK_FALSE(read_file_texts(bytes));
}

TEST_CASE("any bytes may come in, and their time is linear") {
    const std::string pdf =
        "%PDF-1.4\n1 0 obj << /Font << /F1 2 0 R >> /A (x) <41> >> stream\nBT (a) Tj ET\nendstream endobj";
    for (const std::string& whole :
         {jpeg("Exif\0\0"s + tiff()), stored_zip("word/comments.xml", "<w:p>x</w:p>"), pdf}) {
        for (std::size_t cut = 0; cut <= whole.size(); ++cut) read_file_texts(whole.substr(0, cut));
        for (std::size_t at = 0; at < whole.size(); ++at) {
            for (const char byte : {'\0', '\xff', '<', '('}) {
                std::string changed = whole;
                changed[at] = byte;
                read_file_texts(changed);
            }
        }
    }
}

// A megabyte of each is done within the time that ctest gives this program.
TEST_CASE("the work is linear in the file") {
    for (const char* unit :
         {"1 0 obj ", "1 0 obj stream ", "obj", "((((", "<<<<", "1 0 obj << /Length 9 >> stream\n"}) {
        CAPTURE(unit);
        std::string file = "%PDF-1.4\n";
        while (file.size() < 1'000'000) file += unit;
        read_file_texts(file);
    }
}

TEST_CASE("what is deflated grows only so far") {
    const std::string zeros =
        "\x78\x9c\xed\xc1\x01\r\0\0\0\xc2\xa0\xf7Om\x0e7\xa0\0\0\0\0\0\0\0\0\xbe\r!\0\0\x01"s;
    CHECK(inflated(zeros, 100).size() <= 100);
    CHECK(inflated("nonsense", 100).empty());
}
