#pragma once
// What tells that a page is as it was without making its view: a key a page, which changes whenever the view
// does. It may also change when the view does not: then the view is made and compared.
//
// A page shows its own record in full; of the records beside it (those that it names, that name it, whose
// lists it stands in) it may show anything but their surroundings; of the records one step further only their
// cards. So a key is made of three digests a record, which all pages share: of its card; of all that it says,
// with the cards of those it names; and of its surroundings, which adds the cards of those who name it or
// stand in its list. tests/unit/pages/page_keys_test.cc holds that against random changes of everything a
// site is made of.
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "pages/page_plan.h"

namespace qunying {

class PageKeys {
  public:
    // `outside` tells apart what settings, kinds and the theme were read from. `context` has its shared
    // views, and must outlive the keys.
    PageKeys(const PageContext& context, const Digest& outside, unsigned threads = 1);

    // None for a page that shows a choice out of the whole site: its view is always made.
    std::optional<Digest> page(const PageJob& job) const;
    // Of a file that shows the cards of these records and nothing else of them.
    Digest cards(std::span<const RecordId> records) const;
    // Of everything that search knows of a record but for the others of its batches.
    Digest told(RecordId id) const;
    // Of all files in data/ together.
    const Digest& data() const { return data_; }

  private:
    const Digest& card(RecordId id) const { return cards_[static_cast<std::size_t>(id)]; }
    const Digest& around(RecordId id) const { return around_[static_cast<std::size_t>(id)]; }
    Digest frame(const Digest& outside) const;
    Digest conferral(std::size_t index) const;
    Digest around_record(RecordId id, const Digest& said) const;
    std::vector<RecordId> beside(RecordId id) const;
    Digest whole(RecordId id) const;
    Digest list(const PageJob& job) const;
    Digest roll(const PageJob& job) const;
    std::string_view poster(RecordId id) const;
    Digest profiles(RecordId batch) const;
    Digest data(const std::vector<Digest>& fields) const;
    void add_facets();
    void add_wholes_of_parts();

    const PageContext& context_;
    std::vector<Digest> cards_, said_, around_;  // by RecordId; zeros where it is not published
    std::vector<Digest> conferrals_;             // by index
    std::map<RecordId, Digest> of_parts_;        // of records whose parts have pages of their own
    Digest frame_, facets_, data_, title_face_;
};

}  // namespace qunying
