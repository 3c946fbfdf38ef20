#include "pages/plain_files.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <span>

#include "base/text.h"
#include "pages/data_files.h"
#include "pages/exhibits.h"
#include "pages/frame_view.h"
#include "pages/picture_view.h"
#include "pages/story_view.h"

namespace qunying {
namespace {

constexpr std::size_t sitemap_limit = 50'000;  // addresses in one file: sitemaps.org
constexpr std::size_t feed_limit = 30;

bool is_unlisted(const Site& site, RecordId id) { return flag_in(field_of(site, id, "noindex")); }

// Pages that a search engine shall know.
bool is_for_engines(const PageContext& context, const PageJob& job) {
    if (job.type == PageType::not_found || job.type == PageType::forward || job.type == PageType::withdrawn ||
        job.type == PageType::search || job.type == PageType::booklet || job.type == PageType::kiosk ||
        job.type == PageType::kiosk_find)
        return false;
    if (job.type == PageType::exhibit) {
        const auto exhibits = context.index.exhibits_in(job.record);
        const RecordId person = exhibits[job.number - 1].person;
        return person == no_record || !is_unlisted(context.site, person);
    }
    return job.record == no_record || !is_unlisted(context.site, job.record);
}

// The picture that stands for a record, as large as the site has it.
void append_sitemap_picture(const PageContext& context, RecordId id, std::string& xml) {
    const Scope scope{context, ""};
    std::string_view picture;
    for (const std::string_view recipe : {"hero", "wide", "square"})
        if (picture.empty()) picture = largest_jpeg(scope, scope.face(id), recipe);
    if (picture.empty()) return;
    xml += "<image:image><image:loc>";
    append_escaped_html(xml, absolute_url(context, picture));
    xml += "</image:loc></image:image>";
}

void append_sitemap_entry(const PageContext& context, const PageJob& job, std::string& xml) {
    xml += "<url><loc>";
    append_escaped_html(xml, context.site.settings.base_url);
    append_escaped_html(xml, job.path);
    xml += "</loc>";
    if (job.type == PageType::record) {
        const PartialDate updated = date_of(context.site, job.record, "updated");
        if (updated.year != 0 && updated.day != 0) xml += "<lastmod>" + iso_date(updated) + "</lastmod>";
        append_sitemap_picture(context, job.record, xml);
    }
    xml += "</url>\n";
}

constexpr std::string_view xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr std::string_view sitemap_space = "http://www.sitemaps.org/schemas/sitemap/0.9";
constexpr std::string_view picture_space = "http://www.google.com/schemas/sitemap-image/1.1";

std::string sitemap_index(const PageContext& context, std::size_t files) {
    std::string xml = fmt::format("{}<sitemapindex xmlns=\"{}\">\n", xml_head, sitemap_space);
    for (std::size_t n = 1; n <= files; ++n)
        xml += fmt::format("<sitemap><loc>{}</loc></sitemap>\n",
                           escape_html(absolute_url(context, fmt::format("sitemap-{}.xml", n))));
    return xml + "</sitemapindex>\n";
}

using KnownPages = std::vector<const PageJob*>;

std::string sitemap(const PageContext& context, std::span<const PageJob* const> known) {
    std::string xml =
        fmt::format("{}<urlset xmlns=\"{}\" xmlns:image=\"{}\">\n", xml_head, sitemap_space, picture_space);
    for (const PageJob* job : known) append_sitemap_entry(context, *job, xml);
    return xml + "</urlset>\n";
}

void add_sitemaps(const PageContext& context, const std::vector<PageJob>& pages, const Digest& data,
                  std::vector<PlainFile>& files) {
    const auto known = std::make_shared<KnownPages>();
    DigestBuilder builder;
    builder.add(data);
    for (const PageJob& job : pages) {
        if (!is_for_engines(context, job)) continue;
        known->push_back(&job);
        builder.add(job.path).add(static_cast<std::uint64_t>(job.type));
    }
    const Digest key = data == Digest{} ? Digest{} : builder.finish();
    const std::size_t count = std::max<std::size_t>(1, (known->size() + sitemap_limit - 1) / sitemap_limit);
    for (std::size_t file = 0; file < count; ++file) {
        const std::string name = count == 1 ? "sitemap.xml" : fmt::format("sitemap-{}.xml", file + 1);
        files.push_back({name, key, [&context, known, file] {
                             const auto all = std::span<const PageJob* const>(*known);
                             const auto rest = all.subspan(file * sitemap_limit);
                             return sitemap(context, rest.first(std::min(rest.size(), sitemap_limit)));
                         }});
    }
    if (count > 1)
        files.push_back({"sitemap.xml", key, [&, count] { return sitemap_index(context, count); }});
}

// Atom wants a moment; a date of the site is the day in China.
std::string moment(PartialDate date) { return iso_date(earliest_day(date)) + "T00:00:00+08:00"; }

// The day that makes a record news: when it was updated, else when what it tells of happened. Lives are no
// news.
PartialDate news_date(const Site& site, RecordId id) {
    const PartialDate updated = date_of(site, id, "updated");
    if (updated.year != 0) return updated;
    const std::string& kind = site.kind_of(id).key;
    const bool dated =
        kind == "batch" || kind == "coverage" || kind == "event" || kind == "video" || kind == "album";
    const PartialDate date = dated ? date_of(site, id, "date") : PartialDate{};
    return date.year == 0 ? PartialDate{} : date;
}

// Newest first; what states no day is no news.
std::vector<RecordId> news_of(const PageContext& context) {
    std::vector<RecordId> found;
    for (const auto& list : context.index.by_kind) {
        for (const RecordId id : list) {
            const bool page = !context.routes.page(id).empty() && !is_unlisted(context.site, id);
            if (page && news_date(context.site, id).year != 0) found.push_back(id);
        }
    }
    std::stable_sort(found.begin(), found.end(), [&](RecordId a, RecordId b) {
        return earliest_day(news_date(context.site, a)) > earliest_day(news_date(context.site, b));
    });
    found.resize(std::min(found.size(), feed_limit));
    return found;
}

std::string feed_entry(const PageContext& context, RecordId id) {
    const std::string url = escape_html(absolute_url(context, context.routes.page(id)));
    std::string xml =
        fmt::format("<entry><id>{0}</id><title>{1}</title><link href=\"{0}\"/><updated>{2}</updated>", url,
                    escape_html(context.site[id].title), moment(news_date(context.site, id)));
    const std::string summary = description_of(context.site, id);
    if (!summary.empty()) xml += "<summary>" + escape_html(summary) + "</summary>";
    return xml + "</entry>\n";
}

std::string feed(const PageContext& context) {
    const SiteSettings& settings = context.site.settings;
    const std::vector<RecordId> news = news_of(context);
    const PartialDate newest = news.empty() ? context.as_of : news_date(context.site, news.front());
    std::string xml = fmt::format(
        "{}<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{}</id>\n<title>{}</title>\n",
        xml_head, escape_html(settings.language), escape_html(settings.base_url),
        escape_html(settings.title));
    xml += fmt::format("<updated>{}</updated>\n<author><name>{}</name></author>\n", moment(newest),
                       escape_html(settings.organisation.empty() ? settings.title : settings.organisation));
    xml += fmt::format("<link href=\"{}\"/>\n<link rel=\"self\" href=\"{}\"/>\n",
                       escape_html(absolute_url(context, "index.html")),
                       escape_html(absolute_url(context, "feed.xml")));
    for (const RecordId id : news) xml += feed_entry(context, id);
    return xml + "</feed>\n";
}

// A venue's pages and a preview are nothing for search engines.
std::string robots(const PageContext& context) {
    if (context.audience == Audience::venue || context.preview) return "User-agent: *\nDisallow: /\n";
    std::string text = "User-agent: *\nDisallow: /data/\nDisallow: /search/\n";
    if (!context.site.settings.base_url.empty())
        text += "Sitemap: " + absolute_url(context, "sitemap.xml") + "\n";
    return text;
}

}  // namespace

std::vector<PlainFile> plan_plain_files(const PageContext& context, const std::vector<PageJob>& pages,
                                        const Digest& data) {
    std::vector<PlainFile> files = plan_data_files(context, data);
    if (!context.site.settings.base_url.empty()) {
        files.push_back({"feed.xml", {}, [&] { return feed(context); }});
        add_sitemaps(context, pages, data, files);
    }
    files.push_back({"robots.txt", {}, [&] { return robots(context); }});
    files.push_back({"static/tones.css", {}, tones_stylesheet});
    std::sort(files.begin(), files.end(),
              [](const PlainFile& a, const PlainFile& b) { return a.path < b.path; });
    return files;
}

}  // namespace qunying
