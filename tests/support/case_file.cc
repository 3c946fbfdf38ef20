#include "support/case_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace qunying {
namespace {

constexpr const char* mark = "=== ";

std::string slurp(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

CaseSection section_of(const std::string& line) {
    std::istringstream words(line.substr(std::string(mark).size()));
    CaseSection section;
    words >> section.kind;
    for (std::string word; words >> word;) section.arguments.push_back(word);
    return section;
}

}  // namespace

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::string CaseFile::text_of(const std::string& kind) const {
    for (const CaseSection& section : sections) {
        if (section.kind == kind) return section.text;
    }
    return {};
}

bool CaseFile::has(const std::string& kind) const {
    return std::any_of(sections.begin(), sections.end(),
                       [&](const CaseSection& s) { return s.kind == kind; });
}

bool CaseFile::option(const std::string& name) const {
    for (const CaseSection& section : sections) {
        const auto& words = section.arguments;
        if (section.kind == "options" && std::find(words.begin(), words.end(), name) != words.end())
            return true;
    }
    return false;
}

std::string CaseFile::option_value(const std::string& name) const {
    for (const CaseSection& section : sections) {
        if (section.kind != "options") continue;
        for (const std::string& word : section.arguments) {
            if (word.starts_with(name + "=")) return word.substr(name.size() + 1);
        }
    }
    return {};
}

CaseFile read_case(const std::string& path) {
    CaseFile file;
    file.path = path;
    std::istringstream in(slurp(path));
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(mark)) {
            file.sections.push_back(section_of(line));
        } else {
            (file.sections.empty() ? file.comment : file.sections.back().text) += line + "\n";
        }
    }
    return file;
}

void rewrite_case(const CaseFile& file, const std::string& kind, const std::string& text) {
    std::ofstream out(file.path, std::ios::binary);
    out << file.comment;
    for (const CaseSection& section : file.sections) {
        out << mark << section.kind;
        for (const std::string& word : section.arguments) out << ' ' << word;
        out << '\n' << (section.kind == kind ? text : section.text);
    }
}

std::vector<std::string> case_paths(const std::string& folder) {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".case") paths.push_back(entry.path().string());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::string decode_base64(const std::string& text) {
    const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned value = 0, bits = 0;
    for (const char c : text) {
        const std::size_t digit = digits.find(c);
        if (digit == std::string::npos) continue;
        value = (value << 6 | static_cast<unsigned>(digit)) & 0xFFFF;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes.push_back(static_cast<char>(value >> bits & 0xFF));
    }
    return bytes;
}

}  // namespace qunying
