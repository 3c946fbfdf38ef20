#include "release/install_program.h"

#include <charconv>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <map>

#include "base/failure.h"
#include "base/text.h"
#include "release/install_start.h"

namespace qunying {
namespace {

namespace fs = std::filesystem;

const std::map<std::string, InstallAction, std::less<>> actions = {{"install", InstallAction::install},
                                                                   {"verify", InstallAction::verify},
                                                                   {"choose", InstallAction::choose},
                                                                   {"confirm", InstallAction::confirm},
                                                                   {"status", InstallAction::status}};

InstallPrint wrong(const std::string& chinese, const std::string& english, const std::string& program,
                   Language language) {
    return {(language == Language::chinese ? chinese : english) + "\n" + install_usage(program, language), 2};
}

std::optional<std::uint64_t> number_of(std::string_view text, std::uint64_t least, std::uint64_t most) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole && number >= least && number <= most ? std::optional(number) : std::nullopt;
}

struct SplitWords {
    std::vector<std::string> plain;
    std::map<std::string, std::string> options;
    std::string unknown;  // the first option that is none, or that lacks its value
};

SplitWords split_words(const std::vector<std::string>& words) {
    SplitWords all;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (!word.starts_with("--")) {
            all.plain.push_back(word);
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        const bool known = name == "--to" || name == "--trust" || name == "--max-size" ||
                           name == "--retries" || name == "--venue" || name == "--lang";
        const bool valued = equals != std::string::npos || i + 1 < words.size();
        if ((!known || !valued) && all.unknown.empty()) all.unknown = word;
        if (known && valued)
            all.options[name] = equals != std::string::npos ? word.substr(equals + 1) : words[++i];
    }
    return all;
}

Trust read_trust_file(const std::string& place) {
    std::error_code none;
    const fs::path path = fs::absolute(place, none);
    std::optional<std::string> text;
    if (fs::is_regular_file(path, none)) {
        text =
            real_disk(path.parent_path().string())->read_if_there(path.filename().string(), longest_key_file);
    }
    auto trust = read_trust(text.value_or(""));
    if (!trust) throw Refused(Refusal::bad_trust, place);
    return std::move(*trust);
}

struct OpenedKiosk {
    std::string root;
    std::unique_ptr<Disk> disk;
    KioskFolder folder{*disk};
};

OpenedKiosk open_kiosk(const InstallCall& call) {
    std::error_code code;
    const fs::path path = fs::absolute(call.folder, code).lexically_normal();
    if (call.action == InstallAction::install) {
        fs::create_directories(path, code);
        if (code) throw Failure("create folder", path.string(), code);
    } else if (!fs::is_directory(path, code)) {
        throw Refused(Refusal::nothing_installed, call.folder);
    }
    std::string root = path.string();
    if (root.size() > 1 && root.ends_with('/')) root.pop_back();
    return {root, real_disk(root)};
}

const std::string& or_none(const std::string& text, Language language) {
    static const std::string chinese = "（未分场馆）", english = "(none)";
    return !text.empty() ? text : language == Language::chinese ? chinese : english;
}

std::string installed_text(const InstallReport& report, Language language) {
    const std::string number = std::to_string(report.sequence);
    if (report.way == InstallWay::already_there) {
        return language == Language::chinese
                   ? "本机已是最新内容（版本 " + number + "），没有改动。\n"
                   : "Release " + number + " is here already; nothing was changed.\n";
    }
    const std::string files = std::to_string(report.files), linked = std::to_string(report.linked);
    if (language == Language::chinese) {
        return "已装好 " + report.built + " 的内容（版本 " + number + "）：共 " + files + " 个文件、" +
               amount_text(report.bytes) + "，其中 " + linked + " 个与原来相同；这次拷入 " +
               amount_text(report.fetched) + "。屏幕空闲时会自动换上。\n";
    }
    return "Release " + number + " of " + report.built + " is installed: " + files + " files, " +
           amount_text(report.bytes) + ", " + linked + " of them as before; " + amount_text(report.fetched) +
           " were copied. The screen changes over when it is idle.\n";
}

std::string verified_text(const PackManifest& manifest, Language language) {
    const std::string number = std::to_string(manifest.sequence),
                      files = std::to_string(manifest.files.size());
    const std::string epoch = std::to_string(manifest.trust.newest().epoch);
    if (language == Language::chinese) {
        return "更新包完好：网站 " + manifest.site + "，场馆 " + or_none(manifest.venue, language) + "，" +
               manifest.built + " 的内容，版本 " + number + "，" + files + " 个文件、" +
               amount_text(manifest.total()) + "，由第 " + epoch + " 任密钥签发。\n";
    }
    return "The pack is good: site " + manifest.site + ", venue " + or_none(manifest.venue, language) +
           ", made for " + manifest.built + ", release " + number + ", " + files + " files, " +
           amount_text(manifest.total()) + ", signed by the key of epoch " + epoch + ".\n";
}

std::string release_text(const KioskRelease& release, const KioskState& state, Language language) {
    const bool chinese = language == Language::chinese;
    std::string text =
        (chinese ? "  版本 " : "  release ") + std::to_string(release.sequence) + "  " + release.built;
    if (release.sequence == state.current) text += chinese ? "  正在使用" : "  current";
    if (release.quarantined) text += chinese ? "  已停用（三次没有启动成功）" : "  quarantined";
    if (!release.kept) text += chinese ? "  已删除" : "  removed";
    if (release.starts > 0)
        text += (chinese ? "  未确认的启动 " : "  unconfirmed starts ") + std::to_string(release.starts);
    return text + "\n";
}

std::string status_text(const KioskState& state, Language language) {
    const bool chinese = language == Language::chinese;
    std::string text = (chinese ? "网站：" : "Site: ") + state.site + (chinese ? "\n场馆：" : "\nVenue: ") +
                       or_none(state.venue, language) + (chinese ? "\n最近一次核对：" : "\nVerified: ") +
                       state.verified + "\n";
    for (const KioskRelease& release : state.releases) text += release_text(release, state, language);
    if (!state.last_error.empty())
        text += (chinese ? "最近一次出错：" : "Last error: ") + state.last_error + "\n";
    return text;
}

void print(const std::string& text) { std::fputs(text.c_str(), stdout); }

int install(const InstallCall& call, Language language) {
    const Trust trust = read_trust_file(call.trust);
    OpenedKiosk kiosk = open_kiosk(call);
    const auto noted = [&](const std::string& text) { note_error(kiosk.folder, text); };
    try {
        const auto source = find_pack(call.pack, call.retries);
        const InstallOptions options{trust, call.largest, call.venue, std::time(nullptr)};
        print(installed_text(install_pack(*source, kiosk.folder, options), language));
        return 0;
    } catch (const Refused& refused) {
        noted(refusal_text(refused, Language::chinese));
        throw;
    } catch (const Failure& failure) {
        noted(failure.what());
        throw;
    }
}

int choose(const InstallCall& call) {
    const Trust trust = read_trust_file(call.trust);
    OpenedKiosk kiosk = open_kiosk(call);
    const StartChoice choice = choose_release(kiosk.folder, trust, std::time(nullptr), call.folder);
    if (!choice.news.empty()) std::fprintf(stderr, "%s\n", choice.news.c_str());
    print(kiosk.root + "/" + choice.folder + "\n");
    return 0;
}

int confirm(const InstallCall& call, Language language) {
    OpenedKiosk kiosk = open_kiosk(call);
    const std::string number = std::to_string(confirm_start(kiosk.folder, call.folder));
    print(language == Language::chinese ? "版本 " + number + " 启动成功，已记下。\n"
                                        : "Release " + number + " started well.\n");
    return 0;
}

int act(const InstallCall& call, Language language) {
    switch (call.action) {
        case InstallAction::install:
            return install(call, language);
        case InstallAction::verify: {
            const Trust trust = read_trust_file(call.trust);
            print(verified_text(verify_pack(*find_pack(call.pack, call.retries), trust).manifest, language));
            return 0;
        }
        case InstallAction::choose:
            return choose(call);
        case InstallAction::confirm:
            return confirm(call, language);
        case InstallAction::status: {
            const KioskState state = open_kiosk(call).folder.load();
            if (state.releases.empty()) throw Refused(Refusal::nothing_installed, call.folder);
            print(status_text(state, language));
            return 0;
        }
    }
    return 2;
}

}  // namespace

std::string install_usage(const std::string& program, Language language) {
    const char* text =
        language == Language::chinese
            ? "用法：\n"
              "  {0} install 更新包 --to 文件夹 --trust 信任文件   安装更新包（U 盘、文件夹或网址）\n"
              "  {0} verify 更新包 --trust 信任文件               只核对，不安装\n"
              "  {0} choose --to 文件夹 --trust 信任文件           选出要打开的版本，显示它所在的文件夹\n"
              "  {0} confirm --to 文件夹                           浏览器已经打开，这次启动成功\n"
              "  {0} status --to 文件夹                            看看装了哪些版本\n"
              "选项：\n"
              "  --max-size 数目   更新包最大多少 GB，默认为 32\n"
              "  --retries 次数    下载中断后再试几次，默认为 4\n"
              "  --venue 场馆      从现在起改用这个场馆的更新包\n"
              "  --lang zh|en      消息语言\n"
            : "Usage:\n"
              "  {0} install PACK --to DIR --trust KEY.pub   install a pack (a stick, a folder or an "
              "address)\n"
              "  {0} verify PACK --trust KEY.pub             only look whether it is good\n"
              "  {0} choose --to DIR --trust KEY.pub         print the folder of the release to open\n"
              "  {0} confirm --to DIR                        the browser runs: this start went well\n"
              "  {0} status --to DIR                         what is installed\n"
              "Options:\n"
              "  --max-size N     GB that a pack may have, 32 unless given\n"
              "  --retries N      how often a broken download is tried again, 4 unless given\n"
              "  --venue ID       take the packs of this venue from now on\n"
              "  --lang zh|en     language of messages\n";
    return replace_all(text, "{0}", program);
}

InstallCommand parse_install_call(const std::vector<std::string>& words, const std::string& program,
                                  Language language) {
    const SplitWords given = split_words(words);
    if (!given.unknown.empty())
        return wrong("认不得，或者后面少了内容：" + given.unknown,
                     "Unknown, or without its value: " + given.unknown, program, language);
    std::vector<std::string> plain = given.plain;
    const auto option = [&](const char* name) {
        const auto found = given.options.find(name);
        return found == given.options.end() ? std::string() : found->second;
    };
    InstallCall call;
    if (!plain.empty()) {
        if (const auto found = actions.find(plain[0]); found != actions.end()) {
            call.action = found->second;
            plain.erase(plain.begin());
        }
    }
    call.folder = option("--to");
    call.trust = option("--trust");
    call.venue = option("--venue");
    const bool packed = call.action == InstallAction::install || call.action == InstallAction::verify;
    if (plain.size() != (packed ? 1U : 0U))
        return wrong(
            packed ? "请写明一个更新包（U 盘、文件夹或网址）。" : "多写了内容：" + join(plain, " "),
            packed ? "Name one pack: a stick, a folder or an address." : "Too much: " + join(plain, " "),
            program, language);
    if (packed) call.pack = plain[0];
    if (call.folder.empty() && call.action != InstallAction::verify)
        return wrong("请用 --to 写明展示内容的文件夹。", "Name the screen's folder with --to.", program,
                     language);
    const bool trusts = packed || call.action == InstallAction::choose;
    if (call.trust.empty() && trusts)
        return wrong("请用 --trust 写明信任文件（.pub）。", "Name the trust file (.pub) with --trust.",
                     program, language);
    if (const std::string size = option("--max-size"); !size.empty()) {
        const auto gigabytes = number_of(size, 1, 1'000'000);
        if (!gigabytes)
            return wrong("--max-size 请写整数，单位是 GB。", "--max-size wants a whole number of GB.",
                         program, language);
        call.largest = *gigabytes << 30;
    }
    if (const std::string retries = option("--retries"); !retries.empty()) {
        const auto times = number_of(retries, 0, 1000);
        if (!times)
            return wrong("--retries 请写整数。", "--retries wants a whole number.", program, language);
        call.retries = static_cast<int>(*times);
    }
    return call;
}

int run_install_call(const InstallCall& call, Language language) {
    try {
        return act(call, language);
    } catch (const Refused& refused) {
        std::fprintf(stderr, "%s\n", refusal_text(refused, language).c_str());
        return exit_code_of(refused.why());
    } catch (const Failure& failure) {
        const std::string found =
            failure.path() + ": " + failure.code().message() + " (" + failure.operation() + ")";
        std::fprintf(
            stderr,
            language == Language::chinese
                ? "没有做成：%s\n屏幕上仍是原来的内容。请检查这台电脑的磁盘空间和权限后再试。\n"
                : "It could not be done: %s\nThe screen shows what it showed. Check room and rights on this "
                  "machine's disk and try again.\n",
            found.c_str());
        return 3;
    }
}

}  // namespace qunying
