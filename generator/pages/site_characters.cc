#include "pages/site_characters.h"

#include <algorithm>
#include <bit>

#include "base/parallel.h"
#include "base/text.h"

namespace qunying {
namespace {

// What the engine itself writes on pages (pages/, syntax/).
constexpr std::string_view words_of_pages =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .,:;-+/%()&\"'"
    "“”‘’…—·、，。；：！？（）《》〈〉【】〔〕｜"
    "一二三四五六七八九十百千万亿余多近人次支名个项年月日第页届号共位按姓氏笔画拼音为序行政区划文件顺序时间先"
    "后"
    "女男族已故逝世生平注释返回正文图片暂缺一位老同志相关上一下一群英谱首页网站未注明其他不详左起摄前中后排"
    "级别年度类别参加革命工作时间入党离退休原单位职务籍贯民族";

// Marks that headings hold wherever numbers and titles do.
constexpr std::string_view marks_of_headings = "0123456789“”‘’（）《》、，：！？—…";

// Calls `each` for every text that a value holds.
template <class Each>
void each_text(const FieldValue& value, const Each& each) {
    if (const auto* text = std::get_if<std::string>(&value.content)) each(*text);
    if (const GroupValue* group = group_in(value)) {
        for (const FieldValue& part : group->fields) each_text(part, each);
    }
    for (const FieldValue& item : items_in(value)) each_text(item, each);
}

// All that a record may show but its story's html.
template <class Each>
void each_text(const Record& record, const Each& each) {
    each(record.title);
    for (const FieldValue& value : record.fields) each_text(value, each);
    for (const StoryPart& part : record.story.parts) {
        if (const auto* link = std::get_if<StoryLink>(&part)) each(link->text);
        if (const auto* figure = std::get_if<StoryFigure>(&part)) each(figure->alt), each(figure->caption);
    }
}

class Collector {
  public:
    Collector(Audience audience, const StoryTexts* stories) : audience_(audience), stories_(stories) {}

    void add(std::string_view text) {
        if (audience_ == Audience::venue) {
            found_.add_all(text);
        } else {
            found_.add_uncommon(text);
        }
    }
    void add(const Record& record) {
        if (!record.live || !record.readable) return;
        each_text(record, [this](std::string_view text) { add(text); });
        add_story(record.story);
    }
    CharacterSet take() { return std::move(found_); }

  private:
    void add_story(const Story& story) {
        if (audience_ == Audience::web) return found_.add_uncommon(story.uncommon);
        if (story.put_by && stories_) {
            for (const std::string& run : stories_->html_runs(story.span)) found_.add_all(run);
        }
        for (const StoryPart& part : story.parts) {
            if (const auto* run = std::get_if<StoryText>(&part)) found_.add_all(run->html);
        }
    }

    Audience audience_;
    const StoryTexts* stories_;
    CharacterSet found_;
};

CharacterSet texts_of(const Site& site, Audience audience, const StoryTexts* stories, unsigned threads) {
    constexpr std::size_t stretch = 512;  // records
    const std::size_t stretches = (site.records.size() + stretch - 1) / stretch;
    const auto sets = parallel_map(threads, stretches, [&](std::size_t at) {
        Collector collector(audience, stories);
        const std::size_t end = std::min(site.records.size(), (at + 1) * stretch);
        for (std::size_t i = at * stretch; i < end; ++i) collector.add(site.records[i]);
        return collector.take();
    });
    CharacterSet all;
    for (const CharacterSet& each : sets) all.merge(each);
    return all;
}

// What else of the site is printed: labels of kinds and choices, honours as their decisions word them.
template <class Each>
void each_label(const std::vector<FieldSpec>& fields, const Each& each) {
    for (const FieldSpec& field : fields) {
        each(field.label);
        for (const Choice& choice : field.choices) each(choice.label);
        each_label(field.fields, each);
    }
}

class TitleCounts {
  public:
    TitleCounts() : counts_(0x40000) {}

    void add(std::string_view title) {
        while (!title.empty()) {
            const CodePoint next = decode_first(title);
            title.remove_prefix(next.bytes);
            if (next.value < counts_.size() && !is_invisible(next.value)) ++counts_[next.value];
        }
    }

    std::u32string by_frequency() const {
        std::vector<std::pair<int, char32_t>> order;  // fewer binary digits later
        for (std::size_t c = 0; c < counts_.size(); ++c) {
            if (counts_[c] > 0) order.emplace_back(-std::bit_width(counts_[c]), static_cast<char32_t>(c));
        }
        std::sort(order.begin(), order.end());
        std::u32string all;
        for (const auto& [rank, c] : order) all.push_back(c);
        return all;
    }

  private:
    std::vector<std::uint32_t> counts_;
};

// Each character once, where it comes first; without those that are not common.
std::u32string common_once(std::u32string_view all) {
    CharacterSet seen;
    std::u32string kept;
    for (const char32_t c : all) {
        if (seen.contains(c) || !is_common_character(c) || c == U' ') continue;
        seen.add(c);
        kept.push_back(c);
    }
    return kept;
}

std::string first_words(const Site& site, const ThemeConfig& theme) {
    std::string words(marks_of_headings);
    for (const ThemeFace& face : theme.faces) words += face.words;
    words += site.settings.title;
    for (const NavigationItem& item : site.settings.navigation) words += item.label;
    return words;
}

void add_titles(const Site& site, const ThemeConfig& theme, Audience audience, SiteCharacters& found) {
    TitleCounts counts;
    const auto add = [&](std::string_view title) {
        counts.add(title);
        found.rare_titles.add_uncommon(title);
    };
    for (const Record& record : site.records) {
        if (record.live && record.readable) add(record.title);
    }
    for (const Kind& kind : site.kinds.all()) {
        add(kind.label);
        // Their words are headings of lists; the web has no room for so many.
        if (audience == Audience::venue) each_label(kind.fields, add);
    }
    for (const Region& region : site.settings.regions) add(region.name);
    const std::string words = first_words(site, theme);
    found.rare_titles.add_uncommon(words);
    found.titles = common_once(to_utf32(words) + counts.by_frequency());
}

}  // namespace

SiteCharacters characters_of(const Site& site, const ThemeConfig& theme,
                             std::span<const std::string_view> around, Audience audience,
                             const StoryTexts* stories, unsigned threads) {
    SiteCharacters found;
    found.texts = texts_of(site, audience, stories, threads);
    Collector others(audience, nullptr);
    others.add(words_of_pages);
    for (const std::string_view text : around) others.add(text);
    for (const Conferral& c : site.conferrals) {
        for (const std::string* text : {&c.grade, &c.post, &c.revoked_by, &c.claim, &c.claim_source})
            others.add(*text);
    }
    for (const Kind& kind : site.kinds.all()) {
        others.add(kind.label);
        each_label(kind.fields, [&](std::string_view label) { others.add(label); });
    }
    found.texts.merge(others.take());
    add_titles(site, theme, audience, found);
    found.texts.merge(found.rare_titles);
    return found;
}

CharacterPlace find_character(const Site& site, char32_t character) {
    std::string wanted;
    append_utf8(wanted, character);
    CharacterPlace place{site.settings.title, {}, false};
    for (const Record& record : site.records) {
        if (!record.live || !record.readable) continue;
        if (record.title.find(wanted) != std::string::npos) return {record.title, record.title_span, true};
        if (place.where.known()) continue;
        bool found = record.story.uncommon.find(wanted) != std::string::npos;
        each_text(record, [&](std::string_view text) {
            found = found || text.find(wanted) != std::string_view::npos;
        });
        if (found) place = {record.title, record.where, false};
    }
    return place;
}

bool is_plain_face(const PageContext& context, std::string_view heading) {
    if (!context.title_face) return false;
    while (!heading.empty()) {
        const CodePoint next = decode_first(heading);
        heading.remove_prefix(next.bytes);
        const bool drawn = next.value != U' ' && !is_invisible(next.value);
        if (drawn && !context.title_face->contains(next.value)) return true;
    }
    return false;
}

}  // namespace qunying
