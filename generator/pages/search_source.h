#pragma once
// The public site as documents that are searched: every record with a page of its own, but for those that the
// author marked 不供检索 (noindex).
#include <memory>
#include <string>
#include <vector>

#include "pages/page_plan.h"
#include "search/search_index.h"

namespace qunying {

// Everything it says comes from `context`, which must outlive it.
class SiteSearch final : public SearchSource {
  public:
    explicit SiteSearch(const PageContext& context);

    const std::vector<RecordId>& records() const { return records_; }  // by document
    const Folding& folding() const { return folding_; }
    const SearchShape& shape() const { return shape_; }

    SearchName name(std::size_t document) const override;
    std::vector<SearchTitle> titles(std::size_t document) const override;
    std::vector<std::string> text(std::size_t document) const override;
    SearchFacets facets(std::size_t document) const override;
    std::string card(std::size_t document) const override;
    // What the head says for the page: names of kinds and the values of facets.
    std::string about() const;

  private:
    std::uint32_t region_number(std::string_view region) const;

    const PageContext& context_;
    Folding folding_;
    std::vector<RecordId> records_;
    std::vector<std::string> keys_;
    std::vector<std::string> regions_;  // in official order, then those that are in no list
    SearchShape shape_;
};

}  // namespace qunying
