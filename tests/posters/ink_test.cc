// What the font worker makes of paragraphs, with the fonts of this machine.
#include <algorithm>
#include <doctest/doctest.h>

#include "base/text.h"
#include "fonts/engine.h"
#include "fonts/lettering.h"

using namespace qunying;

// fontconfig keeps 288 bytes of reading its configuration until the process ends. Asked by the leak checker
// alone.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig"; }

namespace {

const WantedFace serif{"Noto Serif CJK SC", 700}, sans{"Noto Sans CJK SC", 400};

Paragraph paragraph(const std::string& text, double size = 40, int width = 400, int lines = 1) {
    Paragraph p;
    p.text = text;
    p.face = serif;
    p.other = sans;
    p.size = size;
    p.width = width;
    p.lines = lines;
    return p;
}

LetteringResult letter(const std::vector<Paragraph>& paragraphs) {
    const auto result = decode_lettering(answer_font_job(encode_job(LetteringJob{paragraphs})));
    REQUIRE(result);
    return *result;
}

SetParagraph set(const Paragraph& paragraph) { return letter({paragraph}).paragraphs.at(0); }

// The part of its box that is black.
double blackness(const InkMask& mask) {
    double sum = 0;
    for (const char byte : mask.coverage) sum += static_cast<unsigned char>(byte) / 255.0;
    return sum / (mask.width * mask.height);
}

}  // namespace

TEST_CASE("a name is set in one line of the face that is asked for, the same each time") {
    const LetteringResult result = letter({paragraph("王样例", 108, 400)});
    const SetParagraph& name = result.paragraphs[0];
    CHECK(name.lines == 1);
    CHECK(name.size == 108);
    CHECK(name.width == 324);
    CHECK(name.ink.width > 280);
    CHECK(name.ink.width <= 324);
    CHECK(name.ink.height > 80);
    CHECK(name.ink.height < 112);
    CHECK(blackness(name.ink) > 0.2);
    CHECK(blackness(name.ink) < 0.6);
    CHECK(letter({paragraph("王样例", 108, 400)}) == result);
    CHECK(result.missing.empty());
    const auto from = [&](std::string_view part) {
        return std::any_of(result.made_with.begin(), result.made_with.end(),
                           [&](const std::string& path) { return path.find(part) != std::string::npos; });
    };
    CHECK(from("Serif"));
    CHECK(from("harfbuzz"));
    CHECK_FALSE(from("Sans"));
    // Two weights are two inks.
    Paragraph light = paragraph("王样例", 108, 400);
    light.face.weight = 400;
    CHECK(blackness(set(light).ink) < blackness(name.ink));
}

TEST_CASE("a name becomes smaller before it takes a second line, and breaks behind its dot") {
    Paragraph name = paragraph("欧阳样例", 108, 324, 2);
    name.least_size = 60;
    name.unbroken = {name.text};
    CHECK(set(name).size == 81);
    CHECK(set(name).lines == 1);
    name.text = "阿卜杜热合曼·样例江";
    name.unbroken = {name.text};
    const SetParagraph two = set(name);
    CHECK(two.size == 60);
    CHECK(two.lines == 2);
    CHECK(two.width <= 324 + 60);
}

TEST_CASE("what does not fit ends with ……, in as many lines as there may be") {
    const SetParagraph cut =
        set(paragraph(std::string("一二三四五六七八九十，一二三四五六七八九十"), 40, 240, 2));
    CHECK(cut.lines == 2);
    CHECK(cut.width <= 240);
    CHECK(set(paragraph("一二三", 40, 240, 2)).lines == 1);
    CHECK(set(paragraph("", 40, 240, 2)) == SetParagraph{40, 0, 0, 0, {}});
}

TEST_CASE("a line whose face lacks a character is set wholly in another") {
    // Serif lacks a character that Sans has, or neither would be asked for in this test.
    const LetteringResult mixed = letter({paragraph("王䶮")});
    CHECK(mixed.missing.empty());
    CHECK(mixed.paragraphs[0].ink.width > 60);
    Paragraph none = paragraph("王样例");
    none.face = {"No Such Font", 700};
    Paragraph other = paragraph("王样例");
    other.face = sans;
    CHECK(set(none) == set(other));
    // Where both are missing any font of the machine serves, and what is installed later is looked for.
    none.other = {"No Such Font", 400};
    const LetteringResult any = letter({none});
    CHECK(any.missing.empty());
    CHECK(any.paragraphs[0].ink.width > 80);
    CHECK(std::find(any.made_with.begin(), any.made_with.end(), "/usr/share/fonts") != any.made_with.end());
}

TEST_CASE("a character that no font has is told") {
    const LetteringResult result = letter({paragraph("王\xF3\xB0\x80\x80例")});
    CHECK(result.missing == std::u32string(1, char32_t{0xF0000}));
}

TEST_CASE("another job is answered, not drawn") { CHECK_FALSE(decode_lettering(answer_font_job("Lxyz"))); }
