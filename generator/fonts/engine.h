#pragma once
// What the font worker does. Linked into generator/font_worker.cc alone.
#include <string>
#include <string_view>

namespace qunying {

// Learns which fonts there are. Yields a line about the libraries.
std::string start_font_engine();

// FacePlanJob → FacePlan, FontCutJob → FontCut, LetteringJob → LetteringResult; anything else is answered
// with a failed plan.
std::string answer_font_job(std::string_view job);

}  // namespace qunying
