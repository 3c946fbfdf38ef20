#pragma once
// Characters that few readers can say aloud: a name with one is shown with its reading.

namespace qunying {

// Whether it is a hanzi outside the first two levels of 通用规范汉字表, 6,500 characters for general use. The
// third level, which was made for names and places, is rare here.
bool is_rarely_read(char32_t character);

}  // namespace qunying
