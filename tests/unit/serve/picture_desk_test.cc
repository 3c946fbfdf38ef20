// The pages of photographs, with a worker that only takes notes.
#include "serve/picture_desk.h"

#include <doctest/doctest.h>

#include "base/failure.h"
#include "serve/picture_pages.h"
#include "serve/state.h"

using namespace qunying;

namespace {

const Gate gate{8420, "0123456789abcdef0123456789abcdef"};
constexpr const char* file = "content/people/a/a b.jpg";
constexpr const char* record = "---\r\nname: 甲\r\nportrait: {file: a b.jpg, alt: 近照}\r\n---\r\n";

std::shared_ptr<PictureList> some_pictures() {
    PictureList list;
    Recipe card;
    card.name = "card";
    card.widths = {160, 480};
    card.ratio_width = 3, card.ratio_height = 4;
    card.crop = Crop::portrait;
    card.formats = {PictureFormat::jpeg, PictureFormat::webp};
    list.recipes = {card};
    const std::string text = record;
    const Span where{SourceId{0}, static_cast<std::uint32_t>(text.find('{')),
                     static_cast<std::uint32_t>(text.find('}') + 1)};
    ListedPicture picture{"person",
                          "a",
                          "甲<b>",
                          "people/a.html",
                          "person.portrait",
                          file,
                          {},
                          "content/people/a/index.md",
                          where,
                          {0},
                          "media/a-12345678-160.jpg"};
    picture.treatment.portrait = true;
    list.pictures.push_back(picture);
    return std::make_shared<PictureList>(std::move(list));
}

struct Desk {
    Snapshot snapshot;
    std::vector<PictureOrder> orders;
    PictureResult result;
    bool fails = false;

    Desk() {
        MemoryStage stage(nullptr);
        stage.add("media/a-12345678-160.jpg", "J");
        stage.commit({});
        snapshot = {1, stage.tree(), {}, some_pictures()};
        result.decoded = true;
        result.source_width = 1200, result.source_height = 1600;
        result.head = {Head::Source::face_finder, {0.5, 0.4}, 0.3};
        result.outputs = {{{PictureFormat::jpeg, 480, 640, "JPEG"}}};
    }
    Answer get(const std::string& path, std::map<std::string, std::string> query = {},
               std::string token = gate.token) {
        const PictureTools tools = {[this](const PictureOrder& order) {
                                        if (fails)
                                            throw Failure("read", order.file,
                                                          std::make_error_code(std::errc::io_error));
                                        orders.push_back(order);
                                        return result;
                                    },
                                    [](const std::string&) { return std::optional<std::string>(record); }};
        Request request{"GET", path, std::move(token), "", {"127.0.0.1:8420"}, {}, "", "", ""};
        request.query = std::move(query);
        return answer(request, snapshot, gate, Language::chinese, &tools);
    }
    Answer photo(std::map<std::string, std::string> more) {
        more.insert({{"of", "person/a"}, {"photo", file}});
        return get("/_qunying/photo", std::move(more));
    }
};

bool holds(const Answer& answered, const std::string& text) {
    return answered.bytes->find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("the list names each picture and leads to its page") {
    Desk desk;
    const Answer page = desk.get("/_qunying/pictures");
    CHECK(page.status == 200);
    CHECK(holds(page, "甲&lt;b&gt;"));
    CHECK(holds(page, "href=\"/_qunying/focus?of=person/a&amp;photo=content/people/a/a%20b.jpg\""));
    CHECK(holds(page, "src=\"/media/a-12345678-160.jpg\""));
    CHECK(desk.orders.empty());
    CHECK(holds(desk.get("/_qunying/pictures", {{"q", "乙"}}), "没有这样的照片。"));
    CHECK(holds(desk.get("/_qunying/pictures", {{"q", "\"><script>"}}), "value=\"&#34;&gt;&lt;script&gt;\""));
    CHECK(desk.get("/_qunying/pictures", {{"from", "x"}}).status == 400);
    desk.snapshot.pictures = nullptr;
    CHECK(holds(desk.get("/_qunying/pictures"), "正在生成"));
}

TEST_CASE("long lists are parted") {
    Desk desk;
    auto many = some_pictures();
    many->pictures.resize(61, many->pictures[0]);
    desk.snapshot.pictures = many;
    CHECK(holds(desk.get("/_qunying/pictures"), "/_qunying/pictures?q=&amp;from=60"));
    CHECK(holds(desk.get("/_qunying/pictures", {{"from", "60"}}), "61–61 / 61"));
    CHECK(holds(desk.get("/_qunying/pictures", {{"from", "1e9"}}), "上一页"));
}

TEST_CASE("the page of one picture asks for it as the build does, and tells its script all it needs") {
    Desk desk;
    const Answer page = desk.get("/_qunying/focus", {{"of", "person/a"}, {"photo", file}});
    CHECK(page.status == 200);
    REQUIRE(desk.orders.size() == 1);
    CHECK(desk.orders[0].file == file);
    CHECK(desk.orders[0].recipes == recipes_of(desk.snapshot.pictures->pictures[0], *desk.snapshot.pictures));
    CHECK(desk.orders[0].treatment.portrait);
    CHECK(holds(page, "&#34;from&#34;:&#34;face&#34;"));
    CHECK(holds(page, "第 3 行"));
    CHECK(holds(page, "&#34;before&#34;:&#34;portrait: &#34;"));
    CHECK(holds(page, "&#34;after&#34;:&#34;&#34;"));
    CHECK_FALSE(holds(page, " style="));
    desk.result = failed_picture(PictureProblem::damaged);
    CHECK(holds(desk.get("/_qunying/focus", {{"of", "person/a"}, {"photo", file}}), "这张照片不能用"));
}

TEST_CASE("pictures are made as an editor tries them, as one JPEG") {
    Desk desk;
    const Answer made = desk.photo({{"as", "card"}, {"focus", "0.48,0.31"}, {"head", "0.4"}});
    CHECK(made.status == 200);
    CHECK(made.type == "image/jpeg");
    CHECK(*made.bytes == "JPEG");
    REQUIRE(desk.orders.size() == 1);
    CHECK(desk.orders[0].treatment.focus == Focus{0.48, 0.31});
    CHECK(desk.orders[0].treatment.head == 0.4);
    CHECK(desk.orders[0].recipes[0].widths == std::vector<int>{480});
    CHECK(desk.orders[0].recipes[0].formats == std::vector<PictureFormat>{PictureFormat::jpeg});
    desk.photo({{"as", "whole"}, {"turn", "-1.5"}, {"trim", "1"}, {"old", "1"}});
    CHECK(desk.orders[1].treatment.turn == -1.5);
    CHECK(desk.orders[1].treatment.trim);
    CHECK(desk.orders[1].treatment.old_print);
    CHECK(desk.orders[1].recipes[0].crop == Crop::none);
    desk.photo({{"as", "whole"}, {"turn", "90"}, {"focus", "-3,7"}});
    CHECK(desk.orders[2].treatment.turn == steepest_turn);
    CHECK(desk.orders[2].treatment.focus == Focus{0, 1});
}

TEST_CASE("only what the list names is looked at, and only what can be understood") {
    Desk desk;
    for (const char* other :
         {"content/people/a/index.md", "../../etc/passwd", "/etc/passwd", "content/site.yaml", ""}) {
        CHECK(desk.get("/_qunying/photo", {{"of", "person/a"}, {"photo", other}, {"as", "whole"}}).status ==
              404);
        CHECK(desk.get("/_qunying/focus", {{"of", "person/a"}, {"photo", other}}).status == 404);
    }
    CHECK(desk.get("/_qunying/photo", {{"of", "person/b"}, {"photo", file}, {"as", "whole"}}).status == 404);
    for (const auto& [name, value] : std::map<std::string, std::string>{{"as", "poster"},
                                                                        {"focus", "0.5"},
                                                                        {"focus", "a,b"},
                                                                        {"head", "nan"},
                                                                        {"turn", "1x"},
                                                                        {"trim", "2"}}) {
        CHECK(desk.photo({{name, value}, {"as", name == "as" ? value : "whole"}}).status == 400);
    }
    CHECK(desk.orders.empty());
}

TEST_CASE("whoever has no token has no picture made") {
    Desk desk;
    CHECK(desk.get("/_qunying/photo", {{"of", "person/a"}, {"photo", file}, {"as", "whole"}}, "").status ==
          403);
    CHECK(desk.orders.empty());
}

TEST_CASE("what the world refuses is said, and the preview goes on") {
    Desk desk;
    desk.fails = true;
    const Answer page = desk.get("/_qunying/focus", {{"of", "person/a"}, {"photo", file}});
    CHECK(page.status == 500);
    CHECK(holds(page, "没有做成"));
    desk.fails = false;
    desk.result = failed_picture(PictureProblem::crashed);
    CHECK(desk.photo({{"as", "whole"}}).status == 404);
}

TEST_CASE("an open page is loaded again when its picture or what is said of it changes") {
    Desk desk;
    const std::string page = focus_page_name({"person/a", file});
    const std::string before = mark_of(desk.snapshot, page);
    desk.snapshot.version = 9;
    CHECK(mark_of(desk.snapshot, page) == before);
    auto changed = some_pictures();
    changed->pictures[0].treatment.focus = Focus{0.5, 0.3};
    desk.snapshot.pictures = changed;
    CHECK(mark_of(desk.snapshot, page) != before);
    changed = some_pictures();
    changed->pictures[0].thumbnail = "media/a-00000000-160.jpg";
    desk.snapshot.pictures = changed;
    CHECK(mark_of(desk.snapshot, page) != before);
    CHECK(mark_of(desk.snapshot, focus_page_name({"person/b", file})) == "missing");
}

TEST_CASE("a picture that is written on one line is given back with the line, else by itself") {
    const auto at = [](const std::string& text, const std::string& part) {
        const auto begin = static_cast<std::uint32_t>(text.find(part));
        return written_picture(text, {SourceId{0}, begin, begin + static_cast<std::uint32_t>(part.size())});
    };
    const std::string flow = "---\nname: 甲\n  - {file: a.jpg}  # 注\n---\n";
    const auto one = at(flow, "{file: a.jpg}");
    REQUIRE(one.has_value());
    CHECK(one->whole_line);
    CHECK(one->line == 3);
    CHECK(one->before == "  - ");
    CHECK(one->inside == "{file: a.jpg}");
    CHECK(one->after == "  # 注");
    const auto bare = at("portrait: a.jpg", "a.jpg");
    REQUIRE(bare.has_value());
    CHECK(bare->whole_line);
    CHECK(bare->before == "portrait: ");
    const auto block = at("portrait:\n  file: a.jpg\n  alt: b\n", "file: a.jpg\n  alt: b");
    REQUIRE(block.has_value());
    CHECK_FALSE(block->whole_line);
    CHECK(block->line == 2);
    // The file may have been saved meanwhile.
    CHECK_FALSE(written_picture("short", {SourceId{0}, 3, 60}).has_value());
    CHECK_FALSE(written_picture("short", {}).has_value());
}
