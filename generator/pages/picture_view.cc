#include "pages/picture_view.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "pages/card_view.h"

namespace qunying {
namespace {

std::string_view mime_of(PictureFormat format) {
    switch (format) {
        case PictureFormat::jpeg:
            return "image/jpeg";
        case PictureFormat::webp:
            return "image/webp";
        case PictureFormat::avif:
            return "image/avif";
    }
    return {};
}

std::string srcset(const Scope& scope, const std::vector<Rendition>& files, PictureFormat format) {
    std::string all;
    for (const Rendition& file : files) {
        if (file.format == format)
            all += fmt::format("{}{} {}w", all.empty() ? "" : ", ", scope.url(file.path), file.width);
    }
    return all;
}

const Rendition* largest(const std::vector<Rendition>& files, PictureFormat format) {
    const Rendition* found = nullptr;
    for (const Rendition& file : files) {
        if (file.format == format && (!found || file.width > found->width)) found = &file;
    }
    return found;
}

const ImageEntry* entry_of(const Scope& scope, const FieldSpec& spec, const GroupValue& group) {
    const std::string_view file = file_in(part_of(spec, group, picture_part(spec)));
    return scope.context.images.find(file, treatment_in(spec, group));
}

// The words of a picture, as far as its spec has them: an exhibit has a label, no caption.
std::string_view words(const FieldSpec& spec, const GroupValue& group, std::string_view key) {
    return spec.find(key) ? text_in(part_of(spec, group, key)) : std::string_view();
}

std::string_view alt_of(const FieldSpec& spec, const GroupValue& group) {
    for (const std::string_view key : {"alt", "caption", "label"}) {
        if (const std::string_view text = words(spec, group, key); !text.empty()) return text;
    }
    return {};
}

// 2.4 MB
std::string size_text(std::uint64_t bytes) {
    const double mega = static_cast<double>(bytes) / 1e6;
    return mega >= 1 ? fmt::format("{:.1f} MB", mega) : fmt::format("{:.0f} kB", mega * 1000);
}

Value year_of_picture(const FieldSpec& spec, const GroupValue& group) {
    const int year = spec.find("year") ? date_in(part_of(spec, group, "year")).year : 0;
    return year == 0 ? Value() : Value::integer(year);
}

}  // namespace

Value download_value(const Scope& scope, const DownloadFile& file) {
    Value::Map map;
    map.set("url", scope.url(file.path)).set("width", file.width).set("height", file.height);
    map.set("size", size_text(file.size));
    return std::move(map).build();
}

Value rendition_value(const Scope& scope, const ImageEntry& entry, std::size_t recipe) {
    if (recipe >= entry.renditions.size()) return {};
    const std::vector<Rendition>& files = entry.renditions[recipe];
    const Rendition* jpeg = largest(files, PictureFormat::jpeg);
    if (!jpeg) return {};
    const std::string& sizes = scope.context.theme.recipes[recipe].sizes;
    std::vector<Value> sources;
    for (const PictureFormat format : {PictureFormat::avif, PictureFormat::webp}) {
        const std::string set = srcset(scope, files, format);
        if (set.empty()) continue;
        Value::Map source;
        source.set("type", Value::lasting(mime_of(format))).set("srcset", set);
        source.set("sizes", Value::lasting(sizes));
        sources.push_back(std::move(source).build());
    }
    Value::Map map;
    map.set("src", scope.url(jpeg->path)).set("width", jpeg->width).set("height", jpeg->height);
    map.set("srcset", srcset(scope, files, PictureFormat::jpeg)).set("sizes", Value::lasting(sizes));
    map.set("sources", std::move(sources));
    return std::move(map).build();
}

Value picture_value(const Scope& scope, const FieldSpec& spec, const GroupValue& group,
                    PictureDetail detail) {
    if (file_in(part_of(spec, group, picture_part(spec))).empty() || !may_show(scope.site(), spec, group))
        return {};
    const ImageEntry* entry = entry_of(scope, spec, group);
    const bool usable = entry && !entry->broken;
    const bool full = detail == PictureDetail::full;
    Value::Map map;
    map.set("alt", Value::lasting(alt_of(spec, group)));
    map.set("caption", lasting_or_none(full ? words(spec, group, "caption") : ""));
    map.set("photographer", lasting_or_none(full ? words(spec, group, "photographer") : ""));
    map.set("year", full ? year_of_picture(spec, group) : Value());
    const bool names = full && spec.find("people").has_value();
    map.set("people", names ? cards_of(scope, part_of(spec, group, "people")) : Value::list({}));
    map.set("tone", usable ? Value::text(tone_class(entry->average_rgb)) : Value());
    map.set("broken", !usable);
    map.set("download", full && entry && entry->download ? download_value(scope, *entry->download) : Value());
    const auto& recipes = scope.context.theme.recipes;
    for (std::size_t i = 0; i < recipes.size(); ++i) {
        const std::string& name = recipes[i].recipe.name;
        const bool asked =
            usable && (full || name == "card" || (detail == PictureDetail::cover && name == "wide"));
        map.set(Key::lasting(recipes[i].recipe.name), asked ? rendition_value(scope, *entry, i) : Value());
    }
    return std::move(map).build();
}

Value picture_value(const Scope& scope, const FacePicture& face, PictureDetail detail) {
    return face.owner == no_record ? Value() : picture_value(scope, *face.spec, *face.group, detail);
}

namespace {

// Sixteen steps of light, each neutral, warm, cool or green: averages of photographs have little colour, and
// steps of red, green and blue would show a grey wall as olive.
struct ToneHue {
    int red, green, blue;  // beside the grey of the step
};
constexpr std::array<ToneHue, 4> tone_hues = {{{0, 0, 0}, {10, 1, -14}, {-12, 0, 14}, {-6, 8, -8}}};
constexpr int tone_step = 16;
constexpr int slight = 12;  // less difference than this is no colour

unsigned hue_of(int red, int green, int blue) {
    if (2 * green - red - blue > 2 * slight) return 3;
    if (red - blue > slight) return 1;
    return blue - red > slight ? 2 : 0;
}

std::string tone_colour(unsigned tone) {
    const int grey = static_cast<int>(tone / tone_hues.size()) * tone_step + tone_step / 2;
    const ToneHue& hue = tone_hues[tone % tone_hues.size()];
    const auto byte = [grey](int more) { return std::clamp(grey + more, 0, 255); };
    return fmt::format("#{:02x}{:02x}{:02x}", byte(hue.red), byte(hue.green), byte(hue.blue));
}

}  // namespace

std::string tone_class(std::uint32_t rgb) {
    const int red = rgb >> 16 & 0xff, green = rgb >> 8 & 0xff, blue = rgb & 0xff;
    const int light = (299 * red + 587 * green + 114 * blue) / 1000;  // ITU-R BT.601
    const auto step = static_cast<unsigned>(light / tone_step);
    return fmt::format("tone-{}", step * tone_hues.size() + hue_of(red, green, blue));
}

std::string tones_stylesheet() {
    std::string css;
    for (unsigned tone = 0; tone < 64; ++tone)
        css += fmt::format(".tone-{}{{background-color:{}}}\n", tone, tone_colour(tone));
    return css;
}

std::string_view largest_jpeg(const Scope& scope, const FacePicture& face, std::string_view recipe) {
    if (face.owner == no_record) return {};
    const ImageEntry* entry = entry_of(scope, *face.spec, *face.group);
    const auto& recipes = scope.context.theme.recipes;
    for (std::size_t i = 0; entry && i < recipes.size() && i < entry->renditions.size(); ++i) {
        if (recipes[i].recipe.name != recipe) continue;
        if (const Rendition* jpeg = largest(entry->renditions[i], PictureFormat::jpeg)) return jpeg->path;
    }
    return {};
}

}  // namespace qunying
