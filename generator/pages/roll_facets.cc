#include "pages/roll_facets.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <set>

#include "base/parallel.h"
#include "base/text.h"
#include "hanzi/pinyin.h"
#include "pages/honours.h"

namespace qunying {
namespace {

// Sorts first by `place`, then by key; the label goes with the first use.
struct OptionKey {
    std::int64_t place = 0;
    std::string key;

    auto operator<=>(const OptionKey&) const = default;
};

// One value that a record has.
struct Tag {
    OptionKey key;
    std::string label;
};

using Tagger = std::function<std::vector<Tag>(RecordId)>;

Facet group_by(const std::vector<RecordId>& roll, std::string name, std::string label,
               const Tagger& tags_of) {
    std::map<OptionKey, FacetOption> options;
    for (const RecordId id : roll) {
        for (Tag& tag : tags_of(id)) {
            FacetOption& option = options[tag.key];
            if (option.items.empty()) option.key = tag.key.key, option.label = std::move(tag.label);
            // A record that has a value twice, as two honours of one level, counts once.
            if (option.items.empty() || option.items.back() != id) option.items.push_back(id);
        }
    }
    Facet facet{std::move(name), std::move(label), {}};
    for (auto& [key, option] : options) facet.options.push_back(std::move(option));
    return facet;
}

class RollTags {
  public:
    RollTags(const Site& site, const Relations& relations, const SiteIndex& index)
        : site_(site), relations_(relations), index_(index) {
        const Kind& award = site.kinds[site.kinds.must("award")];
        levels_ = &award.fields[*award.find("level")];
        categories_ = &award.fields[*award.find("category")];
    }

    std::vector<Tag> levels(RecordId id) const {
        return each_honour(id, [&](const Conferral& c, std::vector<Tag>& tags) {
            add_choice(*levels_, level_of(site_, c), tags);
        });
    }
    std::vector<Tag> categories(RecordId id) const {
        return each_honour(id, [&](const Conferral& c, std::vector<Tag>& tags) {
            const RecordId award = c.batch == no_record ? no_record : reference_of(site_, c.batch, "award");
            if (award != no_record && site_[award].live)
                add_choice(*categories_, choice_of(site_, award, "category"), tags);
        });
    }
    std::vector<Tag> years(RecordId id) const {
        return each_honour(id, [&](const Conferral& c, std::vector<Tag>& tags) {
            const int year = year_of(site_, c);
            if (year > 0) tags.push_back({{-year, std::to_string(year)}, fmt::format("{}年", year)});
        });
    }
    std::vector<Tag> regions(RecordId id) const {
        return remembered(regions_, text_of(site_, id, "region"), [&](std::string_view name) {
            const auto& regions = site_.settings.regions;
            const auto found =
                std::find_if(regions.begin(), regions.end(), [&](const Region& r) { return r.name == name; });
            const auto place = found - regions.begin();
            std::string key = pinyin_slug(found == regions.end() ? name : found->key);
            if (key.empty()) key = "region";
            if (found == regions.end())
                key = fmt::format("{}-{}", key, code_points(name));  // never the key of a listed one
            return Tag{{place, std::move(key)}, std::string(name)};
        });
    }
    std::vector<Tag> kinds(RecordId id) const {
        const Kind& kind = site_.kind_of(id);
        const std::int64_t place = kind.key == "person" ? 0 : kind.key == "team" ? 1 : 2;
        return {{{place, kind.key}, kind.label}};
    }
    std::vector<Tag> letters(RecordId id) const {
        const char initial = name(id).initial;
        if (initial == '#') return {{{'Z' + 1, "other"}, "其他"}};
        return {{{initial, ascii_lower(std::string(1, initial))}, std::string(1, initial)}};
    }
    std::vector<Tag> strokes(RecordId id) const {
        const int count = name(id).strokes;
        if (count == 0) return {{{1000, "other"}, "其他"}};
        return {{{count, std::to_string(count)}, fmt::format("{}画", count)}};
    }
    // People only: what a team's name begins with is no surname.
    std::vector<Tag> surnames(RecordId id) const {
        if (site_.kind_of(id).key != "person") return {};
        return remembered(surnames_, name(id).surname, [](std::string_view surname) {
            const std::string reading = plain_pinyin(join(name_pinyin(surname, surname).syllables, ""));
            const std::string slug = pinyin_slug(reading);
            std::string key =
                slug.empty() ? code_points(surname) : fmt::format("{}-{}", slug, code_points(surname));
            return Tag{{0, std::move(key)}, std::string(surname)};
        });
    }

  private:
    // The tag of a text that many records share: worked out once. Each facet is grouped by one thread, and
    // has its own.
    using Remembered = std::map<std::string_view, Tag>;
    template <class Make>
    static std::vector<Tag> remembered(Remembered& tags, std::string_view text, Make make) {
        if (text.empty()) return {};
        const auto [at, fresh] = tags.try_emplace(text);
        if (fresh) at->second = make(text);
        return {at->second};
    }

    template <class Each>
    std::vector<Tag> each_honour(RecordId id, Each each) const {
        std::vector<Tag> tags;
        for (const std::size_t index : shown_honours(site_, relations_, id))
            each(site_.conferrals[index], tags);
        return tags;
    }
    static void add_choice(const FieldSpec& spec, std::string_view key, std::vector<Tag>& tags) {
        const auto found = key.empty() ? std::nullopt : spec.find_choice(key);
        if (!found) return;
        const Choice& choice = spec.choices[*found];
        tags.push_back({{static_cast<std::int64_t>(*found), choice.key}, choice.label});
    }
    // 王 and 汪 are both read wang: the code points tell their pages apart for good.
    static std::string code_points(std::string_view text) {
        std::string all;
        for (const char32_t c : to_utf32(text))
            all += fmt::format("{}{:x}", all.empty() ? "" : "-", static_cast<unsigned>(c));
        return all;
    }
    const NameEntry& name(RecordId id) const { return index_.names[static_cast<std::size_t>(id)]; }

    const Site& site_;
    const Relations& relations_;
    const SiteIndex& index_;
    const FieldSpec* levels_ = nullptr;
    const FieldSpec* categories_ = nullptr;
    mutable Remembered regions_, surnames_;
};

}  // namespace

namespace {

struct FacetPlan {
    std::vector<Facet> SiteIndex::*to;
    const char *name, *label;
    std::vector<Tag> (RollTags::*tags_of)(RecordId) const;
};

constexpr std::array<FacetPlan, 8> all_facets = {{
    {&SiteIndex::facets, "level", "级别", &RollTags::levels},
    {&SiteIndex::facets, "year", "年份", &RollTags::years},
    {&SiteIndex::facets, "region", "区划", &RollTags::regions},
    {&SiteIndex::facets, "category", "荣誉类别", &RollTags::categories},
    {&SiteIndex::facets, "kind", "类型", &RollTags::kinds},
    {&SiteIndex::indexes, "pinyin", "拼音", &RollTags::letters},
    {&SiteIndex::indexes, "strokes", "笔画", &RollTags::strokes},
    {&SiteIndex::indexes, "surname", "姓氏", &RollTags::surnames},
}};

}  // namespace

void group_roll(const Site& site, const Relations& relations, const ThemeConfig& theme, unsigned threads,
                SiteIndex& index) {
    const RollTags tags(site, relations, index);
    std::vector<Facet> made = parallel_map(threads, all_facets.size(), [&](std::size_t i) {
        const FacetPlan& plan = all_facets[i];
        if (!theme.has(plan.name)) return Facet{};
        return group_by(index.roll, plan.name, plan.label,
                        [&](RecordId id) { return (tags.*plan.tags_of)(id); });
    });
    for (std::size_t i = 0; i < made.size(); ++i) {
        if (!made[i].name.empty()) (index.*all_facets[i].to).push_back(std::move(made[i]));
    }
}

}  // namespace qunying
