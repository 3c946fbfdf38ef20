#include "pages/contact_sheet.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "pages/csv.h"

namespace qunying {
namespace {

constexpr std::size_t entries_a_page = 40;
// Eyes so near to their line look level along a wall.
constexpr double tolerance = 0.06;

struct Words {
    const char *title, *sum, *legend_head, *legend_eyes, *legend_band, *legend_frame, *measure, *look,
        *unusable, *unknown_head, *cut_off, *none, *how, *original, *next, *previous, *crops_of, *eyes,
        *outside, *for_office;
    std::array<const char*, 4> sources;  // by Head::Source
};

constexpr Words chinese_words = {
    "照片裁切检查表",
    "共 {} 张肖像；{}。截至 {}。",
    "红框：程序所认的头，从头顶到下巴",
    "红线：两眼所在的高度",
    "浅色带：眼睛应在的高度，上下 6%",
    "虚线框：各种裁切在原图上的范围",
    "请看每张裁切：头是否完整，眼睛是否在浅色带里。数字见 <a href=\"pictures.csv\">pictures.csv</a>。",
    "请先看这些",
    "不能用",
    "没有认出头",
    "头没有完整在画面里",
    "没有肖像。",
    "要改：运行 qunying serve，打开“照片”页，点两眼之间，把得到的一行抄进资料。",
    "原图",
    "下一页",
    "上一页",
    "{}的裁切",
    "眼高 {:.0f}%",
    "头不完整",
    "只供内部校看：表中有未发布的人物，请勿外传。",
    {"没有认出头，按一般位置裁切", "编辑写明", "认出了脸", "没有认出脸，按显眼处推测"}};
constexpr Words english_words = {
    "Contact sheet of portraits",
    "{} portraits; {}. As of {}.",
    "red box: the head as found, crown to chin",
    "red line: the height of the eyes",
    "pale band: where eyes should be, 6 % either way",
    "dashed: what each crop shows of the original",
    "See whether each head is whole and its eyes lie in the band. Figures: <a "
    "href=\"pictures.csv\">pictures.csv</a>.",
    "Look at these first",
    "cannot be used",
    "no head found",
    "head not wholly inside",
    "No portraits.",
    "To change one: qunying serve, page “pictures”, click between the eyes, paste the line.",
    "original",
    "next page",
    "previous page",
    "crops of {}",
    "eyes {:.0f} %",
    "head cut off",
    "For the office alone: unpublished people are among them.",
    {"no head found, cut as usual", "said by the editor", "a face was found", "no face found, guessed"}};

const Words& words_in(Language language) {
    return language == Language::chinese ? chinese_words : english_words;
}

bool knows_head(const SheetEntry& entry) {
    return entry.head.source == Head::Source::editor || entry.head.source == Head::Source::face_finder;
}

bool is_cut_off(const SheetEntry& entry) {
    return std::any_of(entry.crops.begin(), entry.crops.end(),
                       [&](const SheetCrop& crop) { return head_inside(entry, crop) == HeadInside::no; });
}

// Why somebody should look at it; empty where there is no reason.
std::string concern(const SheetEntry& entry, const Words& words) {
    if (!entry.problem.empty()) return words.unusable;
    if (!knows_head(entry)) return words.unknown_head;
    return is_cut_off(entry) ? words.cut_off : "";
}

std::string page_name(std::size_t page) {
    return page == 0 ? "index.html" : fmt::format("page-{}.html", page + 1);
}

std::string box_element(const char* kind, double left, double top, double width, double height) {
    return fmt::format("<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>",
                       kind, left, top, width, height);
}

// The head as the crops were cut round it, in a picture whose left upper corner is at these pixels.
std::string head_elements(const SheetEntry& entry, double left, double top, int width) {
    std::string out;
    const HeadBox head = head_box(entry.size, entry.head);
    if (head.height > 0)
        out += box_element("head", head.left - left, head.top - top, head.width, head.height);
    if (entry.head.source == Head::Source::nobody) return out;
    const double eyes = entry.head.eyes.y * entry.size.height - top;
    return out + fmt::format("<line class=\"eyes\" x1=\"0\" y1=\"{0:.1f}\" x2=\"{1}\" y2=\"{0:.1f}\"/>", eyes,
                             width);
}

std::string drawing(const std::string& file, PixelSize size, const std::string& over,
                    const std::string& label) {
    return fmt::format(
        "<svg viewBox=\"0 0 {0} {1}\" role=\"img\" aria-label=\"{2}\"><image href=\"{3}\" width=\"{0}\" "
        "height=\"{1}\" preserveAspectRatio=\"none\"/>{4}</svg>",
        size.width, size.height, escape_html(label), escape_html(file), over);
}

std::string original_figure(const SheetEntry& entry, const Words& words) {
    std::string over;
    for (std::size_t i = 0; i < entry.crops.size(); ++i) {
        const PixelBox& box = entry.crops[i].box;
        over += box_element(fmt::format("frame frame-{}", i % 4).c_str(), box.left, box.top, box.width,
                            box.height);
    }
    over += head_elements(entry, 0, 0, entry.size.width);
    return "<figure class=\"original\">" +
           drawing(entry.whole, entry.size, over, entry.picture.name + " " + words.original) +
           fmt::format("<figcaption>{} {} × {}</figcaption></figure>\n", words.original, entry.size.width,
                       entry.size.height);
}

std::string crop_figure(const SheetEntry& entry, const SheetCrop& crop, const Words& words) {
    const PixelBox& box = crop.box;
    std::string over;
    if (crop.recipe.crop == Crop::portrait)
        over += box_element("band", 0, box.height * (eye_line - tolerance), box.width,
                            box.height * 2 * tolerance);
    over += head_elements(entry, box.left, box.top, box.width);
    std::string caption = "<b>" + escape_html(crop.recipe.name) + "</b>";
    if (crop.recipe.crop != Crop::none && crop.recipe.ratio_width > 0)
        caption += fmt::format(" {}:{}", crop.recipe.ratio_width, crop.recipe.ratio_height);
    if (const double eyes = eyes_in(entry, crop); eyes >= 0)
        caption += " " + fmt::format(fmt::runtime(words.eyes), eyes * 100);
    if (head_inside(entry, crop) == HeadInside::no)
        caption += fmt::format(" <strong>{}</strong>", words.outside);
    return "<figure class=\"crop\">" +
           drawing(crop.shown, {box.width, box.height}, over, entry.picture.name + " " + crop.recipe.name) +
           "<figcaption>" + caption + "</figcaption></figure>\n";
}

std::string entry_html(const SheetEntry& entry, std::size_t number, const Words& words) {
    const bool worth_a_look = !concern(entry, words).empty();
    std::string out = fmt::format("<article id=\"p{}\"{}>\n<h2>{}</h2>\n<p class=\"file\">{}</p>\n", number,
                                  worth_a_look ? " class=\"look\"" : "", escape_html(entry.picture.name),
                                  escape_html(entry.picture.file));
    if (!entry.problem.empty())
        return out + "<p class=\"concern\">" + escape_html(entry.problem) + "</p>\n</article>\n";
    const char* source = words.sources[static_cast<std::size_t>(entry.head.source)];
    out += fmt::format("<p class=\"{}\">{}</p>\n", knows_head(entry) ? "source" : "concern", source);
    out += "<div class=\"row\">\n" + original_figure(entry, words);
    for (const SheetCrop& crop : entry.crops) out += crop_figure(entry, crop, words);
    return out + "</div>\n</article>\n";
}

std::string sums(const std::vector<SheetEntry>& entries, const Words& words, Language language) {
    std::array<std::size_t, head_source_count> counts{};
    std::size_t unusable = 0;
    for (const SheetEntry& entry : entries)
        ++(entry.problem.empty() ? counts[static_cast<std::size_t>(entry.head.source)] : unusable);
    std::vector<std::string> parts;
    const auto add = [&](std::size_t count, const char* what) {
        if (count > 0) parts.push_back(fmt::format("{} {}", what, count));
    };
    for (const Head::Source source :
         {Head::Source::editor, Head::Source::face_finder, Head::Source::saliency, Head::Source::nobody})
        add(counts[static_cast<std::size_t>(source)], words.sources[static_cast<std::size_t>(source)]);
    add(unusable, words.unusable);
    return join(parts, language == Language::chinese ? "，" : ", ");
}

std::string concerns_html(const std::vector<SheetEntry>& entries, const Words& words) {
    std::string items;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::string why = concern(entries[i], words);
        if (why.empty()) continue;
        items += fmt::format("<li><a href=\"{}#p{}\">{}</a> {}</li>\n", page_name(i / entries_a_page), i + 1,
                             escape_html(entries[i].picture.name), why);
    }
    if (items.empty()) return {};
    return fmt::format("<section class=\"concerns\">\n<h2>{}</h2>\n<ul>\n{}</ul>\n<p>{}</p>\n</section>\n",
                       words.look, items, words.how);
}

std::string legend_html(const Words& words) {
    std::string out = "<ul class=\"legend\">\n";
    const auto add = [&](const char* kind, const char* what) {
        out += fmt::format("<li><span class=\"key {}\"></span>{}</li>\n", kind, what);
    };
    add("head", words.legend_head);
    add("eyes", words.legend_eyes);
    add("band", words.legend_band);
    add("frame", words.legend_frame);
    return out + "</ul>\n<p>" + words.measure + "</p>\n";
}

std::string ways_html(std::size_t page, std::size_t pages, const Words& words) {
    if (pages < 2) return {};
    std::string out = "<nav>";
    if (page > 0) out += fmt::format("<a href=\"{}\">{}</a> ", page_name(page - 1), words.previous);
    out += fmt::format("<span>{} / {}</span>", page + 1, pages);
    if (page + 1 < pages) out += fmt::format(" <a href=\"{}\">{}</a>", page_name(page + 1), words.next);
    return out + "</nav>\n";
}

std::string number(double value, bool known) { return known ? fmt::format("{:.4f}", value) : std::string(); }

std::string_view name_of(HeadInside inside) {
    return inside == HeadInside::yes ? "yes" : inside == HeadInside::no ? "no" : "";
}

std::string_view name_of(Crop crop) {
    constexpr std::array<std::string_view, crop_count> names = {"none", "centre", "focus", "portrait"};
    return names[static_cast<std::size_t>(crop)];
}

void add_row(CsvWriter& csv, const SheetEntry& entry, const SheetCrop& crop) {
    const ListedPicture& p = entry.picture;
    const bool eyes = entry.head.source != Head::Source::nobody;
    csv.row({p.file,
             p.slug,
             p.name,
             std::to_string(entry.size.width),
             std::to_string(entry.size.height),
             fmt::format("{}", p.treatment.turn),
             p.treatment.trim ? "yes" : "no",
             name_of(entry.head.source),
             number(entry.head.eyes.x, eyes),
             number(entry.head.eyes.y, eyes),
             number(entry.head.height, entry.head.height > 0),
             crop.recipe.name,
             name_of(crop.recipe.crop),
             std::to_string(crop.box.left),
             std::to_string(crop.box.top),
             std::to_string(crop.box.width),
             std::to_string(crop.box.height),
             number(eyes_in(entry, crop), eyes),
             name_of(head_inside(entry, crop)),
             ""});
}

}  // namespace

double eyes_in(const SheetEntry& entry, const SheetCrop& crop) {
    if (entry.head.source == Head::Source::nobody) return -1;
    return (entry.head.eyes.y * entry.size.height - crop.box.top) / crop.box.height;
}

// Half a pixel is rounding.
HeadInside head_inside(const SheetEntry& entry, const SheetCrop& crop) {
    const HeadBox head = head_box(entry.size, entry.head);
    if (head.height <= 0) return HeadInside::unknown;
    const bool inside = head.left >= crop.box.left - 0.5 && head.top >= crop.box.top - 0.5 &&
                        head.left + head.width <= crop.box.left + crop.box.width + 0.5 &&
                        head.top + head.height <= crop.box.top + crop.box.height + 0.5;
    return inside ? HeadInside::yes : HeadInside::no;
}

std::string_view name_of(Head::Source source) {
    constexpr std::array<std::string_view, head_source_count> names = {"none", "editor", "face", "attention"};
    return names[static_cast<std::size_t>(source)];
}

std::vector<SheetFile> contact_sheet(const std::vector<SheetEntry>& entries, const std::string& title,
                                     PartialDate as_of, Language language) {
    const Words& words = words_in(language);
    const std::size_t pages =
        std::max<std::size_t>(1, (entries.size() + entries_a_page - 1) / entries_a_page);
    std::vector<SheetFile> files;
    for (std::size_t page = 0; page < pages; ++page) {
        std::string html = fmt::format(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
            "content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n"
            "<title>{} {}</title>\n<link rel=\"stylesheet\" href=\"sheet.css\">\n</head>\n<body>\n<header>\n"
            "<p class=\"of\">{}</p>\n<h1>{}</h1>\n",
            language == Language::chinese ? "zh-CN" : "en", words.title, escape_html(title),
            escape_html(title), words.title);
        if (page == 0 && entries.empty()) html += fmt::format("<p>{}</p>\n", words.none);
        if (page == 0 && !entries.empty()) {
            html += "<p>" +
                    fmt::format(fmt::runtime(words.sum), entries.size(), sums(entries, words, language),
                                iso_date(as_of)) +
                    fmt::format("</p>\n<p class=\"private\">{}</p>\n", words.for_office) + legend_html(words);
        }
        html += ways_html(page, pages, words) + "</header>\n<main>\n";
        if (page == 0) html += concerns_html(entries, words);
        const std::size_t end = std::min(entries.size(), (page + 1) * entries_a_page);
        for (std::size_t i = page * entries_a_page; i < end; ++i)
            html += entry_html(entries[i], i + 1, words);
        html += "</main>\n" + ways_html(page, pages, words) + "</body>\n</html>\n";
        files.push_back({page_name(page), std::move(html)});
    }
    files.push_back({"sheet.css", std::string(contact_sheet_style)});
    files.push_back({"pictures.csv", contact_sheet_csv(entries)});
    return files;
}

std::string contact_sheet_csv(const std::vector<SheetEntry>& entries) {
    CsvWriter csv;
    csv.row({"file",      "id",         "name",        "width",    "height",      "turn",   "trim",
             "head_from", "focus_x",    "focus_y",     "head",     "recipe",      "crop",   "crop_left",
             "crop_top",  "crop_width", "crop_height", "eye_line", "head_inside", "problem"});
    for (const SheetEntry& entry : entries) {
        for (const SheetCrop& crop : entry.crops) add_row(csv, entry, crop);
        if (!entry.problem.empty()) {
            const ListedPicture& p = entry.picture;
            csv.row({p.file, p.slug, p.name, "", "", "", "", "", "", "",
                     "",     "",     "",     "", "", "", "", "", "", entry.problem});
        }
    }
    return csv.finish();
}

}  // namespace qunying
