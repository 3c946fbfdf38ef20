#include "template/html_context.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace qunying {
namespace {

using Place = HtmlContext::Place;
using Attribute = HtmlContext::Attribute;
// Longer names and addresses say nothing more.
constexpr std::size_t remembered = 64;
// A tail from which no comment can end by one character.
const std::string no_end = "x";

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Elements whose text ends only at their own end tag.
bool is_raw_element(std::string_view tag) {
    constexpr std::array<std::string_view, 9> names = {"script", "style",   "title",    "textarea", "xmp",
                                                       "iframe", "noembed", "noframes", "plaintext"};
    return one_of(tag, names);
}

bool may_be_printed_into(std::string_view raw_element) {
    return raw_element == "title" || raw_element == "textarea";
}

// SVG animation writes its values into other attributes, addresses among them.
bool is_animation(std::string_view tag) {
    constexpr std::array<std::string_view, 3> names = {"animate", "set", "animatetransform"};
    return one_of(tag, names);
}

bool is_url_attribute(std::string_view name) {
    constexpr std::array<std::string_view, 22> names = {
        "href",   "src",    "action",   "formaction", "poster",     "cite",    "data",    "background",
        "ping",   "usemap", "longdesc", "manifest",   "xlink:href", "icon",    "classid", "codebase",
        "lowsrc", "dynsrc", "profile",  "archive",    "base",       "xml:base"};
    return one_of(name, names);
}

Attribute kind_of(std::string_view tag, std::string_view name) {
    constexpr std::array<std::string_view, 4> animated = {"to", "from", "values", "by"};
    if (name.starts_with("on") || name == "srcdoc") return Attribute::script;
    if (name == "style") return Attribute::style;
    if (name == "srcset" || name == "imagesrcset") return Attribute::url_list;
    if (is_url_attribute(name) || (is_animation(tag) && one_of(name, animated))) return Attribute::url;
    return Attribute::ordinary;
}

bool has_script_scheme(std::string_view url) {
    std::string letters;
    for (const char c : ascii_lower(url)) {
        if (static_cast<unsigned char>(c) > ' ') letters += c;
    }
    return letters.starts_with("javascript:") || letters.starts_with("vbscript:") ||
           letters.starts_with("data:");
}

bool is_between_attributes(Place place) {
    return place == Place::tag_name || place == Place::in_tag || place == Place::after_value ||
           place == Place::glued || place == Place::attribute_name || place == Place::after_name;
}

bool is_special(std::string_view tag) { return is_raw_element(tag) || is_animation(tag); }

}  // namespace

void HtmlContext::feed(char c) {
    switch (place) {
        case Place::text:
            return feed_text(c);
        case Place::tag_open:
            return feed_tag_open(c);
        case Place::end_tag_open:
            return feed_end_tag_open(c);
        case Place::markup_open:
            return feed_markup_open(c);
        case Place::tag_name:
            if (is_space(c) || c == '/' || c == '>') return feed_in_tag(c);
            if (tag.size() < remembered) tag += lower(c);
            return;
        case Place::in_tag:
        case Place::after_value:
        case Place::glued:
            return feed_in_tag(c);
        case Place::attribute_name:
        case Place::after_name:
            return feed_attribute_name(c);
        case Place::before_value:
            return feed_before_value(c);
        case Place::quoted:
            return feed_quoted(c);
        case Place::unquoted:
            if (is_space(c) || c == '>') feed_in_tag(c);
            return;
        case Place::comment:
            tail = (tail + c).substr(tail.size() < 3 ? 0 : 1);
            if (tail.ends_with("-->") || (tail == "->" || tail == ">")) *this = HtmlContext();
            return;
        case Place::declaration:
            if (c == '>') *this = HtmlContext();
            return;
        case Place::raw:
            return feed_raw(c);
    }
}

void HtmlContext::feed_text(char c) {
    if (c == '<') place = Place::tag_open;
}

void HtmlContext::feed_tag_open(char c) {
    *this = HtmlContext();
    if (is_letter(c)) {
        place = Place::tag_name;
        tag = lower(c);
    } else if (c == '/') {
        place = Place::end_tag_open;
    } else if (c == '!') {
        place = Place::markup_open;
    } else if (c == '?') {
        place = Place::declaration;
    } else {
        feed_text(c);
    }
}

void HtmlContext::feed_end_tag_open(char c) {
    *this = HtmlContext();
    if (is_letter(c)) {
        place = Place::tag_name;
        end_tag = true;
        tag = lower(c);
    } else if (c != '>') {
        place = Place::declaration;
    }
}

void HtmlContext::feed_markup_open(char c) {
    tail += c;
    if (tail == "--") {
        place = Place::comment;
        tail.clear();
    } else if (tail != "-") {
        tail.clear();
        place = Place::declaration;
        feed(c);
    }
}

void HtmlContext::feed_in_tag(char c) {
    if (c == '>') return finish_tag();
    place = Place::in_tag;
    if (!is_space(c) && c != '/') start_attribute(c);
}

void HtmlContext::start_attribute(char c) {
    place = Place::attribute_name;
    attribute = lower(c);
    url.clear();
    url_dynamic = false;
}

void HtmlContext::feed_attribute_name(char c) {
    if (c == '>' || c == '/') return feed_in_tag(c);
    if (c == '=') {
        name_attribute();
    } else if (is_space(c)) {
        place = Place::after_name;
    } else if (place == Place::after_name) {
        start_attribute(c);
    } else if (attribute.size() < remembered) {
        attribute += lower(c);
    }
}

void HtmlContext::name_attribute() {
    place = Place::before_value;
    attribute_kind = kind_of(tag, attribute);
}

void HtmlContext::feed_before_value(char c) {
    if (is_space(c)) return;
    if (c == '>') return finish_tag();
    place = c == '"' || c == '\'' ? Place::quoted : Place::unquoted;
    if (place == Place::quoted) quote = c;
}

void HtmlContext::feed_quoted(char c) {
    if (c == quote) {
        place = Place::after_value;
        quote = '\0';
        attribute.clear(), url.clear();
        url_dynamic = false;
        attribute_kind = Attribute::ordinary;
    } else if (in_address() && !url_dynamic && url.size() < remembered) {
        url += c;
    }
}

void HtmlContext::finish_tag() {
    const std::string name = end_tag ? "" : tag;
    *this = HtmlContext();
    if (!is_raw_element(name)) return;
    place = Place::raw;
    tag = name;
}

void HtmlContext::feed_raw(char c) {
    const std::string wanted = "</" + tag;
    if (tail.size() == wanted.size() && (is_space(c) || c == '/' || c == '>')) {
        end_tag = true;
        tail.clear();
        return feed_in_tag(c);
    }
    tail += lower(c);
    if (!wanted.starts_with(tail)) tail = c == '<' ? "<" : "";
}

std::optional<ForbiddenPlace> HtmlContext::refusal() const {
    switch (place) {
        case Place::text:
        case Place::comment:
            return std::nullopt;
        case Place::raw:
            if (may_be_printed_into(tag)) return std::nullopt;
            return tag == "style" ? ForbiddenPlace::style : ForbiddenPlace::script;
        case Place::quoted:
            if (attribute_kind == Attribute::style) return ForbiddenPlace::style;
            if (attribute_kind == Attribute::script || has_script_scheme(url)) return ForbiddenPlace::script;
            return std::nullopt;
        case Place::before_value:
        case Place::unquoted:
            return ForbiddenPlace::unquoted_attribute;
        default:
            return ForbiddenPlace::tag;
    }
}

void HtmlContext::after_print() {
    url_dynamic = in_address();
    tail = place == Place::comment ? no_end : std::string();
}

bool HtmlContext::would_glue(char c) const {
    return place == Place::glued && !is_space(c) && c != '/' && c != '>';
}

std::optional<HtmlContext> merge_contexts(const HtmlContext& left, const HtmlContext& right) {
    if (left == right) return left;
    HtmlContext merged = left;
    if (is_between_attributes(left.place) && is_between_attributes(right.place)) {
        const bool same_kind = left.tag == right.tag || (!is_special(left.tag) && !is_special(right.tag));
        if (!same_kind || left.end_tag != right.end_tag) return std::nullopt;
        merged = HtmlContext();
        merged.place =
            left.place == Place::in_tag && right.place == Place::in_tag ? Place::in_tag : Place::glued;
        merged.tag = left.tag == right.tag ? left.tag : "a";
        merged.end_tag = left.end_tag;
        return merged;
    }
    // Only what the theme wrote of an address, or how far an end was read, may differ.
    HtmlContext other = right;
    if (has_script_scheme(right.url)) merged.url = right.url;
    merged.url_dynamic = left.url_dynamic || right.url_dynamic;
    if (left.place == Place::comment && !left.tail.ends_with('-') && !right.tail.ends_with('-')) {
        merged.tail = other.tail = no_end;
    }
    other.url = merged.url;
    other.url_dynamic = merged.url_dynamic;
    return merged == other ? std::optional(merged) : std::nullopt;
}

}  // namespace qunying
