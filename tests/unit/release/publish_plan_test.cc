#include "release/publish_plan.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "release/publish_journal.h"
#include "release/remote_failure.h"
#include "support/memory_disk.h"

using namespace qunying;

namespace {

OutputFile file_of(const std::string& bytes) { return {blake2b_of(bytes), bytes.size()}; }

Manifest manifest_of(const std::map<std::string, std::string>& files) {
    std::map<std::string, OutputFile, std::less<>> tree;
    for (const auto& [path, bytes] : files) tree.emplace(path, file_of(bytes));
    return {{}, OutputTree(tree)};
}

std::size_t step_of(const PublishPlan& plan, const std::string& path) {
    for (std::size_t i = 0; i < plan.uploads.size(); ++i) {
        const auto& paths = plan.uploads[i].paths;
        if (std::find(paths.begin(), paths.end(), path) != paths.end()) return i;
    }
    return 99;
}

}  // namespace

TEST_CASE("what a path is to a visitor") {
    for (const char* path : {"media/a-5f03c28b-320.jpg", "static/hall-8cc4154c.css", "static/tones.css",
                             "search/c-0-tus2fi.js", "files/plan.pdf", "static/mark-50c0803a.svg.gz"})
        CHECK_MESSAGE(role_of(path) == FileRole::asset, path);
    for (const char* path : {"people/a.html", "people/a.html.br", "pages/index-x.html"})
        CHECK_MESSAGE(role_of(path) == FileRole::record, path);
    for (const char* path : {"people/index.html", "people/index-12.html", "honors/year/2020.html",
                             "honors/roll-3.js", "kiosk/people.js", "kiosk/index.html"})
        CHECK_MESSAGE(role_of(path) == FileRole::list, path);
    for (const char* path : {"index.html", "404.html", "sitemap.xml", "feed.xml", "robots.txt",
                             "data/people.json", "search/index.js", "index.html.gz"})
        CHECK_MESSAGE(role_of(path) == FileRole::entry, path);
}

TEST_CASE("names that tell the bytes") {
    for (const char* path : {"media/a-b-5f03c28b-320.jpg", "static/hall-8cc4154c.css", "search/c-0-tus2fi.js",
                             "static/hall-8cc4154c.css.br"})
        CHECK_MESSAGE(is_named_by_content(path), path);
    for (const char* path :
         {"static/tones.css", "static/fonts.css", "search/index.js", "people/a-5f03c28b.html",
          "honors/roll-1.js", "media/5f03c28b.jpg", "index.html"})
        CHECK_MESSAGE(!is_named_by_content(path), path);
}

TEST_CASE("assets come first, new pages before those that link to them, entries last") {
    const Manifest before =
        manifest_of({{"index.html", "1"}, {"people/a.html", "1"}, {"people/index.html", "1"}});
    const Manifest after = manifest_of({{"index.html", "2"},
                                        {"people/a.html", "1"},
                                        {"people/b.html", "1"},
                                        {"people/index.html", "2"},
                                        {"static/tones.css", "1"},
                                        {"search/index.js", "1"},
                                        {"media/b-5f03c28b-320.jpg", "1"}});
    const PublishPlan plan = plan_publishing(after, known_of(before));
    CHECK(step_of(plan, "media/b-5f03c28b-320.jpg") == 0);
    CHECK(step_of(plan, "static/tones.css") == 1);
    CHECK(step_of(plan, "people/b.html") == 2);
    CHECK(step_of(plan, "search/index.js") == 3);
    CHECK(step_of(plan, "people/index.html") == 4);
    CHECK(step_of(plan, "index.html") == 5);
    CHECK(step_of(plan, "people/a.html") == 99);
    CHECK(plan.bytes == 6);
}

// A server answers for people/a.html with people/a.html.gz as soon as that is there.
TEST_CASE("a compressed form is as visible as its page") {
    const Manifest before = manifest_of({{"people/a.html", "1"}});
    const Manifest after = manifest_of({{"people/a.html", "1"},
                                        {"people/a.html.gz", "z"},
                                        {"people/b.html", "1"},
                                        {"people/b.html.gz", "z"}});
    const PublishPlan plan = plan_publishing(after, known_of(before));
    CHECK(plan.uploads.at(step_of(plan, "people/a.html.gz")).phase == UploadPhase::changed_pages);
    CHECK(plan.uploads.at(step_of(plan, "people/b.html.gz")).phase == UploadPhase::new_pages);
}

TEST_CASE("forms of pages that stay go first, then pages, then what they showed") {
    const Manifest before = manifest_of({{"people/a.html", "1"},
                                         {"people/a.html.gz", "1"},
                                         {"people/b.html", "1"},
                                         {"people/b.html.gz", "1"},
                                         {"media/b-5f03c28b-320.jpg", "1"}});
    const PublishPlan plan = plan_publishing(manifest_of({{"people/a.html", "1"}}), known_of(before));
    REQUIRE(plan.removals.size() == 3);
    CHECK(plan.removals[0] == std::vector<std::string>{"people/a.html.gz"});
    CHECK(plan.removals[1] == std::vector<std::string>{"people/b.html", "people/b.html.gz"});
    CHECK(plan.removals[2] == std::vector<std::string>{"media/b-5f03c28b-320.jpg"});
    CHECK(plan.empty_folders == std::vector<std::string>{"media"});
}

TEST_CASE("a file that is there with unknown bytes is replaced, one that may be there is removed") {
    KnownFiles known;
    known["people/a.html"] = {Known::State::another, {}, false};
    known["people/b.html"] = {Known::State::another, {}, true};
    known["people/c.html"] = {Known::State::unknown, {}, false};
    const PublishPlan plan =
        plan_publishing(manifest_of({{"people/a.html", "1"}, {"people/b.html", "1"}}), known);
    CHECK(plan.uploads.at(step_of(plan, "people/a.html")).phase == UploadPhase::changed_pages);
    CHECK(plan.uploads.at(step_of(plan, "people/b.html")).phase == UploadPhase::new_pages);
    CHECK(plan.removals == std::vector<std::vector<std::string>>{{"people/c.html"}});
}

TEST_CASE("a mark is read as it was written, and nothing else is") {
    const PublishMark mark{"5f", {"people/a.html", "media/x.jpg"}, {"people/a.html"}};
    const std::string text = write_mark(mark);
    CHECK(parse_mark(text) == mark);
    for (std::size_t length = 0; length + 1 < text.size(); ++length)
        CHECK_FALSE(parse_mark(std::string_view(text).substr(0, length)));
    CHECK_FALSE(parse_mark(R"({"format": 1, "run": "a", "unseen": [], "paths": ["../etc/passwd"]})"));
    CHECK_FALSE(parse_mark(R"({"format": 2, "run": "a", "unseen": [], "paths": []})"));
    CHECK_FALSE(parse_mark(R"({"format": 1, "run": 5, "unseen": [], "paths": []})"));
}

TEST_CASE("a journal that is torn anywhere says nothing that is not so") {
    MemoryDisk disk;
    disk.put("journals/keep", "");
    PublishJournal journal(disk, "journals/a");
    KnownFiles known;
    known["people/a.html"] = {Known::State::file, file_of("a"), false};
    known["people/b.html"] = {Known::State::absent, {}, false};
    known["people/c.html"] = {Known::State::unknown, {}, false};
    journal.begin("5f", known);
    journal.is_there("people/d.html", file_of("d"));
    journal.is_gone("people/a.html");
    const auto all = journal.recall("5f");
    REQUIRE(all);
    CHECK(all->size() == 3);
    CHECK(all->at("people/a.html").state == Known::State::absent);
    CHECK(all->at("people/d.html").file == file_of("d"));
    CHECK_FALSE(journal.recall("60"));
    const std::string text = disk.read_file("journals/a");
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const bool cut : {true, false}) {
            std::string torn = cut ? text.substr(0, at) : text;
            if (!cut) torn[at] = static_cast<char>(torn[at] ^ 1);
            disk.put("journals/a", torn);
            for (const auto& [path, state] : journal.recall("5f").value_or(KnownFiles{})) {
                const bool true_once = path == "people/a.html" || all->at(path).file == state.file;
                CHECK_MESSAGE(true_once, at);
            }
        }
    }
    disk.put("journals/a", text);
    journal.clear();
    CHECK_FALSE(journal.recall("5f"));
}

TEST_CASE("what ssh, rsync and rclone say is understood") {
    const auto is = [](std::string_view said, int code, Trouble trouble) {
        CHECK_MESSAGE(trouble_in(said, code) == trouble, said);
    };
    is("ssh: Could not resolve hostname nowhere: Name or service not known\r\n", 255, Trouble::host_unknown);
    is("ssh: connect to host 127.0.0.1 port 22: Connection refused\r\nrsync: connection unexpectedly closed",
       255, Trouble::unreachable);
    is("Host key verification failed.\r\nrsync: connection unexpectedly closed", 255, Trouble::host_key);
    is("web@h: Permission denied (publickey,password).", 255, Trouble::login);
    is("rsync: [receiver] mkstemp \"/srv/.x\" failed: Permission denied (13)", 23, Trouble::no_permission);
    is("rsync: [receiver] write failed: No space left on device (28)", 11, Trouble::disk_full);
    is("bash: line 1: rsync: command not found\nrsync: connection unexpectedly closed", 127,
       Trouble::remote_program_missing);
    is("Failed to create file system for \"web:a\": didn't find section in config file", 1,
       Trouble::unknown_remote);
    is("NewFs: ftpLogin: 530 Login incorrect.", 1, Trouble::login);
    is("dial tcp: lookup nowhere: no such host", 1, Trouble::host_unknown);
    is("552 Requested file action aborted. Exceeded storage allocation", 1, Trouble::disk_full);
    is("something new", 12, Trouble::other);
    is("", 255, Trouble::unreachable);
    CHECK(last_words("\n one \n\n two\n") == "one\ntwo");
}
