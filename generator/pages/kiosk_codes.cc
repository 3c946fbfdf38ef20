#include "pages/kiosk_codes.h"

#include <map>

#include "base/text.h"
#include "pages/frame_view.h"
#include "pages/qr_code.h"

namespace qunying {
namespace {

bool leads_outside(std::string_view text) {
    return text.starts_with("https://") || text.starts_with("http://");
}

// Name → address; an empty address where two share the name.
class Codes {
  public:
    void add(const std::string& address) {
        const auto [place, fresh] = by_name_.try_emplace(qr_name(address), address);
        if (!fresh && place->second != address) place->second.clear();
    }
    void add(const FieldValue& value) {
        if (const auto* text = std::get_if<std::string>(&value.content)) add_text(*text);
        if (const GroupValue* group = group_in(value)) {
            for (const FieldValue& part : group->fields) add(part);
        }
        for (const FieldValue& item : items_in(value)) add(item);
    }
    void add_html(std::string_view html) {
        for (const std::string& address : outside_addresses(html)) add(address);
    }
    const std::map<std::string, std::string>& by_name() const { return by_name_; }

  private:
    void add_text(std::string_view text) {
        const std::string_view whole = trim(text);
        if (leads_outside(whole) && whole.find_first_of(" \n\t") == std::string_view::npos)
            add(std::string(whole));
    }

    std::map<std::string, std::string> by_name_;
};

void add_story(const PageContext& context, const Story& story, Codes& codes) {
    if (story.put_by && context.stories) {
        for (const std::string& run : context.stories->html_runs(story.span)) codes.add_html(run);
    }
    for (const StoryPart& part : story.parts) {
        if (const auto* run = std::get_if<StoryText>(&part)) codes.add_html(run->html);
    }
}

void add_records(const PageContext& context, Codes& codes) {
    for (const Record& record : context.site.records) {
        if (!record.live || !record.readable) continue;
        for (const FieldValue& value : record.fields) codes.add(value);
        add_story(context, record.story, codes);
    }
}

void add_pages(const PageContext& context, const std::vector<PageJob>& pages, Codes& codes) {
    if (context.site.settings.base_url.empty()) return;
    for (const PageJob& job : pages) {
        if (is_on_web(context, job)) codes.add(absolute_url(context, job.path));
    }
}

}  // namespace

bool is_on_web(const PageContext& context, const PageJob& job) {
    switch (job.type) {
        case PageType::not_found:
        case PageType::forward:
        case PageType::withdrawn:
        case PageType::kiosk:
        case PageType::kiosk_find:
            return false;
        default:
            return !context.on_web || job.record == no_record ||
                   (*context.on_web)[static_cast<std::size_t>(job.record)];
    }
}

std::vector<std::string> outside_addresses(std::string_view html) {
    constexpr std::string_view mark = "href=\"";
    std::vector<std::string> found;
    for (std::size_t at = html.find(mark); at != std::string_view::npos; at = html.find(mark, at)) {
        at += mark.size();
        const std::string_view written = html.substr(at, html.find('"', at) - at);
        if (leads_outside(written)) found.push_back(html_to_text(written));
    }
    return found;
}

std::vector<PlainFile> plan_kiosk_codes(const PageContext& context, const std::vector<PageJob>& pages) {
    if (context.audience != Audience::venue) return {};
    Codes codes;
    add_records(context, codes);
    add_pages(context, pages, codes);
    std::vector<PlainFile> files;
    for (const auto& [name, address] : codes.by_name()) {
        if (address.empty() || address.size() > longest_qr_text) continue;
        files.push_back({"kiosk/codes/" + name + ".svg", digest_of("qr-1 " + address),
                         [address = address] { return qr_svg(address); }});
    }
    return files;
}

}  // namespace qunying
