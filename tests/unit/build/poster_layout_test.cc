#include "build/poster_layout.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

// As the font worker would set them: hanzi an em wide, every line full of ink.
std::vector<SetParagraph> set_of(const LetteringJob& job) {
    std::vector<SetParagraph> all;
    for (const Paragraph& p : job.paragraphs) {
        SetParagraph set;
        const int count = static_cast<int>(p.text.size() / 3 + (p.text.size() % 3 ? 1 : 0));
        if (count > 0) {
            const bool too_long = p.least_size > 0 && p.size * count > p.width;
            set.size = too_long ? p.least_size : p.size;
            const int whole = static_cast<int>(set.size) * count;
            set.lines = std::min(p.lines, whole / p.width + 1);
            set.width = std::min(whole, p.width);
            set.height = static_cast<int>(p.leading * set.size) * set.lines;
            set.ink = {0, 0, set.width, set.height, {}};
            set.ink.coverage.assign(
                static_cast<std::size_t>(set.width) * static_cast<std::size_t>(set.height), '\xff');
        }
        all.push_back(std::move(set));
    }
    return all;
}

PosterSheet full_sheet(PosterKind kind, std::size_t photos) {
    PosterSheet sheet;
    sheet.kind = kind;
    sheet.site_title = "样例群英谱";
    sheet.organisation = "样例市委老干部局";
    sheet.over = "很长很长很长很长很长很长很长很长很长的称号";
    sheet.title = "阿卜杜热合曼·样例江";
    sheet.years = "1924—2021";
    sheet.facts = "原样例市样例区样例街道样例社区样例居民委员会样例党支部书记、样例主任";
    sheet.seal = "国";
    sheet.honour = "全国离退休干部先进个人和全国关心下一代工作先进工作者样例";
    sheet.honour_note = "国家级 · 2019年";
    sheet.authority = "样例组织部、样例宣传部、样例教育部、样例民政部";
    sheet.quote = "很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的话";
    sheet.address = "https://example.org/qunying/people/abudureheman.html";
    for (std::size_t i = 0; i < photos; ++i) {
        sheet.photos.push_back({"content/p" + std::to_string(i) + ".jpg", {}, "样", "样例甲"});
    }
    return sheet;
}

PosterJob arranged(const PosterSheet& sheet) {
    return arrange_poster(sheet, set_of(poster_lettering(sheet, {})), qr_modules(sheet.address));
}

bool inside(const PixelBox& box) {
    return box.left >= 0 && box.top >= 0 && box.left + box.width <= poster_size.width &&
           box.top + box.height <= poster_size.height;
}

bool meet(const PixelBox& a, const PixelBox& b) {
    return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height &&
           b.top < a.top + a.height;
}

}  // namespace

TEST_CASE("everything lies on the poster, pictures and words apart, however much is said") {
    for (const PosterKind kind : {PosterKind::person, PosterKind::exhibition}) {
        for (const std::size_t photos : {1U, 2U, 3U, 4U, 6U}) {
            if (kind == PosterKind::person && photos > 1) continue;
            CAPTURE(photos);
            const PosterJob job = arranged(full_sheet(kind, photos));
            CHECK(job.width == 1080);
            CHECK(job.height == 1440);
            for (const PosterArea& area : job.areas) CHECK(inside(area.box));
            for (const PosterPicture& picture : job.pictures) {
                CHECK(inside(picture.box));
                CHECK(picture.box.width > 200);
                CHECK(picture.box.height > 200);
            }
            for (std::size_t i = 0; i < job.inks.size(); ++i) {
                CHECK(inside(job.inks[i].box));
                for (const PosterPicture& picture : job.pictures)
                    CHECK_FALSE(meet(job.inks[i].box, picture.box));
                for (std::size_t j = 0; j < i; ++j) CHECK_FALSE(meet(job.inks[i].box, job.inks[j].box));
            }
        }
    }
}

TEST_CASE("where words are too many the least needed are left out, and otherwise nothing") {
    PosterSheet sheet = full_sheet(PosterKind::person, 1);
    constexpr std::size_t everything = 14;  // thirteen texts and the code
    CHECK(arranged(sheet).inks.size() < everything);
    sheet.over = "老河长";
    sheet.title = "样例甲";
    sheet.facts = "样例局局长";
    sheet.honour = "样例先进个人";
    sheet.authority = "样例组织部";
    CHECK(arranged(sheet).inks.size() == everything);
}

TEST_CASE("photographs come in their order, as many as make a whole grid") {
    CHECK(arranged(full_sheet(PosterKind::person, 1)).pictures.size() == 1);
    for (const auto& [photos, shown] :
         {std::pair(0U, 0U), std::pair(1U, 1U), std::pair(2U, 2U), std::pair(5U, 3U), std::pair(6U, 6U)})
        CHECK(arranged(full_sheet(PosterKind::exhibition, photos)).pictures.size() == shown);
}

TEST_CASE("who has died has no red, and who has no photograph the tile of the name") {
    PosterSheet sheet = full_sheet(PosterKind::person, 1);
    const auto has_red = [](const PosterJob& job) {
        bool found = false;
        for (const PosterArea& area : job.areas) found = found || area.colour == 0x8e1f1b;
        for (const PosterInk& ink : job.inks) found = found || ink.colour == 0x8e1f1b;
        return found;
    };
    CHECK(has_red(arranged(sheet)));
    sheet.quiet = true;
    CHECK_FALSE(has_red(arranged(sheet)));
    const std::size_t inks = arranged(sheet).inks.size();
    sheet.photos[0].file.clear();
    CHECK(arranged(sheet).pictures.empty());
    CHECK(arranged(sheet).inks.size() == inks + 1);
}

TEST_CASE("fonts are the theme's, or those of Noto") {
    ThemeConfig theme;
    CHECK(poster_fonts(theme).title == WantedFace{"Noto Serif CJK SC", 700});
    ThemeFace title;
    title.family = "Own Serif";
    title.weight = 600;
    title.role = FaceRole::title;
    ThemeFace rare;
    rare.family = "Own Sans";
    theme.faces = {rare, title};
    CHECK(poster_fonts(theme).title == WantedFace{"Own Serif", 600});
    CHECK(poster_fonts(theme).quote == WantedFace{"Own Serif", 400});
    CHECK(poster_fonts(theme).text == WantedFace{"Own Sans", 400});
}
