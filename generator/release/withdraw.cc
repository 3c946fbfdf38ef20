#include "release/withdraw.h"

#include <algorithm>
#include <array>

#include "base/failure.h"
#include "base/text.h"
#include "syntax/document.h"

namespace qunying {
namespace {

// ---- the file

// A key of the front matter, and what it shall say.
struct NewValue {
    std::string_view key;
    std::string value;
};

bool is_chinese(const YamlNode& front) {
    return std::any_of(front.entries.begin(), front.entries.end(),
                       [](const YamlEntry& entry) { return !is_ascii(entry.key); });
}

// Any words, in quotes that need no escape but themselves.
std::string quoted(std::string_view words) {
    std::string line;
    for (const char c : words) line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    return "'" + replace_all(trim(line), "'", "''") + "'";
}

std::size_t end_of_line(std::string_view text, std::size_t at) {
    return std::min(text.find('\n', at), text.size() - 1) + 1;
}

const YamlEntry* entry_of(const YamlNode& front, const FieldSpec& spec) {
    const auto found = std::find_if(front.entries.begin(), front.entries.end(),
                                    [&](const YamlEntry& entry) { return spec.answers_to(entry.key); });
    return found == front.entries.end() ? nullptr : &*found;
}

// Puts values in their places from the last to the first, so that places before stay good.
class Editor {
  public:
    Editor(const SourceFile& file, const YamlNode& front, const Kind& kind)
        : text_(file.text), front_(front), kind_(kind), chinese_(is_chinese(front)) {}

    std::string edit(const std::vector<NewValue>& lines) {
        const std::size_t fence = end_of_line(text_, 0);
        const std::string ending = fence >= 2 && text_[fence - 2] == '\r' ? "\r\n" : "\n";
        std::vector<Change> changes;
        std::string added;
        for (const NewValue& line : lines) {
            const FieldSpec& spec = kind_.fields[*kind_.find(line.key)];
            const YamlEntry* entry = entry_of(front_, spec);
            if (entry)
                changes.push_back(change_of(*entry, line.value));
            else
                added += (chinese_ ? spec.label : spec.key) + ": " + line.value + ending;
        }
        changes.push_back({fence, fence, added});
        std::sort(changes.begin(), changes.end(),
                  [](const Change& a, const Change& b) { return a.begin > b.begin; });
        std::string out = text_;
        for (const Change& change : changes)
            out.replace(change.begin, change.end - change.begin, change.text);
        return out;
    }
    bool chinese() const { return chinese_; }

  private:
    struct Change {
        std::size_t begin, end;
        std::string text;
    };

    static Change change_of(const YamlEntry& entry, const std::string& value) {
        if (entry.value.type != YamlType::null) return {entry.value.span.begin, entry.value.span.end, value};
        return {entry.key_span.end + std::size_t{1}, entry.key_span.end + std::size_t{1}, " " + value};
    }

    const std::string& text_;
    const YamlNode& front_;
    const Kind& kind_;
    bool chinese_;
};

// ---- what is outside

bool refers_to(const FieldValue& value, RecordId record) {
    if (reference_in(value) == record) return true;
    for (const FieldValue& item : items_in(value)) {
        if (refers_to(item, record)) return true;
    }
    const GroupValue* group = group_in(value);
    return group && std::any_of(group->fields.begin(), group->fields.end(),
                                [&](const FieldValue& part) { return refers_to(part, record); });
}

struct Copies {
    const Site& site;
    RecordId record;
    std::vector<OutsideCopy> found;

    void add(std::string chinese, std::string english) {
        found.push_back({std::move(chinese), std::move(english)});
    }

    void page() {
        const std::string folder = site.kind_of(record).folder, slug = site[record].slug;
        if (folder.empty()) return;
        const std::string address = site.settings.base_url + folder + "/" + slug + ".html";
        add("印有网址或二维码的铭牌、海报、手册：" + address + "（以后打开只显示“已撤下”）",
            "Plaques, posters and booklets with the address or its QR code: " + address +
                " (it will say that the page was withdrawn)");
    }

    void reports() {
        for (const RecordId id : site.of_kind("coverage")) {
            if (!named_by(id)) continue;
            const std::string url(text_of(site, id, "url"));
            const std::string outlet(text_of(site, id, "outlet")), headline(text_of(site, id, "headline"));
            add("报道：" + outlet + "《" + headline + "》" + (url.empty() ? "（没有网址）" : " " + url),
                "Report: " + outlet + ", " + headline + (url.empty() ? "" : " " + url));
        }
    }

    void films() {
        for (const RecordId id : site.of_kind("video")) {
            const std::string url(text_of(site, id, "external_url"));
            if (!url.empty() && named_by(id))
                add("站外视频：" + site[id].title + " " + url,
                    "Film elsewhere: " + site[id].title + " " + url);
        }
    }

    void shown_elsewhere() {
        for (const RecordId id : site.of_kind("exhibition")) {
            if (!named_by(id)) continue;
            const std::string venue(text_of(site, id, "venue"));
            const std::string at = venue.empty() ? "" : "（" + venue + "）";
            add("展览“" + site[id].title + "”" + at + "的展板、画册、请柬",
                "Panels and catalogues of the exhibition " + site[id].title +
                    (venue.empty() ? "" : " (" + venue + ")"));
        }
        for (const RecordId id : site.of_kind("album")) {
            if (named_by(id))
                add("影集“" + site[id].title + "”印成的画册和冲印的照片",
                    "Prints of the album " + site[id].title);
        }
    }

    void screens(const std::vector<std::string>& hosts) {
        for (const std::string& host : hosts)
            add("已发布的网站：" + host + "（运行 qunying publish " + host + "）",
                "The published site " + host + " (qunying publish " + host + ")");
        for (const KioskSettings& venue : site.settings.venues) {
            const std::string& name = venue.name.empty() ? venue.venue : venue.name;
            add("场馆大屏：" + name + "（重新制作更新包并安装；旧的更新包和 U 盘请收回）",
                "The screen of " + name + " (bundle and install anew; call old packs and sticks back)");
        }
        if (site.settings.venues.empty())
            add("装过更新包的场馆大屏，旧的更新包和 U 盘", "Screens of venues, old packs and sticks");
    }

    void unknown() {
        add("微信公众号文章、朋友圈和群里的转发：请在公众号后台删除，并通知转发的单位",
            "Articles and forwards on WeChat: delete them and tell those who forwarded them");
        add("搜索引擎的快照：网站更新后，请到搜索引擎的站长平台提交死链",
            "Caches of search engines: tell them that the page is gone");
        add("下载过名单（data/ 里的表格）和照片的单位和个人",
            "Whoever downloaded lists of data/ and photographs");
    }

    bool named_by(RecordId id) const {
        const Record& other = site[id];
        for (const FieldValue& value : other.fields) {
            if (refers_to(value, record)) return true;
        }
        return std::any_of(other.story.parts.begin(), other.story.parts.end(), [this](const StoryPart& part) {
            const auto* link = std::get_if<StoryLink>(&part);
            return link && link->target == record;
        });
    }
};

}  // namespace

std::optional<std::string> withdrawn_text(const SourceFile& file, const Kind& kind, PartialDate day,
                                          std::string_view reason, Diagnostics& diagnostics) {
    const Document document = parse_document(file, diagnostics);
    if (!document.front_valid || diagnostics.has_errors()) return std::nullopt;
    Editor editor(file, document.front, kind);
    std::vector<NewValue> lines = {{"status", editor.chinese() ? "撤下" : "withdrawn"},
                                   {"withdrawn_on", iso_date(day)}};
    if (!trim(reason).empty()) lines.push_back({"withdrawn_reason", quoted(reason)});
    return editor.edit(lines);
}

void replace_text(Disk& disk, const std::string& path, std::string_view text) {
    const SplitPath at = split_path(path);
    const std::string beside = join_path(at.folder, ".qunying-" + at.name + ".tmp");
    if (disk.status(beside)) disk.remove_file(beside);
    disk.write_new_file(beside, text);
    disk.sync_file(beside);
    disk.rename(beside, path);
    disk.sync_folder(at.folder);
}

RecordId record_to_withdraw(const Site& site, const std::string& wanted, std::vector<std::string>& several) {
    std::vector<RecordId> named, others;
    for (std::size_t i = 0; i < site.records.size(); ++i) {
        const auto id = static_cast<RecordId>(i);
        const bool person = site.kind_of(id).key == "person";
        if (person && site[id].slug == wanted) return id;
        if (person && site[id].title == wanted) named.push_back(id);
        const bool own = !site.kind_of(id).folder.empty() && !person;
        if (own && (site[id].slug == wanted || site.kind_of(id).key + ":" + site[id].slug == wanted))
            others.push_back(id);
    }
    const std::vector<RecordId>& found = named.empty() ? others : named;
    if (found.size() == 1) return found.front();
    for (const RecordId id : found)
        several.push_back(named.empty() ? site.kind_of(id).key + ":" + site[id].slug : site[id].slug);
    return no_record;
}

std::vector<OutsideCopy> outside_copies(const Site& site, RecordId record,
                                        const std::vector<std::string>& hosts) {
    Copies copies{site, record, {}};
    copies.screens(hosts);
    copies.page();
    copies.reports();
    copies.films();
    copies.shown_elsewhere();
    copies.unknown();
    return std::move(copies.found);
}

}  // namespace qunying
