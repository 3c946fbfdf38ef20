#pragma once
// Where in the HTML a place of a template stands. The compiler feeds every literal text through this small
// model of the HTML tokenizer (HTML standard §13.2.5, without its error cases), so that it knows at each {{ …
// }} what escaping is right, or that none would be.
//
// The idea: a context is a value. A branch starts from a copy; where branches meet, their contexts must
// agree.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace qunying {

// How a printed value must be written.
enum class PrintMode : std::uint8_t {
    text,   // markup characters escaped, SafeHtml as it is
    plain,  // the same, but SafeHtml loses its tags: attributes, <title>, <textarea>, comments
};

// Why nothing may be printed here.
enum class ForbiddenPlace : std::uint8_t { unquoted_attribute, script, style, tag };

struct HtmlContext {
    enum class Place : std::uint8_t {
        text,
        tag_open,      // behind <
        end_tag_open,  // behind </
        markup_open,   // behind <!
        tag_name,
        in_tag,       // between attributes
        after_value,  // behind a closing quote
        glued,        // branches met: white space, / or > must follow
        attribute_name,
        after_name,
        before_value,  // behind =
        quoted,
        unquoted,
        comment,
        declaration,  // <!doctype …>, <?…>
        raw,          // script, style, title… up to their end tag
    };
    enum class Attribute : std::uint8_t { ordinary, url, url_list, script, style };

    Place place = Place::text;
    bool end_tag = false;
    char quote = '\0';
    Attribute attribute_kind = Attribute::ordinary;
    std::string tag;           // the tag being read, or the element whose raw text this is
    std::string attribute;     // its attribute
    std::string tail;          // what may become </tag, --> or a comment's <!--
    std::string url;           // how the address begins, as far as the theme wrote it
    bool url_dynamic = false;  // a value was printed into this address

    bool operator==(const HtmlContext&) const = default;

    void feed(char c);
    bool in_address() const {
        return place == Place::quoted &&
               (attribute_kind == Attribute::url || attribute_kind == Attribute::url_list);
    }
    bool in_text() const { return place == Place::text; }
    std::optional<ForbiddenPlace> refusal() const;
    PrintMode print_mode() const { return place == Place::text ? PrintMode::text : PrintMode::plain; }
    void after_print();
    // True when the character that comes next would run into what a branch wrote.
    bool would_glue(char c) const;

  private:
    void feed_text(char c);
    void feed_tag_open(char c);
    void feed_end_tag_open(char c);
    void feed_markup_open(char c);
    void feed_in_tag(char c);
    void feed_attribute_name(char c);
    void feed_before_value(char c);
    void feed_quoted(char c);
    void feed_raw(char c);
    void start_attribute(char c);
    void finish_tag();
    void name_attribute();
};

// The context in which both branches may go on, or nothing where they do not agree.
std::optional<HtmlContext> merge_contexts(const HtmlContext& left, const HtmlContext& right);

}  // namespace qunying
