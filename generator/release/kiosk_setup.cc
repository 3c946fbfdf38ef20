#include "release/kiosk_setup.h"

#include <algorithm>
#include <charconv>

#include "base/failure.h"
#include "base/text.h"
#include "release/machine_files.h"

namespace qunying {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool consists_of(std::string_view text, std::string_view others) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return is_letter(c) || is_digit(c) || others.find(c) != std::string_view::npos;
    });
}

// Named from the root, not the root itself, without "." and "..".
bool is_plain_folder(const std::string& folder) {
    if (folder.size() < 2 || folder[0] != '/' || folder.back() == '/' || !consists_of(folder, "/._-"))
        return false;
    return (folder + "/").find("//") == std::string::npos &&
           (folder + "/").find("/./") == std::string::npos &&
           (folder + "/").find("/../") == std::string::npos;
}

bool is_pixels(std::string_view text) {
    int pixels = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), pixels);
    return error == std::errc() && end == text.data() + text.size() && pixels >= 320 && pixels <= 16384;
}

bool is_screen(std::string_view text) {
    const std::size_t cross = text.find('x');
    return cross != std::string_view::npos && is_pixels(text.substr(0, cross)) &&
           is_pixels(text.substr(cross + 1));
}

// As useradd of Debian takes it.
bool is_user(std::string_view name) {
    return !name.empty() && name != "root" && name.size() <= 31 &&
           (name[0] == '_' || (name[0] >= 'a' && name[0] <= 'z')) &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_' || c == '-'; });
}

bool is_address(const std::string& url) {
    return (url.starts_with("https://") || url.starts_with("http://")) && url.find("://") + 3 < url.size() &&
           consists_of(url, ":/._-~%");
}

std::string filled(std::string_view text, const KioskSetup& setup) {
    std::string out = replace_all(std::string(text), "@FOLDER@", setup.folder);
    out = replace_all(out, "@SCREEN@", setup.screen);
    out = replace_all(out, "@USER@", setup.user);
    return replace_all(out, "@URL@", setup.url);
}

// Windows' own programs want its ends of lines.
std::string with_windows_lines(const std::string& text) { return replace_all(text, "\n", "\r\n"); }

}  // namespace

std::optional<SetupFault> fault_of(const KioskSetup& setup) {
    if (!is_plain_folder(setup.folder)) return SetupFault::folder;
    if (!is_screen(setup.screen)) return SetupFault::screen;
    if (!is_user(setup.user)) return SetupFault::user;
    if (!setup.url.empty() && !is_address(setup.url)) return SetupFault::url;
    return std::nullopt;
}

std::vector<SetupFile> kiosk_setup_files(const KioskSetup& setup) {
    QY_CHECK(!fault_of(setup));
    std::vector<SetupFile> files;
    const auto add = [&](std::string path, std::string_view text) {
        files.push_back({std::move(path), filled(text, setup)});
    };
    add(setup_apply_path, machine_apply);
    add("README.txt", machine_readme);
    add("files/etc/qunying-kiosk/kiosk.conf", machine_settings);
    // Where Debian's Chromium, Ubuntu's, and Chrome look for what they may do.
    for (const char* browser : {"chromium", "chromium-browser", "opt/chrome"})
        add("files/etc/" + std::string(browser) + "/policies/managed/qunying-kiosk.json", machine_policy);
    const std::string units = "files/etc/systemd/system/qunying-kiosk";
    add(units + ".service", machine_kiosk_unit);
    add(units + "-confirm.service", machine_confirm_unit);
    add(units + "-stick@.service", machine_stick_unit);
    add(units + "-update.service", machine_update_unit);
    add(units + "-update.timer", machine_update_timer);
    add("files/etc/udev/rules.d/90-qunying-kiosk.rules", machine_stick_rules);
    add("files/etc/X11/xorg.conf.d/90-qunying-kiosk.conf", machine_xorg);
    const std::string scripts = "files/usr/local/lib/qunying-kiosk/";
    add(scripts + "choose", machine_choose);
    add(scripts + "confirm", machine_confirm);
    add(scripts + "launch", machine_launch);
    add(scripts + "session", machine_session);
    add(scripts + "stick", machine_stick);
    add(scripts + "update", machine_update);
    const std::string pages = "files/usr/local/share/qunying-kiosk/";
    add(pages + "screen.css", machine_screen_style);
    add(pages + "stick.html", machine_stick_page);
    add(pages + "stick.js", machine_stick_script);
    add(pages + "waiting.html", machine_waiting_page);
    add(pages + "waiting.js", machine_waiting_script);
    add("windows/kiosk.cmd", with_windows_lines(std::string(machine_windows_start)));
    add("windows/policy.reg", with_windows_lines(std::string(machine_windows_policy)));
    std::sort(files.begin(), files.end(),
              [](const SetupFile& a, const SetupFile& b) { return a.path < b.path; });
    return files;
}

}  // namespace qunying
