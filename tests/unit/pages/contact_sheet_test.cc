#include "pages/contact_sheet.h"

#include <doctest/doctest.h>

#include "pages/picture_list.h"
#include "unit/pages/built_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

Recipe portrait(std::string name, int width, int height) {
    Recipe recipe;
    recipe.name = std::move(name);
    recipe.ratio_width = width, recipe.ratio_height = height;
    recipe.crop = Crop::portrait;
    recipe.widths = {320};
    return recipe;
}

SheetEntry entry(Head head, PixelSize size = {1200, 1600}) {
    SheetEntry made;
    made.picture.name = "王<样例>";
    made.picture.slug = "wang-yangli";
    made.picture.file = "content/people/wang-yangli/portrait.jpg";
    made.size = size;
    made.head = head;
    made.whole = "pictures/0001-whole.jpg";
    const Recipe recipe = portrait("card", 3, 4);
    made.crops.push_back({recipe, crop_box(size, recipe, head), "pictures/0001-card.jpg"});
    return made;
}

const Head found{Head::Source::face_finder, {0.5, 0.4}, 0.3};

std::string first_page(const std::vector<SheetEntry>& entries) {
    return contact_sheet(entries, "样例", {2026, 7, 1}, Language::chinese).front().text;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the table says where eyes and head fell in each crop") {
    const std::string csv = contact_sheet_csv({entry(found)});
    CHECK(
        csv.starts_with("\xEF\xBB\xBF"
                        "file,id,name,width,height,turn,trim,head_from,focus_x,focus_y,head,recipe,"));
    // 0.3 of 1600 is a head of 480 pixels: the crop is 480 / 0.46 tall and has its eyes 0.42 below its upper
    // edge.
    CHECK(holds(
        csv,
        "content/people/wang-yangli/portrait.jpg,wang-yangli,王<样例>,1200,1600,0,no,face,0.5000,0.4000,0."
        "3000,card,portrait,209,202,783,1043,0.4199,yes,\r\n"));
}

TEST_CASE("what is not known is left empty") {
    CHECK(holds(contact_sheet_csv({entry({Head::Source::saliency, {0.5, 0.4}, 0})}),
                ",attention,0.5000,0.4000,,card,"));
    CHECK(holds(contact_sheet_csv({entry({Head::Source::nobody, usual_focus, 0})}), ",none,,,,card,"));
    SheetEntry broken = entry(found);
    broken.crops.clear();
    broken.problem = "=1+1";
    CHECK(holds(contact_sheet_csv({broken}), ",,,,,,,,,,,,,,,,'=1+1\r\n"));
}

TEST_CASE("a head that leaves the crop is said to") {
    // At the very top of the picture half of it is missing.
    const SheetEntry cut_off = entry({Head::Source::editor, {0.5, 0.02}, 0.3});
    CHECK(head_inside(cut_off, cut_off.crops[0]) == HeadInside::no);
    CHECK(holds(first_page({cut_off}), "头不完整"));
    CHECK(holds(first_page({cut_off}), "class=\"look\""));
    const SheetEntry unknown = entry({Head::Source::saliency, {0.5, 0.4}, 0});
    CHECK(head_inside(unknown, unknown.crops[0]) == HeadInside::unknown);
    CHECK_FALSE(holds(first_page({entry(found)}), "class=\"look\""));
}

TEST_CASE("the page draws head and eyes over the pictures, and needs neither style nor script in it") {
    const std::string page = first_page({entry(found)});
    CHECK(holds(page, "王&lt;样例&gt;"));
    CHECK(holds(page, "<image href=\"pictures/0001-card.jpg\" width=\"783\" height=\"1043\""));
    CHECK(holds(page,
                "<rect class=\"frame frame-0\" x=\"209.0\" y=\"202.0\" width=\"783.0\" height=\"1043.0\"/>"));
    CHECK(holds(page, "<line class=\"eyes\" x1=\"0\" y1=\"640.0\" x2=\"1200\" y2=\"640.0\"/>"));
    CHECK_FALSE(holds(page, "style="));
    CHECK_FALSE(holds(page, "<script"));
}

TEST_CASE("many portraits take several pages, and those to look at are named on the first") {
    std::vector<SheetEntry> entries(41, entry(found));
    entries.back().head.source = Head::Source::saliency;
    const auto files = contact_sheet(entries, "样例", {2026, 7, 1}, Language::chinese);
    REQUIRE(files.size() == 4);
    CHECK(files[1].path == "page-2.html");
    CHECK(files[2].path == "sheet.css");
    CHECK(files[3].path == "pictures.csv");
    CHECK(holds(files[0].text, "<a href=\"page-2.html#p41\">"));
    CHECK(holds(files[1].text, "id=\"p41\""));
    CHECK(holds(first_page({}), "没有肖像。"));
}

TEST_CASE("pictures are listed with what is said of them, but not the figures of stories") {
    SiteBuilder build;
    const RecordId person = build.add(
        "person", "a", "王样例",
        {{"portrait", Group{{"file", "content/people/a/a.jpg"}, {"alt", "样例"}, {"turn", "-1.5"}}}});
    Story story;
    story.parts.push_back(StoryFigure{{"content/people/a/b.jpg"}, "样例", "", true, {}});
    build.site[person].story = story;
    const ThemeConfig theme = small_theme();
    const PictureList list = list_pictures(build.site, theme, {}, Sources{});
    REQUIRE(list.pictures.size() == 1);
    const ListedPicture& picture = list.pictures[0];
    CHECK(picture.kind == "person");
    CHECK(picture.slug == "a");
    CHECK(picture.name == "王样例");
    CHECK(picture.page == "people/a.html");
    CHECK(picture.use == "person.portrait");
    CHECK(picture.treatment.turn == -1.5);
    CHECK(picture.treatment.portrait);
    CHECK(picture.thumbnail.empty());
    CHECK(recipes_of(picture, list).size() == picture.recipes.size());
}
