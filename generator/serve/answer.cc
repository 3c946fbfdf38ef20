#include "serve/answer.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <optional>

#include "serve/live_files.h"
#include "serve/picture_desk.h"
#include "serve/state.h"

namespace qunying {
namespace {

SharedBytes shared(std::string bytes) { return std::make_shared<const std::string>(std::move(bytes)); }

Answer plain(int status, std::string text) {
    return {status, "text/plain; charset=utf-8", shared(std::move(text)), {}, false};
}

Answer html(int status, std::string text) {
    return {status, "text/html; charset=utf-8", shared(std::move(text)), {}, false};
}

Answer refused(Refusal why, Language language) {
    const bool chinese = language == Language::chinese;
    if (why == Refusal::foreign)
        return plain(
            403, chinese ? "预览只给这台电脑上打开它的人看。\n" : "The preview is for this machine alone.\n");
    Answer other = plain(405, chinese ? "预览只能看，不能改。\n" : "The preview can only be looked at.\n");
    other.headers = {{"Allow", "GET, HEAD"}};
    return other;
}

// What the program itself has to show.
struct OwnPages {
    const Gate& gate;
    const PictureTools* tools;
    Language language;
};

Answer own(const Request& request, const Snapshot& snapshot, const OwnPages& pages) {
    const Language language = pages.language;
    if (pages.tools) {
        if (auto given = answer_for_pictures(request, snapshot, pages.gate, *pages.tools, language))
            return std::move(*given);
    }
    const std::string_view name = std::string_view(request.path).substr(own_prefix.size());
    // Without a charset, which is UTF-8 always: else the library takes it for a text to compress, and keeps
    // it.
    if (name == "events" && request.method == "GET") return {200, "text/event-stream", nullptr, {}, true};
    if (name == "version")
        return {200,
                "application/json; charset=utf-8",
                shared(state_json(snapshot, request.page, language)),
                {},
                false};
    if (name == "live.js") return {200, content_type(name), shared(std::string(live_script)), {}, false};
    if (name == "live.css") return {200, content_type(name), shared(std::string(live_style)), {}, false};
    if (name == "focus.js") return {200, content_type(name), shared(std::string(focus_script)), {}, false};
    if (name == "pictures.css")
        return {200, content_type(name), shared(std::string(pictures_style)), {}, false};
    if (!name.empty()) return plain(404, "404\n");
    const std::string page(findings_page_path);
    return html(200, findings_page(snapshot, {page, mark_of(snapshot, page), pages.gate.token}, language));
}

// "/" and "/people/" mean the index there.
std::string path_in_tree(const std::string& path) {
    std::string inside = path.substr(1);
    if (inside.empty() || inside.back() == '/') inside += "index.html";
    return inside;
}

Answer live(int status, std::string_view bytes, const LivePage& page) {
    return html(status, with_live_element(bytes, page));
}

// Shown for a path of any depth, it names its files from the root.
std::string from_root(const std::string& html) {
    const std::size_t head = html.find("<head>");
    if (head == std::string::npos) return html;
    return std::string(html).insert(head + 6, "<base href=\"/\">");
}

Answer missing(const std::string& path, const Snapshot& snapshot, const Gate& gate) {
    if (snapshot.tree->find(path + "/index.html")) {
        Answer moved = plain(302, "");
        moved.headers = {{"Location", "/" + path + "/"}};
        return moved;
    }
    const LivePage page{path, mark_of(snapshot, path), gate.token};
    const SharedBytes bytes = snapshot.tree->find("404.html");
    return bytes ? live(404, from_root(*bytes), page)
                 : html(404, "<!doctype html><title>404</title><body>404</body>\n");
}

// static/hall-75923e6c.css: a theme's file whose name holds the digest of what is in it, so a browser may
// keep it and a page is there the sooner when it is loaded again.
bool names_its_bytes(std::string_view path) {
    if (!path.starts_with("static/")) return false;
    const std::size_t dot = path.rfind('.'), dash = path.rfind('-', dot);
    if (dot == std::string_view::npos || dash == std::string_view::npos || dot - dash != 9) return false;
    return path.substr(dash + 1, 8).find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::optional<std::size_t> number(std::string_view text) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// RFC 9110 §14: "bytes=2-4", "bytes=2-", "bytes=-3". A list of ranges, or what cannot be read, is ignored, as
// a server may.
void cut_to_range(Answer& whole, std::string_view range) {
    const std::size_t size = whole.bytes->size();
    whole.headers.emplace_back("Accept-Ranges", "bytes");
    if (!range.starts_with("bytes=")) return;
    range.remove_prefix(6);
    const std::size_t dash = range.find('-');
    if (dash == std::string_view::npos) return;
    const auto first = number(range.substr(0, dash)), last = number(range.substr(dash + 1));
    if ((!first && dash > 0) || (!last && dash + 1 < range.size()) || (!first && !last)) return;
    if (first && last && *last < *first) return;
    const std::size_t from = first ? *first : size - std::min(size, *last);
    if (from >= size) {
        const std::string all = fmt::format("bytes */{}", size);
        whole = plain(416, "");
        whole.headers = {{"Content-Range", all}};
        return;
    }
    const std::size_t end = first && last ? std::min(size - 1, *last) : size - 1;
    whole.status = 206;
    whole.from = from;
    whole.length = end - from + 1;
    whole.headers.emplace_back("Content-Range", fmt::format("bytes {}-{}/{}", from, end, size));
}

Answer answer_of(const Request& request, const Snapshot& snapshot, const OwnPages& pages) {
    const Gate& gate = pages.gate;
    const Language language = pages.language;
    if (const auto why = refusal(request, gate)) return refused(*why, language);
    if (request.path.starts_with(own_prefix)) return own(request, snapshot, pages);
    if (!request.path.starts_with('/')) return plain(404, "404\n");
    const std::string path = path_in_tree(request.path);
    const LivePage page{path, mark_of(snapshot, path), gate.token};
    if (!snapshot.tree) return html(503, findings_page(snapshot, page, language));
    if (path == manifest_name)
        return {200, content_type(path), shared(write_manifest(snapshot.tree->release.manifest)), {}, false};
    const SharedBytes bytes = snapshot.tree->find(path);
    if (!bytes) return missing(path, snapshot, gate);
    if (path.ends_with(".html")) return live(200, *bytes, page);
    Answer file{200, content_type(path), bytes, {}, false};
    if (names_its_bytes(path))
        file.headers.emplace_back("Cache-Control", "private, max-age=86400, immutable");
    cut_to_range(file, request.range);
    return file;
}

}  // namespace

Answer answer(const Request& request, const Snapshot& snapshot, const Gate& gate, Language language,
              const PictureTools* tools) {
    Answer given = answer_of(request, snapshot, {gate, tools, language});
    const bool kept = std::any_of(given.headers.begin(), given.headers.end(),
                                  [](const auto& each) { return each.first == "Cache-Control"; });
    if (!kept) given.headers.emplace_back("Cache-Control", "no-store");
    return given;
}

std::string content_type(std::string_view path) {
    static constexpr std::pair<std::string_view, const char*> types[] = {
        {".html", "text/html; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".json", "application/json; charset=utf-8"},
        {".xml", "application/xml; charset=utf-8"},
        {".svg", "image/svg+xml; charset=utf-8"},
        {".txt", "text/plain; charset=utf-8"},
        {".md", "text/plain; charset=utf-8"},
        {".csv", "text/csv; charset=utf-8"},
        {".vtt", "text/vtt; charset=utf-8"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".png", "image/png"},
        {".gif", "image/gif"},
        {".webp", "image/webp"},
        {".avif", "image/avif"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".mp3", "audio/mpeg"},
        {".m4a", "audio/mp4"},
        {".ogg", "audio/ogg"},
        {".wav", "audio/wav"},
        {".mp4", "video/mp4"},
        {".webm", "video/webm"},
        {".pdf", "application/pdf"},
        {".zip", "application/zip"}};
    const auto found = std::find_if(std::begin(types), std::end(types),
                                    [&](const auto& each) { return path.ends_with(each.first); });
    return found == std::end(types) ? "application/octet-stream" : found->second;
}

const std::vector<std::pair<std::string, std::string>>& headers_of_all() {
    static const std::vector<std::pair<std::string, std::string>> headers = {
        {"X-Content-Type-Options", "nosniff"},
        {"Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Referrer-Policy", "no-referrer"}};
    return headers;
}

}  // namespace qunying
