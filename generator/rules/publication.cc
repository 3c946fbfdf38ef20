#include "rules/publication.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>

#include "base/parallel.h"
#include "base/text.h"
#include "rules/consent_view.h"

namespace qunying {
namespace {

bool is_for(std::string_view visibility, Audience audience) {
    return visibility == "public" || (visibility == "kiosk" && audience == Audience::venue);
}

Standing standing_by_consent(const Site& site, RecordId person, const ConsentView& consent,
                             const PublicationOptions& options, Diagnostics& diagnostics) {
    const std::string& name = site[person].title;
    if (consent.withdrawn.stated() && earliest_day(consent.withdrawn) <= options.as_of) {
        diagnostics.report(DiagnosticKind::consent_withdrawn, consent.span,
                           {name, chinese_date(consent.withdrawn)});
        return Standing::withheld;
    }
    if (consent.until.stated() && latest_day(consent.until) < options.as_of) {
        if (!ends_before_it_begins(consent))
            diagnostics.report(DiagnosticKind::consent_expired, consent.span,
                               {name, chinese_date(consent.until)});
        return Standing::withheld;
    }
    // Published material binds nobody to a place; without any scope rule 4 stops the build.
    if (consent.basis == "published" || !consent.scope_stated) return Standing::published;
    const bool agreed = options.audience == Audience::web ? consent.internet : consent.venue;
    return agreed ? Standing::published : Standing::other_audience;
}

Standing standing_of(const Site& site, RecordId id, const Consents& consents,
                     const PublicationOptions& options, Diagnostics& diagnostics) {
    if (!site[id].readable) return Standing::broken;
    const std::string_view status = choice_of(site, id, "status");
    if (status == "withdrawn") return Standing::withdrawn;
    if (options.preview) return Standing::published;
    if (status != "approved") return Standing::draft;
    const std::string_view visibility = choice_of(site, id, "visibility");
    if (visibility == "internal") return Standing::internal;
    if (!is_for(visibility, options.audience)) return Standing::other_audience;
    const PartialDate from = date_of(site, id, "publish_on"), until = date_of(site, id, "publish_until");
    if (from.stated() && options.as_of < earliest_day(from)) return Standing::too_early;
    if (until.stated() && latest_day(until) < options.as_of) return Standing::too_late;
    if (site.kind_of(id).key == "person")
        return standing_by_consent(site, id, consents.of(id), options, diagnostics);
    return Standing::published;
}

// The persons that a record names in its fields.
void gather_persons(const Site& site, const FieldValue& value, std::vector<RecordId>& persons) {
    const RecordId id = reference_in(value);
    if (id != no_record && site.kind_of(id).key == "person") persons.push_back(id);
    if (const GroupValue* group = group_in(value)) {
        for (const FieldValue& part : group->fields) gather_persons(site, part, persons);
    }
    for (const FieldValue& item : items_in(value)) gather_persons(site, item, persons);
}

// A recording, film, report or lecture is about its persons: without one of them it is held back as a whole.
bool stands_with_its_persons(std::string_view kind) {
    return kind == "oral" || kind == "video" || kind == "coverage" || kind == "lecture";
}

void hold_with_persons(const Site& site, Publication& publication, Diagnostics& diagnostics) {
    for (std::size_t i = 0; i < site.records.size(); ++i) {
        const auto id = static_cast<RecordId>(i);
        if (publication.of[i] != Standing::published || !stands_with_its_persons(site.kind_of(id).key))
            continue;
        std::vector<RecordId> persons;
        for (const FieldValue& value : site.records[i].fields) gather_persons(site, value, persons);
        for (const RecordId person : persons) {
            if (publication.published(person)) continue;
            publication.of[i] = Standing::with_person;
            if (site[person].readable)  // a broken profile has been reported
                diagnostics.report(DiagnosticKind::held_with_person, site.records[i].title_span,
                                   {site[person].title, site.kind_of(id).label});
            break;
        }
    }
}

std::string why(Standing standing) {
    switch (standing) {
        case Standing::withheld:
            return "授权已到期或撤回";
        case Standing::withdrawn:
            return "已经撤下";
        case Standing::other_audience:
            return "不在本次公开的范围内";
        case Standing::internal:
            return "只限内部";
        default:
            return "尚未发布";
    }
}

using NameTable = std::unordered_map<std::string, RecordId>;

// Names of unpublished persons, and those of published ones. Whoever shares a name with a published person is
// left out: the text may mean that one.
struct Names {
    NameTable unpublished, published;
};

Names names_of(const Site& site, const Publication& publication) {
    NameTable names, published;
    for (std::size_t i = 0; i < site.records.size(); ++i) {
        const auto id = static_cast<RecordId>(i);
        if (site.kind_of(id).key != "person" || count_code_points(site[id].title) < 2) continue;
        (publication.published(id) ? published : names).emplace(site[id].title, id);
    }
    for (const auto& [name, id] : published) names.erase(name);
    return {std::move(names), std::move(published)};
}

std::vector<std::size_t> lengths_of(const NameTable& names) {
    std::vector<std::size_t> lengths;
    for (const auto& [name, id] : names) lengths.push_back(name.size());
    std::sort(lengths.begin(), lengths.end());
    lengths.erase(std::unique(lengths.begin(), lengths.end()), lengths.end());
    return lengths;
}

// The longest name of the table that `text` begins with.
const NameTable::value_type* longest_name(std::string_view text, const NameTable& names,
                                          const std::vector<std::size_t>& lengths) {
    for (auto bytes = lengths.rbegin(); bytes != lengths.rend(); ++bytes) {
        const auto found = names.find(std::string(text.substr(0, *bytes)));
        if (found != names.end() && found->first.size() <= text.size()) return &*found;
    }
    return nullptr;
}

// Which two characters a name may begin with, as bits by a hash of them: what passes is looked up in full.
// Without it every character of every story costs a look into the table for each length of a name.
class Beginnings {
  public:
    explicit Beginnings(const NameTable& names) {
        for (const auto& [name, id] : names) {
            const CodePoint first = decode_first(name);
            bits_[hash(first.value, decode_first(std::string_view(name).substr(first.bytes)).value)] = true;
        }
    }
    bool may_begin(char32_t first, char32_t second) const { return bits_[hash(first, second)]; }

  private:
    static std::size_t hash(char32_t first, char32_t second) {
        return (std::size_t{first} * 0x9E3779B1 ^ std::size_t{second} * 0x85EBCA6B) >> 7 & 0xFFFFF;
    }
    std::vector<bool> bits_ = std::vector<bool>(0x100000);
};

using Subtitles = std::map<std::string_view, SourceId>;

Subtitles subtitles_among(const Sources& sources) {
    Subtitles found;
    for (const SourceFile& file : sources.files()) {
        const std::string ending =
            ascii_lower(std::string_view(file.path).substr(std::max<std::size_t>(file.path.size(), 4) - 4));
        if (ending == ".vtt" || ending == ".srt") found.emplace(file.path, file.id);
    }
    return found;
}

struct NameCheck {
    const Site& site;
    const Publication& publication;
    const Sources& sources;
    Names names;
    std::vector<std::size_t> lengths, published_lengths;
    Beginnings beginnings;
    Subtitles subtitles;  // by path

    // Calls `each` with the place and the entry of every name in `text`.
    template <class Each>
    void each_name(std::string_view text, Each each) const {
        const std::size_t whole = text.size();
        for (CodePoint next{0, 0}, here = decode_first(text); !text.empty(); here = next) {
            const std::string_view rest = text;
            const std::size_t at = whole - text.size();
            text.remove_prefix(here.bytes);
            next = decode_first(text);
            if (!beginnings.may_begin(here.value, next.value)) continue;
            const auto* found = longest_name(rest, names.unpublished, lengths);
            if (!found) continue;
            // 王伟 in 王伟国, who is published, means nobody else.
            const auto* other = longest_name(rest, names.published, published_lengths);
            if (!other || other->first.size() < found->first.size()) each(at, *found);
        }
    }

    // The value of a field. It is looked for as it was read, for quotes may write it otherwise.
    void text(const FieldValue& value, std::string_view content, Diagnostics& diagnostics) const {
        const std::string_view written = text_at(value.span);
        std::size_t from = 0;
        each_name(content, [&](std::size_t, const NameTable::value_type& name) {
            const std::size_t at = written.find(name.first, from);
            if (at == std::string_view::npos) return report(value.span, name, diagnostics);
            from = at + name.first.size();
            report(part(value.span, at, name.first.size()), name, diagnostics);
        });
    }

    void record(const Record& record, Diagnostics& diagnostics) const {
        const Kind& kind = site.kinds[record.kind];
        record.fields.each(
            [&](std::size_t i, const FieldValue& v) { value(kind.fields[i], v, diagnostics); });
        story(record.story, diagnostics);
    }

    void story(const Story& story, Diagnostics& diagnostics) const {
        const std::string_view written = text_at(story.span);
        each_name(written, [&](std::size_t at, const NameTable::value_type& name) {
            if (!is_reference(written, at))
                report(part(story.span, at, name.first.size()), name, diagnostics);
        });
        for (const StoryPart& each : story.parts) {
            const auto* link = std::get_if<StoryLink>(&each);
            if (link && is_printed(*link)) words(*link, diagnostics);
        }
    }
    // Subtitles are published as they are written.
    void shown_with_film(const std::string& path, Diagnostics& diagnostics) const {
        const auto found = subtitles.find(path);
        if (found == subtitles.end()) return;
        each_name(sources[found->second].text, [&](std::size_t at, const NameTable::value_type& name) {
            report(part({found->second, 0, 0}, at, name.first.size()), name, diagnostics);
        });
    }
    // What stands in [[…]] is printed, but for links to a person who is not published.
    bool is_printed(const StoryLink& link) const {
        return link.target == no_record || publication.published(link.target) ||
               site.kind_of(link.target).key != "person";
    }
    void words(const StoryLink& link, Diagnostics& diagnostics) const {
        each_name(link.text, [&](std::size_t, const NameTable::value_type& name) {
            report(link.span, name, diagnostics);
        });
    }
    static bool is_reference(std::string_view written, std::size_t at) {
        const std::size_t open = written.rfind("[[", at);
        if (open == std::string_view::npos) return false;
        const std::size_t close = written.find("]]", open);
        return close != std::string_view::npos && close > at &&
               written.substr(open, close - open).find('\n') == std::string_view::npos;
    }
    std::string_view text_at(Span span) const {
        if (!span.known()) return {};
        return std::string_view(sources[span.source].text).substr(span.begin, span.end - span.begin);
    }
    static Span part(Span span, std::size_t at, std::size_t size) {
        const auto begin = span.begin + static_cast<std::uint32_t>(at);
        return {span.source, begin, begin + static_cast<std::uint32_t>(size)};
    }
    void report(Span where, const NameTable::value_type& name, Diagnostics& diagnostics) const {
        diagnostics.report(
            DiagnosticKind::name_of_unpublished, where,
            {site[name.second].title, why(publication.of[static_cast<std::size_t>(name.second)])});
    }
    void value(const FieldSpec& spec, const FieldValue& v, Diagnostics& diagnostics) const {
        if (spec.visibility == FieldVisibility::secret) return;
        if (const auto* content = std::get_if<std::string>(&v.content)) text(v, *content, diagnostics);
        if (const auto* file = std::get_if<FileValue>(&v.content)) shown_with_film(file->path, diagnostics);
        for (const FieldValue& item : items_in(v)) value(spec, item, diagnostics);
        if (const GroupValue* group = group_in(v)) {
            group->fields.each(
                [&](std::size_t i, const FieldValue& part) { value(spec.fields[i], part, diagnostics); });
        }
    }
};

}  // namespace

Publication decide_publication(const Site& site, const PublicationOptions& options,
                               Diagnostics& diagnostics) {
    Publication publication;
    const Consents consents(site);
    for (std::size_t i = 0; i < site.records.size(); ++i) {
        publication.of.push_back(standing_of(site, static_cast<RecordId>(i), consents, options, diagnostics));
    }
    hold_with_persons(site, publication, diagnostics);
    for (const Standing standing : publication.of) ++publication.counts[static_cast<std::size_t>(standing)];
    return publication;
}

bool has_hidden_names(const Site& site, const Publication& publication) {
    return !names_of(site, publication).unpublished.empty();
}

void check_names_left(const Site& site, const Publication& publication, const Sources& sources,
                      Diagnostics& diagnostics, unsigned threads) {
    Names names = names_of(site, publication);
    if (names.unpublished.empty()) return;
    const Beginnings beginnings(names.unpublished);
    const auto lengths = lengths_of(names.unpublished), published = lengths_of(names.published);
    const NameCheck check{site,    publication, sources,    std::move(names),
                          lengths, published,   beginnings, subtitles_among(sources)};
    parallel_map(threads, site.records.size(), diagnostics, [&](std::size_t i, Diagnostics& own) {
        if (publication.of[i] == Standing::published) check.record(site.records[i], own);
        return 0;
    });
}

}  // namespace qunying
