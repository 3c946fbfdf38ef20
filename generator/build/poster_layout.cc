#include "build/poster_layout.h"

#include <algorithm>

#include "base/failure.h"

namespace qunying {
namespace {

constexpr int margin = 84, measure = poster_size.width - 2 * margin, right_edge = margin + measure;
constexpr int head_line = 134, foot_line = 1146, code_top = 1176, code_size = 190, address_top = 1382;
constexpr int picture_top = 176, mat_width = 540, mat_height = 708, mat = 18;
constexpr int side_left = margin + mat_width + 48, side_width = right_edge - side_left;
constexpr int seal_size = 60;

struct Colours {
    std::uint32_t paper, ink, soft, accent, line, mat, on_accent;
};
constexpr Colours by_day{0xfaf7f1, 0x221e1a, 0x5b534a, 0x8e1f1b, 0xdacfbc, 0xf0e9db, 0xfaf7f1};
constexpr Colours by_night{0x1e1a17, 0xf3ead7, 0xc4b8a5, 0xd9b36c, 0x4d4339, 0x2e2823, 0x1e1a17};

Colours colours_of(const PosterSheet& sheet) {
    if (sheet.kind == PosterKind::exhibition) return by_night;
    Colours colours = by_day;
    if (sheet.quiet) colours.accent = colours.ink;
    return colours;
}

// The paragraphs of a poster, in this order; then the tile and the caption of each photograph.
enum Part : std::size_t {
    site_title,
    organisation,
    over,
    title,
    years,
    facts,
    seal,
    honour,
    honour_note,
    authority,
    quote,
    invitation,
    address,
    part_count
};

std::size_t tile_part(std::size_t photo) { return part_count + 2 * photo; }
std::size_t caption_part(std::size_t photo) { return part_count + 2 * photo + 1; }

// How the photographs of an exhibition stand.
struct Grid {
    int columns = 0, rows = 0, width = 0;  // pixels of a photograph
};
constexpr int grid_gap = 24, caption_height = 52;

Grid grid_of(std::size_t photos) {
    if (photos == 0) return {};
    if (photos >= 6) return {3, 2, 288};
    if (photos >= 3) return {3, 1, 288};
    if (photos == 2) return {2, 1, 444};
    return {1, 1, 444};
}

std::size_t shown_photos(const PosterSheet& sheet) {
    const Grid grid = grid_of(sheet.photos.size());
    return sheet.kind == PosterKind::person ? std::min<std::size_t>(1, sheet.photos.size())
                                            : static_cast<std::size_t>(grid.columns * grid.rows);
}

Paragraph paragraph(const std::string& text, const WantedFace& face, const WantedFace& other, double size,
                    int width, int lines) {
    Paragraph p;
    p.text = text;
    p.face = face;
    p.other = other;
    p.size = size;
    p.width = width;
    p.lines = lines;
    return p;
}

Paragraph title_paragraph(const PosterSheet& sheet, const PosterFonts& fonts) {
    const bool person = sheet.kind == PosterKind::person;
    Paragraph p =
        paragraph(sheet.title, fonts.title, fonts.text, person ? 108 : 84, person ? side_width : measure, 2);
    p.least_size = person ? 60 : 68;
    p.leading = 1.25;
    // 王 样: a name of two characters is as wide as one of three.
    constexpr std::size_t two_hanzi = 6;  // bytes
    if (person && sheet.title.size() == two_hanzi) p.spacing = 0.5;
    return p;
}

// Puts what was set in its place.
class Easel {
  public:
    Easel(const PosterSheet& sheet, const std::vector<SetParagraph>& set)
        : set_(set), colours_(colours_of(sheet)) {
        job_.width = poster_size.width;
        job_.height = poster_size.height;
        job_.paper = colours_.paper;
    }

    const Colours& colours() const { return colours_; }
    const SetParagraph& set(std::size_t part) const { return set_[part]; }
    int height(std::size_t part) const { return set_[part].height; }

    void area(PixelBox box, std::uint32_t colour) { job_.areas.push_back({box, colour}); }
    void picture(PixelBox box, const PosterPhoto& photo) {
        job_.pictures.push_back({box, {}, photo.treatment});
    }
    void ink(PixelBox box, std::uint32_t colour, std::string coverage) {
        if (!coverage.empty()) job_.inks.push_back({box, colour, std::move(coverage)});
    }
    // Its upper left corner there; yields where it ends.
    int place(std::size_t part, int left, int top, std::uint32_t colour) {
        const SetParagraph& p = set_[part];
        ink({left + p.ink.left, top + p.ink.top, p.ink.width, p.ink.height}, colour, p.ink.coverage);
        return top + p.height;
    }
    void centre(std::size_t part, const PixelBox& box, std::uint32_t colour) {
        const InkMask& mask = set_[part].ink;
        ink({box.left + (box.width - mask.width) / 2, box.top + (box.height - mask.height) / 2, mask.width,
             mask.height},
            colour, mask.coverage);
    }
    PosterJob take() { return std::move(job_); }

  private:
    const std::vector<SetParagraph>& set_;
    Colours colours_;
    PosterJob job_;
};

void put_head(Easel& easel) {
    const Colours& c = easel.colours();
    constexpr int baseline = 96;  // of both
    const SetParagraph &left = easel.set(site_title), &right = easel.set(organisation);
    const auto top = [](const SetParagraph& p) {
        return baseline - static_cast<int>((p.height - p.size) / 2 + 0.88 * p.size);
    };
    easel.place(site_title, margin, top(left), c.ink);
    easel.place(organisation, right_edge - right.width, top(right), c.soft);
    easel.area({margin, head_line, measure, 1}, c.line);
    easel.area({margin, head_line - 1, 72, 4}, c.accent);
}

// Black modules on the paper; on a dark poster on paper of their own.
void put_code(Easel& easel, const QrModules& code, const PosterSheet& sheet) {
    if (code.size == 0) return;
    const bool dark = sheet.kind == PosterKind::exhibition;
    const int modules = code.size + (dark ? 2 * qr_quiet_zone : 0);
    const int scale = std::max(3, code_size / modules), side = scale * modules;
    if (dark) easel.area({margin, code_top, side, side}, by_day.paper);
    const int at = dark ? scale * qr_quiet_zone : 0, size = scale * code.size;
    std::string coverage;
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            const bool black = code.black[static_cast<std::size_t>(y / scale * code.size + x / scale)];
            coverage += black ? '\xff' : '\0';
        }
    }
    easel.ink({margin + at, code_top + at, size, size}, by_day.ink, std::move(coverage));
}

void put_foot(Easel& easel, const QrModules& code, const PosterSheet& sheet) {
    const Colours& c = easel.colours();
    easel.area({margin, foot_line, measure, 1}, c.line);
    put_code(easel, code, sheet);
    const int left = margin + code_size + 44;
    easel.place(invitation, left, code_top + (code_size - easel.height(invitation)) / 2, c.ink);
    easel.place(address, margin, address_top, c.soft);
}

void put_portrait(Easel& easel, const PosterSheet& sheet) {
    const Colours& c = easel.colours();
    easel.area({margin, picture_top, mat_width, mat_height}, c.mat);
    const PixelBox box{margin + mat, picture_top + mat, mat_width - 2 * mat, mat_height - 2 * mat};
    if (!sheet.photos.front().file.empty()) return easel.picture(box, sheet.photos.front());
    easel.centre(tile_part(0), box, c.line);
}

// What stands beside the portrait: the name at its top, the highest honour on its lower edge. Where
// somebody's words are too many for that, the least needed are left out.
class Side {
  public:
    explicit Side(Easel& easel) : easel_(easel) {
        for (const std::size_t part : {authority, seal, facts, over}) {
            if (height_above() + apart_ + height_below() <= picture_top + mat_height - top_) return;
            left_out_.push_back(part);
        }
    }

    void put() {
        const Colours& c = easel_.colours();
        int y = top_;
        if (has(over)) y = easel_.place(over, side_left, y, c.accent) + under_over;
        y = easel_.place(title, side_left, y, c.ink) + under_title;
        if (has(years)) y = easel_.place(years, side_left, y, c.soft);
        easel_.area({side_left, y + rule / 2 - 4, 56, 3}, c.accent);
        if (has(facts)) easel_.place(facts, side_left, y + rule, c.soft);
        y = picture_top + mat_height + lower - height_below();
        if (has(seal)) {
            const PixelBox box{side_left, y, seal_size, seal_size};
            easel_.area(box, c.accent);
            easel_.centre(seal, box, c.on_accent);
            y += seal_size + under_seal;
        }
        if (has(honour)) y = easel_.place(honour, side_left, y, c.ink) + under_honour;
        if (has(honour_note)) y = easel_.place(honour_note, side_left, y, c.soft);
        if (has(authority)) easel_.place(authority, side_left, y, c.soft);
    }

  private:
    static constexpr int top_ = picture_top - 6, apart_ = 16, lower = 8;  // lower: under the last line
    static constexpr int under_over = 14, under_title = 10, rule = 47, under_seal = 14, under_honour = 6;

    bool has(std::size_t part) const {
        return easel_.height(part) > 0 &&
               std::find(left_out_.begin(), left_out_.end(), part) == left_out_.end();
    }
    int height(std::size_t part, int below = 0) const { return has(part) ? easel_.height(part) + below : 0; }
    int height_above() const {
        return height(over, under_over) + height(title, under_title) + height(years) + rule + height(facts);
    }
    int height_below() const {
        return (has(seal) ? seal_size + under_seal : 0) + height(honour, under_honour) + height(honour_note) +
               height(authority);
    }

    Easel& easel_;
    std::vector<std::size_t> left_out_;
};

void put_person(Easel& easel, const PosterSheet& sheet) {
    put_portrait(easel, sheet);
    Side(easel).put();
    constexpr int from = picture_top + mat_height;
    easel.place(quote, margin, from + (foot_line - from - easel.height(quote)) / 2, easel.colours().ink);
}

// Yields where they end.
int put_photos(Easel& easel, const PosterSheet& sheet, int y) {
    const Grid grid = grid_of(sheet.photos.size());
    constexpr int apart = 8;
    const int room = (foot_line - y - grid.rows * apart) / grid.rows - caption_height;
    const int height = std::min(grid.width * 4 / 3, room);
    for (std::size_t i = 0; i < shown_photos(sheet); ++i) {
        const int column = static_cast<int>(i) % grid.columns, row = static_cast<int>(i) / grid.columns;
        const PixelBox box{margin + column * (grid.width + grid_gap),
                           y + row * (height + caption_height + apart), grid.width, height};
        easel.picture(box, sheet.photos[i]);
        const int left = box.left + (box.width - easel.set(caption_part(i)).width) / 2;
        easel.place(caption_part(i), left, box.top + height + 6, easel.colours().ink);
    }
    return y + grid.rows * (height + caption_height + apart);
}

void put_exhibition(Easel& easel, const PosterSheet& sheet) {
    const Colours& c = easel.colours();
    constexpr int over_title = 4, under_title = 12, apart = 30;
    int y = picture_top - 16;
    if (sheet.photos.empty()) {  // words alone stand in the middle
        int height = over_title + under_title + apart;
        for (const std::size_t part : {over, title, facts, years, quote}) height += easel.height(part);
        y = head_line + (foot_line - head_line - height) / 2;
    }
    y = easel.place(over, margin, y, c.accent) + over_title;
    y = easel.place(title, margin, y, c.ink) + under_title;
    y = easel.place(facts, margin, y, c.soft);
    y = easel.place(years, margin, y, c.soft) + apart;
    if (!sheet.photos.empty()) y = put_photos(easel, sheet, y) + apart / 2;
    if (y + easel.height(quote) <= foot_line) easel.place(quote, margin, y, c.soft);
}

}  // namespace

PosterFonts poster_fonts(const ThemeConfig& theme) {
    PosterFonts fonts;
    for (const ThemeFace& face : theme.faces) {
        if (face.role == FaceRole::title) {
            fonts.title = {face.family, face.weight};
            fonts.quote.family = face.family;
        }
        if (face.role == FaceRole::rare) fonts.text = {face.family, face.weight};
    }
    return fonts;
}

LetteringJob poster_lettering(const PosterSheet& sheet, const PosterFonts& fonts) {
    const bool person = sheet.kind == PosterKind::person;
    const auto serif = [&](const std::string& text, double size, int width, int lines) {
        return paragraph(text, fonts.title, fonts.text, size, width, lines);
    };
    const auto sans = [&](const std::string& text, double size, int width, int lines) {
        return paragraph(text, fonts.text, fonts.title, size, width, lines);
    };
    const int side = person ? side_width : measure;
    LetteringJob job;
    std::vector<Paragraph>& all = job.paragraphs;
    all.resize(part_count);
    all[site_title] = serif(sheet.site_title, 34, measure / 2, 1);
    all[organisation] = sans(sheet.organisation, 24, measure / 2 - 24, 1);
    all[site_title].least_size = all[organisation].least_size = 16;
    all[over] = sans(sheet.over, 28, side, 3);
    all[title] = title_paragraph(sheet, fonts);
    all[years] = sans(sheet.years, 28, side, 1);
    all[facts] = sans(sheet.facts, 26, side, person ? 4 : 2);
    all[facts].leading = 1.6;
    all[seal] = serif(sheet.seal, 40, seal_size, 1);
    all[honour] = serif(sheet.honour, 31, side, 4);
    all[honour].leading = 1.4;
    all[honour_note] = sans(sheet.honour_note, 23, side, 2);
    all[authority] = sans(sheet.authority, 23, side, 3);
    all[quote] = person ? paragraph(sheet.quote, fonts.quote, fonts.text, 50, measure, 3)
                        : paragraph(sheet.quote, fonts.quote, fonts.text, 32, measure, 5);
    if (person) all[quote].least_size = 38;  // a short one is set large
    all[quote].leading = 1.65;
    all[invitation] =
        serif(person ? "扫一扫，看全文与照片" : "扫一扫，走进展览", 32, measure - code_size - 44, 1);
    all[address] = sans(sheet.address, 22, measure, 2);
    all[address].least_size = 16;
    all[address].leading = 1.3;
    for (const PosterPhoto& photo : sheet.photos) {
        all.push_back(serif(photo.file.empty() ? photo.tile : "", 260, mat_width, 1));
        all.push_back(serif(photo.caption, 25, grid_of(sheet.photos.size()).width, 1));
    }
    for (Paragraph& each : all) each.unbroken = sheet.names;
    return job;
}

PosterJob arrange_poster(const PosterSheet& sheet, const std::vector<SetParagraph>& set,
                         const QrModules& code) {
    QY_CHECK(set.size() == part_count + 2 * sheet.photos.size());
    Easel easel(sheet, set);
    put_head(easel);
    if (sheet.kind == PosterKind::person) {
        put_person(easel, sheet);
    } else {
        put_exhibition(easel, sheet);
    }
    put_foot(easel, code, sheet);
    return easel.take();
}

}  // namespace qunying
