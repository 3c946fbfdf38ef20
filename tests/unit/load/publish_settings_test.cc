#include "load/publish_settings.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

struct Reading {
    Sources sources;
    Diagnostics found;
    std::vector<PublishTarget> targets;

    explicit Reading(const std::string& text) {
        const SourceId id = sources.add(std::string(publish_settings_path), text);
        targets = load_publish_targets(sources[id], found);
        found.settle(sources);
    }
    // The only finding, with its line.
    std::string said() const {
        REQUIRE(found.items().size() == 1);
        return as_text(found.items()[0], sources, Language::chinese);
    }
    bool says(DiagnosticKind kind) const {
        return found.items().size() == 1 && found.items()[0].kind == kind;
    }
};

Reading place(const std::string& kind, const std::string& to) {
    return Reading("targets:\n  - {name: web, kind: " + kind + ", to: \"" + to + "\"}\n");
}

}  // namespace

TEST_CASE("targets are read with their names, in either language") {
    const Reading reading(
        "targets:\n"
        "  - {name: web, kind: rsync, to: web@www.example.gov.cn:/srv/www/qunying, note: 官网}\n"
        "  - {name: 备份, kind: directory, to: /mnt/backup/qunying}\n"
        "  - {名称: 空间, 方式: rclone, 地址: \"ftp-host:www\"}\n");
    CHECK(reading.found.empty());
    REQUIRE(reading.targets.size() == 3);
    CHECK(reading.targets[0].name == "web");
    CHECK(reading.targets[0].kind == TargetKind::rsync);
    CHECK(reading.targets[1].kind == TargetKind::directory);
    CHECK(reading.targets[1].to == "/mnt/backup/qunying");
    CHECK(reading.targets[2].kind == TargetKind::rclone);
    CHECK(Reading("发布目标: [{名称: a, 方式: 文件夹, 地址: /srv/a}]\n").targets.size() == 1);
    CHECK(Reading("").targets.empty());
}

TEST_CASE("a secret is refused wherever it stands, and never shown") {
    for (const std::string line :
         {"password: hunter2", "口令: hunter2", "pass: hunter2", "access_key: hunter2", "ftp_pass: hunter2",
          "Token: hunter2", "api-key: hunter2", "登录密码: hunter2"}) {
        CAPTURE(line);
        const Reading reading("targets:\n  - name: web\n    kind: rsync\n    to: web@host:/srv/www\n    " +
                              line + "\n");
        CHECK(reading.says(DiagnosticKind::publish_secret));
        CHECK(reading.said().find("content/publish.yaml:5:5") != std::string::npos);
        CHECK(reading.said().find("hunter2") == std::string::npos);
        CHECK(reading.targets.empty());
    }
    for (const std::string to :
         {"web:hunter2@host:/srv/www", "ftp://web:hunter2@host/www", ":ftp,host=a,pass=hunter2:www"}) {
        CAPTURE(to);
        CHECK(place("rsync", to).says(DiagnosticKind::publish_secret));
        CHECK(place("rsync", to).said().find("hunter2") == std::string::npos);
    }
    CHECK(Reading("secret: hunter2\n").says(DiagnosticKind::publish_secret));
}

TEST_CASE("places that a program would take for something else are refused") {
    for (const std::string to :
         {"-oProxyCommand=x:/srv", "web@-host:/srv", "/srv/www", "host::module", "host:", "host:-x",
          "host:~/www", "a b:/srv", "web@host", "rsync://host/x"}) {
        CAPTURE(to);
        CHECK(place("rsync", to).says(DiagnosticKind::bad_publish_place));
    }
    for (const std::string to :
         {"host:/srv/www", "web@host:www/qunying", "web@[::1]:/srv/www", "h:/a b/群英"}) {
        CAPTURE(to);
        CHECK(place("rsync", to).targets.size() == 1);
    }
    for (const std::string to : {"-x:www", "www", ":local:/srv", "https://a/b", "a/b:c"}) {
        CAPTURE(to);
        CHECK(place("rclone", to).says(DiagnosticKind::bad_publish_place));
    }
    for (const std::string to : {"web:", "web:a/b", "my.ftp-2:/www"}) {
        CAPTURE(to);
        CHECK(place("rclone", to).targets.size() == 1);
    }
    for (const std::string to : {"~/www", "-x", "ftp://host/www"}) {
        CAPTURE(to);
        CHECK(place("directory", to).says(DiagnosticKind::bad_publish_place));
    }
    CHECK(place("directory", "../www").targets.size() == 1);
    CHECK(place("rsync", "/srv").said().find("请写成 web@www.example.gov.cn:/srv/www/qunying 的样子") !=
          std::string::npos);
}

TEST_CASE("names are short words, and each stands once") {
    for (const std::string name : {"-web", "a b", "a/b"}) {
        CAPTURE(name);
        CHECK(Reading("targets: [{name: \"" + name + "\", kind: directory, to: /a}]\n")
                  .says(DiagnosticKind::bad_publish_name));
    }
    const Reading twice(
        "targets:\n  - {name: a, kind: directory, to: /a}\n  - {name: a, kind: directory, to: /b}\n");
    CHECK(twice.says(DiagnosticKind::publish_name_twice));
    CHECK(twice.targets.size() == 1);
}

TEST_CASE("what lacks is asked for, what is unknown is told") {
    CHECK(Reading("targets: [{name: a, kind: directory}]\n").says(DiagnosticKind::missing_field));
    CHECK(Reading("targets: [{name: a, kind: ftp, to: /a}]\n").says(DiagnosticKind::unknown_choice));
    CHECK(Reading("targets: [{name: a, kind: directory, to: /a, user: b}]\n")
              .says(DiagnosticKind::unknown_key));
}
