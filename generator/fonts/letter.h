#pragma once
// Paragraphs to ink. Inside the worker only.
#include "fonts/lettering.h"

namespace qunying {

LetteringResult letter(const LetteringJob& job);

}  // namespace qunying
