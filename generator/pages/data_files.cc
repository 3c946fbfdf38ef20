#include "pages/data_files.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <map>

#include "base/json.h"
#include "pages/card_view.h"
#include "pages/csv.h"
#include "pages/honours.h"
#include "pages/image_plan.h"
#include "pages/pictured.h"
#include "pages/record_view.h"
#include "pages/scope.h"

namespace qunying {
namespace {

bool is_listed(const Site& site, RecordId id) {
    return is_shown(site, id) && !flag_in(field_of(site, id, "noindex"));
}

// In the order of the site's lists.
std::vector<RecordId> listed_of_kinds(const PageContext& context,
                                      std::initializer_list<std::string_view> kinds) {
    const Site& site = context.site;
    std::vector<RecordId> listed;
    for (const std::string_view kind : kinds) {
        const auto& records = context.index.by_kind[static_cast<std::size_t>(site.kinds.must(kind))];
        std::copy_if(records.begin(), records.end(), std::back_inserter(listed),
                     [&](RecordId id) { return is_listed(site, id); });
    }
    return listed;
}

// A long file that outgrows its room is in memory twice while it moves. What the first records take tells
// what all will; room that is not written to costs nothing.
template <class Writer>
void make_room(Writer& out, std::size_t done, std::size_t all) {
    constexpr std::size_t sample = 32;
    if (done == sample) out.reserve(out.size() / sample * all * 3 / 2);
}

// What a line of an honour says, in JSON and in CSV.
struct HonourFacts {
    std::string_view batch, award, level, doc_no;
    std::string authority;
    int year = 0;
};

// What all honours of the conferral's batch say.
HonourFacts facts_of_batch(const Site& site, const Conferral& conferral) {
    HonourFacts facts;
    facts.level = level_of(site, conferral);
    const RecordId award = reference_of(site, conferral.batch, "award");
    facts.batch = site[conferral.batch].slug;
    facts.award = is_shown(site, award) ? site[award].title : site[conferral.batch].title;
    facts.year = year_of(site, conferral);
    facts.authority = joined_texts(items_of(site.kinds, site[conferral.batch], "authorities"), "、");
    facts.doc_no = text_of(site, conferral.batch, "doc_no");
    return facts;
}

// Batches are few, their honours many.
class FactsOfHonours {
  public:
    explicit FactsOfHonours(const Site& site) : site_(site) {}

    // Lives until the next call.
    const HonourFacts& of(const Conferral& conferral) {
        if (conferral.batch == no_record) {
            claim_.level = level_of(site_, conferral);
            claim_.award = conferral.claim;
            return claim_;
        }
        const auto [known, fresh] = by_batch_.try_emplace(conferral.batch);
        if (fresh) known->second = facts_of_batch(site_, conferral);
        return known->second;
    }

  private:
    const Site& site_;
    std::map<RecordId, HonourFacts> by_batch_;
    HonourFacts claim_;
};

class DataWriter {
  public:
    explicit DataWriter(const PageContext& context)
        : context_(context), site_(context.site), facts_(context.site) {}

    std::string people() {
        return array("person", [&](RecordId id) { person(id); });
    }
    std::string teams() {
        return array("team", [&](RecordId id) { team(id); });
    }
    std::string batches() {
        return array("batch", [&](RecordId id) { batch(id); });
    }

  private:
    template <class Each>
    std::string array(std::string_view kind, Each each) {
        json_ = JsonWriter();
        json_.begin_array();
        const std::vector<RecordId> records = listed_of_kinds(context_, {kind});
        for (std::size_t i = 0; i < records.size(); ++i) {
            make_room(json_, i, records.size());
            json_.begin_object();
            each(records[i]);
            json_.end_object();
        }
        json_.end_array();
        return json_.finish();
    }

    void text(std::string_view key, std::string_view value) {
        json_.key(key);
        value.empty() ? json_.null() : json_.text(value);
    }
    void year(int value) {
        json_.key("year");
        value == 0 ? json_.null() : json_.number(value);
    }

    void person(RecordId id) {
        const std::size_t at = static_cast<std::size_t>(id);
        text("id", site_[id].slug);
        text("name", site_[id].title);
        text("pinyin", context_.index.names[at].pinyin);
        text("url", context_.routes.page(id));
        text("region", text_of(site_, id, "region"));
        text("level", highest_level(site_, context_.relations, id));
        honours(id);
        json_.key("teams").begin_array();
        memberships(id);
        json_.end_array();
        portrait(id);
        json_.key("deceased").boolean(is_deceased(site_, id));
    }

    void team(RecordId id) {
        text("id", site_[id].slug);
        text("name", site_[id].title);
        text("url", context_.routes.page(id));
        text("org", text_of(site_, id, "org"));
        text("region", text_of(site_, id, "region"));
        text("level", highest_level(site_, context_.relations, id));
        honours(id);
        const RecordId leader = reference_of(site_, id, "leader");
        text("leader", leader != no_record && is_listed(site_, leader) ? site_[leader].slug : "");
    }

    void batch(RecordId id) {
        const RecordId award = reference_of(site_, id, "award");
        const bool known = is_shown(site_, award);
        const PartialDate date = date_of(site_, id, "date");
        text("id", site_[id].slug);
        text("title", site_[id].title);
        text("url", context_.routes.page(id));
        text("award", known ? site_[award].title : "");
        text("level", known ? choice_of(site_, award, "level") : "");
        year(date_of(site_, id, "year").year);
        text("authority", joined_texts(items_of(site_.kinds, site_[id], "authorities"), "、"));
        text("doc_no", text_of(site_, id, "doc_no"));
        text("date", date.stated() ? iso_date(date) : "");
        json_.key("recipients").begin_array();
        for (const std::size_t index : context_.index.conferrals_in(id)) recipient(site_.conferrals[index]);
        json_.end_array();
    }

    void recipient(const Conferral& conferral) {
        const RecordId id = conferral.recipient;
        if (!is_listed(site_, id)) return;
        json_.begin_object();
        text("kind", site_.kind_of(id).key);
        text("id", site_[id].slug);
        text("name", site_[id].title);
        text("grade", conferral.grade);
        json_.end_object();
    }

    void honours(RecordId id) {
        json_.key("honors").begin_array();
        for (const std::size_t index : shown_honours(site_, context_.relations, id)) {
            const Conferral& conferral = site_.conferrals[index];
            const HonourFacts& facts = facts_.of(conferral);
            json_.begin_object();
            text("batch", facts.batch);
            text("award", facts.award);
            text("level", facts.level);
            year(facts.year);
            text("authority", facts.authority);
            text("grade", conferral.grade);
            json_.end_object();
        }
        json_.end_array();
    }

    void memberships(RecordId id) {
        const Kind& kind = site_.kind_of(id);
        const FieldSpec& spec = kind.fields[*kind.find("teams")];
        for (const FieldValue& item : items_of(site_.kinds, site_[id], "teams")) {
            const GroupValue* group = group_in(item);
            const RecordId team = group ? reference_in(part_of(spec, *group, "team")) : no_record;
            if (!is_shown(site_, team)) continue;
            json_.begin_object();
            text("id", site_[team].slug);
            text("name", site_[team].title);
            text("role", text_in(part_of(spec, *group, "role")));
            json_.end_object();
        }
    }

    const std::vector<Rendition>* card_files(RecordId id) const {
        const FacePicture face = context_.index.faces[static_cast<std::size_t>(id)];
        if (face.owner == no_record) return nullptr;
        const ImageEntry* entry = context_.images.find(file_in(part_of(*face.spec, *face.group, "file")),
                                                       treatment_in(*face.spec, *face.group));
        const auto& recipes = context_.theme.recipes;
        for (std::size_t i = 0; entry && i < recipes.size() && i < entry->renditions.size(); ++i) {
            if (recipes[i].recipe.name == "card" && !entry->renditions[i].empty())
                return &entry->renditions[i];
        }
        return nullptr;
    }

    void portrait(RecordId id) {
        json_.key("portrait");
        const std::vector<Rendition>* files = card_files(id);
        if (!files) return void(json_.null());
        const auto largest = std::max_element(files->begin(), files->end(),
                                              [](const auto& a, const auto& b) { return a.width < b.width; });
        json_.begin_object().key("width").number(largest->width).key("height").number(largest->height);
        json_.key("sources").begin_array();
        for (const Rendition& file : *files) {
            json_.begin_object();
            text("url", file.path);
            json_.key("width").number(file.width).key("height").number(file.height);
            json_.end_object();
        }
        json_.end_array().end_object();
    }

    const PageContext& context_;
    const Site& site_;
    FactsOfHonours facts_;
    JsonWriter json_;
};

// 国家级; empty where there is none.
std::string_view level_label(const PageContext& context, std::string_view key) {
    const Value level = shared_level(context, key);
    const Value* label = level.find("label");
    // The text is the Site's.
    return label ? label->as_text() : std::string_view();
}

std::string honours_csv(const PageContext& context) {
    const Site& site = context.site;
    FactsOfHonours facts_of_honours(site);
    CsvWriter csv;
    csv.row({"名称", "类型", "荣誉", "级别", "年份", "授予机关", "文号", "等次", "区划", "网页"});
    const std::vector<RecordId> holders = listed_of_kinds(context, {"person", "team", "project"});
    for (std::size_t i = 0; i < holders.size(); ++i) {
        const RecordId id = holders[i];
        make_room(csv, i, holders.size());
        for (const std::size_t index : shown_honours(site, context.relations, id)) {
            const HonourFacts& facts = facts_of_honours.of(site.conferrals[index]);
            const std::string year = facts.year == 0 ? "" : std::to_string(facts.year);
            csv.row({site[id].title, site.kind_of(id).label, facts.award, level_label(context, facts.level),
                     year, facts.authority, facts.doc_no, site.conferrals[index].grade,
                     text_of(site, id, "region"), context.routes.page(id)});
        }
    }
    return csv.finish();
}

std::string people_csv(const PageContext& context) {
    const Site& site = context.site;
    CsvWriter csv;
    csv.row({"姓名", "拼音", "称号", "单位", "区划", "最高荣誉", "荣誉数", "已故", "网页"});
    const std::vector<RecordId> people = listed_of_kinds(context, {"person"});
    for (std::size_t i = 0; i < people.size(); ++i) {
        const RecordId id = people[i];
        make_room(csv, i, people.size());
        const std::string honours = std::to_string(shown_honours(site, context.relations, id).size());
        csv.row({site[id].title, context.index.names[static_cast<std::size_t>(id)].pinyin,
                 text_of(site, id, "epithet"), text_of(site, id, "org"), text_of(site, id, "region"),
                 level_label(context, highest_level(site, context.relations, id)), honours,
                 is_deceased(site, id) ? "是" : "", context.routes.page(id)});
    }
    return csv.finish();
}

}  // namespace

std::vector<PlainFile> plan_data_files(const PageContext& context, const Digest& key) {
    if (!context.site.settings.exports) return {};
    return {{"data/batches.json", key, [&] { return DataWriter(context).batches(); }},
            {"data/honors.csv", key, [&] { return honours_csv(context); }},
            {"data/people.csv", key, [&] { return people_csv(context); }},
            {"data/people.json", key, [&] { return DataWriter(context).people(); }},
            {"data/teams.json", key, [&] { return DataWriter(context).teams(); }}};
}

}  // namespace qunying
