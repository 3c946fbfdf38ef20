#pragma once
// JavaScript as the index writes it.
#include <string>
#include <string_view>

namespace qunying {

// A string literal with its quotes; any UTF-8.
void append_script_text(std::string& out, std::string_view text);
std::string script_text(std::string_view text);
// qunyingSearch("n/3",DATA);
std::string shard_script(std::string_view name, std::string_view data);

}  // namespace qunying
