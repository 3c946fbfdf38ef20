#include "pages/page_plan.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "pages/exhibits.h"
#include "pages/kiosk_view.h"
#include "pages/list_view.h"
#include "pages/search_files.h"

namespace qunying {
namespace {

class Planner {
  public:
    explicit Planner(const PageContext& context) : context_(context), site_(context.site) {}

    std::vector<PageJob> run() {
        jobs_.push_back({"index.html", "home.html", PageType::home});
        jobs_.push_back({"404.html", "404.html", PageType::not_found});
        for (std::size_t kind = 0; kind < site_.kinds.all().size(); ++kind) {
            plan_list(static_cast<KindId>(kind));
            for (const RecordId id : context_.index.by_kind[kind]) plan_record(id);
        }
        plan_roll();
        if (const std::string page = search_page(context_.theme); !page.empty())
            jobs_.push_back({page, "search.html", PageType::search});
        if (const std::string page = kiosk_page(context_.theme); !page.empty()) {
            jobs_.push_back({page, "kiosk.html", PageType::kiosk});
            jobs_.push_back({kiosk_find_page(context_.theme), "kiosk-find.html", PageType::kiosk_find});
        }
        for (const Forward& forward : context_.routes.forwards)
            jobs_.push_back({forward.path, "forward.html", PageType::forward, forward.target});
        for (const std::string& path : context_.routes.withdrawn)
            jobs_.push_back({path, "withdrawn.html", PageType::withdrawn});
        return sorted();
    }

  private:
    // A job is six times as long as what it is sorted by.
    std::vector<PageJob> sorted() {
        std::vector<std::pair<std::string_view, std::size_t>> order;
        order.reserve(jobs_.size());
        for (std::size_t i = 0; i < jobs_.size(); ++i) order.emplace_back(jobs_[i].path, i);
        std::sort(order.begin(), order.end());
        std::vector<PageJob> sorted;
        sorted.reserve(jobs_.size());
        for (const auto& each : order) sorted.push_back(std::move(jobs_[each.second]));
        return sorted;
    }

    // person.html; record.html for a kind of the site's own.
    std::string program(KindId kind, std::string_view ending) const {
        const bool ours = context_.index.built_in[static_cast<std::size_t>(kind)];
        return (ours ? site_.kinds[kind].key : std::string("record")) + std::string(ending);
    }

    void plan_list(KindId kind) {
        const std::string& first = context_.routes.list(kind);
        if (first.empty()) return;
        const std::size_t pages = pages_for(list_total(context_.index, kind), page_size(site_));
        for (std::size_t n = 1; n <= pages; ++n) {
            PageJob job{list_page(first, n), program(kind, "-list.html"), PageType::list};
            job.kind = kind;
            job.number = n;
            jobs_.push_back(std::move(job));
        }
    }

    void plan_record(RecordId id) {
        const std::string& path = context_.routes.page(id);
        if (path.empty()) return;
        jobs_.push_back({path, program(site_[id].kind, ".html"), PageType::record, id});
        if (const std::string booklet = booklet_of(site_, context_.routes, id); !booklet.empty())
            jobs_.push_back({booklet, "booklet.html", PageType::booklet, id});
        if (!context_.routes.parts_of[static_cast<std::size_t>(site_[id].kind)]) return;
        const std::string& kind = site_.kind_of(id).key;
        if (kind == "exhibition") plan_parts(id, PageType::exhibit, context_.index.exhibits_in(id).size());
        if (kind == "album") plan_parts(id, PageType::photo, context_.index.photos_in(id).size());
    }

    void plan_parts(RecordId id, PageType type, std::size_t count) {
        for (std::size_t n = 1; n <= count; ++n) {
            PageJob job{numbered_page(context_.routes.page(id), n),
                        type == PageType::exhibit ? "exhibit.html" : "photo.html", type, id};
            job.number = n;
            jobs_.push_back(std::move(job));
        }
    }

    void plan_roll() {
        plan_roll_pages("honors/index.html", 0, 0);
        const std::size_t facets = context_.index.facets.size() + context_.index.indexes.size();
        for (std::size_t facet = 1; facet <= facets; ++facet) {
            const std::size_t options = facet_at(context_.index, facet).options.size();
            for (std::size_t option = 0; option < options; ++option)
                plan_roll_pages(facet_path(context_.index, facet, option), facet, option);
        }
    }

    void plan_roll_pages(const std::string& first, std::size_t facet, std::size_t option) {
        const std::size_t total = roll_items(context_.index, facet, option).size();
        const std::size_t pages = pages_for(total, page_size(site_));
        for (std::size_t n = 1; n <= pages; ++n) {
            PageJob job{list_page(first, n), "roll.html", PageType::roll};
            job.facet = facet;
            job.option = option;
            job.number = n;
            jobs_.push_back(std::move(job));
        }
    }

    const PageContext& context_;
    const Site& site_;
    std::vector<PageJob> jobs_;
};

}  // namespace

std::vector<PageJob> plan_pages(const PageContext& context) { return Planner(context).run(); }

}  // namespace qunying
