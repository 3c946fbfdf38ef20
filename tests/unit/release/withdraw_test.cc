#include "release/withdraw.h"

#include <doctest/doctest.h>

#include "support/memory_disk.h"
#include "syntax/document.h"

using namespace qunying;

namespace {

const Kinds kinds = built_in_kinds();
const Kind& person = kinds[kinds.must("person")];

std::string withdrawn(std::string text, std::string_view reason = "") {
    Sources sources;
    Diagnostics diagnostics;
    const SourceId id = sources.add("content/people/x.md", std::move(text));
    const auto made = withdrawn_text(sources[id], person, {2026, 7, 1}, reason, diagnostics);
    REQUIRE(made);
    Sources again;
    Diagnostics of_new;
    const Document document = parse_document(again[again.add("content/people/x.md", *made)], of_new);
    CHECK(of_new.empty());
    CHECK(document.front_valid);
    return *made;
}

}  // namespace

TEST_CASE("a record says that it is withdrawn, and every other byte is as it was") {
    CHECK(withdrawn("---\nname: 王样例\nstatus: approved # 终审\nvisibility: public\n---\n故事。\n") ==
          "---\nwithdrawn_on: 2026-07-01\nname: 王样例\nstatus: withdrawn # 终审\nvisibility: "
          "public\n---\n故事。\n");
    CHECK(withdrawn("---\nname: Wang\n---\n") ==
          "---\nstatus: withdrawn\nwithdrawn_on: 2026-07-01\nname: Wang\n---\n");
}

TEST_CASE("keys are written in the language of the file") {
    CHECK(withdrawn("---\n姓名: 王样例\n状态: 终审通过\n---\n故事。", "本人要求") ==
          "---\n撤下日期: 2026-07-01\n撤下原因: '本人要求'\n姓名: 王样例\n状态: 撤下\n---\n故事。");
    CHECK(withdrawn("---\n姓名: 王样例\n---\n") ==
          "---\n状态: 撤下\n撤下日期: 2026-07-01\n姓名: 王样例\n---\n");
}

TEST_CASE("line endings, a byte-order mark and a missing last line stay") {
    CHECK(withdrawn("\xEF\xBB\xBF---\r\nname: 王样例\r\nstatus: approved\r\n---\r\n故事。\r\n") ==
          "\xEF\xBB\xBF---\r\nwithdrawn_on: 2026-07-01\r\nname: 王样例\r\nstatus: "
          "withdrawn\r\n---\r\n故事。\r\n");
    CHECK(withdrawn("---\nname: 王样例\nstatus: approved\n---") ==
          "---\nwithdrawn_on: 2026-07-01\nname: 王样例\nstatus: withdrawn\n---");
}

TEST_CASE("what stood there before is written over") {
    CHECK(withdrawn("---\nname: 王样例\nstatus:\nwithdrawn_on: 2020-01-01\nwithdrawn_reason: \"x\"\n---\n",
                    "y") ==
          "---\nname: 王样例\nstatus: withdrawn\nwithdrawn_on: 2026-07-01\nwithdrawn_reason: 'y'\n---\n");
    CHECK(withdrawn("---\nname: 王样例\nstatus: 'approved'\n---\n").find("status: withdrawn\n") !=
          std::string::npos);
}

TEST_CASE("any reason is a text of one line") {
    const std::string text = withdrawn("---\nname: Wang\n---\n", " it's: #1\n“不再公开” ");
    CHECK(text.find("withdrawn_reason: 'it''s: #1 “不再公开”'\n") != std::string::npos);
}

TEST_CASE("a front matter that cannot be read is left alone") {
    Sources sources;
    for (const char* text : {"---\nname: 'x\nstatus: approved\n---\n", "no front matter", "",
                             "---\nname: x\n", "---\nstatus: approved\nstatus: draft\n---\n"}) {
        CAPTURE(text);
        Diagnostics diagnostics;
        const SourceId id = sources.add("x.md", text);
        CHECK_FALSE(withdrawn_text(sources[id], person, {2026, 7, 1}, "", diagnostics));
        CHECK(diagnostics.has_errors());
    }
}

TEST_CASE("a text takes the place of another whole") {
    MemoryDisk disk;
    create_folders(disk, "content/people");
    disk.write_new_file("content/people/x.md", "old");
    disk.write_new_file("content/people/.qunying-x.md.tmp", "left by a run that was killed");
    replace_text(disk, "content/people/x.md", "new");
    CHECK(disk.read_file("content/people/x.md") == "new");
    CHECK(disk.list_folder("content/people").size() == 1);
}

TEST_CASE("a person is found by id or by a name that nobody shares") {
    Site site;
    const auto add = [&](const char* kind, const char* slug, const char* title) {
        Record record;
        record.kind = site.kinds.must(kind);
        record.slug = slug;
        record.title = title;
        record.fields.resize(site.kinds[record.kind].fields.size());
        site.records.push_back(std::move(record));
    };
    add("person", "wang", "王样例");
    add("person", "wang-2", "王样例");
    add("person", "li", "李样例");
    add("team", "wang", "样例队");
    add("team", "dui", "样例二队");
    std::vector<std::string> several;
    const auto find = [&](const char* wanted) {
        several.clear();
        return record_to_withdraw(site, wanted, several);
    };
    CHECK(find("wang") == RecordId{0});
    CHECK(find("李样例") == RecordId{2});
    CHECK(find("dui") == RecordId{4});
    CHECK(find("team:wang") == RecordId{3});
    CHECK(find("王样例") == no_record);
    CHECK(several == std::vector<std::string>{"wang", "wang-2"});
    CHECK(find("nobody") == no_record);
    CHECK(several.empty());
}
