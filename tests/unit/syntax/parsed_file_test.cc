#include "syntax/parsed_file.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <random>

#include "base/digest.h"

using namespace qunying;

namespace {

const std::string profile =
    "\xEF\xBB\xBF---\nname: 王样例\nid: wang\nbirth: '1946-08'\nnone:\nhonors:\n  - {batch: b-1, grade: "
    "个人}\n"
    "  - []\nteams: [a, \"b\"]\nconsent:\n  basis: 本人授权\n  scope: [互联网, 场馆]\n---\n\n"
    "## 人物小传\n\n见[[team:t1|团队]]与[[李样例]]。**“好”**世界[^1]。\n\n![合影](he.jpg \"一九九〇年\")\n\n"
    "![](b.jpg)旁边\n\n| 年 | 事 |\n| --- | ---: |\n| 1 | 2 |\n\n### 又\n\n[^1]: 注\n";

ParsedFile parse_file(const SourceFile& source, Diagnostics& diagnostics) {
    ParsedFile file{parse_document(source, diagnostics), {}};
    file.story = parse_markdown(source, file.document.body_begin, file.document.body_end, diagnostics);
    return file;
}

struct File {
    Sources sources;
    Diagnostics found;
    ParsedFile parsed;

    explicit File(std::string text) {
        const SourceId id = sources.add("content/people/a.md", std::move(text));
        parsed = parse_file(sources[id], found);
    }
};

// Everything a parsed file holds, spans and all, as text to compare.
std::string told(Span span) {
    return "@" + std::to_string(static_cast<std::uint32_t>(span.source)) + ":" + std::to_string(span.begin) +
           "-" + std::to_string(span.end) + ";";
}

std::string told(const YamlNode& node) {
    std::string out = std::to_string(static_cast<int>(node.type)) + (node.quoted ? "q" : "") +
                      (node.failed ? "f" : "") + told(node.span) + "«" + node.text + "»";
    for (const YamlNode& item : node.items) out += "- " + told(item);
    for (const YamlEntry& entry : node.entries)
        out += "? " + entry.key + told(entry.key_span) + told(entry.value);
    return out + "\n";
}

std::string told(const ParsedFile& file) {
    const Document& document = file.document;
    std::string out = told({document.source, document.body_begin, document.body_end}) +
                      (document.front_valid ? "valid " : "broken ") + document.declared_id + "\n" +
                      told(document.front);
    for (const StoryPiece& piece : file.story.pieces) {
        if (const auto* html = std::get_if<StoryHtml>(&piece)) out += "html " + html->html;
        if (const auto* link = std::get_if<StoryReference>(&piece))
            out += "link " + link->kind + "|" + link->target + "|" + link->text + told(link->span);
        if (const auto* shown = std::get_if<StoryPicture>(&piece))
            out += "picture " + shown->file + "|" + shown->alt + "|" + shown->caption + told(shown->span) +
                   (shown->block ? "block" : "inline");
        out += "\n";
    }
    for (const StoryHeading& heading : file.story.headings)
        out += std::to_string(heading.level) + heading.text + "#" + heading.id + "\n";
    return out + file.story.plain_text;
}

constexpr std::size_t header = 1 + sizeof(Digest::bytes);

// A digest that fits, so that what lies behind it is put to the test.
void sign(std::string& bytes) {
    if (bytes.size() < header) return;
    const Digest digest = digest_of(std::string_view(bytes).substr(header));
    std::copy(digest.bytes.begin(), digest.bytes.end(), bytes.begin() + 1);
}

// A value or nothing; of a value every span and text is looked at.
bool survives(const std::string& bytes) {
    const std::string_view keys[] = {"name", "honors"};
    const auto some = unpack_entries(bytes, SourceId{7}, keys);
    if (some && told(some->front).size() > 100 * bytes.size() + 10'000) return false;
    const auto file = unpack(bytes, SourceId{7});
    return !file || told(*file).size() < 100 * bytes.size() + 10'000;
}

const std::vector<std::string> odd_files = {
    "",
    "---\n---\n",
    "没有\n",
    "---\nid: a\nb: [x\n---\n文\n",
    "---\na: 1\n文",
    "---\n- a\n---\n",
    "---\na: &x 1\nb: *x\n---\n\xFF\n",
    "---\n{a: {b: [[[1]]]}}\n---\n",
};

}  // namespace

TEST_CASE("a file is read in one call as it is in two") {
    File file(profile);
    CHECK(file.found.empty());
    CHECK(file.parsed.document.front_valid);
    CHECK(file.parsed.story.pieces.size() >= 6);
    Diagnostics found;
    const SourceFile& source = file.sources[SourceId{0}];
    ParsedFile apart{parse_document(source, found), {}};
    apart.story = parse_markdown(source, apart.document.body_begin, apart.document.body_end, found);
    CHECK(told(apart) == told(file.parsed));
}

TEST_CASE("the findings are those of front matter and story") {
    File file("---\na: 1\na: 2\n---\n\n#标题\n");
    REQUIRE(file.found.items().size() == 2);
    CHECK(file.found.items()[0].kind == DiagnosticKind::yaml_duplicate_key);
    CHECK(file.found.items()[1].kind == DiagnosticKind::heading_without_space);
}

TEST_CASE("chosen entries come back as in the whole front matter") {
    const std::string_view keys[] = {"name", "none", "honors", "id", "a", "b"};
    std::vector<std::string> texts = odd_files;
    texts.push_back(profile);
    for (const std::string& text : texts) {
        CAPTURE(text);
        const File file(text);
        ParsedFile wanted = file.parsed;
        YamlNode& front = wanted.document.front;
        front.items.clear();
        std::erase_if(front.entries, [&](const YamlEntry& entry) {
            return std::find(std::begin(keys), std::end(keys), entry.key) == std::end(keys);
        });
        for (YamlEntry& entry : front.entries) entry.value.items.clear(), entry.value.entries.clear();
        wanted.story = {};
        const auto document = unpack_entries(pack(file.parsed), SourceId{0}, keys);
        REQUIRE(document);
        CHECK(told(ParsedFile{*document, {}}) == told(wanted));
    }
}

TEST_CASE("a packed file comes back the same, in its new source") {
    std::vector<std::string> texts = odd_files;
    texts.push_back(profile);
    for (const std::string& text : texts) {
        CAPTURE(text);
        const File file(text);
        const std::string bytes = pack(file.parsed);
        const auto same = unpack(bytes, SourceId{0});
        REQUIRE(same);
        CHECK(told(*same) == told(file.parsed));
        CHECK(pack(*same) == bytes);
        const auto moved = unpack(bytes, SourceId{5});
        REQUIRE(moved);
        CHECK(moved->document.source == SourceId{5});
        CHECK(moved->document.front.span.source == SourceId{5});
        CHECK(pack(*moved) == bytes);
    }
}

TEST_CASE("packed bytes name no source: the same file gives the same bytes wherever it stands") {
    const File first(profile);
    Sources sources;
    sources.add("content/other.md", "另一份");
    const SourceId second = sources.add("content/people/b.md", profile);
    Diagnostics found;
    CHECK(pack(first.parsed) == pack(parse_file(sources[second], found)));
}

TEST_CASE("torn, rotten or foreign bytes are nothing") {
    const std::string bytes = pack(File(profile).parsed);
    CHECK_FALSE(unpack("", SourceId{0}));
    CHECK_FALSE(unpack(bytes + "x", SourceId{0}));
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_FALSE(unpack(std::string_view(bytes).substr(0, size), SourceId{0}));
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string rotten = bytes;
        rotten[at] = static_cast<char>(rotten[at] ^ (1 << (at % 8)));
        CHECK_FALSE(unpack(rotten, SourceId{0}));
    }
    CHECK_FALSE(unpack(std::string((std::size_t{1} << 24) + 1, '\1'), SourceId{0}));
}

TEST_CASE("bytes whose digest fits are still read with care") {
    std::vector<std::string> texts = odd_files;
    texts.push_back(profile);
    std::mt19937 random(20240601);
    for (const std::string& text : texts) {
        const std::string bytes = pack(File(text).parsed);
        for (std::size_t size = header; size < bytes.size(); ++size) {
            std::string torn = bytes.substr(0, size);
            sign(torn);
            CHECK_FALSE(unpack(torn, SourceId{0}));
        }
        for (int round = 0; round < 4000; ++round) {
            std::string changed = bytes;
            for (std::size_t flips = 1 + random() % 3; flips > 0; --flips) {
                const std::size_t at = header + random() % (changed.size() - header);
                changed[at] = static_cast<char>(random() % 4 == 0 ? 0xFF : random());
            }
            sign(changed);
            CHECK(survives(changed));
        }
    }
}

TEST_CASE("counts, depths and places that cannot be are refused") {
    const auto signed_bytes = [](std::string content) {
        std::string bytes(header, '\2');
        bytes += content;
        sign(bytes);
        return bytes;
    };
    using namespace std::string_literals;
    const std::string empty_story = "\0\0\0\0"s;
    // body 0 to 9, valid, no id; the front matter follows.
    const std::string head = "\0\x09\1\0"s;
    CHECK(unpack(signed_bytes(head + "\0\0"s + empty_story), SourceId{0}));
    CHECK(unpack(signed_bytes(head + "\0\1\x09"s + empty_story), SourceId{0}));
    CHECK_FALSE(unpack(signed_bytes(head + "\0\1\x0A"s + empty_story), SourceId{0}));   // span behind the end
    CHECK_FALSE(unpack(signed_bytes("\x0A\x09\1\0\0\0"s + empty_story), SourceId{0}));  // body behind the end
    CHECK_FALSE(unpack(signed_bytes(head + "\x10\0"s + empty_story), SourceId{0}));     // no such bit
    CHECK_FALSE(unpack(signed_bytes(head + "\2\0\xFF\xFF\xFF\x7F"s + empty_story), SourceId{0}));
    CHECK_FALSE(unpack(signed_bytes(head + "\2\0\xFF\xFF\xFF\xFF\x7F"s + empty_story), SourceId{0}));
    std::string deep = head;
    for (int i = 0; i < 100'000; ++i) deep += "\2\0\1"s;
    CHECK_FALSE(unpack(signed_bytes(deep + "\0\0"s + empty_story), SourceId{0}));
    CHECK_FALSE(unpack(signed_bytes(head + "\0\0\1\3"s), SourceId{0}));  // no such piece
}
