#include "release/kiosk_setup.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>

using namespace qunying;

namespace {

std::string text_of(const std::vector<SetupFile>& files, const std::string& path) {
    const auto found =
        std::find_if(files.begin(), files.end(), [&](const SetupFile& file) { return file.path == path; });
    REQUIRE_MESSAGE(found != files.end(), path);
    return found->text;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

KioskSetup odd_setup() { return {"/srv/hall-2", "1080x1920", "hall_2", "https://example.org/kiosk/"}; }

}  // namespace

TEST_CASE("a setup holds every file once, by path, with nothing left to fill in") {
    const std::vector<SetupFile> files = kiosk_setup_files(odd_setup());
    std::set<std::string> paths;
    for (const SetupFile& file : files) {
        CAPTURE(file.path);
        CHECK(paths.insert(file.path).second);
        CHECK(!file.text.empty());
        for (const char* left : {"@FOLDER@", "@SCREEN@", "@USER@", "@URL@", "/opt/qunying-kiosk"})
            CHECK(!has(file.text, left));
    }
    CHECK(std::is_sorted(files.begin(), files.end(),
                         [](const SetupFile& a, const SetupFile& b) { return a.path < b.path; }));
    CHECK(paths.count(setup_apply_path) == 1);
    CHECK(paths.count(setup_trust_path) == 0);
    CHECK(paths.count(setup_installer_path) == 0);
}

TEST_CASE("settings, unit, policy and pages name the folder, the user, the screen and the address") {
    const std::vector<SetupFile> files = kiosk_setup_files(odd_setup());
    const std::string settings = text_of(files, "files/etc/qunying-kiosk/kiosk.conf");
    CHECK(has(settings, "\nKIOSK_FOLDER=/srv/hall-2\n"));
    CHECK(has(settings, "\nKIOSK_SCREEN=1080x1920\n"));
    CHECK(has(settings, "\nKIOSK_URL=https://example.org/kiosk/\n"));
    CHECK(has(settings, "\nKIOSK_TRUST=/" + std::string(setup_trust_path).substr(6) + "\n"));
    CHECK(has(text_of(files, "files/etc/systemd/system/qunying-kiosk.service"), "\nUser=hall_2\n"));
    for (const char* browser : {"chromium", "chromium-browser", "opt/chrome"}) {
        const std::string policy =
            text_of(files, "files/etc/" + std::string(browser) + "/policies/managed/qunying-kiosk.json");
        CHECK(has(policy, "\"file:///srv/hall-2/releases/\""));
    }
    CHECK(has(text_of(files, "files/usr/local/share/qunying-kiosk/waiting.js"), "'file:///srv/hall-2'"));
    CHECK(has(text_of(files, "apply.sh"), "\nuser=hall_2\n"));
}

TEST_CASE("Windows' files have Windows' ends of lines and no hanzi, which cmd would misread") {
    const std::vector<SetupFile> files = kiosk_setup_files({});
    for (const char* path : {"windows/kiosk.cmd", "windows/policy.reg"}) {
        CAPTURE(path);
        const std::string text = text_of(files, path);
        CHECK(std::all_of(text.begin(), text.end(),
                          [](char c) { return static_cast<unsigned char>(c) < 128; }));
        for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
            CHECK(text[at - 1] == '\r');
    }
}

TEST_CASE("what a shell, a unit or a policy would misread is refused") {
    const auto fault = [](auto change) {
        KioskSetup setup = odd_setup();
        change(setup);
        return fault_of(setup);
    };
    CHECK(!fault_of(KioskSetup{}));
    CHECK(!fault_of(odd_setup()));
    for (const char* folder :
         {"", "/", "opt/kiosk", "/opt/", "/opt//kiosk", "/opt/../etc", "/opt/./kiosk", "/opt/my kiosk",
          "/opt/触摸屏", "/opt/a;b", "/opt/$x", "/opt/a\nb", "/opt/%h"}) {
        CAPTURE(folder);
        CHECK(fault([&](KioskSetup& setup) { setup.folder = folder; }) == SetupFault::folder);
    }
    for (const char* screen :
         {"", "1080", "1080x", "x1920", "1080x1920x2", "1080 x 1920", "0x0", "-1080x1920", "99999x1080"}) {
        CAPTURE(screen);
        CHECK(fault([&](KioskSetup& setup) { setup.screen = screen; }) == SetupFault::screen);
    }
    for (const char* user : {"", "root", "Kiosk", "9a", "-a", "a b", "a;b", "观众", "a.b",
                             "abcdefghijklmnopqrstuvwxyzabcdefg"}) {
        CAPTURE(user);
        CHECK(fault([&](KioskSetup& setup) { setup.user = user; }) == SetupFault::user);
    }
    for (const char* url : {"example.org", "ftp://example.org/", "https://", "https://a/b c",
                            "https://a/$(x)", "https://a/'", "file:///etc", "https://a/?b&c"}) {
        CAPTURE(url);
        CHECK(fault([&](KioskSetup& setup) { setup.url = url; }) == SetupFault::url);
    }
}
