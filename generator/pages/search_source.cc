#include "pages/search_source.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.h"
#include "hanzi/hanzi_table.h"
#include "hanzi/latin.h"
#include "hanzi/name_tokens.h"
#include "hanzi/pinyin.h"
#include "hanzi/variants.h"
#include "pages/card_view.h"
#include "pages/honours.h"
#include "pages/image_plan.h"
#include "pages/pictured.h"
#include "pages/search_fields.h"
#include "search/script_text.h"

namespace qunying {
namespace {

constexpr std::array<std::string_view, 5> level_keys = {"national", "provincial", "municipal", "county",
                                                        "unit"};
constexpr std::size_t line_length = 40;  // code points that a result says of a record

// Letters with marks as their bare ones, and variants of hanzi.
std::vector<FoldedPair> folded_pairs() {
    std::vector<FoldedPair> pairs;
    for (const auto& [first, last] : {std::pair(0xc0, 0x24f), std::pair(0x391, 0x3a9),
                                      std::pair(0x410, 0x42f), std::pair(0x1e00, 0x1eff)}) {
        for (int c = first; c <= last; ++c) {
            std::string letter;
            append_utf8(letter, static_cast<char32_t>(c));
            const std::u32string bare = to_utf32(bare_letters(letter, Umlaut::as_u));
            if (bare.size() == 1 && bare[0] != static_cast<char32_t>(c))
                pairs.push_back({static_cast<char32_t>(c), bare[0]});
        }
    }
    for (const auto& pair : hanzi_variants::pairs) pairs.push_back({pair.from, pair.to});
    return pairs;
}

// Made once: it is the same for every site.
const Folding& folding_of_hanzi() {
    static const Folding folding(folded_pairs());
    return folding;
}

bool is_searched(const PageContext& context, RecordId id) {
    return is_shown(context.site, id) && !context.routes.page(id).empty() &&
           !flag_in(field_of(context.site, id, "noindex"));
}

// Those that a searched record has: in official order, then those in no list.
std::vector<std::string> regions_of(const PageContext& context, const std::vector<RecordId>& records) {
    std::set<std::string_view> used;
    for (const RecordId id : records) {
        const std::string_view region = text_of(context.site, id, "region");
        if (!region.empty()) used.insert(region);
    }
    std::vector<std::string> regions;
    for (const Region& region : context.site.settings.regions) {
        if (used.erase(region.name) > 0) regions.push_back(region.name);
    }
    regions.insert(regions.end(), used.begin(), used.end());
    return regions;
}

void add_reading(std::vector<std::string>& readings, std::string_view marked) {
    const auto add = [&](std::string plain) {
        std::erase_if(plain, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); });
        if (!plain.empty() && std::find(readings.begin(), readings.end(), plain) == readings.end())
            readings.push_back(std::move(plain));
    };
    add(bare_letters(marked, Umlaut::as_v));
    add(bare_letters(marked, Umlaut::as_u));  // 吕 is typed lv and lu
}

std::vector<std::string> readings_of(const SearchToken& token, std::string_view usual) {
    std::vector<std::string> readings;
    if (token.character == 0) {
        add_reading(readings, token.word);
        return readings;
    }
    add_reading(readings, usual);
    for (const std::uint16_t number : hanzi_table::readings_of(token.character))
        add_reading(readings, hanzi_table::syllables[number]);
    return readings;
}

// How far a level stands from the front, from 1; 0 where there is none.
std::uint32_t level_number(std::string_view key) {
    const auto found = std::find(level_keys.begin(), level_keys.end(), key);
    return found == level_keys.end() ? 0 : static_cast<std::uint32_t>(found - level_keys.begin()) + 1;
}

// Years of honours, or of the record's own date.
std::vector<std::uint32_t> years_of_facet(const PageContext& context, RecordId id) {
    const Site& site = context.site;
    std::set<int> years;
    for (const std::size_t index : shown_honours(site, context.relations, id))
        years.insert(year_of(site, site.conferrals[index]));
    const Kind& kind = site.kind_of(id);
    for (const std::string_view key : {"year", "date", "opened"}) {
        const auto field = kind.find(key);
        if (kind.key != "person" && field && kind.fields[*field].type == FieldType::date)
            years.insert(date_of(site, id, key).year);
    }
    std::vector<std::uint32_t> from_1900;
    for (auto year = years.rbegin(); year != years.rend(); ++year) {
        if (*year >= 1900) from_1900.push_back(static_cast<std::uint32_t>(*year - 1900));
    }
    return from_1900;
}

// What tells a visitor who or what that is, in one line.
std::string line_of(const Site& site, RecordId id) {
    const std::string& kind = site.kind_of(id).key;
    std::vector<std::string> parts;
    if (kind == "person") {
        const std::string_view post = text_of(site, id, "former_post");
        for (const std::string_view part :
             {post.empty() ? text_of(site, id, "org") : post, text_of(site, id, "epithet")})
            if (!part.empty()) parts.emplace_back(part);
    } else {
        const std::string_view summary = trim(text_of(site, id, "summary"));
        parts.emplace_back(summary.empty() ? text_of(site, id, "org") : summary);
    }
    const std::string whole = replace_all(join(parts, " · "), "\n", " ");
    const std::string_view start = first_code_points(whole, line_length);
    return std::string(start) + (start.size() < whole.size() ? "…" : "");
}

// The smallest JPEG of the card's picture, or null.
const Rendition* small_picture(const PageContext& context, RecordId id) {
    const FacePicture face = context.index.faces[static_cast<std::size_t>(id)];
    if (face.owner == no_record) return nullptr;
    const ImageEntry* entry =
        context.images.find(file_in(part_of(*face.spec, *face.group, picture_part(*face.spec))),
                            treatment_in(*face.spec, *face.group));
    const Rendition* smallest = nullptr;
    const auto& recipes = context.theme.recipes;
    for (std::size_t i = 0; entry && i < recipes.size() && i < entry->renditions.size(); ++i) {
        if (recipes[i].recipe.name != "card") continue;
        for (const Rendition& file : entry->renditions[i]) {
            if (file.format == PictureFormat::jpeg && (!smallest || file.width < smallest->width))
                smallest = &file;
        }
    }
    return smallest;
}

void append_labels(std::string& out, std::string_view name, const std::vector<std::string>& labels) {
    out += script_text(name) + ":[";
    for (std::size_t i = 0; i < labels.size(); ++i) out += (i > 0 ? "," : "") + script_text(labels[i]);
    out += ']';
}

}  // namespace

SiteSearch::SiteSearch(const PageContext& context) : context_(context), folding_(folding_of_hanzi()) {
    const Site& site = context.site;
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < site.records.size(); ++i) {
        const auto id = static_cast<RecordId>(i);
        if (!is_searched(context, id)) continue;
        records_.push_back(id);
        keys_.push_back(site.kind_of(id).key + "/" + site[id].slug);
        const Span story = site[id].story.span;
        if (story.known()) bytes += story.end - story.begin;
    }
    regions_ = regions_of(context, records_);
    shape_ = shape_search(std::vector<std::string_view>(keys_.begin(), keys_.end()), bytes);
}

SearchName SiteSearch::name(std::size_t document) const {
    const Site& site = context_.site;
    const RecordId id = records_[document];
    const std::string& title = site[id].title;
    const bool person = site.kind_of(id).key == "person";
    SearchName name{title, {}, person ? SpokenFrom::anywhere : SpokenFrom::beginning};
    const std::uint32_t level = level_number(shown_level(context_, id));
    name.weight = level == 0 ? 5 : level - 1;
    const std::vector<SearchToken> tokens = folding_.tokens(title);
    std::vector<std::string> usual;
    if (person) {
        usual = name_pinyin(title, text_of(site, id, "surname"), text_of(site, id, "pinyin")).syllables;
        // Words of letters may be cut otherwise there; then every reading is as good.
        if (usual.size() != tokens.size()) usual.clear();
    }
    for (std::size_t i = 0; i < tokens.size(); ++i)
        name.readings.push_back(readings_of(tokens[i], usual.empty() ? std::string_view() : usual[i]));
    return name;
}

std::vector<SearchTitle> SiteSearch::titles(std::size_t document) const {
    return search_titles(context_, records_[document]);
}

std::vector<std::string> SiteSearch::text(std::size_t document) const {
    return search_text(context_, records_[document]);
}

std::uint32_t SiteSearch::region_number(std::string_view region) const {
    const auto found = std::find(regions_.begin(), regions_.end(), region);
    return found == regions_.end() ? 0 : static_cast<std::uint32_t>(found - regions_.begin()) + 1;
}

SearchFacets SiteSearch::facets(std::size_t document) const {
    const RecordId id = records_[document];
    const auto kind = static_cast<std::uint32_t>(context_.site[id].kind);
    return {
        {kind, level_number(shown_level(context_, id)), region_number(text_of(context_.site, id, "region"))},
        years_of_facet(context_, id)};
}

std::string SiteSearch::card(std::size_t document) const {
    const Site& site = context_.site;
    const RecordId id = records_[document];
    const SearchFacets facets = this->facets(document);
    std::string card = script_text(context_.routes.page(id));
    for (const std::uint32_t value : facets.single) card += "," + std::to_string(value);
    card += ",[";
    for (std::size_t i = 0; i < facets.many.size(); ++i)
        card += (i > 0 ? "," : "") + std::to_string(facets.many[i]);
    card += "]," + script_text(distinction_of(context_, id));
    card += "," + script_text(note_of(site, id)) + "," + script_text(line_of(site, id));
    card += "," + script_text(context_.index.names[static_cast<std::size_t>(id)].surname);
    card += is_framed(context_, id) ? ",1" : ",0";
    const Rendition* picture = small_picture(context_, id);
    if (picture) {
        card += ",[" + script_text(picture->path) + "," + std::to_string(picture->width) + "," +
                std::to_string(picture->height) + "]";
    }
    return card;
}

std::string SiteSearch::about() const {
    const Site& site = context_.site;
    std::vector<std::string> kinds;
    for (const Kind& kind : site.kinds.all()) kinds.push_back(kind.label);
    const Kind& award = site.kinds[site.kinds.must("award")];
    const FieldSpec& level = award.fields[*award.find("level")];
    std::vector<std::string> levels, seals = {"国", "省", "市", "县", "系"};
    for (const std::string_view key : level_keys)
        levels.push_back(level.choices[*level.find_choice(key)].label);
    std::string about = "{";
    append_labels(about, "kinds", kinds);
    append_labels(about += ",", "levels", levels);
    append_labels(about += ",", "seals", seals);
    append_labels(about += ",", "regions", regions_);
    return about + "}";
}

}  // namespace qunying
