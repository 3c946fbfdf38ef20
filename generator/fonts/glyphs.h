#pragma once
// The glyphs of one font. Inside the worker only.
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "fonts/faces.h"
#include "fonts/ink.h"

namespace qunying {

// A glyph of a shaped text; lengths in ems.
struct ShapedGlyph {
    std::uint32_t glyph = 0;
    std::size_t character = 0;  // of the text: the first that it stands for
    double advance = 0, right = 0, up = 0;
};

class GlyphFont {
  public:
    // Nothing where it cannot be read.
    static std::optional<GlyphFont> open(const FontFile& file);
    ~GlyphFont();
    GlyphFont(GlyphFont&&) noexcept;
    GlyphFont& operator=(GlyphFont&&) = delete;

    // In the order of the text.
    std::vector<ShapedGlyph> shape(std::u32string_view text) const;
    // Draws a glyph with its origin there, `em` pixels large.
    void draw(std::uint32_t glyph, InkPoint origin, double em, InkSheet& sheet) const;

  private:
    struct Face;
    explicit GlyphFont(std::unique_ptr<Face> face);
    std::unique_ptr<Face> face_;
};

}  // namespace qunying
