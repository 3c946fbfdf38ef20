#pragma once
// What a record says, as lines of plain text: for search alone.
#include <string>
#include <string_view>
#include <vector>

#include "pages/page_plan.h"
#include "search/search_index.h"

namespace qunying {

// Names and short facts: epithet, unit, district, team, honours, exhibitions that show it; each line once.
std::vector<SearchTitle> search_titles(const PageContext& context, RecordId id);

// Everything longer: summary, prose, captions, transcript, the story.
std::vector<std::string> search_text(const PageContext& context, RecordId id);

// The text of html, a line for each block.
std::string lines_of_html(std::string_view html);

}  // namespace qunying
