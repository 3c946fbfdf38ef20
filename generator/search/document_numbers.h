#pragma once
// The number of each document in the index. It must hang on nothing but the document, so that one more person
// does not renumber, and thereby rewrite, everybody: a key's digest says where on the line of numbers a
// document wants to stand, and it stands there or on the next free place.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace qunying {

struct DocumentNumbers {
    std::uint32_t capacity = 0;          // numbers are below it, but for a few that found no place
    std::vector<std::uint32_t> numbers;  // by document
    std::vector<std::uint32_t> order;    // documents by ascending number
};

// Keys are all different. About three numbers for two documents; where their count passes the next of the
// steps 4, 5, 6, 7 × 2^k, all are numbered anew.
DocumentNumbers number_documents(std::span<const std::string_view> keys);

}  // namespace qunying
