#include "serve/picture_desk.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/failure.h"
#include "base/text.h"
#include "serve/picture_pages.h"
#include "serve/state.h"

namespace qunying {
namespace {

constexpr int shown_width = 1000;  // pixels of a photograph on its page
constexpr int crop_width = 480;

SharedBytes shared(std::string bytes) { return std::make_shared<const std::string>(std::move(bytes)); }

Answer plain(int status, const std::string& text) {
    return {status, "text/plain; charset=utf-8", shared(text + "\n"), {}, false};
}

Answer html(std::string text) {
    return {200, "text/html; charset=utf-8", shared(std::move(text)), {}, false};
}

std::string asked(const Request& request, const char* name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string() : found->second;
}

std::optional<double> real(std::string_view text, double least, double most) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return std::clamp(value, least, most);
}

std::optional<bool> flag(std::string_view text) {
    if (text.empty() || text == "0") return false;
    return text == "1" ? std::optional(true) : std::nullopt;
}

// What an editor tries out. Nothing where it cannot be understood.
std::optional<Treatment> tried(const Request& request) {
    Treatment treatment;
    const std::string focus = asked(request, "focus"), head = asked(request, "head"),
                      turn = asked(request, "turn");
    if (!focus.empty()) {
        const std::size_t comma = std::min(focus.find(','), focus.size());
        const auto x = real(std::string_view(focus).substr(0, comma), 0, 1);
        const auto y = real(std::string_view(focus).substr(std::min(comma + 1, focus.size())), 0, 1);
        if (!x || !y) return std::nullopt;
        treatment.focus = {*x, *y};
    }
    const auto height = real(head.empty() ? "0" : head, 0, 1);
    const auto degrees = real(turn.empty() ? "0" : turn, -steepest_turn, steepest_turn);
    const auto trim = flag(asked(request, "trim")), old_print = flag(asked(request, "old"));
    if (!height || !degrees || !trim || !old_print) return std::nullopt;
    treatment.head = *height;
    treatment.turn = *degrees;
    treatment.trim = *trim;
    treatment.old_print = *old_print;
    return treatment;
}

// The recipe of that name as a page of ours shows it: one JPEG, no larger than needed.
std::optional<Recipe> shown_as(const std::string& name, const ListedPicture& picture,
                               const PictureList& list) {
    if (name == "whole") {
        Recipe whole;
        whole.widths = {shown_width};
        return whole;
    }
    for (Recipe recipe : recipes_of(picture, list)) {
        if (recipe.name != name) continue;
        recipe.widths = {crop_width};
        recipe.formats = {PictureFormat::jpeg};
        return recipe;
    }
    return std::nullopt;
}

Answer photo(const Request& request, const ListedPicture& picture, const PictureList& list,
             const PictureTools& tools) {
    auto treatment = tried(request);
    const auto recipe = shown_as(asked(request, "as"), picture, list);
    if (!treatment || !recipe) return plain(400, "400");
    treatment->portrait = picture.treatment.portrait;
    const PictureResult made = tools.make({picture.file, {*recipe}, *treatment, list.scans});
    if (!made.decoded) return plain(404, "404");
    return {200, "image/jpeg", shared(made.outputs.front().front().bytes), {}, false};
}

Answer focus(const ListedPicture& picture, const Snapshot& snapshot, const Gate& gate,
             const PictureTools& tools, Language language) {
    const PictureList& list = *snapshot.pictures;
    const PictureResult made =
        tools.make({picture.file, recipes_of(picture, list), picture.treatment, list.scans, list.credit});
    std::optional<WrittenPicture> written;
    if (const auto text = tools.read(picture.written_in)) written = written_picture(*text, picture.where);
    const std::string page = focus_page_name(name_of(picture));
    return html(
        focus_page(picture, list, made, written, {page, mark_of(snapshot, page), gate.token}, language));
}

Answer list(const Request& request, const Snapshot& snapshot, const Gate& gate, Language language) {
    const auto from = real(asked(request, "from").empty() ? "0" : asked(request, "from"), 0, 1e9);
    if (!from) return plain(400, "400");
    const std::string page(pictures_path);
    return html(pictures_page(snapshot, {asked(request, "q"), static_cast<std::size_t>(*from)},
                              {page, mark_of(snapshot, page), gate.token}, language));
}

// The world's fault: said where the page would be, and the preview goes on.
Answer failed(const Failure& failure, Language language) {
    return plain(500, language == Language::chinese
                          ? "没有做成：" + failure.path() + "：" + failure.code().message()
                          : failure.operation() + " " + failure.path() + ": " + failure.code().message());
}

}  // namespace

std::optional<Answer> answer_for_pictures(const Request& request, const Snapshot& snapshot, const Gate& gate,
                                          const PictureTools& tools, Language language) {
    if (request.path == pictures_path) return list(request, snapshot, gate, language);
    const bool page = request.path == focus_path;
    if (!page && request.path != photo_path) return std::nullopt;
    const ListedPicture* picture =
        snapshot.pictures ? find_picture(*snapshot.pictures, {asked(request, "of"), asked(request, "photo")})
                          : nullptr;
    if (!picture) return plain(404, "404");
    try {
        return page ? focus(*picture, snapshot, gate, tools, language)
                    : photo(request, *picture, *snapshot.pictures, tools);
    } catch (const Failure& failure) {
        return failed(failure, language);
    }
}

}  // namespace qunying
