#include "build/private_files.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/json.h"
#include "base/parallel.h"
#include "base/private_data.h"
#include "base/text.h"
#include "build/endings.h"
#include "rules/privacy.h"
#include "syntax/file_texts.h"

namespace qunying {
namespace {

using Paths = std::set<std::string_view>;

// ---- which files

bool may_hold_file(const FieldSpec& spec) {
    return spec.type == FieldType::file || spec.type == FieldType::picture || spec.type == FieldType::group;
}

void gather_files(const FieldSpec& spec, const FieldValue& value, bool secret, Paths& shown, Paths& hidden) {
    if (!may_hold_file(spec)) return;
    secret = secret || spec.visibility == FieldVisibility::secret;
    if (!file_in(value).empty()) (secret ? hidden : shown).insert(file_in(value));
    for (const FieldValue& item : items_in(value)) gather_files(spec, item, secret, shown, hidden);
    if (const GroupValue* group = group_in(value)) {
        group->fields.each([&](std::size_t i, const FieldValue& part) {
            gather_files(spec.fields[i], part, secret, shown, hidden);
        });
    }
}

// What records say of the files of a site.
struct Belongings {
    Paths shown, hidden;  // named by what is to be published; by private fields
    Paths draft_folders;  // of records that are not to be published and have a folder of their own

    explicit Belongings(const Site& site, const Sources& sources) {
        for (const Record& record : site.records) {
            const bool own_folder =
                record.where.known() && sources[record.where.source].path == record.folder + "/index.md";
            if (!record.meant) {
                if (own_folder) draft_folders.insert(record.folder);
                continue;
            }
            const Kind& kind = site.kinds[record.kind];
            record.fields.each([&](std::size_t i, const FieldValue& value) {
                gather_files(kind.fields[i], value, false, shown, hidden);
            });
            for (const StoryPart& part : record.story.parts) {
                if (const auto* figure = std::get_if<StoryFigure>(&part)) shown.insert(figure->file.path);
            }
        }
    }

    bool concerns(std::string_view path) const {
        if (shown.contains(path) || path.starts_with("assets/")) return true;
        if (!path.starts_with("content/") || hidden.contains(path)) return false;
        for (std::size_t slash = path.rfind('/'); slash != std::string_view::npos && slash > 0;
             slash = path.rfind('/', slash - 1)) {
            if (draft_folders.contains(path.substr(0, slash))) return false;
        }
        return true;
    }
};

// ---- what is remembered of one

struct FoundText {
    PrivateKind kind = PrivateKind::id_number;
    bool maybe_office = false;
    std::string chinese, english, text, shown;  // `shown` is masked
};

struct FileFacts {
    std::vector<FoundText> found;
    std::string location, location_in_english;  // where it tells a place; empty where it tells none
    FileReading reading = FileReading::whole;
    bool picture = false;
};

FileFacts facts_of(std::string_view bytes) {
    FileFacts facts;
    const auto texts = read_file_texts(bytes);
    if (!texts) return facts;
    facts.reading = texts->reading;
    facts.picture = file_texts::is_picture(bytes);
    if (texts->location) {
        facts.location = texts->location->chinese;
        facts.location_in_english = texts->location->english;
    }
    std::set<std::string> seen;
    for (const FileText& text : texts->texts) {
        for (const PrivateMatch& match : find_private_data(text.text)) {
            std::string found = text.text.substr(match.begin, match.length);
            if (!seen.insert(std::string(text.place.chinese) + found).second) continue;
            facts.found.push_back({match.kind, match.maybe_office, std::string(text.place.chinese),
                                   std::string(text.place.english), std::move(found),
                                   masked(text.text, match)});
        }
    }
    return facts;
}

std::string pack(const FileFacts& facts) {
    JsonWriter json(JsonWriter::Layout::compact);
    json.begin_object().key("reading").number(static_cast<int>(facts.reading));
    json.key("picture").boolean(facts.picture).key("location").text(facts.location);
    json.key("english").text(facts.location_in_english).key("found").begin_array();
    for (const FoundText& each : facts.found) {
        json.begin_array().number(static_cast<int>(each.kind)).boolean(each.maybe_office);
        json.text(each.chinese).text(each.english).text(each.text).text(each.shown).end_array();
    }
    json.end_array().end_object();
    return json.finish();
}

// As it was packed by this program: the cache answers for the bytes.
std::optional<FileFacts> unpack(std::string_view bytes) {
    const auto json = read_json(bytes);
    if (!json || !json->find("found")) return std::nullopt;
    FileFacts facts;
    facts.reading = static_cast<FileReading>(json->find("reading")->integer);
    facts.picture = json->find("picture")->boolean;
    facts.location = json->find("location")->text;
    facts.location_in_english = json->find("english")->text;
    for (const JsonValue& each : json->find("found")->items) {
        if (each.items.size() != 6) return std::nullopt;
        facts.found.push_back({static_cast<PrivateKind>(each.items[0].integer), each.items[1].boolean,
                               each.items[2].text, each.items[3].text, each.items[4].text,
                               each.items[5].text});
    }
    return facts;
}

// ---- all of them

constexpr std::array<std::string_view, 10> picture_endings = {"jpg",  "jpeg", "png", "webp", "heic",
                                                              "heif", "avif", "tif", "tiff", "gif"};
constexpr std::array<std::string_view, 17> document_endings = {"pdf", "docx", "xlsx", "pptx", "docm", "xlsm",
                                                               "odt", "ods",  "odp",  "doc",  "xls",  "ppt",
                                                               "wps", "et",   "dps",  "dotx", "ofd"};
constexpr std::array<std::string_view, 3> record_endings = {"md", "yaml", "yml"};

class PrivateFiles {
  public:
    PrivateFiles(const SourceTree& tree, const Site& site, Memo& memo, const PrivateFilesOptions& options,
                 Diagnostics& diagnostics)
        : tree_(tree),
          site_(site),
          memo_(memo),
          options_(options),
          diagnostics_(diagnostics),
          belongings_(site, tree.sources) {}

    void check() {
        for (const SourceId id : tree_.texts) check_text(tree_.sources[id]);
        std::vector<const MediaFile*> files;
        for (const MediaFile& file : tree_.media) {
            if (!belongings_.concerns(file.path)) continue;
            check_name(file.path);
            if (carries_words(file.path)) files.push_back(&file);
        }
        const auto facts = parallel_map(options_.threads, files.size(),
                                        [&](std::size_t i) { return facts_of_file(*files[i]); });
        for (std::size_t i = 0; i < files.size(); ++i) report(files[i]->path, facts[i]);
        report_photographs();
        memo_.parsed().save();
        memo_.parsed().forget();
    }

  private:
    const std::vector<std::string>& allowed() const { return site_.settings.allowed_words; }

    bool carries_words(std::string_view path) const {
        const std::string ending = ending_of(path);
        return (options_.pictures && is_one_of(ending, picture_endings)) ||
               is_one_of(ending, document_endings);
    }

    // The file of a record is looked at by the rule.
    void check_name(const std::string& path) {
        report_private_data(path, {}, "“" + path + "”的文件名里", " in the name of “" + path + "”", allowed(),
                            diagnostics_);
    }

    void check_text(const SourceFile& file) {
        if (is_one_of(ending_of(file.path), record_endings) || !belongings_.concerns(file.path)) return;
        check_name(file.path);
        report_private_data(file.text, {file.id, 0, 0}, Addresses::homes_alone, allowed(), diagnostics_);
    }

    FileFacts facts_of_file(const MediaFile& file) {
        DigestBuilder builder;
        const Digest key =
            builder.add("words of a file 2").add(memo_.file_digest(file)).add(options_.generator).finish();
        if (const auto known = memo_.parsed().get(key)) {
            if (auto facts = unpack(*known)) return std::move(*facts);
        }
        FileFacts facts = qunying::facts_of(memo_.site().read_file(file.path));
        memo_.parsed().put(key, pack(facts));
        return facts;
    }

    // PDF alone is taken as it is.
    bool is_published_whole(std::string_view path) const {
        return ending_of(path) == "pdf" && (path.starts_with("assets/") || belongings_.shown.contains(path));
    }

    void report(const std::string& path, const FileFacts& facts) {
        for (const FoundText& each : facts.found) {
            const PrivateMatch match{each.kind, 0, each.text.size(), each.maybe_office};
            if (!is_to_be_said(match, each.text, Addresses::homes_alone, allowed())) continue;
            diagnostics_.report(
                finding_of(each.kind), {},
                {each.shown, "“" + path + "”的" + each.chinese, each.english + " of “" + path + "”"});
        }
        if (facts.picture && !facts.location.empty()) photographs_.push_back(path);
        if (!is_published_whole(path)) return;
        if (!facts.location.empty())
            diagnostics_.report(DiagnosticKind::location_in_file, {},
                                {path, facts.location, facts.location_in_english});
        if (!is_looked_through(path)) report_reading(path, facts.reading);
    }

    bool is_looked_through(std::string_view path) const {
        return std::any_of(allowed().begin(), allowed().end(), [&](const std::string& word) {
            return path == word || (path.ends_with(word) && path[path.size() - word.size() - 1] == '/');
        });
    }

    void report_reading(const std::string& path, FileReading reading) {
        if (reading == FileReading::no_text)
            diagnostics_.report(DiagnosticKind::file_not_checked, {}, {path, "多半是扫描件"});
        if (reading == FileReading::locked)
            diagnostics_.report(DiagnosticKind::file_unreadable, {}, {path, "设有密码"});
        if (reading == FileReading::damaged)
            diagnostics_.report(DiagnosticKind::file_unreadable, {}, {path, "已损坏，或不是通常的 PDF"});
    }

    // Nearly every telephone notes the place, and no picture of a site holds it: said once for all of them.
    void report_photographs() {
        if (photographs_.empty()) return;
        constexpr std::size_t most = 3;
        std::string names;
        for (std::size_t i = 0; i < std::min(most, photographs_.size()); ++i)
            names += (i == 0 ? "" : "、") + photographs_[i];
        if (photographs_.size() > most) names += "……";
        diagnostics_.report(DiagnosticKind::location_in_photographs, {},
                            {std::to_string(photographs_.size()), names});
    }

    const SourceTree& tree_;
    const Site& site_;
    Memo& memo_;
    const PrivateFilesOptions& options_;
    Diagnostics& diagnostics_;
    Belongings belongings_;
    std::vector<std::string> photographs_;  // that tell a place
};

}  // namespace

void check_private_files(const SourceTree& tree, const Site& site, Memo& memo,
                         const PrivateFilesOptions& options, Diagnostics& diagnostics) {
    PrivateFiles(tree, site, memo, options, diagnostics).check();
}

}  // namespace qunying
