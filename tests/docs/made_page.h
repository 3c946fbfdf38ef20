#pragma once
// Pages of docs/ that are made from the program's own tables.
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace qunying {

inline std::string slurp(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

// The page is `wanted`; UPDATE_GOLDEN=1 writes it so.
inline void check_page(const std::string& path, const std::string& wanted) {
    CAPTURE(path);
    if (std::getenv("UPDATE_GOLDEN")) std::ofstream(path, std::ios::binary) << wanted;
    CHECK_MESSAGE(slurp(path) == wanted, "run the docs test with UPDATE_GOLDEN=1");
}

}  // namespace qunying
