#include "pages/site_index.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "base/parallel.h"
#include "base/text.h"
#include "hanzi/names.h"
#include "hanzi/pinyin.h"
#include "hanzi/stroke_order.h"
#include "pages/honours.h"
#include "pages/list_groups.h"
#include "pages/roll_facets.h"

namespace qunying {
namespace {

constexpr std::int64_t last_of_all = std::numeric_limits<std::int64_t>::max();

// Where a record stands in its kind's list: the author's `order` first, then what the kind is sorted by, then
// what tells two of one name apart.
struct Place {
    std::int64_t order = last_of_all;
    std::int64_t number = 0;
    std::string text;
    std::int64_t number_in_batch = last_of_all;
    std::size_t region = 0;
    std::string_view slug;

    auto operator<=>(const Place&) const = default;
};

// 20241230; days that nobody stated count as 0, so that a bare year comes last of its year when newest is
// first.
std::int64_t as_number(PartialDate date) { return (date.year * 100LL + date.month) * 100 + date.day; }

std::int64_t newest_first(PartialDate date) { return date.year == 0 ? last_of_all : -as_number(date); }

// “老娘舅”调解工作室 stands at 老.
std::string without_marks(std::string_view title) {
    std::u32string kept;
    for (const char32_t c : to_utf32(title)) {
        const bool ascii_mark =
            c < 0x80 && !((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'));
        if (!ascii_mark && !is_cjk_punctuation(c)) kept += c;
    }
    return kept.empty() ? std::string(title) : to_utf8(kept);
}

class Placer {
  public:
    Placer(const Site& site, const Relations& relations) : site_(site), relations_(relations) {}

    Place place(RecordId id) const {
        const Record& record = site_[id];
        const std::string& kind = site_.kind_of(id).key;
        Place place;
        const FieldValue& order = field_of(site_, id, "order");
        if (order.present()) place.order = number_in(order);
        place.region = region_rank(text_of(site_, id, "region"));
        place.slug = record.slug;
        if (kind == "person" || kind == "team" || kind == "project") {
            place_recipient(id, place);
        } else if (kind != "page" && kind != "stat") {
            place.number = number_of(id, kind);
            place.text = strokes(id, NameOrder::surname_strokes);
        }
        return place;
    }

    std::size_t region_rank(std::string_view name) const {
        const auto& regions = site_.settings.regions;
        const auto found =
            std::find_if(regions.begin(), regions.end(), [&](const Region& r) { return r.name == name; });
        return static_cast<std::size_t>(found - regions.begin());
    }

    std::string strokes(RecordId id, NameOrder order) const {
        const bool person = site_.kind_of(id).key == "person";
        const std::string_view instead = person ? text_of(site_, id, "stroke_key") : std::string_view();
        const std::string title = person ? site_[id].title : without_marks(site_[id].title);
        return stroke_key(title, order, instead).bytes;
    }

  private:
    void place_recipient(RecordId id, Place& place) const {
        const ListOrder order = site_.settings.list_order;
        const std::vector<std::size_t> honours = shown_honours(site_, relations_, id);
        const auto full =
            order == ListOrder::stroke_fullname ? NameOrder::full_name_strokes : NameOrder::surname_strokes;
        place.text = order == ListOrder::pinyin ? pinyin(id) : strokes(id, full);
        if (order == ListOrder::region) place.number = static_cast<std::int64_t>(place.region);
        if (order == ListOrder::document) place.number = first_in_documents(honours);
        if (order == ListOrder::year) place.number = latest_year_first(honours);
        for (const std::size_t index : honours) {
            const std::int64_t number = site_.conferrals[index].number;
            if (number > 0) place.number_in_batch = std::min(place.number_in_batch, number);
        }
    }

    std::string pinyin(RecordId id) const {
        if (site_.kind_of(id).key != "person")
            return pinyin_sort_key(name_pinyin(without_marks(site_[id].title)));
        return pinyin_sort_key(
            name_pinyin(site_[id].title, text_of(site_, id, "surname"), text_of(site_, id, "pinyin")));
    }

    static std::int64_t first_in_documents(const std::vector<std::size_t>& honours) {
        const auto first = std::min_element(honours.begin(), honours.end());
        return first == honours.end() ? last_of_all : static_cast<std::int64_t>(*first);
    }

    std::int64_t latest_year_first(const std::vector<std::size_t>& honours) const {
        int latest = 0;
        for (const std::size_t index : honours)
            latest = std::max(latest, year_of(site_, site_.conferrals[index]));
        return newest_first({latest, 0, 0});
    }

    std::int64_t number_of(RecordId id, const std::string& kind) const {
        if (kind == "award") return level_rank(choice_of(site_, id, "level"));
        if (kind == "exhibition") return newest_first(date_of(site_, id, "opened"));
        if (kind == "batch") {
            const PartialDate date = date_of(site_, id, "date");
            const PartialDate year = date_of(site_, id, "year");
            return newest_first(date.year == year.year ? date : year);
        }
        for (const std::string_view dated : {"event", "coverage", "video", "album", "oral"}) {
            if (kind == dated) return newest_first(date_of(site_, id, "date"));
        }
        return 0;
    }

    const Site& site_;
    const Relations& relations_;
};

std::string first_character(std::string_view title) {
    const std::string letters = without_marks(title);
    return std::string(first_code_points(letters, 1));
}

NameEntry name_entry(const Site& site, RecordId id) {
    const std::string& title = site[id].title;
    NameEntry entry;
    std::string reading;
    if (site.kind_of(id).key == "person") {
        const std::string_view surname = text_of(site, id, "surname");
        entry.surname = split_name(title, surname).surname;
        const NamePinyin read = name_pinyin(title, surname, text_of(site, id, "pinyin"));
        reading = plain_pinyin(join(read.syllables, " "));
    } else {
        reading = replace_all(pinyin_slug(without_marks(title)), "-", " ");
    }
    if (entry.surname.empty()) entry.surname = first_character(title);
    entry.pinyin = reading;
    if (!reading.empty() && reading[0] >= 'a' && reading[0] <= 'z')
        entry.initial = static_cast<char>(reading[0] - 'a' + 'A');
    entry.strokes = stroke_count(decode_first(entry.surname).value);
    return entry;
}

bool belongs_to_roll(const Site& site, const Relations& relations, RecordId id) {
    const std::string& kind = site.kind_of(id).key;
    if (kind == "person") return true;
    return (kind == "team" || kind == "project") && holds_honour(site, relations, id);
}

void mark_same_names(const Site& site, SiteIndex& index) {
    for (const auto& list : index.by_kind) {
        std::vector<std::pair<std::string_view, RecordId>> by_title;
        by_title.reserve(list.size());
        for (const RecordId id : list) by_title.emplace_back(site[id].title, id);
        std::sort(by_title.begin(), by_title.end());
        for (std::size_t i = 1; i < by_title.size(); ++i) {
            if (by_title[i].first != by_title[i - 1].first) continue;
            for (const std::size_t each : {i - 1, i})
                index.same_name[static_cast<std::size_t>(by_title[each].second)] = true;
        }
    }
}

void order_kinds(const Site& site, const Relations& relations, unsigned threads, SiteIndex& index) {
    const Placer placer(site, relations);
    const std::size_t count = site.records.size();
    const auto places = parallel_map(threads, count, [&](std::size_t i) {
        const bool shown = site.records[i].live && site.records[i].readable;
        return shown ? placer.place(static_cast<RecordId>(i)) : Place{};
    });
    for (std::size_t i = 0; i < count; ++i) {
        const Record& record = site.records[i];
        if (record.live && record.readable)
            index.by_kind[static_cast<std::size_t>(record.kind)].push_back(static_cast<RecordId>(i));
    }
    for (auto& list : index.by_kind) {
        std::sort(list.begin(), list.end(), [&](RecordId a, RecordId b) {
            return places[static_cast<std::size_t>(a)] < places[static_cast<std::size_t>(b)];
        });
        for (std::size_t i = 0; i < list.size(); ++i)
            index.rank[static_cast<std::size_t>(list[i])] = static_cast<std::uint32_t>(i);
    }
}

// What a site adds to a built-in kind stands behind our own fields; of its own kinds all but the common
// fields is its own.
void note_own_parts(const Site& site, SiteIndex& index) {
    const Kinds ours = built_in_kinds();
    for (const Kind& kind : site.kinds.all()) {
        const auto built_in = ours.find(kind.key);
        index.built_in.push_back(built_in.has_value());
        index.own_fields_from.push_back(built_in ? ours[*built_in].fields.size() : common_fields().size());
    }
}

// What many pages ask of one record.
void gather_parts(const Site& site, const Relations& relations, unsigned threads, SiteIndex& index) {
    const auto each = [&](std::string_view kind, auto gather) {
        for (const RecordId id : index.by_kind[static_cast<std::size_t>(site.kinds.must(kind))]) gather(id);
    };
    const auto keep = [](auto& parts, RecordId id, auto found) {
        if (!found.empty()) parts.emplace(id, std::move(found));
    };
    each("exhibition", [&](RecordId id) { keep(index.exhibits, id, exhibits_of(site, id)); });
    each("album", [&](RecordId id) { keep(index.photos, id, photos_of(site, id)); });
    const auto& batches = index.by_kind[static_cast<std::size_t>(site.kinds.must("batch"))];
    auto lists = parallel_map(threads, batches.size(),
                              [&](std::size_t i) { return ordered_conferrals(site, relations, batches[i]); });
    for (std::size_t i = 0; i < batches.size(); ++i) keep(index.conferrals, batches[i], std::move(lists[i]));
}

template <class Part>
std::span<const Part> parts_in(const std::map<RecordId, std::vector<Part>>& parts, RecordId id) {
    const auto found = parts.find(id);
    return found == parts.end() ? std::span<const Part>() : std::span<const Part>(found->second);
}

}  // namespace

std::span<const ExhibitPlace> SiteIndex::exhibits_in(RecordId exhibition) const {
    return parts_in(exhibits, exhibition);
}
std::span<const PhotoPlace> SiteIndex::photos_in(RecordId album) const { return parts_in(photos, album); }
std::span<const std::size_t> SiteIndex::conferrals_in(RecordId batch) const {
    return parts_in(conferrals, batch);
}

SiteIndex index_site(const Site& site, const Relations& relations, unsigned threads,
                     const ThemeConfig& theme) {
    const std::size_t count = site.records.size();
    SiteIndex index;
    index.by_kind.resize(site.kinds.all().size());
    index.rank.resize(count, 0);
    index.same_name.resize(count, false);
    order_kinds(site, relations, threads, index);
    mark_same_names(site, index);
    note_own_parts(site, index);
    group_lists(site, index);
    gather_parts(site, relations, threads, index);
    index.faces = parallel_map(threads, count, [&](std::size_t i) {
        const bool shown = site.records[i].live && site.records[i].readable;
        return shown ? face_of(site, static_cast<RecordId>(i)) : FacePicture{};
    });
    index.names = parallel_map(threads, count, [&](std::size_t i) {
        const bool shown = site.records[i].live && site.records[i].readable && !site.records[i].title.empty();
        return shown ? name_entry(site, static_cast<RecordId>(i)) : NameEntry{};
    });
    for (const std::string_view kind : {"person", "team", "project"}) {
        for (const RecordId id : index.by_kind[static_cast<std::size_t>(site.kinds.must(kind))]) {
            if (belongs_to_roll(site, relations, id)) index.roll.push_back(id);
        }
    }
    group_roll(site, relations, theme, threads, index);
    return index;
}

std::string_view order_label(ListOrder order) {
    switch (order) {
        case ListOrder::stroke:
            return "按姓氏笔画为序";
        case ListOrder::stroke_fullname:
            return "按姓名笔画为序";
        case ListOrder::pinyin:
            return "按拼音为序";
        case ListOrder::document:
            return "按文件顺序";
        case ListOrder::region:
            return "按行政区划为序";
        case ListOrder::year:
            return "按年份为序";
    }
    return {};
}

ListOrder batch_order(const Site& site, RecordId batch) {
    const std::string_view stated = choice_of(site, batch, "list_order");
    if (stated == "stroke") return ListOrder::stroke;
    if (stated == "stroke-fullname") return ListOrder::stroke_fullname;
    return stated == "region" ? ListOrder::region : ListOrder::document;
}

std::vector<std::size_t> ordered_conferrals(const Site& site, const Relations& relations, RecordId batch) {
    std::vector<std::size_t> shown;
    for (const std::size_t index : relations.in_batch[static_cast<std::size_t>(batch)]) {
        if (is_shown(site, site.conferrals[index])) shown.push_back(index);
    }
    const ListOrder order = batch_order(site, batch);
    const Placer placer(site, relations);
    const auto key = [&](std::size_t index) {
        const Conferral& c = site.conferrals[index];
        const std::size_t region = placer.region_rank(text_of(site, c.recipient, "region"));
        const std::int64_t number = c.number > 0 ? c.number : last_of_all;
        if (order == ListOrder::document) return std::tuple(std::string(), std::size_t{0}, number, index);
        if (order == ListOrder::region) return std::tuple(std::string(), region, number, index);
        const auto rule =
            order == ListOrder::stroke ? NameOrder::surname_strokes : NameOrder::full_name_strokes;
        return std::tuple(placer.strokes(c.recipient, rule), std::size_t{0}, number, index);
    };
    std::vector<std::pair<decltype(key(0)), std::size_t>> keyed;
    for (const std::size_t index : shown) keyed.emplace_back(key(index), index);
    std::sort(keyed.begin(), keyed.end());
    for (std::size_t i = 0; i < shown.size(); ++i) shown[i] = keyed[i].second;
    return shown;
}

}  // namespace qunying
