#include "build/site_id.h"

#include <algorithm>

#include "base/text.h"
#include "hanzi/pinyin.h"

namespace qunying {
namespace {

constexpr std::size_t longest_id = 64;

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.'; }

// Everything else becomes a hyphen, one for a run of them and none at the ends.
std::string plain_id(std::string_view text) {
    std::string id;
    for (const char c : ascii_lower(text)) {
        if (is_plain(c))
            id += c;
        else if (!id.empty() && id.back() != '-')
            id += '-';
    }
    id.resize(std::min(id.size(), longest_id));
    while (id.ends_with('-')) id.pop_back();
    return id;
}

std::string_view without_scheme(std::string_view url) {
    const std::size_t colon = url.find("://");
    return colon == std::string_view::npos ? url : url.substr(colon + 3);
}

}  // namespace

std::string site_id(const SiteSettings& settings) {
    for (const std::string& source :
         {settings.id, std::string(without_scheme(settings.base_url)), pinyin_slug(settings.title)}) {
        if (std::string id = plain_id(source); !id.empty()) return id;
    }
    return "site";
}

}  // namespace qunying
