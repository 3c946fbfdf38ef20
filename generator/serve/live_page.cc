#include "serve/live_page.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/text.h"

namespace qunying {
namespace {

// "../static/a.css" seen from "people/b.html" is "static/a.css"; empty where it leads out of the site or
// elsewhere.
std::string resolved(std::string_view from, std::string_view url) {
    url = url.substr(0, url.find_first_of("?#"));
    if (url.empty() || url.find(':') != std::string_view::npos || url.starts_with("//")) return {};
    std::vector<std::string> parts;
    const auto walk = [&](std::string_view way) {
        for (const std::string_view part : split(way, '/')) {
            if (part == ".." && !parts.empty())
                parts.pop_back();
            else if (part != ".." && part != "." && !part.empty())
                parts.emplace_back(part);
        }
    };
    const std::size_t slash = from.rfind('/');
    if (url.front() != '/' && slash != std::string_view::npos) walk(from.substr(0, slash));
    walk(url);
    return join(parts, "/");
}

// Calls `take` with each address in src, href, poster and srcset.
template <class Take>
void each_address(std::string_view html, Take take) {
    static constexpr std::array<std::string_view, 4> attributes = {" src=\"", " href=\"", " poster=\"",
                                                                   " srcset=\""};
    for (const std::string_view attribute : attributes) {
        for (std::size_t at = html.find(attribute); at != std::string_view::npos;
             at = html.find(attribute, at)) {
            at += attribute.size();
            const std::string_view value = html.substr(at, html.find('"', at) - at);
            if (attribute != " srcset=\"") {
                take(value);
                continue;
            }
            for (const std::string_view candidate : split(value, ',')) {
                const std::string_view trimmed = trim(candidate);
                take(trimmed.substr(0, trimmed.find(' ')));
            }
        }
    }
}

}  // namespace

std::string page_mark(const MemoryTree& tree, std::string_view path) {
    const OutputTree& files = tree.release.manifest.files;
    const bool there = files.contains(path);
    if (!there) path = "404.html";
    const OutputFile* page = files.find(path);
    if (page == nullptr) return "missing";
    DigestBuilder mark;
    mark.add(there ? "page" : "missing").add(page->blake2b.raw());
    if (!path.ends_with(".html")) return mark.finish().hex();
    each_address(*tree.find(path), [&](std::string_view address) {
        if (address.ends_with(".html")) return;
        const OutputFile* shown = files.find(resolved(path, address));
        if (shown != nullptr) mark.add(shown->blake2b.raw());
    });
    return mark.finish().hex();
}

std::string live_element(const LivePage& page) {
    return "<script src=\"/_qunying/live.js\" data-page=\"" + escape_html(page.path) + "\" data-mark=\"" +
           page.mark + "\" data-token=\"" + page.token + "\" defer></script>";
}

std::string with_live_element(std::string_view html, const LivePage& page) {
    static constexpr std::string_view end = "</body>";
    const auto found =
        std::find_end(html.begin(), html.end(), end.begin(), end.end(), [](char one, char other) {
            return (one >= 'A' && one <= 'Z' ? static_cast<char>(one + 32) : one) == other;
        });
    const auto at = static_cast<std::size_t>(found - html.begin());
    return std::string(html.substr(0, at)) + live_element(page) + std::string(html.substr(at));
}

}  // namespace qunying
