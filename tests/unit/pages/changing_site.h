#pragma once
// A site of every kind with random contents, and random changes of everything that pages are made of.
#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "unit/pages/built_site.h"

namespace qunying::test {

class ChangingSite {
  public:
    explicit ChangingSite(unsigned seed) : random_(seed) {
        settings_.title = "样例群英谱";
        settings_.regions = {{"东区", "dong", {}}, {"西区", "xi", {}}};
        settings_.page_size = 6;
        const Kinds kinds = built_in_kinds();
        for (std::size_t kind = 0; kind < kinds.all().size(); ++kind) {
            const std::string& key = kinds.all()[kind].key;
            const int count = key == "conferral" || key == "photo" ? 0
                              : key == "person"                    ? 7
                              : key == "team" || key == "batch"    ? 3
                                                                   : 2;
            for (int i = 0; i < count; ++i) add_record(static_cast<KindId>(kind));
        }
        for (Draft& draft : drafts_) refill(draft);
        for (int i = 0; i < 14; ++i) add_conferral();
    }

    // One change; says which.
    std::string change() {
        switch (pick(16)) {
            case 0:
                return change_whole_record();
            case 1:
            case 2:
                return change_story();
            case 3:
                return change_title();
            case 4:
                return change_publication();
            case 5:
                return change_presence();
            case 6:
            case 7:
                return change_conferrals();
            case 8:
                return change_settings();
            case 9:
                return change_surroundings();
            case 10:
                return change_files();
            default:
                return change_field();
        }
    }

    // In the order of records that loading makes, with what publication leaves.
    Site site() const {
        Site site;
        site.settings = settings_;
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < drafts_.size(); ++i)
            if (drafts_[i].there) order.push_back(i);
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            const Record &left = drafts_[a].record, &right = drafts_[b].record;
            return std::pair(left.kind, left.slug) < std::pair(right.kind, right.slug);
        });
        std::vector<RecordId> places(drafts_.size(), no_record);
        for (std::size_t i = 0; i < order.size(); ++i) places[order[i]] = static_cast<RecordId>(i);
        for (const std::size_t at : order) site.records.push_back(published(drafts_[at], places));
        add_conferrals(places, site);
        return site;
    }

    // What settings and kinds are read from.
    Digest outside() const { return digest_of(std::to_string(settings_version_)); }

    void set_context(BuiltSite& built) const {
        PageContext& context = built.context;
        context.as_of = as_of_;
        context.preview = preview_;
        context.audience = venue_ ? Audience::venue : Audience::web;
        context.assets["more.css"] = "static/more-" + std::to_string(assets_version_) + ".css";
        for (auto& [file, path] : context.media) path.insert(6, version_of(file));
        built.images = pictures(built);
        context.title_face = title_face_.empty() ? nullptr : &title_face_;
        for (std::size_t i = 0; i < built.site.records.size(); ++i) {
            const std::string name = built.site.records[i].slug, version = version_of(name);
            if (!version.empty())
                built.posters[static_cast<RecordId>(i)] = {"posters/" + version + name + ".png", 3, 4, 5};
        }
        context.posters = &built.posters;
    }

  private:
    struct Draft {
        Record record;
        bool there = true;
    };

    std::size_t pick(std::size_t count) { return random_() % count; }
    bool chance(unsigned percent) { return random_() % 100 < percent; }
    Draft& any_draft() { return drafts_[pick(drafts_.size())]; }
    std::string named(const Draft& draft) const {
        return built_in_kinds()[draft.record.kind].key + " " + draft.record.slug;
    }

    // ---- contents

    void add_record(KindId kind) {
        Draft draft;
        draft.record.kind = kind;
        draft.record.slug = kinds_[kind].key + "-" + std::to_string(drafts_.size());
        draft.record.title = title();
        draft.record.fields.resize(kinds_[kind].fields.size());
        drafts_.push_back(std::move(draft));
    }

    void refill(Draft& draft) {
        const Kind& kind = kinds_[draft.record.kind];
        for (std::size_t i = 0; i < kind.fields.size(); ++i) refill(draft, i);
        refill_story(draft.record.story);
    }

    void refill(Draft& draft, std::size_t field) {
        const FieldSpec& spec = kinds_[draft.record.kind].fields[field];
        draft.record.fields[field] = value(spec, spec.type == FieldType::reference ? 75 : 55);
    }

    FieldValue value(const FieldSpec& spec, unsigned percent) {
        if (spec.visibility == FieldVisibility::secret || !chance(percent)) return {};
        if (!spec.list) return single(spec);
        ListValue list;
        const std::size_t count = spec.key == "focus" ? 2 : 1 + pick(3);
        for (std::size_t i = 0; i < count; ++i) {
            FieldValue item = single(spec);
            if (item.present()) list.items.push_back(std::move(item));
        }
        return {std::move(list), {}, {}};
    }

    FieldValue single(const FieldSpec& spec) {
        switch (spec.type) {
            case FieldType::text:
            case FieldType::prose:
                return {text(spec), {}, {}};
            case FieldType::number:
                return {static_cast<std::int64_t>(pick(4)), {}, {}};
            case FieldType::boolean:
                return {spec.key == "permission" || spec.key == "noindex" ? chance(20) : chance(50), {}, {}};
            case FieldType::date:
                return {date(), {}, {}};
            case FieldType::choice:
                return {ChoiceValue{pick(spec.choices.size())}, {}, {}};
            case FieldType::reference:
                return reference(spec);
            case FieldType::file:
                return {FileValue{file()}, {}, {}};
            case FieldType::picture:
            case FieldType::group:
                return group(spec);
        }
        return {};
    }

    FieldValue group(const FieldSpec& spec) {
        GroupValue group;
        for (const FieldSpec& part : spec.fields) {
            const bool photograph = part.key == picture_part(spec) && chance(75);
            group.fields.push_back(photograph ? FieldValue{FileValue{photo()}, {}, {}}
                                              : value(part, part.key == "permission" ? 15 : 75));
        }
        return {std::move(group), {}, {}};
    }

    FieldValue reference(const FieldSpec& spec) {
        std::vector<std::size_t> targets;
        for (std::size_t i = 0; i < drafts_.size(); ++i) {
            const std::string& kind = kinds_[drafts_[i].record.kind].key;
            const bool fits =
                spec.targets.empty() || std::count(spec.targets.begin(), spec.targets.end(), kind) > 0;
            if (fits) targets.push_back(i);
        }
        if (targets.empty()) return {};
        return {static_cast<RecordId>(targets[pick(targets.size())]), {}, {}};
    }

    std::string text(const FieldSpec& spec) {
        if (spec.key == "focus") return chance(50) ? "0.5" : "0.25";
        if (spec.key == "region") return chance(50) ? "东区" : "西区";
        if (spec.key == "aliases") return "alias-" + std::to_string(pick(30));
        constexpr std::array<const char*, 6> texts = {"甲", "乙丙", "丁\n戊己", "汉族", "  庚 ", "辛壬癸"};
        return texts[pick(texts.size())];
    }
    std::string title() {
        constexpr std::array<const char*, 8> titles = {"赵甲", "钱乙",   "孙丙", "李丁",
                                                       "赵甲", "欧阳戊", "吴己", "“周”庚"};
        return titles[pick(titles.size())];
    }
    // A picture, or sound, film and the like: never the same file as both.
    std::string photo() { return "content/x/" + std::to_string(pick(4)) + ".jpg"; }
    std::string file() {
        constexpr std::array<const char*, 4> endings = {"mp3", "mp4", "vtt", "pdf"};
        return std::string("content/y/sample.") + endings[pick(endings.size())];
    }
    PartialDate date() {
        return {2018 + static_cast<int>(pick(5)), static_cast<int>(pick(3)), static_cast<int>(pick(3))};
    }

    void refill_story(Story& story) {
        story = {};
        if (chance(20)) return;
        story.parts.push_back(StoryText{"<p>", {}});
        for (std::size_t i = pick(4); i > 0; --i) {
            switch (pick(3)) {
                case 0:
                    story.parts.push_back(StoryText{"<p>" + std::to_string(pick(9)) + "</p>", {}});
                    break;
                case 1:
                    story.parts.push_back(
                        StoryLink{static_cast<RecordId>(pick(drafts_.size())), chance(50) ? "" : "见此", {}});
                    break;
                default:
                    story.parts.push_back(
                        StoryFigure{{photo()}, chance(50) ? "图" : "", "注", chance(50), {}});
            }
        }
        if (chance(50)) story.headings.push_back({static_cast<int>(2 + pick(2)), title(), "h"});
        story.opening = chance(50) ? "正文" + std::to_string(pick(9)) : "";
    }

    void add_conferral() {
        Conferral c;
        const auto of_kind = [&](std::initializer_list<const char*> kinds) {
            for (;;) {
                const std::size_t i = pick(drafts_.size());
                const std::string& kind = kinds_[drafts_[i].record.kind].key;
                if (std::count(kinds.begin(), kinds.end(), kind) > 0) return static_cast<RecordId>(i);
            }
        };
        c.recipient = of_kind({"person", "person", "team", "project"});
        if (chance(80)) c.batch = of_kind({"batch"});
        refill(c);
        conferrals_.insert(conferrals_.begin() + static_cast<std::ptrdiff_t>(pick(conferrals_.size() + 1)),
                           std::move(c));
    }

    void refill(Conferral& c) {
        for (std::size_t part = 0; part < conferral_parts; ++part) refill(c, part);
    }

    static constexpr std::size_t conferral_parts = 7;
    void refill(Conferral& c, std::size_t part) {
        const bool claim = c.batch == no_record;
        switch (part) {
            case 0:
                c.grade = chance(50) ? "一等" : "";
                break;
            case 1:
                c.number = static_cast<std::int64_t>(pick(4));
                break;
            case 2:
                c.post = chance(30) ? "某局" : "";
                break;
            case 3:
                c.revoked = chance(15);
                break;
            case 4:
                c.claim = claim ? title() : "";
                break;
            case 5:
                c.claim_level = claim ? (chance(50) ? "national" : "county") : "";
                break;
            default:
                c.claim_source = chance(50) ? "档案" : "";
        }
    }

    // ---- changes

    std::string change_whole_record() {
        Draft& draft = any_draft();
        refill(draft);
        return "all of " + named(draft);
    }
    std::string change_field() {
        Draft& draft = any_draft();
        const std::size_t field = pick(draft.record.fields.size());
        refill(draft, field);
        return kinds_[draft.record.kind].fields[field].key + " of " + named(draft);
    }
    std::string change_story() {
        Draft& draft = any_draft();
        refill_story(draft.record.story);
        return "the story of " + named(draft);
    }
    std::string change_title() {
        Draft& draft = any_draft();
        draft.record.title = title();
        return "the title of " + named(draft);
    }
    std::string change_publication() {
        Record& record = any_draft().record;
        switch (pick(4)) {
            case 0:
                record.live = !record.live;
                break;
            case 1:
                record.withdrawn = !record.withdrawn;
                break;
            case 2:
                std::swap(record.live, record.readable);
                break;
            default:
                record.readable = !record.readable;
        }
        return "the publication of " + record.slug;
    }
    std::string change_presence() {
        Draft& draft = any_draft();
        draft.there = !draft.there;
        return "the presence of " + named(draft);
    }
    std::string change_conferrals() {
        const std::size_t at = pick(conferrals_.size());
        switch (pick(4)) {
            case 0:
                add_conferral();
                return "a new honour";
            case 1:
                if (conferrals_.size() > 5)
                    conferrals_.erase(conferrals_.begin() + static_cast<std::ptrdiff_t>(at));
                return "an honour gone";
            case 2:
                std::swap(conferrals_[at], conferrals_[pick(conferrals_.size())]);
                return "the order of honours";
            default:
                refill(conferrals_[at], pick(conferral_parts));
                return "an honour";
        }
    }
    std::string change_settings() {
        ++settings_version_;
        switch (pick(9)) {
            case 0:
                settings_.organisation = title();
                break;
            case 1:
                settings_.list_order = static_cast<ListOrder>(pick(6));
                break;
            case 2:
                settings_.base_url = chance(50) ? "https://example.gov.cn/hall/" : "";
                break;
            case 3:
                settings_.navigation = {{title(), chance(50) ? "people" : "honors", {}}};
                break;
            case 4:
                settings_.deceased_frame_years = static_cast<int>(pick(4));
                break;
            case 5:
                settings_.government_meta = !settings_.government_meta;
                break;
            case 6:
                std::swap(settings_.regions[0], settings_.regions[1]);
                break;
            case 7:
                settings_.page_size = 6 + static_cast<int>(pick(3));
                break;
            default:
                settings_.theme_settings["wall"] = title();
        }
        return "the settings";
    }
    std::string change_surroundings() {
        switch (pick(5)) {
            case 4:
                title_face_ = CharacterSet();
                for (const char* part : {"赵甲钱乙孙丙李丁欧阳戊吴己", "“”周庚", "样例人物群英谱"})
                    if (chance(60)) title_face_.add_all(part);
                return "the title face";
            case 0:
                as_of_.year = 2019 + static_cast<int>(pick(8));
                return "the date";
            case 1:
                preview_ = !preview_;
                return "the preview";
            case 2:
                venue_ = !venue_;
                return "the audience";
            default:
                ++assets_version_;
                return "the assets";
        }
    }
    std::string change_files() {
        const std::string changed = chance(30) ? any_draft().record.slug : chance(50) ? photo() : file();
        ++file_versions_[changed];
        return changed;
    }

    // ---- what becomes of it

    // References are counted among drafts; those to somebody who is not there are not there.
    static void settle(FieldValue& value, const std::vector<RecordId>& places) {
        if (auto* id = std::get_if<RecordId>(&value.content)) {
            const RecordId place = places[static_cast<std::size_t>(*id)];
            if (place == no_record) {
                value = {};
            } else {
                *id = place;
            }
            return;
        }
        if (auto* group = std::get_if<GroupValue>(&value.content))
            group->fields.each([&](std::size_t, FieldValue& part) { settle(part, places); });
        if (auto* list = std::get_if<ListValue>(&value.content)) {
            for (FieldValue& item : list->items) settle(item, places);
            std::erase_if(list->items, [](const FieldValue& item) { return !item.present(); });
        }
    }

    Record published(const Draft& draft, const std::vector<RecordId>& places) const {
        Record record = draft.record;
        if (record.live) record.withdrawn = false;
        if (!record.live || !record.readable) {
            record.fields = FieldTable(record.fields.size());
            record.story = {};
            record.title.clear();
            return record;
        }
        record.fields.each([&](std::size_t, FieldValue& value) { settle(value, places); });
        for (StoryPart& part : record.story.parts) {
            auto* link = std::get_if<StoryLink>(&part);
            if (link && link->target != no_record)
                link->target = places[static_cast<std::size_t>(link->target)];
        }
        return record;
    }

    void add_conferrals(const std::vector<RecordId>& places, Site& site) const {
        for (Conferral c : conferrals_) {
            c.recipient = places[static_cast<std::size_t>(c.recipient)];
            const bool claim = c.batch == no_record;
            if (!claim) c.batch = places[static_cast<std::size_t>(c.batch)];
            if (c.recipient != no_record && (claim || c.batch != no_record))
                site.conferrals.push_back(std::move(c));
        }
        std::stable_sort(site.conferrals.begin(), site.conferrals.end(),
                         [](const Conferral& a, const Conferral& b) { return a.batch < b.batch; });
    }

    std::string version_of(const std::string& file) const {
        const auto found = file_versions_.find(file);
        return found == file_versions_.end() ? std::string() : "v" + std::to_string(found->second) + "-";
    }

    // Of a picture's versions two and two look alike, the second to be downloaded; every third look is
    // broken.
    ImageTable pictures(BuiltSite& built) const {
        ImageTable table;
        for (const ImageRequest& request : plan_images(built.site, built.theme, built.diagnostics)) {
            const auto found = file_versions_.find(request.file);
            const int both = found == file_versions_.end() ? 0 : found->second, version = both / 2;
            ImageEntry entry;
            if (both % 2 == 1)
                entry.download =
                    DownloadFile{"media/" + media_name(request.file) + "-1200.jpg", 1200, 1600, 9000};
            entry.broken = version % 3 == 2;
            entry.average_rgb = 0x804020U + static_cast<std::uint32_t>(version) * 0x404040U;
            entry.renditions.resize(built.theme.recipes.size());
            for (const std::size_t recipe : request.recipes) {
                if (!entry.broken)
                    entry.renditions[recipe] = {
                        {PictureFormat::jpeg, 320, 400 + version,
                         "media/v" + std::to_string(version) + "-" + media_name(request.file) + "-320.jpg"}};
            }
            table.add(request.file, request.treatment, std::move(entry));
        }
        return table;
    }

    std::mt19937 random_;
    CharacterSet title_face_;
    const Kinds kinds_ = built_in_kinds();
    SiteSettings settings_;
    int settings_version_ = 0, assets_version_ = 0;
    std::vector<Draft> drafts_;
    std::vector<Conferral> conferrals_;
    std::map<std::string, int> file_versions_;
    PartialDate as_of_ = {2026, 1, 1};
    bool preview_ = false, venue_ = false;
};

}  // namespace qunying::test
