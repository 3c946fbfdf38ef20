#include "fonts/find.h"

#include <algorithm>
#include <fontconfig/fontconfig.h>
#include <map>
#include <memory>
#include <tuple>

namespace qunying {
namespace {

struct PatternDeleter {
    void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
};
struct ObjectsDeleter {
    void operator()(FcObjectSet* objects) const { FcObjectSetDestroy(objects); }
};
struct FontsDeleter {
    void operator()(FcFontSet* fonts) const { FcFontSetDestroy(fonts); }
};
using Pattern = std::unique_ptr<FcPattern, PatternDeleter>;
using Fonts = std::unique_ptr<FcFontSet, FontsDeleter>;

// Outlines that a browser draws in the colour of the text, of one weight.
bool is_usable(FcPattern* font) {
    FcBool outline = FcFalse, colour = FcFalse, variable = FcFalse;
    FcPatternGetBool(font, FC_OUTLINE, 0, &outline);
    FcPatternGetBool(font, FC_COLOR, 0, &colour);
    FcPatternGetBool(font, FC_VARIABLE, 0, &variable);
    int index = 0;  // in the upper half: which instance of a variable font
    FcPatternGetInteger(font, FC_INDEX, 0, &index);
    return outline && !colour && !variable && index >= 0 && index <= 0xFFFF;
}

Fonts fonts_like(FcPattern* pattern) {
    const std::unique_ptr<FcObjectSet, ObjectsDeleter> objects(
        FcObjectSetBuild(FC_FILE, FC_INDEX, FC_FAMILY, FC_WEIGHT, FC_SLANT, FC_WIDTH, FC_CHARSET, FC_OUTLINE,
                         FC_COLOR, FC_VARIABLE, nullptr));
    return Fonts(FcFontList(nullptr, pattern, objects.get()));
}

FontFile file_of(FcPattern* font) {
    FcChar8* path = nullptr;
    int index = 0;
    FcPatternGetString(font, FC_FILE, 0, &path);
    FcPatternGetInteger(font, FC_INDEX, 0, &index);
    return {path ? reinterpret_cast<const char*>(path) : "", static_cast<std::uint32_t>(index)};
}

std::u32string drawn_by(FcPattern* font, std::u32string_view characters) {
    FcCharSet* drawn = nullptr;
    FcPatternGetCharSet(font, FC_CHARSET, 0, &drawn);
    std::u32string has;
    for (const char32_t c : characters) {
        if (drawn && FcCharSetHasChar(drawn, c)) has.push_back(c);
    }
    return has;
}

int integer_of(FcPattern* font, const char* object) {
    int value = 0;
    if (FcPatternGetInteger(font, object, 0, &value) != FcResultMatch) {
        double real = 0;
        FcPatternGetDouble(font, object, 0, &real);
        value = static_cast<int>(real);
    }
    return value;
}

bool has_weight(FcPattern* font, int weight) {
    return integer_of(font, FC_WEIGHT) == FcWeightFromOpenType(weight) &&
           integer_of(font, FC_SLANT) == FC_SLANT_ROMAN && integer_of(font, FC_WIDTH) == FC_WIDTH_NORMAL;
}

}  // namespace

std::optional<FoundFont> find_font(const std::string& family, int weight, std::u32string_view characters) {
    const Pattern pattern(FcPatternCreate());
    FcPatternAddString(pattern.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(family.c_str()));
    const Fonts fonts = fonts_like(pattern.get());
    std::optional<FoundFont> best;
    for (int i = 0; fonts && i < fonts->nfont; ++i) {
        FcPattern* font = fonts->fonts[i];
        if (!is_usable(font) || !has_weight(font, weight)) continue;
        FontFile file = file_of(font);
        // Installed twice, the first by its path serves.
        if (best && std::tie(best->file.path, best->file.index) <= std::tie(file.path, file.index)) continue;
        best = FoundFont{std::move(file), drawn_by(font, characters)};
    }
    return best;
}

std::vector<FoundFont> find_others(std::u32string_view characters) {
    std::u32string left(characters);
    std::vector<FoundFont> found;
    const Pattern pattern(FcPatternCreate());
    const Fonts fonts = fonts_like(pattern.get());
    std::map<std::pair<std::string, std::uint32_t>, FcPattern*>
        usable;  // by path, whatever order they come in
    for (int i = 0; fonts && i < fonts->nfont; ++i) {
        FcPattern* font = fonts->fonts[i];
        const FontFile file = file_of(font);
        const bool upright = integer_of(font, FC_SLANT) == FC_SLANT_ROMAN;
        if (upright && is_usable(font)) usable.emplace(std::pair(file.path, file.index), font);
    }
    while (!left.empty()) {
        FoundFont best;
        for (const auto& [file, font] : usable) {
            std::u32string has = drawn_by(font, left);
            if (has.size() > best.has.size()) best = {{file.first, file.second}, std::move(has)};
        }
        if (best.has.empty()) return found;
        std::erase_if(left, [&](char32_t c) { return best.has.find(c) != std::u32string::npos; });
        found.push_back(std::move(best));
    }
    return found;
}

void add_font_folders(std::vector<std::string>& paths) {
    FcStrList* folders = FcConfigGetFontDirs(nullptr);
    if (folders == nullptr) return;
    while (const FcChar8* folder = FcStrListNext(folders))
        paths.emplace_back(reinterpret_cast<const char*>(folder));
    FcStrListDone(folders);
}

std::string finding_engine() {
    const int version = FcGetVersion();
    return "fontconfig " + std::to_string(version / 10000) + "." + std::to_string(version / 100 % 100) + "." +
           std::to_string(version % 100);
}

}  // namespace qunying
