#include "syntax/subtitles.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

struct Read {
    Sources sources;
    Diagnostics found;
    Subtitles subtitles;

    explicit Read(std::string text, std::string path = "content/videos/v/v.vtt") {
        const SourceId id = sources.add(std::move(path), std::move(text));
        subtitles = read_subtitles(sources[id], found);
    }
    std::uint32_t line(std::size_t index) const {
        return line_column(sources[SourceId{0}].text, found.items()[index].where.begin).line;
    }
};

// One mistake: exactly one finding of that kind, on that line.
void check_one(const std::string& text, DiagnosticKind kind, std::uint32_t line) {
    CAPTURE(text);
    const Read read(text);
    REQUIRE(read.found.items().size() == 1);
    CHECK(entry_of(read.found.items()[0].kind).id == entry_of(kind).id);
    CHECK(read.line(0) == line);
    CHECK(message_of(read.found.items()[0], Language::chinese).find("{0}") == std::string::npos);
}

constexpr const char* good =
    "WEBVTT - 样例\n\nNOTE 说明\n写在这里\n\n1\n00:00.000 --> 00:02.500 align:start\n<v 王样例>您好\n\n"
    "01:00:02.500 --> 01:00:04.000\n第二条\n第二行\n";

}  // namespace

TEST_CASE("good subtitles are read in silence and published as they are") {
    for (const std::string& text : {std::string(good), "\xEF\xBB\xBF" + std::string(good)}) {
        const Read read(text);
        CHECK(read.found.empty());
        REQUIRE(read.subtitles.cues.size() == 2);
        CHECK(read.subtitles.cues[0].end == 2500);
        CHECK(read.subtitles.cues[1].begin == 3602500);
        CHECK(read.subtitles.vtt == text);
    }
    CHECK(Read("WEBVTT\r\n\r\n00:00.000 --> 00:02.500\r\n一\r\n\r\n00:03.000 --> 00:04.000\r\n二")
              .subtitles.cues.size() == 2);
}

TEST_CASE("each thing that a browser would not show as it was meant is found once, on its line") {
    using K = DiagnosticKind;
    check_one("00:00.000 --> 00:02.500\n一\n", K::subtitles_no_header, 1);
    check_one("WEBVTT\n\n00:00,000 --> 00:02.500\n一\n", K::subtitles_bad_time, 3);
    check_one("WEBVTT\n\n00:00.000 -> 00:02.500\n一\n", K::subtitles_bad_time, 3);
    check_one("WEBVTT\n\n00:00.000 ——> 00:02.500\n一\n", K::subtitles_bad_time, 3);
    check_one("WEBVTT\n\n00:00.000 --> 00:62.500\n一\n", K::subtitles_bad_time, 3);
    check_one("WEBVTT\n\n0:00.000 --> \n一\n", K::subtitles_bad_time, 3);
    check_one("WEBVTT\n\n00:02.000 --> 00:02.000\n一\n", K::subtitles_backwards, 3);
    check_one("WEBVTT\n\n00:02.000 --> 00:03.000\n一\n\n00:01.000 --> 00:01.500\n二\n", K::subtitles_order,
              6);
    check_one("WEBVTT\n\n00:02.000 --> 00:04.000\n一\n\n00:03.000 --> 00:05.000\n二\n", K::subtitles_overlap,
              6);
    check_one("WEBVTT\n\n00:02.000 --> 00:04.000\n\n00:05.000 --> 00:06.000\n二\n", K::subtitles_empty_cue,
              3);
    check_one("WEBVTT\n\n00:02.000 --> 00:04.000\n<v 王样例> \n", K::subtitles_empty_cue, 3);
    check_one("WEBVTT\n", K::subtitles_no_cue, 1);
    check_one("WEBVTT\n\n忘了时间\n\n00:05.000 --> 00:06.000\n二\n", K::subtitles_without_time, 3);
    check_one("WEBVTT\n\n00:05.000 --> 00:06.000\n<v王样例>二\n", K::subtitles_speaker, 4);
    check_one("WEBVTT\n\n00:05.000 --> 00:06.000\n<v >二\n", K::subtitles_speaker, 4);
    check_one("WEBVTT\n\n00:05.000 --> 00:06.000\n二<v 王样例\n", K::subtitles_speaker, 4);
    check_one("WEBVTT\n\n00:05.000 --> 00:06.000\n＜v 王样例＞二\n", K::subtitles_speaker, 4);
    check_one("WEBVTT\n\n00:05.000 --> 00:06.000\n\xB5\xDA\n", K::bad_utf8, 4);
    CHECK(Read("WEBVTT\n\n00:05.000 --> 00:06.000\n<v.loud 王样例>二<i>三</i> <video>\n").found.empty());
}

TEST_CASE("SubRip becomes WebVTT, by what it holds and whatever its name") {
    const std::string srt =
        "1\r\n00:00:01,5 --> 00:00:02,500\r\n<b>甲</b> & <font color=\"red\">乙</font> {\\an8}1 < 2\r\n\r\n"
        "2\r\n0:00:03,000 --> 00:00:04,000\r\n丙\r\n丁\r\n";
    const std::string vtt =
        "WEBVTT\n\n00:00:01.500 --> 00:00:02.500\n<b>甲</b> &amp; 乙 1 &lt; 2\n\n"
        "00:00:03.000 --> 00:00:04.000\n丙\n丁\n";
    const Read named(srt, "content/videos/v/v.srt");
    CHECK(named.found.empty());
    CHECK(named.subtitles.vtt == vtt);
    const Read misnamed(srt);
    REQUIRE(misnamed.found.items().size() == 1);
    CHECK(misnamed.found.items()[0].kind == DiagnosticKind::subtitles_srt);
    CHECK(misnamed.subtitles.vtt == vtt);
    CHECK(Read(misnamed.subtitles.vtt).found.empty());
    // And the other way round.
    CHECK(Read(good, "content/videos/v/v.srt").subtitles.vtt == good);
}

TEST_CASE("what comes when the film is over is found") {
    Read read("WEBVTT\n\n00:01.000 --> 00:05.900\n一\n\n00:06.000 --> 00:08.000\n二\n");
    check_against_film(read.subtitles, 5'200, read.found);
    REQUIRE(read.found.items().size() == 1);
    CHECK(read.found.items()[0].kind == DiagnosticKind::subtitles_past_end);
    CHECK(read.found.items()[0].words == std::vector<std::string>{"0:05"});
    CHECK(read.line(0) == 6);
}

TEST_CASE("lengths are read as people write them") {
    CHECK(length_text(205'400) == "3:25");
    CHECK(length_text(3'723'600) == "1:02:04");
    CHECK(length_text(400) == "0:00");
    for (const char* text : {"3:25", "03:25", "0:03:25", "3分25秒", "3′25″", "3：25", "205秒", " 3:25 "})
        CHECK_MESSAGE(length_in(text) == 205'000, text);
    CHECK(length_in("1:02:03") == 3'723'000);
    CHECK(length_in("1小时2分3秒") == 3'723'000);
    CHECK(length_in("5分钟") == 300'000);
    CHECK(length_in("1小时") == 3'600'000);
    CHECK(length_in("1小时2分") == 3'720'000);
    for (const char* text : {"", "约五分钟", "3", "a:b", "1:2:3:4", ":", "99999:00"})
        CHECK_MESSAGE(length_in(text) < 0, text);
}

TEST_CASE("no bytes make reading subtitles fail") {
    const std::string whole = std::string(good) + "00:01,0 -> 2\n\n\n<v\n<v>\n＜v\n-->\n";
    for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
        Read read(whole.substr(0, cut));
        check_against_film(read.subtitles, 1, read.found);
    }
    for (std::size_t i = 0; i < whole.size(); ++i) {
        for (const char c : {'\n', '\0', '<', '-', '\xff', '9'}) {
            std::string bent = whole;
            bent[i] = c;
            const Read read(bent, i % 2 == 0 ? "a.vtt" : "a.srt");
            CHECK(read.subtitles.cues.size() < 10);
        }
    }
}
