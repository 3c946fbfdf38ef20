#include "release/leak_check.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <thread>

#include "base/parallel.h"
#include "base/text.h"
#include "load/settings.h"
#include "syntax/file_texts.h"

namespace qunying {
namespace {

struct Words {
    std::string_view chinese, english;
};

// Plates are asked about by the rule, and may be anything else here.
std::optional<Words> words_of(PrivateKind kind) {
    switch (kind) {
        case PrivateKind::id_number:
            return Words{"身份证号", "identity card number"};
        case PrivateKind::mobile:
            return Words{"手机号", "mobile number"};
        case PrivateKind::bank_card:
            return Words{"银行卡号", "bank card number"};
        case PrivateKind::address:
            return Words{"家庭住址", "home address"};
        case PrivateKind::plate:
            break;
    }
    return std::nullopt;
}

std::string ending_of(std::string_view path) {
    const std::size_t dot = path.rfind('.');
    return dot == std::string_view::npos ? std::string() : ascii_lower(path.substr(dot + 1));
}

void list_files(Disk& disk, const std::string& folder, std::vector<std::string>& files) {
    for (const FolderEntry& entry : disk.list_folder(folder)) {
        const std::string path = join_path(folder, entry.name);
        if (entry.status.kind == FileKind::folder) list_files(disk, path, files);
        if (entry.status.kind == FileKind::file) files.push_back(path);
    }
}

// Tags that stand inside a word part nothing: 138<b>0000</b>1234.
bool joins_words(std::string_view tag) {
    static constexpr std::array<std::string_view, 12> inside = {"b",     "strong", "em",  "i", "span", "mark",
                                                                "small", "u",      "wbr", "s", "font", "bdi"};
    if (tag.starts_with('/')) tag.remove_prefix(1);
    const std::string_view name = tag.substr(0, tag.find_first_of(" /\t\n"));
    return std::find(inside.begin(), inside.end(), name) != inside.end();
}

// What a page shows, line by line; attributes are looked at as they are written.
std::string shown_by(std::string_view html) {
    std::string text;
    for (std::size_t at = 0; at < html.size();) {
        const std::size_t open = std::min(html.find('<', at), html.size());
        text += html.substr(at, open - at);
        if (open == html.size()) break;
        const std::size_t close = std::min(html.find('>', open), html.size() - 1);
        if (!joins_words(html.substr(open + 1, close - open - 1))) text += '\n';
        at = close + 1;
    }
    return text;
}

// One file, as whoever gets the release may look at it.
class LeakFinder {
  public:
    LeakFinder(std::string path, std::span<const std::string> allowed)
        : path_(std::move(path)), allowed_(allowed) {}

    std::vector<Leak> run(Disk& disk, const std::string& on_disk) {
        look_at(path_);
        const std::string ending = ending_of(path_);
        // The manifest holds names and digests, the roll's table steps from card to card (“1 3 2 1 5 8”, and
        // labels that its pages have, too), fonts hold shapes, and what is pressed is there unpressed.
        static constexpr std::array<std::string_view, 7> without_words = {"woff2", "woff", "ico", "gz",
                                                                          "br",    "mp3",  "mp4"};
        const bool table = path_ == "manifest.json" || path_ == "honors/roll.js";
        const bool silent =
            table || std::find(without_words.begin(), without_words.end(), ending) != without_words.end();
        if (!silent) look_into(disk.read_file(on_disk), ending);
        return std::move(leaks_);
    }

  private:
    void look_into(const std::string& bytes, const std::string& ending) {
        if (const auto carried = read_file_texts(bytes)) {
            for (const FileText& text : carried->texts) look_at(text.text);
            if (carried->location) add("拍摄地点", "place where a picture was taken", "GPS");
            return;
        }
        look_at(bytes);
        if (ending == "html" || ending == "htm") look_at(shown_by(bytes));
    }

    void look_at(std::string_view text) {
        for (const PrivateMatch& match : find_private_data(text)) {
            const std::string_view found = text.substr(match.begin, match.length);
            const auto words = words_of(match.kind);
            if (!words || match.maybe_office || is_allowed(found, allowed_)) continue;
            add(words->chinese, words->english, masked(text, match));
        }
    }

    void add(std::string_view chinese, std::string_view english, std::string shown) {
        Leak leak{mask_private_data(path_), std::string(chinese), std::string(english), std::move(shown)};
        if (std::find(leaks_.begin(), leaks_.end(), leak) == leaks_.end()) leaks_.push_back(std::move(leak));
    }

    std::string path_;
    std::span<const std::string> allowed_;
    std::vector<Leak> leaks_;
};

}  // namespace

std::vector<Leak> leaks_in_release(Disk& disk, const std::string& folder,
                                   std::span<const std::string> allowed) {
    std::vector<std::string> files;
    list_files(disk, folder, files);
    std::sort(files.begin(), files.end());
    const std::size_t above = folder.empty() ? 0 : folder.size() + 1;
    const auto found = parallel_map(
        std::max(1U, std::thread::hardware_concurrency()), files.size(),
        [&](std::size_t i) { return LeakFinder(files[i].substr(above), allowed).run(disk, files[i]); });
    std::vector<Leak> leaks;
    for (const std::vector<Leak>& each : found) leaks.insert(leaks.end(), each.begin(), each.end());
    return leaks;
}

std::vector<std::string> allowed_in_site(Disk& site) {
    const auto text = site.read_if_there(std::string(settings_path));
    if (!text) return {};
    Diagnostics said_before;
    Sources sources;
    const SourceId id = sources.add(std::string(settings_path), *text);
    return load_settings(sources[id], said_before).settings.allowed_words;
}

std::string leaks_text(std::span<const Leak> leaks, Language language) {
    const bool chinese = language == Language::chinese;
    constexpr std::size_t most = 50;
    std::string text;
    for (const Leak& leak : leaks.first(std::min(most, leaks.size()))) {
        text += chinese ? fmt::format("{}: 有{}“{}”\n", leak.path, leak.what, leak.shown)
                        : fmt::format("{}: {} “{}”\n", leak.path, leak.what_in_english, leak.shown);
    }
    const std::string count = std::to_string(leaks.size());
    if (leaks.size() > most) text += chinese ? "……共 " + count + " 处。\n" : "… " + count + " in all.\n";
    if (!leaks.empty())
        text += chinese
                    ? "成品里有个人信息，没有送出任何文件。请在资料里删去，重新生成；确实可以公开的，请写进 "
                      "site.yaml“词表”的“放行”。\n"
                    : "The release holds personal data, and nothing was sent. Delete them from the content "
                      "and build again; what may be public goes into wordlists.allowed of site.yaml.\n";
    return text;
}

}  // namespace qunying
