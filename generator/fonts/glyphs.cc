#include "fonts/glyphs.h"

#include <algorithm>
#include <hb.h>

namespace qunying {
namespace {

struct BlobDeleter {
    void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
};
struct FaceDeleter {
    void operator()(hb_face_t* face) const { hb_face_destroy(face); }
};
struct FontDeleter {
    void operator()(hb_font_t* font) const { hb_font_destroy(font); }
};
struct BufferDeleter {
    void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};
struct DrawDeleter {
    void operator()(hb_draw_funcs_t* draw) const { hb_draw_funcs_destroy(draw); }
};

// Where an outline goes while HarfBuzz tells it, in units of the font with y upwards.
struct Pen {
    InkSheet& sheet;
    InkPoint origin;
    double scale;

    InkPoint at(float x, float y) const {
        return {origin.x + static_cast<double>(x) * scale, origin.y - static_cast<double>(y) * scale};
    }
};

Pen& pen(void* data) { return *static_cast<Pen*>(data); }
InkPoint current(void* data, const hb_draw_state_t* state) {
    return pen(data).at(state->current_x, state->current_y);
}

void draw_line(hb_draw_funcs_t*, void* data, hb_draw_state_t* state, float x, float y, void*) {
    pen(data).sheet.line(current(data, state), pen(data).at(x, y));
}
void draw_quadratic(hb_draw_funcs_t*, void* data, hb_draw_state_t* state, float cx, float cy, float x,
                    float y, void*) {
    pen(data).sheet.quadratic(current(data, state), pen(data).at(cx, cy), pen(data).at(x, y));
}
void draw_cubic(hb_draw_funcs_t*, void* data, hb_draw_state_t* state, float ax, float ay, float bx, float by,
                float x, float y, void*) {
    pen(data).sheet.cubic(current(data, state), pen(data).at(ax, ay), pen(data).at(bx, by),
                          pen(data).at(x, y));
}

std::unique_ptr<hb_draw_funcs_t, DrawDeleter> drawing() {
    std::unique_ptr<hb_draw_funcs_t, DrawDeleter> functions(hb_draw_funcs_create());
    hb_draw_funcs_set_line_to_func(functions.get(), draw_line, nullptr, nullptr);
    hb_draw_funcs_set_quadratic_to_func(functions.get(), draw_quadratic, nullptr, nullptr);
    hb_draw_funcs_set_cubic_to_func(functions.get(), draw_cubic, nullptr, nullptr);
    return functions;
}

}  // namespace

struct GlyphFont::Face {
    std::unique_ptr<hb_blob_t, BlobDeleter> file;
    std::unique_ptr<hb_face_t, FaceDeleter> face;
    std::unique_ptr<hb_font_t, FontDeleter> font;
    std::unique_ptr<hb_draw_funcs_t, DrawDeleter> functions = drawing();
    double em = 1000;  // units
};

GlyphFont::GlyphFont(std::unique_ptr<Face> face) : face_(std::move(face)) {}
GlyphFont::GlyphFont(GlyphFont&&) noexcept = default;
GlyphFont::~GlyphFont() = default;

std::optional<GlyphFont> GlyphFont::open(const FontFile& file) {
    auto opened = std::make_unique<Face>();
    opened->file.reset(hb_blob_create_from_file_or_fail(file.path.c_str()));
    if (!opened->file || file.index >= hb_face_count(opened->file.get())) return std::nullopt;
    opened->face.reset(hb_face_create(opened->file.get(), file.index));
    if (hb_face_get_glyph_count(opened->face.get()) == 0) return std::nullopt;
    opened->font.reset(hb_font_create(opened->face.get()));
    opened->em = std::max(1U, hb_face_get_upem(opened->face.get()));
    return GlyphFont(std::move(opened));
}

std::vector<ShapedGlyph> GlyphFont::shape(std::u32string_view text) const {
    const std::unique_ptr<hb_buffer_t, BufferDeleter> buffer(hb_buffer_create());
    const auto size = static_cast<int>(text.size());
    hb_buffer_add_codepoints(buffer.get(), reinterpret_cast<const hb_codepoint_t*>(text.data()), size, 0,
                             size);
    hb_buffer_set_direction(buffer.get(), HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer.get(), HB_SCRIPT_HAN);
    hb_buffer_set_language(buffer.get(), hb_language_from_string("zh-Hans", -1));
    hb_buffer_set_cluster_level(buffer.get(), HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_shape(face_->font.get(), buffer.get(), nullptr, 0);
    unsigned count = 0;
    const hb_glyph_info_t* glyphs = hb_buffer_get_glyph_infos(buffer.get(), &count);
    const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer.get(), &count);
    std::vector<ShapedGlyph> shaped;
    for (unsigned i = 0; i < count; ++i) {
        shaped.push_back({glyphs[i].codepoint, glyphs[i].cluster, places[i].x_advance / face_->em,
                          places[i].x_offset / face_->em, places[i].y_offset / face_->em});
    }
    return shaped;
}

void GlyphFont::draw(std::uint32_t glyph, InkPoint origin, double em, InkSheet& sheet) const {
    Pen target{sheet, origin, em / face_->em};
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(face_->font.get(), glyph, face_->functions.get(), &target);
#else
    hb_font_get_glyph_shape(face_->font.get(), glyph, face_->functions.get(), &target);
#endif
}

}  // namespace qunying
