#pragma once
// `record`: the view of a record's own page.
#include <functional>
#include <string_view>
#include <vector>

#include "pages/scope.h"

namespace qunying {

Value record_value(const Scope& scope, RecordId id);

// Records of a kind that name `target` in a field (a link in a story does not count), in the site's order.
std::vector<RecordId> records_about(const PageContext& context, RecordId target, std::string_view kind,
                                    std::string_view field = {});

// At most `limit` positions of a list of `size` nearest to `at` that `accepts` takes, ascending, `at` left
// out. Looks at no more than eight times as many, so that a long list costs no more than a short one.
std::vector<std::size_t> neighbours(std::size_t size, std::size_t at, std::size_t limit,
                                    const std::function<bool(std::size_t)>& accepts);

// Everything a person's page holds beside the fields; likewise for a team.
void set_person(const Scope& scope, RecordId person, Value::Map& map);
void set_team(const Scope& scope, RecordId team, Value::Map& map);

}  // namespace qunying
