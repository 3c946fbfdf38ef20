#include "serve/picture_pages.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"
#include "images/geometry.h"
#include "pages/contact_sheet.h"

namespace qunying {
namespace {

constexpr std::size_t pictures_a_page = 60;

struct Words {
    const char *title, *hint, *search, *find, *none, *no_build, *said, *next, *previous, *findings, *home,
        *page, *cannot, *no_script, *step_eyes, *step_chin, *smaller, *larger, *undo, *keys, *now, *then,
        *paste, *copy, *where, *whole_line, *as_items, *old, *old_hint, *turn, *left, *right, *trim,
        *old_print, *before, *after, *photo_label;
    std::array<const char*, 4> sources;  // by Head::Source
};

constexpr Words chinese_words = {
    "照片裁切",
    "点一张照片，看它怎样裁切；在照片上点一下两眼之间，就能改。",
    "姓名或文件名",
    "查找",
    "没有这样的照片。",
    "网站正在生成，好了这里会自己更新。",
    "已指定",
    "下一页",
    "上一页",
    "问题清单",
    "回到首页",
    "看网页",
    "这张照片不能用，页面上以姓名图块代替。原因和改法在问题清单里。",
    "这一页要用脚本，请在浏览器里允许。",
    "① 点两眼之间",
    "② 点下巴",
    "头小一点 −",
    "头大一点 +",
    "恢复原样",
    "也可以用键盘：先点一下照片，方向键移动两眼的位置，按住 Shift 移得快些；+ 和 − 改头的大小。",
    "现在",
    "改后",
    "要写进资料的话",
    "复制",
    "写在这里：{}，第 {} 行。",
    "整行换成下面这样（已经替您改好），保存后网页自己更新：",
    "把下面几项写进这张照片的资料里（原来有的同名几项请先删去），保存后网页自己更新：",
    "老照片、扫描件",
    "试一试，只是看看；原照片从不改动。满意了，把上面“要写进资料的话”抄进去。",
    "转正（度）",
    "向左转一点",
    "向右转一点",
    "裁去四周的白边或黑边",
    "旧照：调成暖色，略增反差",
    "原样",
    "处理后",
    "照片：请点两眼之间",
    {"程序没有认出头", "两眼的位置由您写明", "程序认出了脸", "程序没有认出脸，按显眼处推测"}};
constexpr Words english_words = {
    "Photographs",
    "Choose a photograph to see how it is cut; click between the eyes to change it.",
    "name or file",
    "Find",
    "No such photographs.",
    "The site is being built; this page follows.",
    "stated",
    "next page",
    "previous page",
    "Findings",
    "Home",
    "its page",
    "This photograph cannot be used; the findings say why.",
    "This page needs scripts.",
    "1 Between the eyes",
    "2 The chin",
    "smaller head −",
    "larger head +",
    "Undo",
    "By keyboard: arrows move the place between the eyes, faster with Shift; + and − change the size of the "
    "head.",
    "now",
    "then",
    "What to write",
    "Copy",
    "Written here: {}, line {}.",
    "Replace the whole line by this one; once saved, the page follows:",
    "Write these into the picture's record (take out those of the same name); once saved, the page follows:",
    "Old photographs, scans",
    "Only to look at: the original is never changed. Then write the lines above.",
    "turn (degrees)",
    "turn left",
    "turn right",
    "cut the white or black border away",
    "old print: warm, with a little more contrast",
    "as it is",
    "treated",
    "Photograph: click between the eyes",
    {"no head was found", "stated by you", "a face was found", "no face was found: guessed"}};

const Words& words_in(Language language) {
    return language == Language::chinese ? chinese_words : english_words;
}

std::string head_of_page(const std::string& title, const char* kind, Language language) {
    return fmt::format(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
        "<link rel=\"stylesheet\" href=\"/_qunying/live.css\">\n"
        "<link rel=\"stylesheet\" href=\"/_qunying/pictures.css\">\n</head>\n<body class=\"findings-page "
        "{}\">\n"
        "<main>\n",
        language == Language::chinese ? "zh-CN" : "en", escape_html(title), kind);
}

std::string end_of_page(const LivePage& page) {
    return "</main>\n" + live_element(page) + "\n</body>\n</html>\n";
}

bool is_wanted(const ListedPicture& picture, const std::string& wanted) {
    return wanted.empty() || picture.name.find(wanted) != std::string::npos ||
           picture.file.find(wanted) != std::string::npos || picture.slug.find(wanted) != std::string::npos;
}

std::string picture_item(const ListedPicture& picture, const Snapshot& snapshot, const Words& words) {
    std::string out =
        fmt::format("<li><a href=\"{}\">", escape_html(address_of(focus_path, name_of(picture))));
    if (snapshot.tree && !picture.thumbnail.empty() && snapshot.tree->find(picture.thumbnail))
        out += fmt::format("<img src=\"/{}\" alt=\"\" loading=\"lazy\">", escape_html(picture.thumbnail));
    else
        out += "<span class=\"no-picture\"></span>";
    out += "<b>" + escape_html(picture.name) + "</b></a>";
    if (picture.treatment.focus) out += fmt::format(" <i>{}</i>", words.said);
    const std::size_t slash = picture.file.rfind('/');
    return out + "<code>" + escape_html(picture.file.substr(slash + 1)) + "</code></li>\n";
}

std::string way_to(const PictureChoice& choice, std::size_t from, const char* label) {
    return fmt::format("<a href=\"{}?q={}&amp;from={}\">{}</a> ", pictures_path,
                       escape_url(choice.wanted, ""), from, label);
}

// Keys of recipe crops as focus.js names them.
const char* name_of(Crop crop) {
    static constexpr std::array<const char*, crop_count> names = {"none", "centre", "focus", "portrait"};
    return names[static_cast<std::size_t>(crop)];
}

void write_recipes(JsonWriter& json, const std::vector<Recipe>& recipes) {
    json.key("recipes").begin_array();
    for (const Recipe& recipe : recipes) {
        json.begin_object().key("name").text(recipe.name).key("crop").text(name_of(recipe.crop));
        json.key("width").number(recipe.ratio_width).key("height").number(recipe.ratio_height).end_object();
    }
    json.end_array();
}

// The numbers that images/geometry.cc goes by.
void write_geometry(JsonWriter& json) {
    json.key("eyeLine").real(eye_line).key("headShare").real(head_share);
    json.key("smallest").real(smallest_portrait).key("eyesBelowCrown").real(eyes_below_crown);
    json.key("headBreadth").real(head_breadth).key("tolerance").real(eye_tolerance);
    json.key("largestShare").real(largest_head_share);
}

void write_head(JsonWriter& json, const Head& head) {
    json.key("head").begin_object();
    json.key("from").text(qunying::name_of(head.source));
    json.key("x").real(head.eyes.x).key("y").real(head.eyes.y).key("height").real(head.height).end_object();
}

bool is_straightened(const Treatment& treatment) { return treatment.turn != 0 || treatment.trim; }

// The head in the picture as it lies there: what was found in one that was straightened is somewhere else.
Head head_to_show(const ListedPicture& picture, const PictureResult& made) {
    const Head stated = stated_head(picture.treatment);
    if (!is_straightened(picture.treatment))
        return made.head.source == Head::Source::nobody ? stated : made.head;
    return stated;
}

// What focus.js has to know.
std::string data_of(const ListedPicture& picture, const PictureList& list, const PictureResult& made,
                    const std::optional<WrittenPicture>& written, const LivePage& page) {
    JsonWriter json(JsonWriter::Layout::compact);
    json.begin_object();
    json.key("address").text(address_of(photo_path, name_of(picture)));
    json.key("token").text(page.token);
    json.key("width").number(made.source_width).key("height").number(made.source_height);
    json.key("straightened").boolean(is_straightened(picture.treatment));
    json.key("portrait").boolean(picture.treatment.portrait);
    json.key("turn").real(picture.treatment.turn).key("trim").boolean(picture.treatment.trim);
    json.key("oldPrint").boolean(picture.treatment.old_print);
    write_head(json, head_to_show(picture, made));
    write_recipes(json, recipes_of(picture, list));
    write_geometry(json);
    if (written) {
        json.key("before").text(written->before).key("inside").text(written->inside);
        json.key("after").text(written->after).key("wholeLine").boolean(written->whole_line);
    }
    json.end_object();
    return json.finish();
}

std::string button(const char* id, const char* label) {
    return fmt::format("<button type=\"button\" id=\"{}\">{}</button>\n", id, label);
}

// “ 3:4”, or nothing where the picture keeps its own.
std::string shape_of(const Recipe& recipe) {
    if (recipe.crop == Crop::none || recipe.ratio_width == 0) return {};
    return fmt::format(" {}:{}", recipe.ratio_width, recipe.ratio_height);
}

std::string crop_row(const char* kind, const char* label, const std::vector<Recipe>& recipes) {
    std::string out = fmt::format("<div class=\"crops {}\"><h3>{}</h3>\n", kind, label);
    for (const Recipe& recipe : recipes) {
        out += fmt::format("<figure data-recipe=\"{0}\"><figcaption>{0}{1}</figcaption></figure>\n",
                           escape_html(recipe.name), shape_of(recipe));
    }
    return out + "</div>\n";
}

std::string place_text(const ListedPicture& picture, const std::optional<WrittenPicture>& written,
                       const Words& words) {
    if (!written) return {};
    return "<p class=\"hint\">" +
           fmt::format(fmt::runtime(words.where), "<code>" + escape_html(picture.written_in) + "</code>",
                       written->line) +
           " " + (written->whole_line ? words.whole_line : words.as_items) + "</p>\n";
}

std::string old_print_section(const Words& words) {
    return fmt::format(
        "<section class=\"old\">\n<h2>{}</h2>\n<p class=\"hint\">{}</p>\n<p class=\"tools\">\n"
        "<label>{} <input type=\"number\" id=\"turn\" min=\"-15\" max=\"15\" step=\"0.5\"></label>\n{}{}"
        "<label><input type=\"checkbox\" id=\"trim\"> {}</label>\n"
        "<label><input type=\"checkbox\" id=\"old\"> {}</label>\n</p>\n"
        "<div class=\"pair\"><figure><img id=\"as-it-is\" alt=\"{}\"><figcaption>{}</figcaption></figure>\n"
        "<figure><img id=\"treated\" alt=\"{}\"><figcaption>{}</figcaption></figure></div>\n</section>\n",
        words.old, words.old_hint, words.turn, button("turn-left", words.left),
        button("turn-right", words.right), words.trim, words.old_print, words.before, words.before,
        words.after, words.after);
}

// The picture itself with its places, and the tools beside it.
std::string work_section(const ListedPicture& picture, const std::vector<Recipe>& recipes,
                         const std::optional<WrittenPicture>& written, const Words& words) {
    std::string out = fmt::format(
        "<section class=\"work\">\n<div class=\"photo\" id=\"photo\" tabindex=\"0\" role=\"application\" "
        "aria-label=\"{}\"><img id=\"original\" alt=\"\"></div>\n<div class=\"beside\">\n"
        "<p class=\"say\" id=\"say\" role=\"status\"></p>\n<p class=\"tools\">\n",
        words.photo_label);
    out += button("step-eyes", words.step_eyes);
    if (picture.treatment.portrait)
        out += button("step-chin", words.step_chin) + button("smaller", words.smaller) +
               button("larger", words.larger);
    out +=
        button("undo", words.undo) +
        fmt::format("</p>\n<p class=\"hint\">{}</p>\n<h2 id=\"to-paste\">{}</h2>\n", words.keys, words.paste);
    out += place_text(picture, written, words);
    out +=
        "<textarea id=\"line\" aria-labelledby=\"to-paste\" readonly rows=\"3\" "
        "spellcheck=\"false\"></textarea>\n<p class=\"tools\">" +
        button("copy", words.copy) + "<span id=\"copied\" role=\"status\"></span></p>\n";
    return out + "</div>\n</section>\n" + crop_row("then", words.then, recipes) +
           crop_row("now", words.now, recipes);
}

}  // namespace

std::string address_of(std::string_view page, const PictureName& name) {
    return fmt::format("{}?of={}&photo={}", page, escape_url(name.of, "/"), escape_url(name.file, "/"));
}

PictureName name_of(const ListedPicture& picture) {
    return {picture.kind + "/" + picture.slug, picture.file};
}

const ListedPicture* find_picture(const PictureList& list, const PictureName& name) {
    const auto found =
        std::find_if(list.pictures.begin(), list.pictures.end(), [&](const ListedPicture& picture) {
            return picture.file == name.file && name.of == picture.kind + "/" + picture.slug;
        });
    return found == list.pictures.end() ? nullptr : &*found;
}

std::string focus_page_name(const PictureName& name) {
    return std::string(focus_path) + " " + name.of + " " + name.file;
}

std::string focus_mark(const Snapshot& snapshot, std::string_view page) {
    page.remove_prefix(std::min(page.size(), focus_path.size() + 1));
    const std::size_t space = std::min(page.find(' '), page.size());
    const PictureName name{std::string(page.substr(0, space)),
                           std::string(page.substr(std::min(space + 1, page.size())))};
    const ListedPicture* picture = snapshot.pictures ? find_picture(*snapshot.pictures, name) : nullptr;
    if (!picture) return "missing";
    DigestBuilder mark;
    add_to(mark, picture->treatment);
    // Its name holds a digest of the photograph; and where the picture is written is part of the page.
    mark.add(picture->thumbnail).add(picture->name).add(std::uint64_t{picture->where.begin});
    return mark.finish().hex();
}

std::optional<WrittenPicture> written_picture(std::string_view text, Span where) {
    if (!where.known() || where.end > text.size() || where.begin >= where.end) return std::nullopt;
    WrittenPicture written;
    const std::size_t newline = text.rfind('\n', where.begin == 0 ? 0 : where.begin - 1);
    const std::size_t begin = newline == std::string_view::npos || where.begin == 0 ? 0 : newline + 1;
    const std::size_t end = std::min(text.find('\n', where.begin), text.size());
    written.line = static_cast<std::size_t>(std::count(text.begin(), text.begin() + where.begin, '\n')) + 1;
    written.inside = text.substr(where.begin, where.end - where.begin);
    written.whole_line = where.end <= end &&
                         (written.inside.starts_with('{') || written.inside.find(": ") == std::string::npos);
    if (written.whole_line) {
        written.before = text.substr(begin, where.begin - begin);
        written.after = text.substr(where.end, end - where.end);
        if (written.after.ends_with('\r')) written.after.pop_back();
    }
    return written;
}

std::string pictures_page(const Snapshot& snapshot, const PictureChoice& choice, const LivePage& page,
                          Language language) {
    const Words& words = words_in(language);
    std::string out = head_of_page(words.title, "pictures-page", language);
    out += fmt::format("<h1>{}</h1>\n", words.title);
    std::vector<const ListedPicture*> wanted;
    if (snapshot.pictures) {
        for (const ListedPicture& picture : snapshot.pictures->pictures) {
            if (is_wanted(picture, choice.wanted)) wanted.push_back(&picture);
        }
    }
    out += fmt::format("<p class=\"hint\">{}</p>\n", snapshot.pictures ? words.hint : words.no_build);
    out += fmt::format(
        "<form action=\"{}\" class=\"tools\"><label>{} <input type=\"search\" name=\"q\" "
        "value=\"{}\"></label> "
        "<button>{}</button></form>\n",
        pictures_path, words.search, escape_html(choice.wanted), words.find);
    if (snapshot.pictures && wanted.empty()) out += fmt::format("<p>{}</p>\n", words.none);
    out += "<ul class=\"photos\">\n";
    const std::size_t from = std::min(choice.from, wanted.size());
    const std::size_t end = std::min(wanted.size(), from + pictures_a_page);
    for (std::size_t i = from; i < end; ++i) out += picture_item(*wanted[i], snapshot, words);
    out += "</ul>\n<p class=\"ways\">";
    if (from > 0) out += way_to(choice, from - std::min(from, pictures_a_page), words.previous);
    if (!wanted.empty()) out += fmt::format("<span>{}–{} / {}</span> ", from + 1, end, wanted.size());
    if (end < wanted.size()) out += way_to(choice, end, words.next);
    out += fmt::format("</p>\n<p class=\"home\"><a href=\"/_qunying/\">{}</a> <a href=\"/\">{}</a></p>\n",
                       words.findings, words.home);
    return out + end_of_page(page);
}

std::string focus_page(const ListedPicture& picture, const PictureList& list, const PictureResult& made,
                       const std::optional<WrittenPicture>& written, const LivePage& page,
                       Language language) {
    const Words& words = words_in(language);
    std::string out = head_of_page(picture.name + " " + words.title, "focus-page", language);
    out += fmt::format("<p class=\"home\"><a href=\"{}\">{}</a>", pictures_path, words.title);
    if (!picture.page.empty())
        out += fmt::format(" <a href=\"/{}\">{}</a>", escape_html(picture.page), words.page);
    out += "</p>\n<h1>" + escape_html(picture.name) + "</h1>\n<p class=\"hint\"><code>" +
           escape_html(picture.file) + "</code></p>\n";
    if (!made.decoded)
        return out + fmt::format("<p class=\"sum bad\">{}</p>\n", words.cannot) + end_of_page(page);
    if (picture.treatment.portrait)
        out += fmt::format("<p class=\"hint\">{} × {}　{}</p>\n", made.source_width, made.source_height,
                           words.sources[static_cast<std::size_t>(made.head.source)]);
    out += fmt::format("<noscript><p class=\"sum bad\">{}</p></noscript>\n", words.no_script);
    out += work_section(picture, recipes_of(picture, list), written, words) + old_print_section(words);
    out += "<div id=\"data\" hidden data-photo=\"" +
           escape_html(data_of(picture, list, made, written, page)) +
           "\"></div>\n<script src=\"/_qunying/focus.js\" defer></script>\n";
    return out + end_of_page(page);
}

}  // namespace qunying
