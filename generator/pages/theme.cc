#include "pages/theme.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "model/kinds.h"
#include "syntax/yaml.h"

namespace qunying {
namespace {

constexpr int widest = 4096;  // pixels: more than any screen shows of one picture

// For people; the program has no use for it.
bool is_about_the_theme(std::string_view key) {
    return key == "name" || key == "title" || key == "description" || key == "author" || key == "licence" ||
           key == "version";
}

// The kinds of ours that have pages.
std::vector<std::string> kind_words() {
    std::vector<std::string> words;
    const Kinds kinds = built_in_kinds();
    for (const Kind& kind : kinds.all()) {
        if (!kind.folder.empty()) words.push_back(kind.key);
    }
    return words;
}

class ThemeReader {
  public:
    explicit ThemeReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    void read(const YamlNode& root, ThemeConfig& theme) {
        for (const YamlEntry& entry : root.entries) {
            if (entry.key == "recipes") {
                for (const YamlEntry& each : entry.value.entries) theme.recipes.push_back(read_recipe(each));
            } else if (entry.key == "settings") {
                for (const YamlEntry& each : entry.value.entries) theme.settings[each.key] = each.value.text;
            } else if (entry.key == "faces") {
                for (const YamlEntry& each : entry.value.entries) read_face(each, theme);
            } else if (entry.key == "without") {
                read_without(entry, theme);
            } else if (entry.key == "codes") {
                theme.codes = known_words(entry, kind_words());
            } else if (!is_about_the_theme(entry.key)) {
                report_key(entry, {"recipes", "faces", "settings", "without", "codes", "name", "title",
                                   "description"});
            }
        }
    }

  private:
    void read_without(const YamlEntry& entry, ThemeConfig& theme) {
        theme.without = known_words(entry, page_words());
    }

    // One word or a list of them; those that are not known are reported and left out.
    std::vector<std::string> known_words(const YamlEntry& entry, const std::vector<std::string>& words) {
        const std::vector<YamlNode> single = {entry.value};
        const auto& nodes = entry.value.type == YamlType::sequence ? entry.value.items : single;
        std::vector<std::string> found;
        for (const YamlNode& node : nodes) {
            if (std::find(words.begin(), words.end(), node.text) != words.end()) {
                found.push_back(node.text);
            } else {
                diagnostics_.report(DiagnosticKind::theme_bad_value, node.span,
                                    {entry.key, node.text, join(words, "、")},
                                    {.meant = nearest(node.text, words).value_or("")});
            }
        }
        return found;
    }

    // Its name stands in style sheets without quotes and in names of files.
    static bool is_face_name(std::string_view name) {
        const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
        return !name.empty() && name[0] >= 'a' && name[0] <= 'z' &&
               std::all_of(name.begin(), name.end(), fits);
    }

    void read_face(const YamlEntry& entry, ThemeConfig& theme) {
        ThemeFace face;
        face.name = entry.key;
        face.where = entry.key_span;
        for (const YamlEntry& each : entry.value.entries) read_face_key(each, face);
        if (!is_face_name(face.name)) return report_value(entry.key_span, "faces", face.name, "a–z、0–9、-");
        if (face.family.empty())
            return report_value(entry.key_span, face.name, "", "family: Noto Serif CJK SC");
        const bool second = face.role == FaceRole::title &&
                            std::any_of(theme.faces.begin(), theme.faces.end(),
                                        [](const ThemeFace& other) { return other.role == FaceRole::title; });
        if (second) return report_value(entry.key_span, "role", "title", "rare、rare-title");
        theme.faces.push_back(std::move(face));
    }

    void read_face_key(const YamlEntry& entry, ThemeFace& face) {
        constexpr int heaviest = 1000, largest = 10'000;
        if (entry.key == "weight") return read_number(entry, entry.value, heaviest, face.weight);
        if (entry.key == "limit") return read_number(entry, entry.value, largest, face.limit);
        if (entry.key == "words") return void(face.words = entry.value.text);
        if (entry.key == "role") return read_role(entry, face);
        if (entry.key != "family") return report_key(entry, {"family", "weight", "role", "limit", "words"});
        face.family = entry.value.text;
        face.where = entry.value.span;
    }

    void read_role(const YamlEntry& entry, ThemeFace& face) {
        const std::string& text = entry.value.text;
        if (text == "title") return void(face.role = FaceRole::title);
        if (text == "rare") return void(face.role = FaceRole::rare);
        if (text == "rare-title") return void(face.role = FaceRole::rare_title);
        report_value(entry.value.span, entry.key, text, "title、rare、rare-title");
    }

    ThemeRecipe read_recipe(const YamlEntry& entry) {
        ThemeRecipe made;
        made.recipe.name = entry.key;
        made.sizes = "100vw";
        bool crop_stated = false;
        for (const YamlEntry& each : entry.value.entries) {
            crop_stated = crop_stated || each.key == "crop";
            read_key(each, made);
        }
        if (made.recipe.ratio_width > 0 && !crop_stated) made.recipe.crop = Crop::focus;
        if (!entry.value.find("widths") && !entry.value.find("box"))
            report_value(entry.key_span, entry.key, "", "widths: [320, 640]");
        return made;
    }

    void read_key(const YamlEntry& entry, ThemeRecipe& made) {
        Recipe& recipe = made.recipe;
        if (entry.key == "widths") return read_widths(entry, recipe);
        if (entry.key == "ratio") return read_ratio(entry, recipe);
        if (entry.key == "crop") return read_crop(entry, recipe);
        if (entry.key == "formats") return read_formats(entry, recipe);
        if (entry.key == "sizes") return void(made.sizes = entry.value.text);
        if (entry.key == "use") return void(made.uses = texts(entry.value));
        if (entry.key == "jpeg_quality") return read_number(entry, entry.value, 100, recipe.jpeg_quality);
        if (entry.key == "webp_quality") return read_number(entry, entry.value, 100, recipe.webp_quality);
        if (entry.key == "avif_quality") return read_number(entry, entry.value, 100, recipe.avif_quality);
        if (entry.key == "box") return read_box(entry, recipe);
        if (entry.key == "tone") return read_tone(entry, recipe);
        if (entry.key == "dark") return read_colour(entry, recipe.dark);
        if (entry.key == "light") return read_colour(entry, recipe.light);
        if (entry.key == "background") return read_colour(entry, recipe.background);
        if (entry.key == "sharpening") return read_number(entry, entry.value, 100, recipe.sharpening);
        if (entry.key == "longest") return read_number(entry, entry.value, widest, recipe.longest);
        if (entry.key == "least") return read_number(entry, entry.value, widest, recipe.least);
        report_key(entry, {"widths", "box", "ratio", "crop", "formats", "sizes", "use", "jpeg_quality",
                           "webp_quality", "avif_quality", "tone", "dark", "light", "background",
                           "sharpening", "longest", "least"});
    }

    void read_widths(const YamlEntry& entry, Recipe& recipe) {
        const std::vector<YamlNode> single = {entry.value};
        const auto& nodes = entry.value.type == YamlType::sequence ? entry.value.items : single;
        for (const YamlNode& node : nodes) {
            int width = 0;
            read_number(entry, node, widest, width);
            if (width > 0) recipe.widths.push_back(width);
        }
    }

    void read_ratio(const YamlEntry& entry, Recipe& recipe) {
        const auto parts = split(entry.value.text, ':');
        int width = 0, height = 0;
        if (parts.size() == 2 && parse(parts[0], 100, width) && parse(parts[1], 100, height)) {
            recipe.ratio_width = width;
            recipe.ratio_height = height;
        } else {
            report_value(entry.value.span, entry.key, entry.value.text, "\"3:4\"");
        }
    }

    void read_crop(const YamlEntry& entry, Recipe& recipe) {
        const std::string& text = entry.value.text;
        if (text == "none") return void(recipe.crop = Crop::none);
        if (text == "centre" || text == "center") return void(recipe.crop = Crop::centre);
        if (text == "focus") return void(recipe.crop = Crop::focus);
        if (text == "portrait") return void(recipe.crop = Crop::portrait);
        report_value(entry.value.span, entry.key, text, "none、centre、focus、portrait");
    }

    // `box: 640x640` is one size and its shape.
    void read_box(const YamlEntry& entry, Recipe& recipe) {
        const auto parts = split(entry.value.text, 'x');
        int width = 0, height = 0;
        if (parts.size() != 2 || !parse(parts[0], widest, width) || !parse(parts[1], widest, height))
            return report_value(entry.value.span, entry.key, entry.value.text, "640x640");
        recipe.widths = {width};
        recipe.ratio_width = width;
        recipe.ratio_height = height;
    }

    void read_tone(const YamlEntry& entry, Recipe& recipe) {
        const std::string& text = entry.value.text;
        if (text == "none") return void(recipe.tone = Tone::none);
        if (text == "grey" || text == "gray") return void(recipe.tone = Tone::grey);
        if (text == "duotone") return void(recipe.tone = Tone::duotone);
        if (text == "warm-scan") return void(recipe.tone = Tone::warm_scan);
        report_value(entry.value.span, entry.key, text, "none、grey、duotone、warm-scan");
    }

    void read_colour(const YamlEntry& entry, std::uint32_t& out) {
        const std::string& text = entry.value.text;
        std::uint32_t colour = 0;
        const char* first = text.data() + 1;
        const auto [end, error] = text.size() == 7 && text[0] == '#'
                                      ? std::from_chars(first, first + 6, colour, 16)
                                      : std::from_chars_result{text.data(), std::errc::invalid_argument};
        if (error == std::errc{} && end == first + 6) return void(out = colour);
        report_value(entry.value.span, entry.key, text, "\"#faf7f1\"");
    }

    void read_formats(const YamlEntry& entry, Recipe& recipe) {
        recipe.formats.clear();
        for (const std::string& text : texts(entry.value)) {
            if (text == "jpeg" || text == "jpg") {
                recipe.formats.push_back(PictureFormat::jpeg);
            } else if (text == "webp") {
                recipe.formats.push_back(PictureFormat::webp);
            } else if (text == "avif") {
                recipe.formats.push_back(PictureFormat::avif);
            } else {
                report_value(entry.value.span, entry.key, text, "jpeg、webp、avif");
            }
        }
    }

    void read_number(const YamlEntry& entry, const YamlNode& node, int most, int& out) {
        if (!parse(node.text, most, out))
            report_value(node.span, entry.key, node.text, "1–" + std::to_string(most));
    }

    static bool parse(std::string_view text, int most, int& out) {
        const std::string_view digits = trim(text);
        int value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc{} || end != digits.data() + digits.size() || value < 1 || value > most)
            return false;
        out = value;
        return true;
    }

    static std::vector<std::string> texts(const YamlNode& node) {
        if (node.type == YamlType::scalar) return {node.text};
        std::vector<std::string> all;
        for (const YamlNode& item : node.items) all.push_back(item.text);
        return all;
    }

    void report_key(const YamlEntry& entry, const std::vector<std::string>& known) {
        diagnostics_.report(DiagnosticKind::theme_unknown_key, entry.key_span, {entry.key},
                            {.meant = nearest(entry.key, known).value_or("")});
    }
    void report_value(Span where, const std::string& key, const std::string& value, std::string wanted) {
        diagnostics_.report(DiagnosticKind::theme_bad_value, where, {key, value, std::move(wanted)});
    }

    Diagnostics& diagnostics_;
};

// themes/hall/theme.yaml → hall.
std::string folder_name(std::string_view path) {
    const auto parts = split(path, '/');
    return parts.size() < 2 ? std::string() : std::string(parts[parts.size() - 2]);
}

}  // namespace

ThemeConfig read_theme(const SourceFile& theme_yaml, Diagnostics& diagnostics) {
    ThemeConfig theme;
    theme.name = folder_name(theme_yaml.path);
    ThemeReader(diagnostics).read(parse_yaml(theme_yaml, diagnostics), theme);
    // A recipe without a width makes nothing; its fault has been reported.
    std::erase_if(theme.recipes, [](const ThemeRecipe& each) { return each.recipe.widths.empty(); });
    return theme;
}

bool ThemeConfig::has(std::string_view pages) const {
    return std::find(without.begin(), without.end(), pages) == without.end();
}

std::vector<std::string> page_words() {
    std::vector<std::string> words = {"exhibits", "photos", "level",    "year",    "region",
                                      "category", "kind",   "pinyin",   "strokes", "surname",
                                      "refine",   "search", "booklets", "kiosk"};
    for (std::string& kind : kind_words()) words.push_back(std::move(kind));
    return words;
}

std::vector<std::size_t> recipes_naming(const ThemeConfig& theme, std::string_view use) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < theme.recipes.size(); ++i) {
        const auto& uses = theme.recipes[i].uses;
        if (std::find(uses.begin(), uses.end(), use) != uses.end()) found.push_back(i);
    }
    return found;
}

std::vector<std::size_t> recipes_for(const ThemeConfig& theme, std::string_view use) {
    std::vector<std::size_t> found = recipes_naming(theme, use);
    return found.empty() ? recipes_naming(theme, "story") : found;
}

}  // namespace qunying
