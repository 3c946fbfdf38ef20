#pragma once
// Lists: a kind's list page, the roll, the blocks of the home page.
#include <cstddef>
#include <string>

#include "pages/scope.h"

namespace qunying {

// How many pages a list of `total` items takes; at least one.
std::size_t pages_for(std::size_t total, std::size_t page_size);

// Items a page of a list: settings.page_size, at least 1.
std::size_t page_size(const Site& site);

// {page, pages, total, previous_url, next_url, links}; `first` is the path of the list's first page.
Value pagination_value(const Scope& scope, const std::string& first, std::size_t page, std::size_t total);

// Page `number` of a list: FIRST itself, then index-2.html; of a facet KEY-p2.html, for KEY-2 may be another
// key.
std::string list_page(const std::string& first, std::size_t number);

// honors/level-national.html: in one folder with the roll, so that all pages of records lie equally deep and
// share their cards. `facet` as in PageJob.
std::string facet_path(const SiteIndex& index, std::size_t facet, std::size_t option);
// The facet that a job means: 1 and more are facets, then indexes.
const Facet& facet_at(const SiteIndex& index, std::size_t facet);
// Whom a page of the roll lists, all of them: `option` of `facet`, or the whole roll where `facet` is 0.
const std::vector<RecordId>& roll_items(const SiteIndex& index, std::size_t facet, std::size_t option);

// How many items the list page of a kind shows in all: one that stands in two groups counts twice.
std::size_t list_total(const SiteIndex& index, KindId kind);

Value list_value(const Scope& scope, KindId kind, std::size_t page);
// Facets, then indexes, of the roll; no option is current.
std::vector<Value> roll_facets(const Scope& scope);
Value roll_value(const Scope& scope, const PageJob& job);
Value home_blocks(const Scope& scope);

/// What the site recommends (置顶), in its order; no more than the home page shows.
std::vector<RecordId> featured_records(const PageContext& context);

}  // namespace qunying
