#include "load/declaration.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/digest.h"
#include "base/failure.h"
#include "base/parallel.h"
#include "base/text.h"
#include "hanzi/names.h"
#include "hanzi/pinyin.h"
#include "load/loaded_record.h"

namespace qunying {
namespace {

constexpr std::string_view content_folder = "content/";

// The parts of content/people/wang/index.md that matter.
struct RecordPath {
    std::string_view kind_folder;  // people
    std::string_view name;         // wang
    std::string folder;            // content/people/wang, or content/people for a flat file
};

RecordPath take_apart(std::string_view path) {
    const std::size_t last = path.rfind('/');
    const std::string_view file =
        path.substr(last + 1, path.size() - last - 1 - std::string_view(".md").size());
    const std::string folder(path.substr(0, last));
    const std::string_view below = path.substr(content_folder.size());
    const std::string_view kind_folder = below.substr(0, below.find('/'));
    if (file != "index") return {kind_folder, file, folder};
    const std::string_view parent = path.substr(0, last);
    return {kind_folder, parent.substr(parent.rfind('/') + 1), folder};
}

bool is_slug(std::string_view id) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    return !id.empty() && id.front() != '-' && id.back() != '-' &&
           id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos &&
           letters.find(id.front()) != std::string_view::npos;
}

// A person's file is usually called by the name, which is read as names are: 曾参议.md is zeng-can-yi.
std::string slug_of_name(std::string_view name, std::string_view fallback, bool person) {
    std::string slug = person ? name_slug(name) : pinyin_slug(name);
    if (slug.empty()) slug = pinyin_slug(fallback);
    return slug.empty() ? "record-" + digest_of(name).hex().substr(0, 8) : slug;
}

// All keys that a declaration looks at.
constexpr std::array<std::string_view, 15> declaring_keys = {
    "id",    "编号", "name", "姓名",     "名称",     "规范名称", "title", "标题",
    "topic", "题目", "主题", "headline", "报道标题", "label",    "指标"};

// The scalar of the first of these keys that is there.
const YamlEntry* first_entry(const YamlNode& front, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
        QY_CHECK(std::find(declaring_keys.begin(), declaring_keys.end(), key) != declaring_keys.end());
        const YamlEntry* entry = front.find(key);
        if (entry && entry->value.type == YamlType::scalar && !trim(entry->value.text).empty()) return entry;
    }
    return nullptr;
}

const YamlEntry* title_entry(const YamlNode& front, std::string_view kind_key) {
    if (kind_key == "coverage") return first_entry(front, {"headline", "报道标题", "title", "标题"});
    if (kind_key == "stat") return first_entry(front, {"label", "指标"});
    return first_entry(front, {"name", "姓名", "名称", "规范名称", "title", "标题", "topic", "题目", "主题"});
}

std::string declared_slug(const Document& document, const RecordPath& path, std::string_view title,
                          bool person, Declaration& made, Diagnostics& diagnostics) {
    if (const YamlEntry* id = first_entry(document.front, {"id", "编号"})) {
        made.id_span = id->value.span;
        const std::string text(trim(id->value.text));
        if (is_slug(text)) return text;
        diagnostics.report(DiagnosticKind::bad_id, id->value.span,
                           {text, slug_of_name(text, path.name, false)});
        return slug_of_name(text, path.name, false);
    }
    if (is_slug(document.declared_id)) return document.declared_id;
    return slug_of_name(path.name, title, person);
}

// The title in a front matter that cannot be read, line by line, so that who names it does not dangle.
std::string salvaged_title(std::string_view front) {
    for (std::string_view line : split(front, '\n')) {
        for (const std::string_view key : {"name", "姓名", "名称", "title", "标题"}) {
            if (!line.starts_with(key)) continue;
            const std::string_view rest = trim(line.substr(key.size()));
            if (!rest.starts_with(':') && !rest.starts_with("：")) continue;
            std::string_view value = trim(rest.substr(rest[0] == ':' ? 1 : std::string_view("：").size()));
            if (value.starts_with('"') || value.starts_with('\'')) value.remove_prefix(1);
            if (value.ends_with('"') || value.ends_with('\'')) value.remove_suffix(1);
            return std::string(value);
        }
    }
    return {};
}

Declaration declare_one(const SourceFile& file, const Document& document, const Kinds& kinds, KindId kind,
                        const RecordPath& path, Diagnostics& diagnostics) {
    Declaration made;
    made.kind = kind;
    made.source = file.id;
    made.folder = path.folder;
    made.front_valid = document.front_valid;
    made.id_span = made.title_span = {file.id, 0, 0};
    if (const YamlEntry* title = title_entry(document.front, kinds[kind].key)) {
        made.title = kinds[kind].key == "person" ? normal_name(title->value.text)
                                                 : std::string(trim(title->value.text));
        made.title_span = title->value.span;
    }
    if (made.title.empty() && !document.front_valid)
        made.title = salvaged_title(std::string_view(file.text).substr(0, document.body_begin));
    made.slug = declared_slug(document, path, made.title, kinds[kind].key == "person", made, diagnostics);
    return made;
}

void drop_duplicates(std::vector<Declaration>& all, const Kinds& kinds, Diagnostics& diagnostics) {
    const auto same = [](const Declaration& a, const Declaration& b) {
        return a.kind == b.kind && a.slug == b.slug;
    };
    std::vector<Declaration> kept;
    for (Declaration& next : all) {
        if (!kept.empty() && same(kept.back(), next)) {
            const Span where = next.id_span.end > 0 ? next.id_span : next.title_span;
            const Span other = kept.back().id_span.end > 0 ? kept.back().id_span : kept.back().title_span;
            diagnostics.report(DiagnosticKind::duplicate_id, where, {next.slug, kinds[next.kind].label},
                               {.related = other});
        } else {
            kept.push_back(std::move(next));
        }
    }
    all = std::move(kept);
}

// review.yaml inside x/, x.review.yaml beside x.md.
std::map<std::string, SourceId> reviews(const Sources& sources) {
    std::map<std::string, SourceId> found;
    for (const SourceFile& file : sources.files()) {
        if (!file.path.starts_with(content_folder) || !file.path.ends_with("review.yaml")) continue;
        found.emplace(file.path, file.id);
    }
    return found;
}

std::string review_path(const std::string& record) {
    if (record.ends_with("/index.md"))
        return record.substr(0, record.size() - std::string_view("index.md").size()) + "review.yaml";
    return record.substr(0, record.size() - std::string_view(".md").size()) + ".review.yaml";
}

}  // namespace

bool is_record_path(std::string_view path) {
    return path.starts_with(content_folder) && path.ends_with(".md") &&
           path.substr(content_folder.size()).find('/') != std::string_view::npos;
}

namespace {

// As it was declared before, for the same settings and from the same bytes.
std::optional<Declaration> declared_before(const ContentFile& file, const Digest& settings, KindId kind,
                                           const RecordPath& path) {
    Declaration made;
    made.kind = kind;
    made.source = file.source;
    if (file.remembered.empty() || !recall_declaration(file.remembered, settings, made)) return std::nullopt;
    made.folder = path.folder;
    return made;
}

std::optional<Declaration> declare_file(const Sources& sources, const ContentFiles& content, std::size_t at,
                                        const Kinds& kinds, Diagnostics& diagnostics) {
    ContentFile& file = content.files[at];
    const SourceFile& source = sources[file.source];
    const RecordPath path = take_apart(source.path);
    const auto kind = kinds.of_folder(path.kind_folder);
    if (kind) {
        if (auto known = declared_before(file, content.settings, *kind, path)) return known;
    }
    if (!file.parsed) file.parsed = content.memory.parse(at);
    if (!kind) {
        diagnostics.report(DiagnosticKind::unknown_folder, {source.id, 0, 0},
                           {std::string(path.kind_folder)});
        return std::nullopt;
    }
    Declaration made =
        declare_one(source, document_of(*file.parsed, declaring_keys), kinds, *kind, path, diagnostics);
    made.silent = file.silent && diagnostics.empty();
    return made;
}

// `expected` are the places where a record's review may lie, also of records that a duplicate took out.
void assign_reviews(const Sources& sources, const std::set<std::string>& expected,
                    std::map<std::string, SourceId> beside, std::vector<Declaration>& all,
                    Diagnostics& diagnostics) {
    for (Declaration& declaration : all) {
        const auto found = beside.find(review_path(sources[declaration.source].path));
        if (found == beside.end()) continue;
        declaration.review = found->second;
        beside.erase(found);
    }
    for (const auto& [path, review] : beside) {
        if (!expected.contains(path))
            diagnostics.report(DiagnosticKind::review_without_record, {review, 0, 0});
    }
}

}  // namespace

std::vector<Declaration> declare(const Sources& sources, const ContentFiles& content, const Kinds& kinds,
                                 Diagnostics& diagnostics, unsigned threads) {
    auto declared = parallel_map(
        threads, content.files.size(), diagnostics,
        [&](std::size_t i, Diagnostics& own) { return declare_file(sources, content, i, kinds, own); });
    std::vector<Declaration*> in_order;
    std::map<std::string, SourceId> beside = reviews(sources);
    std::set<std::string> expected;
    for (std::size_t i = 0; i < declared.size(); ++i) {
        if (!beside.empty()) expected.insert(review_path(sources[content.files[i].source].path));
        if (!declared[i]) continue;
        declared[i]->file = i;
        in_order.push_back(&*declared[i]);
    }
    std::stable_sort(in_order.begin(), in_order.end(), [&](const Declaration* a, const Declaration* b) {
        return std::tie(a->kind, a->slug, sources[a->source].path) <
               std::tie(b->kind, b->slug, sources[b->source].path);
    });
    std::vector<Declaration> all;
    all.reserve(in_order.size());
    for (Declaration* each : in_order) all.push_back(std::move(*each));
    drop_duplicates(all, kinds, diagnostics);
    if (!beside.empty()) assign_reviews(sources, expected, std::move(beside), all, diagnostics);
    return all;
}

}  // namespace qunying
