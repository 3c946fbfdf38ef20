#include "base/private_numbers.h"

#include <algorithm>
#include <array>

#include "base/private_text.h"

namespace qunying::private_data {
namespace {

constexpr std::array<int, 17> id_weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

bool is_province(int code) {
    constexpr std::array<int, 36> provinces = {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34,
                                               35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
                                               53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83, 91};
    return std::binary_search(provinces.begin(), provinces.end(), code);
}

int number_in(std::string_view digits, std::size_t at, std::size_t size) {
    int value = 0;
    for (const char c : digits.substr(at, size)) value = value * 10 + (c - '0');
    return value;
}

bool is_day(int month, int day) {
    constexpr std::array<int, 12> days = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month >= 1 && month <= 12 && day >= 1 && day <= days[static_cast<std::size_t>(month - 1)];
}

// The beginnings that banks in China give out, and those of the world's four schemes.
bool begins_like_a_card(std::string_view digits) {
    static constexpr std::array<std::string_view, 17> beginnings = {"4",  "51", "52",   "53",   "54", "55",
                                                                    "62", "60", "65",   "35",   "34", "37",
                                                                    "36", "69", "9558", "9559", "81"};
    return !word_at(digits, 0, beginnings).empty();
}

// ISO/IEC 7812-1, annex B.
bool passes_luhn(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const int digit = digits[digits.size() - 1 - i] - '0';
        const int weighed = i % 2 == 0 ? digit : digit * 2;
        sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
}

}  // namespace

bool is_id_number(std::string_view digits) {
    constexpr std::string_view checks = "10X98765432";
    if (digits.size() != 18 || !is_province(number_in(digits, 0, 2))) return false;
    const int year = number_in(digits, 6, 4);
    if (year < 1880 || year > 2099 || !is_day(number_in(digits, 10, 2), number_in(digits, 12, 2)))
        return false;
    int sum = 0;
    for (std::size_t i = 0; i < id_weights.size(); ++i) sum += (digits[i] - '0') * id_weights[i];
    return digits[17] == checks[static_cast<std::size_t>(sum % 11)];
}

bool is_old_id_number(std::string_view digits) {
    return digits.size() == 15 && is_province(number_in(digits, 0, 2)) &&
           is_day(number_in(digits, 8, 2), number_in(digits, 10, 2));
}

bool is_bank_card(std::string_view digits) {
    return digits.size() >= 16 && digits.size() <= 19 && begins_like_a_card(digits) && passes_luhn(digits);
}

bool is_mobile(std::string_view digits) {
    return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
}

}  // namespace qunying::private_data
