#include "load/load.h"

#include <algorithm>

#include "base/failure.h"
#include "base/parallel.h"
#include "base/text.h"
#include "load/conferrals.h"
#include "load/declaration.h"
#include "load/loaded_record.h"
#include "load/names.h"
#include "load/publish_settings.h"
#include "load/settings.h"
#include "load/story_reader.h"
#include "load/suggestions.h"

namespace qunying {
namespace {

LoadedSettings settings_of(const LoadInput& input, Diagnostics& diagnostics) {
    for (const SourceId id : input.texts) {
        const SourceFile& file = input.sources[id];
        if (file.path == settings_path) return load_settings(file, diagnostics);
    }
    diagnostics.report(DiagnosticKind::no_settings, {});
    return {};
}

// Where the site goes is no matter of building it, but what is wrong there is told at once.
void check_publish_settings(const LoadInput& input, Diagnostics& diagnostics) {
    for (const SourceId id : input.texts) {
        const SourceFile& file = input.sources[id];
        if (file.path == publish_settings_path) load_publish_targets(file, diagnostics);
    }
}

// Nothing but the one file goes into them.
Digest digest_of_settings(const LoadInput& input, const SiteSettings& settings) {
    const bool known = settings.source != no_source;
    return digest_of(known ? "settings " + input.sources[settings.source].text : "none");
}

// A text directly below content/ belongs to no kind: nobody would miss it before it is too late.
void check_misplaced(const LoadInput& input, Diagnostics& diagnostics) {
    for (const SourceId id : input.texts) {
        const SourceFile& file = input.sources[id];
        const bool text = file.path.ends_with(".md") && file.path.starts_with("content/");
        if (text && !is_record_path(file.path))
            diagnostics.report(DiagnosticKind::misplaced_file, {file.id, 0, 0});
    }
}

// A record with a name and no content yet.
Record named_record(const Declaration& declaration) {
    Record record;
    record.kind = declaration.kind;
    record.slug = declaration.slug;
    record.title = declaration.title;
    record.where = {declaration.source, 0, 0};
    record.title_span = declaration.title_span;
    record.folder = declaration.folder;
    record.readable = declaration.front_valid;
    return record;
}

// Gives a value that the author left out, without a place of its own.
void set_default(const Kinds& kinds, Record& record, std::string_view key, std::string_view value) {
    if (field_of(kinds, std::as_const(record), key).present() || value.empty()) return;
    FieldValue& field = field_of(kinds, record, key);
    const Kind& kind = kinds[record.kind];
    const FieldSpec& spec = kind.fields[*kind.find(key)];
    if (spec.type != FieldType::choice) {
        field.content = std::string(value);
    } else if (const auto index = spec.find_choice(value)) {
        field.content = ChoiceValue{*index};
    }
}

bool from_published_material(const Kinds& kinds, const Record& record) {
    if (!kinds[record.kind].find("consent")) return false;
    const FieldValue& consent = field_of(kinds, record, "consent");
    const GroupValue* group = group_in(consent);
    if (!group) return false;
    const Kind& kind = kinds[record.kind];
    const FieldSpec& spec = kind.fields[*kind.find("consent")];
    return choice_in(spec.fields[*spec.find("basis")], part_of(spec, *group, "basis")) == "published";
}

void fill_defaults(const Kinds& kinds, const SiteSettings& settings, Record& record) {
    const bool drafted = kinds[record.kind].draft_by_default;
    set_default(kinds, record, "status", drafted ? "draft" : settings.default_status);
    set_default(kinds, record, "visibility", drafted ? "internal" : settings.default_visibility);
    if (from_published_material(kinds, record)) return;
    // `org:` with nothing behind it says that the unit is not stated.
    const auto left_empty = [&](std::string_view key) {
        const FieldValue& field = field_of(kinds, std::as_const(record), key);
        return !field.present() && field.key_span.known();
    };
    if (!left_empty("org")) set_default(kinds, record, "org", settings.organisation);
    if (settings.regions.size() == 1 && !left_empty("region"))
        set_default(kinds, record, "region", settings.regions[0].name);
}

// What must be stated unless the record rests on published material alone.
void check_personal_fields(const Kinds& kinds, const Record& record, Diagnostics& diagnostics) {
    if (from_published_material(kinds, record)) return;
    const Kind& kind = kinds[record.kind];
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
        const FieldValue& value = record.fields[i];
        const bool missing = !value.present() && value.key_span == Span{};
        if (kind.fields[i].need == FieldNeed::required_unless_published && missing) {
            diagnostics.report(DiagnosticKind::missing_field, record.title_span, {kind.fields[i].label});
        }
    }
}

void read_review(const Kinds& kinds, const SourceFile& file, const ReadContext& context, Record& record) {
    const Kind& kind = kinds[record.kind];
    const std::size_t at = *kind.find("review");
    FieldSpec spec = kind.fields[at];
    spec.key = "steps";
    spec.label = "环节";
    const YamlNode tree = parse_yaml(file, context.diagnostics);
    const std::vector<FieldSpec> steps = {std::move(spec)};
    const FieldTable read =
        read_fields(tree, {steps, {}}, "三审记录", {file.id, 0, 0}, Completeness::whole, context);
    record.fields[at] = read[0];
}

// A draft need not be complete: it is what somebody is still working on.
bool is_approved(const YamlNode& front, const Kind& kind, const SiteSettings& settings) {
    const FieldSpec& spec = kind.fields[*kind.find("status")];
    std::string_view written = kind.draft_by_default ? "draft" : std::string_view(settings.default_status);
    for (const YamlEntry& entry : front.entries) {
        const bool stated = entry.value.type == YamlType::scalar && !trim(entry.value.text).empty();
        if (spec.answers_to(entry.key) && stated) written = trim(entry.value.text);
    }
    const auto status = spec.find_choice(written);
    return !status || spec.choices[*status].key == "approved";
}

struct Reading {
    const LoadInput& input;
    const Site& site;
    const NameIndex& names;
    const ContentFiles& content;
    LoadedUnder under;
};

// Fields and story as the file states them, and how much of them must be there.
Completeness read_file(const Declaration& declaration, Record& record, const Reading& reading,
                       Diagnostics& diagnostics) {
    const Kinds& kinds = reading.site.kinds;
    const Kind& kind = kinds[record.kind];
    std::optional<ParsedRecord>& parsed = reading.content.files[declaration.file].parsed;
    if (!parsed) parsed = reading.content.memory.parse(declaration.file);
    const Document document = document_of(*parsed);
    const bool whole = document.front_valid && is_approved(document.front, kind, reading.site.settings);
    const Completeness completeness = whole ? Completeness::whole : Completeness::salvaged;
    const ReadContext context{kinds,         reading.names, reading.input.files,
                              record.folder, diagnostics,   completeness};
    record.fields = read_fields(document.front, {kind.fields, kind.spellings}, kind.label,
                                declaration.title_span, completeness, context);
    if (whole) check_personal_fields(kinds, record, diagnostics);
    record.story = read_story(*parsed, document, context);
    parsed.reset();
    return completeness;
}

// What nothing was said of is remembered.
Completeness recall_or_read(const Declaration& declaration, Record& record, const Reading& reading,
                            Diagnostics& diagnostics) {
    const Site& site = reading.site;
    const auto known =
        recall_contents(declaration, reading.under.names, {site.kinds, site.records.size()}, record);
    if (known) return *known;
    const Completeness completeness = read_file(declaration, record, reading, diagnostics);
    const bool silent = declaration.silent && declaration.front_valid && diagnostics.empty();
    if (!silent) return completeness;
    if (const auto bytes =
            pack_loaded(reading.under, declaration, site.kinds[record.kind], record, completeness))
        reading.content.memory.remember(declaration.file, *bytes);
    return completeness;
}

// The record with its fields and story. Runs on several threads: of other records it reads the names and
// nothing else.
void complete_record(const Declaration& declaration, Record& record, const Reading& reading,
                     Diagnostics& diagnostics) {
    const Kinds& kinds = reading.site.kinds;
    const Completeness completeness = recall_or_read(declaration, record, reading, diagnostics);
    if (declaration.review != no_source) {
        const ReadContext context{kinds,         reading.names, reading.input.files,
                                  record.folder, diagnostics,   completeness};
        read_review(kinds, reading.input.sources[declaration.review], context, record);
    }
    fill_defaults(kinds, reading.site.settings, record);
    record.meant = record.readable && choice_of(kinds, record, "status") == "approved" &&
                   choice_of(kinds, record, "visibility") != "internal";
}

// A batch is called by its award and year.
void name_batches(Site& site) {
    for (const RecordId batch : site.of_kind("batch")) {
        Record& record = site[batch];
        const RecordId award = reference_of(site, batch, "award");
        if (!record.title.empty() || award == no_record) continue;
        const int year = date_of(site, batch, "year").year;
        record.title = (year ? std::to_string(year) + "年" : "") + site[award].title;
    }
}

void check_titles(const Site& site, Diagnostics& diagnostics) {
    for (const Record& record : site.records) {
        if (!record.title.empty() || !record.readable) continue;
        if (choice_of(site.kinds, record, "status") != "approved") continue;
        const Kind& kind = site.kinds[record.kind];
        // Where the name is a required field, its absence was reported with the fields.
        if (kind.key == "batch" || kind.find("name") || kind.find("topic") || kind.find("headline") ||
            kind.find("label"))
            continue;
        diagnostics.report(DiagnosticKind::missing_title, record.where, {kind.label, "标题"});
    }
}

}  // namespace

std::vector<SourceId> record_files(const Sources& sources, std::span<const SourceId> texts) {
    std::vector<SourceId> files;
    for (const SourceId id : texts) {
        if (is_record_path(sources[id].path)) files.push_back(id);
    }
    return files;
}

namespace {

// Parsed files that nobody remembers.
class NoMemory final : public RecordMemory {
  public:
    ParsedRecord parse(std::size_t) override {
        report_broken_invariant("every file comes parsed", __FILE__, __LINE__);
    }
    void remember(std::size_t, std::string_view) override {}
};

}  // namespace

Site load_site(const LoadInput& input, std::vector<ContentFile> files, RecordMemory& memory,
               Diagnostics& diagnostics) {
    Site site;
    LoadedSettings loaded = settings_of(input, diagnostics);
    site.settings = std::move(loaded.settings);
    site.kinds = std::move(loaded.kinds);

    check_misplaced(input, diagnostics);
    check_publish_settings(input, diagnostics);
    const ContentFiles content{files, memory, digest_of_settings(input, site.settings)};
    const std::vector<Declaration> declarations =
        declare(input.sources, content, site.kinds, diagnostics, input.threads);
    site.records.reserve(declarations.size());
    for (const Declaration& declaration : declarations) site.records.push_back(named_record(declaration));
    // From here no name is added.
    NameIndex names(site.kinds, input.sources);
    for (std::size_t i = 0; i < site.records.size(); ++i)
        names.add(static_cast<RecordId>(i), site.records[i]);

    const Reading reading{
        input, site, names, content, {content.settings, digest_of_names(declarations, input.files)}};
    parallel_map(input.threads, declarations.size(), diagnostics, [&](std::size_t i, Diagnostics& own) {
        complete_record(declarations[i], site.records[i], reading, own);
        return true;
    });
    add_suggestions(names, input.files, diagnostics, input.threads);
    name_batches(site);
    check_titles(site, diagnostics);
    merge_conferrals(site, diagnostics);
    return site;
}

Site load_site(const LoadInput& input, std::vector<ParsedRecord> parsed, Diagnostics& diagnostics) {
    std::vector<ContentFile> files;
    for (ParsedRecord& each : parsed) {
        const SourceId source = each.source;
        files.push_back({source, std::move(each)});
    }
    NoMemory nobody;
    return load_site(input, std::move(files), nobody, diagnostics);
}

}  // namespace qunying
