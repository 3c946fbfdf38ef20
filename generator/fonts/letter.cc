#include "fonts/letter.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/text.h"
#include "fonts/cut.h"
#include "fonts/find.h"
#include "fonts/glyphs.h"
#include "fonts/line_breaks.h"

namespace qunying {
namespace {

// Fonts that this job has opened.
class Library {
  public:
    // Null where it cannot be read.
    const GlyphFont* open(const FontFile& file) {
        const auto key = std::pair(file.path, file.index);
        const auto found = fonts_.find(key);
        if (found != fonts_.end()) return found->second ? &*found->second : nullptr;
        return (fonts_.emplace(key, GlyphFont::open(file)).first->second.has_value()) ? &*fonts_.at(key)
                                                                                      : nullptr;
    }

  private:
    std::map<std::pair<std::string, std::uint32_t>, std::optional<GlyphFont>> fonts_;
};

// A run of characters in one font.
struct FontRun {
    const GlyphFont* font = nullptr;
    std::size_t begin = 0, end = 0;
};

// What decides how a job comes out, and what it lacks.
struct Findings {
    std::vector<std::string> made_with;
    std::u32string missing;
    bool looked_round = false;  // beyond the faces that were asked for

    void used(const FontFile& file) {
        if (std::find(made_with.begin(), made_with.end(), file.path) == made_with.end())
            made_with.push_back(file.path);
    }
};

std::u32string distinct(std::u32string_view text) {
    std::u32string all(text);
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    std::erase_if(all, [](char32_t c) { return c == U' '; });
    return all;
}

// The fonts of one paragraph: by character, one for all of them where any has them all.
class FontChoice {
  public:
    FontChoice(const Paragraph& paragraph, std::u32string_view text, Library& library, Findings& findings)
        : library_(library) {
        const std::u32string wanted = distinct(text);
        for (const WantedFace& face : {paragraph.face, paragraph.other}) {
            const auto found = find_font(face.family, face.weight, wanted);
            if (!found) continue;
            findings.used(found->file);
            if (found->has.size() == wanted.size() && take(found->file, wanted)) return;
        }
        findings.looked_round = true;
        std::u32string left = wanted;
        // The first of these has the most; where it has all, the line is whole.
        for (const FoundFont& found : find_others(wanted)) {
            findings.used(found.file);
            if (take(found.file, found.has)) left = without(left, found.has);
        }
        findings.missing += left;
    }

    // Blanks and what no font has stand in the first font there is; none where there is none at all.
    std::vector<FontRun> runs(std::u32string_view text) const {
        std::vector<FontRun> all;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const auto found = fonts_.find(text[i]);
            const GlyphFont* font = found != fonts_.end() ? found->second
                                    : !all.empty()        ? all.back().font
                                                          : first_;
            if (font == nullptr) continue;
            if (all.empty() || all.back().font != font) all.push_back({font, i, i});
            all.back().end = i + 1;
        }
        return all;
    }

  private:
    static std::u32string without(std::u32string_view all, std::u32string_view taken) {
        std::u32string left;
        for (const char32_t c : all) {
            if (taken.find(c) == std::u32string_view::npos) left.push_back(c);
        }
        return left;
    }
    bool take(const FontFile& file, std::u32string_view characters) {
        const GlyphFont* font = library_.open(file);
        if (font == nullptr) return false;
        if (first_ == nullptr) first_ = font;
        for (const char32_t c : characters) fonts_.emplace(c, font);
        return true;
    }

    Library& library_;
    std::map<char32_t, const GlyphFont*> fonts_;
    const GlyphFont* first_ = nullptr;
};

// A text as its fonts shape it; lengths in ems.
struct Shaped {
    struct Glyph {
        const GlyphFont* font;
        ShapedGlyph shaped;
    };
    std::u32string text;
    std::vector<Glyph> glyphs;
    std::vector<double> advances;  // by character
};

Shaped shape(std::u32string text, const FontChoice& fonts, double spacing) {
    Shaped shaped;
    shaped.text = std::move(text);
    shaped.advances.assign(shaped.text.size(), 0.0);
    for (const FontRun& run : fonts.runs(shaped.text)) {
        const auto part = std::u32string_view(shaped.text).substr(run.begin, run.end - run.begin);
        for (ShapedGlyph glyph : run.font->shape(part)) {
            glyph.character += run.begin;
            shaped.advances[glyph.character] += glyph.advance;
            shaped.glyphs.push_back({run.font, glyph});
        }
    }
    for (double& advance : shaped.advances) {
        if (advance > 0) advance += spacing;
    }
    return shaped;
}

// A text in its lines; lengths in ems.
struct Laid {
    Shaped shaped;
    std::vector<TextUnit> units;
    std::vector<TextLine> lines;
    double size = 0;  // pixels an em
};

std::vector<std::u32string> names_of(const Paragraph& paragraph) {
    std::vector<std::u32string> names;
    for (const std::string& name : paragraph.unbroken) names.push_back(to_utf32(name));
    return names;
}

Laid lay(const Paragraph& paragraph, std::u32string text, const FontChoice& fonts) {
    Laid laid;
    laid.shaped = shape(std::move(text), fonts, paragraph.spacing);
    laid.units = text_units(laid.shaped.text, laid.shaped.advances, 1, names_of(paragraph));
    laid.size = paragraph.size;
    if (laid.units.empty()) return laid;
    const double width = paragraph.width + paragraph.spacing * paragraph.size;
    if (paragraph.least_size > 0) {
        double whole = 0;
        for (const TextUnit& unit : laid.units) whole += unit.advance;
        laid.size = std::clamp(std::floor(width / whole), paragraph.least_size, paragraph.size);
    }
    laid.lines = balanced_lines(laid.units, width / laid.size);
    return laid;
}

// With …… where lines were left out.
Laid lay_within(const Paragraph& paragraph, const FontChoice& fonts) {
    std::u32string text = to_utf32(paragraph.text);
    Laid laid = lay(paragraph, text, fonts);
    const auto most = static_cast<std::size_t>(std::max(1, paragraph.lines));
    while (laid.lines.size() > most) {
        const std::vector<TextLine> full =
            break_lines(laid.units, paragraph.width / laid.size + paragraph.spacing);
        std::size_t end = full.size() > most ? full[most - 1].end : text.size();
        end = std::min(end, text.size()) - std::min<std::size_t>(end, 2);
        while (end > 0 &&
               std::u32string_view(U"…，、；：。 ").find(text[end - 1]) != std::u32string_view::npos)
            --end;
        if (end == 0) break;
        text = text.substr(0, end) + U"……";
        laid = lay(paragraph, text, fonts);
    }
    return laid;
}

// Where the baseline lies in a line as tall as an em: that of Noto CJK.
constexpr double baseline = 0.88;

// The smallest box that holds all ink.
InkMask trimmed(const InkSheet& sheet, int left, int top) {
    const std::string all = sheet.coverage();
    const int width = sheet.width(), height = sheet.height();
    const auto at = [&](int x, int y) {
        return all[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                   static_cast<std::size_t>(x)];
    };
    int x0 = width, y0 = height, x1 = 0, y1 = 0;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            if (at(x, y) == 0) continue;
            x0 = std::min(x0, x), x1 = std::max(x1, x + 1), y0 = std::min(y0, y), y1 = std::max(y1, y + 1);
        }
    }
    if (x0 >= x1) return {};
    InkMask mask{left + x0, top + y0, x1 - x0, y1 - y0, {}};
    for (int y = y0; y < y1; ++y)
        mask.coverage.append(
            all, static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x0),
            static_cast<std::size_t>(mask.width));
    return mask;
}

// Draws the glyphs of a line whose first stands at x.
void draw_line(const Laid& laid, const TextLine& line, InkPoint at, InkSheet& sheet) {
    std::vector<double> places(laid.units.size() + 1, 0.0);
    double x = -laid.units[line.begin].blank_before;
    for (std::size_t i = line.begin; i < line.end; ++i) {
        places[i] = x;
        x += laid.units[i].advance;
    }
    std::vector<double> beside(laid.units.size(), 0.0);  // of several glyphs of one character
    for (const Shaped::Glyph& glyph : laid.shaped.glyphs) {
        const std::size_t i = glyph.shaped.character;
        if (i < line.begin || i >= line.end) continue;
        const double right = places[i] + beside[i] + glyph.shaped.right;
        glyph.font->draw(glyph.shaped.glyph, {at.x + right * laid.size, at.y - glyph.shaped.up * laid.size},
                         laid.size, sheet);
        beside[i] += glyph.shaped.advance;
    }
}

SetParagraph drawn(const Paragraph& paragraph, const Laid& laid) {
    SetParagraph set;
    set.size = laid.size;
    set.lines = static_cast<int>(laid.lines.size());
    double widest = 0;
    for (const TextLine& line : laid.lines)
        widest = std::max(widest, (line.width - paragraph.spacing) * laid.size);
    const double leading = std::round(paragraph.leading * laid.size);
    set.width = static_cast<int>(std::ceil(widest));
    set.height = static_cast<int>(leading * set.lines);
    const int margin = static_cast<int>(std::ceil(laid.size / 2));
    InkSheet sheet(set.width + 2 * margin, set.height + 2 * margin);
    for (int i = 0; i < set.lines; ++i) {
        const double top = leading * i + (leading - laid.size) / 2;
        draw_line(laid, laid.lines[static_cast<std::size_t>(i)],
                  {static_cast<double>(margin), margin + std::round(top + baseline * laid.size)}, sheet);
    }
    set.ink = trimmed(sheet, -margin, -margin);
    return set;
}

}  // namespace

LetteringResult letter(const LetteringJob& job) {
    LetteringResult result;
    Library library;
    Findings findings;
    for (const Paragraph& paragraph : job.paragraphs) {
        // What may be cut ends with ……, whatever it has itself.
        const FontChoice fonts(paragraph, to_utf32(paragraph.text) + (paragraph.lines > 1 ? U"…" : U""),
                               library, findings);
        result.paragraphs.push_back(drawn(paragraph, lay_within(paragraph, fonts)));
    }
    result.missing = distinct(findings.missing);
    result.made_with = std::move(findings.made_with);
    if (findings.looked_round) add_font_folders(result.made_with);
    add_cutting_libraries(result.made_with);
    return result;
}

}  // namespace qunying
