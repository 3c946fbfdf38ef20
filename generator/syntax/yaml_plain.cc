#include "syntax/yaml_plain.h"

#include <algorithm>
#include <array>

#include "base/text.h"

// The problem: yaml-cpp takes 80 to 120 µs for a front matter of 28 lines, twice as long as everything else
// about a profile. It runs regular expressions as trees of objects over a stream that hands out single bytes.
//
// The idea: nearly all front matter in the world is plain: `key: value` line by line, a list, a mapping set
// in, `[a, b]` and `{a: 1}` on one line. That much is read here in one pass over the bytes. The reader says
// nothing about mistakes. At the first thing that is not plainly within the subset it gives up, and yaml-cpp
// reads the whole text as if this file did not exist. So yaml-cpp stays the authority on what a text means
// and the only way to a finding; whoever removes this file changes no byte of any output, only the time.
//
// The subset:
// - no tab, no control, line ends \n or \r\n; blank lines; comments, except set in behind a plain scalar;
// - a mapping at the margin; in it, by indent, mappings and lists; a list may stand as far left as its key;
// - a key is a bare word: letters, digits, _ and -, anything beyond ASCII; then `: ` or `:` and the line's
//   end; no key twice, no `null`;
// - a value is on one line: words in '…' without '', words in "…" without \, or a plain scalar that does not
//   start like anything else in YAML and holds no `: `; nothing at all is a null;
// - a list's item is such a value, or `- key: value` with more keys below; no list in a list by dashes;
// - [ ] and { } close on their line; a plain scalar in them holds no ?[]{}, no null, and no colon but one
//   between words (person:wang); no value is missing, no comma hangs.
//
// Why it is right: each of these forms has one reading in YAML, and what could make it mean something else
// (a longer word behind, a deeper next line, a second colon) makes the reader give up. That is put to the
// test in yaml_plain_test.cc: all short texts over YAML's own characters, and many thousands of mutated
// front matters, must give yaml-cpp's tree, span for span, or nothing.
//
// A profile: 3 µs in here, 80 µs for the events of yaml-cpp alone.
namespace qunying {
namespace {

// Far less than yaml_depth_limit: nobody nests so deep by hand.
constexpr int depth_limit = 12;
// yaml-cpp has a limit of 1,024 bytes for a key.
constexpr std::size_t key_limit = 255;
// Beyond this, looking for duplicates in a row of entries would take long.
constexpr std::size_t entry_limit = 512;

// What a byte may be.
enum ByteClass : std::uint8_t {
    in_key = 1,        // of a bare key
    starts_plain = 2,  // of a plain scalar
    stops_plain = 4,   // to be looked at in a plain scalar of a block
    stops_flow = 8,    // to be looked at in a plain scalar between brackets
    starts_key = 16,
};

constexpr auto classes = [] {
    std::array<std::uint8_t, 256> table{};
    for (std::size_t byte = 0; byte < 256; ++byte) {
        const bool word = byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                          (byte >= 'A' && byte <= 'Z') || byte == '_';
        if (word) table[byte] = in_key | starts_key | starts_plain;
        if (byte == '-') table[byte] = in_key;
    }
    for (const char c : {'(', ')', '+', '.', '/', ';', '<', '=', '$', '^', '\\'})
        table[static_cast<unsigned char>(c)] |= starts_plain;
    for (const char c : {'\n', '\r', ':', '#'})
        table[static_cast<unsigned char>(c)] |= stops_plain | stops_flow;
    for (const char c : {',', '?', '[', ']', '{', '}'}) table[static_cast<unsigned char>(c)] |= stops_flow;
    return table;
}();

bool is(char c, ByteClass wanted) { return (classes[static_cast<unsigned char>(c)] & wanted) != 0; }

// Anything below U+0020 but line ends, U+007F, and a \r without its \n. Without a branch, so that many bytes
// are looked at at once.
bool has_odd_byte(std::string_view text) {
    unsigned odd = text.ends_with('\r') ? 1 : 0;
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const unsigned lonely =
            static_cast<unsigned>(byte == '\r') & static_cast<unsigned>(text[at + 1] != '\n');
        const unsigned control = static_cast<unsigned>(byte < 0x20) & static_cast<unsigned>(byte != '\n') &
                                 static_cast<unsigned>(byte != '\r');
        odd |= lonely | control | static_cast<unsigned>(byte == 0x7F);
    }
    const auto last = static_cast<unsigned char>(text.empty() ? '\n' : text.back());
    return odd != 0 || (last < 0x20 && last != '\n') || last == 0x7F;
}

bool is_null(std::string_view words) {
    return words == "~" || words == "null" || words == "Null" || words == "NULL";
}

// Every function that reads returns false where it gives up; then all do.
class PlainReader {
  public:
    PlainReader(std::string_view text, SourceId source, std::uint32_t offset)
        : text_(text), source_(source), offset_(offset) {}

    bool read(YamlNode& root) {
        return to_content(0) && !over_ && column_ == 0 && is(text_[at_], starts_key) && mapping(root, 0, 0) &&
               over_;
    }

  private:
    char peek(std::size_t at) const { return at < text_.size() ? text_[at] : '\n'; }
    bool ends_line(std::size_t at) const {
        return at >= text_.size() || text_[at] == '\n' || (text_[at] == '\r' && peek(at + 1) == '\n');
    }
    void skip_blanks() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }
    Span span(std::size_t begin, std::size_t end) const {
        return {source_, offset_ + static_cast<std::uint32_t>(begin),
                offset_ + static_cast<std::uint32_t>(end)};
    }

    bool to_content(std::size_t comment_limit);
    bool end_line(std::size_t comment_limit);
    std::size_t siblings(std::size_t column) const;
    std::size_t key_end(std::size_t at) const;

    bool block(YamlNode& node, std::size_t column, int depth);
    bool mapping(YamlNode& node, std::size_t column, int depth);
    bool sequence(YamlNode& node, std::size_t column, int depth);
    bool entry(YamlNode& node, std::size_t column, int depth, std::uint64_t& seen);
    bool item(YamlNode& node, std::size_t column, int depth);
    bool nothing_or_block(YamlEntry& entry, std::size_t column, int depth);
    bool value_on_line(YamlNode& node, std::size_t column, int depth);

    bool key(YamlNode& node, std::uint64_t& seen);
    bool plain(YamlNode& node, ByteClass stops);
    bool quoted(YamlNode& node);
    bool flow_value(YamlNode& node, int depth);
    bool flow_sequence(YamlNode& node, int depth);
    bool flow_mapping(YamlNode& node, int depth);
    bool flow_goes_on(char bracket, bool& more);
    void take_scalar(YamlNode& node, std::size_t begin, std::size_t end);

    std::string_view text_;
    SourceId source_;
    std::uint32_t offset_;
    std::size_t at_ = 0;
    std::size_t column_ = 0;    // of the line's first character, where at_ is that
    bool over_ = false;         // no line is left
    std::size_t last_end_ = 0;  // past the last scalar or bracket: there a block ends
};

// A comment may be set in so far and no further.
constexpr std::size_t any_column = std::string_view::npos;

// From the start of a line to the first character of the next that has one.
bool PlainReader::to_content(std::size_t comment_limit) {
    for (; at_ < text_.size(); ++at_) {
        const std::size_t begin = at_;
        skip_blanks();
        column_ = at_ - begin;
        if (!ends_line(at_) && text_[at_] != '#') return true;
        if (at_ < text_.size() && text_[at_] == '#' && column_ > comment_limit) return false;
        at_ = std::min(text_.find('\n', at_), text_.size());
    }
    over_ = true;
    return true;
}

// Behind a value: nothing but a comment may follow on the line.
bool PlainReader::end_line(std::size_t comment_limit) {
    const std::size_t begin = at_;
    skip_blanks();
    if (!ends_line(at_) && (text_[at_] != '#' || at_ == begin)) return false;
    at_ = std::min(text_.find('\n', at_), text_.size());
    if (at_ < text_.size()) ++at_;
    return to_content(comment_limit);
}

// How many lines of a block begin at its column, this one included.
std::size_t PlainReader::siblings(std::size_t column) const {
    std::size_t count = 1;
    for (std::size_t end = text_.find('\n', at_); end < text_.size(); end = text_.find('\n', end + 1)) {
        const std::size_t first = std::min(text_.find_first_not_of(' ', end + 1), text_.size());
        if (ends_line(first) || text_[first] == '#') continue;
        if (first - end - 1 < column) break;
        if (first - end - 1 == column) ++count;
    }
    return std::min(count, entry_limit);
}

// Past a bare word with its colon behind, or 0.
std::size_t PlainReader::key_end(std::size_t at) const {
    std::size_t end = at;
    if (!is(peek(at), starts_key)) return 0;
    while (end < text_.size() && is(text_[end], in_key)) ++end;
    const bool colon = peek(end) == ':' && (ends_line(end + 1) || text_[end + 1] == ' ');
    return colon && end - at <= key_limit ? end : 0;
}

bool PlainReader::block(YamlNode& node, std::size_t column, int depth) {
    return text_[at_] == '-' ? sequence(node, column, depth) : mapping(node, column, depth);
}

bool PlainReader::mapping(YamlNode& node, std::size_t column, int depth) {
    if (depth > depth_limit) return false;
    const std::size_t begin = at_;
    std::uint64_t seen = 0;
    node.type = YamlType::mapping;
    node.entries.reserve(siblings(column));
    do {
        if (!entry(node, column, depth, seen)) return false;
    } while (!over_ && column_ == column);
    node.span = span(begin, last_end_);
    return over_ || column_ < column;
}

bool PlainReader::sequence(YamlNode& node, std::size_t column, int depth) {
    if (depth > depth_limit) return false;
    const std::size_t begin = at_;
    node.type = YamlType::sequence;
    node.items.reserve(siblings(column));
    do {
        if (!item(node.items.emplace_back(), column, depth)) return false;
    } while (!over_ && column_ == column && text_[at_] == '-');
    node.span = span(begin, last_end_);
    return over_ || column_ <= column;
}

bool PlainReader::entry(YamlNode& node, std::size_t column, int depth, std::uint64_t& seen) {
    if (!key(node, seen)) return false;
    YamlEntry& entry = node.entries.back();
    skip_blanks();
    if (ends_line(at_) || text_[at_] == '#') return nothing_or_block(entry, column, depth);
    return value_on_line(entry.value, column, depth);
}

bool PlainReader::nothing_or_block(YamlEntry& entry, std::size_t column, int depth) {
    at_ = std::min(text_.find('\n', at_), text_.size());
    if (at_ < text_.size()) ++at_;
    if (!to_content(any_column)) return false;
    if (!over_ && column_ > column) return block(entry.value, column_, depth + 1);
    if (!over_ && column_ == column && text_[at_] == '-') return sequence(entry.value, column, depth + 1);
    entry.value.span = entry.key_span;
    return true;
}

bool PlainReader::item(YamlNode& node, std::size_t column, int depth) {
    if (peek(at_ + 1) != ' ') return false;
    const std::size_t dash = at_++;
    skip_blanks();
    if (key_end(at_) == 0) return value_on_line(node, column, depth);
    column_ = column + (at_ - dash);
    return mapping(node, column_, depth + 1);
}

// A plain scalar goes on in lines further in than its block, even behind comments that are.
bool PlainReader::value_on_line(YamlNode& node, std::size_t column, int depth) {
    if (at_ >= text_.size()) return false;
    switch (text_[at_]) {
        case '\'':
        case '"':
            return quoted(node) && end_line(any_column);
        case '[':
        case '{':
            return flow_value(node, depth + 1) && end_line(any_column);
        default:
            return plain(node, stops_plain) && end_line(column) && (over_ || column_ <= column);
    }
}

bool PlainReader::key(YamlNode& node, std::uint64_t& seen) {
    const std::size_t begin = at_, end = key_end(at_);
    const std::string_view words = text_.substr(begin, end - begin);
    if (end == 0 || is_null(words) || node.entries.size() >= entry_limit) return false;
    // Few pairs of keys agree in length and both ends: only those are compared.
    const auto first = static_cast<unsigned char>(words.front()),
               last = static_cast<unsigned char>(words.back());
    const std::uint64_t bit = std::uint64_t{1} << ((words.size() * 31 + first * 7U + last) % 64);
    const auto same = [&](const YamlEntry& each) { return each.key == words; };
    if ((seen & bit) != 0 && std::any_of(node.entries.begin(), node.entries.end(), same)) return false;
    seen |= bit;
    YamlEntry& entry = node.entries.emplace_back();
    entry.key = words;
    entry.key_span = span(begin, end);
    last_end_ = end;
    at_ = end + 1;
    return true;
}

void PlainReader::take_scalar(YamlNode& node, std::size_t begin, std::size_t end) {
    node.type = YamlType::scalar;
    node.span = span(begin, end);
    last_end_ = end;
}

bool PlainReader::plain(YamlNode& node, ByteClass stops) {
    const std::size_t begin = at_;
    const char first = peek(at_);
    const bool sign = first == '-' && is(peek(at_ + 1), starts_plain);
    if (!sign && !is(first, starts_plain)) return false;
    for (++at_; at_ < text_.size(); ++at_) {
        const char c = text_[at_];
        if (!is(c, stops)) continue;
        if (c == ':') {
            if (!is(peek(at_ + 1), stops == stops_flow ? in_key : starts_plain)) return false;
        } else if (c != '#' || text_[at_ - 1] == ' ') {
            break;
        }
    }
    std::size_t end = at_;
    while (text_[end - 1] == ' ') --end;
    at_ = end;
    const std::string_view words = text_.substr(begin, end - begin);
    if (is_null(words)) return false;
    node.text = words;
    take_scalar(node, begin, end);
    return true;
}

bool PlainReader::quoted(YamlNode& node) {
    const std::size_t begin = at_;
    const char quote = text_[begin];
    const std::size_t end = text_.find_first_of(quote == '"' ? "\"\\\n" : "'\n", begin + 1);
    if (end >= text_.size() || text_[end] != quote || (quote == '\'' && peek(end + 1) == '\'')) return false;
    node.text = text_.substr(begin + 1, end - begin - 1);
    node.quoted = true;
    take_scalar(node, begin, end + 1);
    at_ = end + 1;
    return true;
}

bool PlainReader::flow_value(YamlNode& node, int depth) {
    switch (peek(at_)) {
        case '\'':
        case '"':
            return quoted(node);
        case '[':
            return flow_sequence(node, depth);
        case '{':
            return flow_mapping(node, depth);
        default:
            return plain(node, stops_flow);
    }
}

// Behind a value in brackets: a comma and more, or the end.
bool PlainReader::flow_goes_on(char bracket, bool& more) {
    skip_blanks();
    more = peek(at_) == ',';
    if (!more && peek(at_) != bracket) return false;
    ++at_;
    if (more) skip_blanks();
    return true;
}

bool PlainReader::flow_sequence(YamlNode& node, int depth) {
    if (depth > depth_limit) return false;
    const std::size_t begin = at_++;
    node.type = YamlType::sequence;
    skip_blanks();
    bool more = peek(at_) != ']';
    if (!more) ++at_;
    while (more) {
        if (!flow_value(node.items.emplace_back(), depth + 1) || !flow_goes_on(']', more)) return false;
    }
    node.span = span(begin, at_);
    last_end_ = at_;
    return true;
}

bool PlainReader::flow_mapping(YamlNode& node, int depth) {
    if (depth > depth_limit) return false;
    const std::size_t begin = at_++;
    std::uint64_t seen = 0;
    node.type = YamlType::mapping;
    skip_blanks();
    bool more = peek(at_) != '}';
    if (!more) ++at_;
    while (more) {
        if (!key(node, seen)) return false;
        skip_blanks();
        if (!flow_value(node.entries.back().value, depth + 1) || !flow_goes_on('}', more)) return false;
    }
    node.span = span(begin, at_);
    last_end_ = at_;
    return true;
}

}  // namespace

std::optional<YamlNode> read_plain_yaml(std::string_view text, SourceId source, std::uint32_t offset) {
    // yaml-cpp skips a byte-order mark, but only counts its bytes.
    if (has_odd_byte(text) || text.starts_with(byte_order_mark)) return std::nullopt;
    YamlNode root;
    if (!PlainReader(text, source, offset).read(root)) return std::nullopt;
    return root;
}

}  // namespace qunying
