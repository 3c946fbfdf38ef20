#pragma once
// For the finder of personal data alone: what a row of plain digits is by its own arithmetic.
#include <string_view>

namespace qunying::private_data {

// GB 11643-1999: area, day of birth, sequence, check character (ISO 7064, MOD 11-2); X is a capital.
bool is_id_number(std::string_view digits);
// GB 11643-1989, without a check.
bool is_old_id_number(std::string_view digits);
// 16 to 19 digits that begin as those of a bank, with their check digit (ISO/IEC 7812-1, annex B).
bool is_bank_card(std::string_view digits);
bool is_mobile(std::string_view digits);

}  // namespace qunying::private_data
