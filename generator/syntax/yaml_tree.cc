#include "syntax/yaml_tree.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <unordered_map>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "base/text.h"

namespace qunying {
namespace {

// Turns events into a tree. Throws YamlFault where yaml-cpp accepts what the author cannot have meant.
class TreeBuilder : public YAML::EventHandler {
  public:
    TreeBuilder(const MendedText& text, Diagnostics& diagnostics) : text_(text), diagnostics_(diagnostics) {}

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (documents_++ > 0) second_document_ = position(mark);
    }
    void OnDocumentEnd() override {}
    void OnAnchor(const YAML::Mark&, const std::string&) override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        note_anchor(mark, anchor);
        place(null_node());
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override {
        open(mark, anchor, YamlType::sequence, style);
    }
    void OnSequenceEnd() override { close(']'); }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override {
        open(mark, anchor, YamlType::mapping, style);
    }
    void OnMapEnd() override { close('}'); }

    // Where a second document starts, if there is one.
    std::optional<std::size_t> second_document() const { return second_document_; }
    // Completes a fault with what was read last.
    YamlFault fault(YamlStop stop, std::size_t at) const;
    // The tree; where reading stopped early, as far as it got.
    YamlNode finish();

  private:
    struct Frame {
        YamlNode node;
        std::size_t begin = 0;
        bool flow = false;
        bool has_key = false;
        bool key_refused = false;  // reported; its value is dropped
        YamlEntry entry;
        std::unordered_map<std::string, std::size_t> places;  // of the keys among the entries
    };

    std::size_t position(const YAML::Mark& mark) const {
        return std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), text_.text().size());
    }
    YamlNode null_node() const;
    // Of the next colon: the place of a key that is not there.
    Span colon_span() const {
        const std::size_t colon = std::min(text_.text().find(':', last_end_), text_.text().size());
        return text_.span(colon, colon + 1);
    }
    std::size_t behind_properties(const YAML::Mark& mark);
    void note_anchor(const YAML::Mark& mark, YAML::anchor_t anchor);
    void check_quote(std::size_t begin, std::size_t end) const;
    void check_key_colon(std::size_t begin, std::size_t end) const;
    void check_lone_entry(std::size_t begin, const std::string& value) const;
    void open(const YAML::Mark& mark, YAML::anchor_t anchor, YamlType type, YAML::EmitterStyle::value style);
    void close(char bracket);
    void place(YamlNode node);
    void take_key(Frame& frame, YamlNode key);
    void take_value(Frame& frame, YamlNode value);
    bool at_key() const {
        return !frames_.empty() && frames_.back().node.type == YamlType::mapping && !frames_.back().has_key;
    }

    const MendedText& text_;
    Diagnostics& diagnostics_;
    std::vector<Frame> frames_;
    YamlNode root_;
    int documents_ = 0;
    std::optional<std::size_t> second_document_;
    std::size_t last_begin_ = 0, last_end_ = 0;
    bool last_quoted_ = false;
    std::map<YAML::anchor_t, Span> anchors_;  // not yet reported
};

YamlNode TreeBuilder::null_node() const {
    YamlNode node;
    if (frames_.empty()) {
        node.span = text_.span(0, 0);
        return node;
    }
    const Frame& frame = frames_.back();
    const std::size_t line = line_end(text_.text(), last_end_);
    node.span = frame.has_key ? frame.entry.key_span : text_.span(last_end_, last_end_);
    node.failed = text_.is_failed(text_.span(last_begin_, line + 1));
    return node;
}

YamlFault TreeBuilder::fault(YamlStop stop, std::size_t at) const {
    YamlFault fault{stop, at, last_begin_, last_end_, last_quoted_, {}};
    for (const Frame& frame : frames_) {
        if (frame.flow && frame.begin < text_.text().size() &&
            std::string_view("[{").find(text_.text()[frame.begin]) != std::string_view::npos) {
            fault.open_brackets.push_back(frame.begin);
        }
    }
    return fault;
}

void TreeBuilder::note_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor == 0) return;
    std::size_t begin = position(mark);
    if (begin < text_.text().size() && text_.text()[begin] == '!') begin = text_.text().find('&', begin);
    if (begin >= text_.text().size()) return;
    const std::size_t end = text_.text().find_first_of(" \t\r\n,]}", begin);
    anchors_.emplace(anchor, text_.span(begin, std::min(end, text_.text().size())));
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
    const std::size_t begin = position(mark);
    const std::size_t end = std::min(text_.text().find_first_of(" \t\r\n,]}", begin), text_.text().size());
    const auto defined = anchors_.find(anchor);
    DiagnosticExtras extras;
    if (defined != anchors_.end()) extras.related = defined->second;
    YamlNode node;
    node.span = text_.span(begin, end);
    node.failed = true;
    diagnostics_.report(DiagnosticKind::yaml_anchor, node.span,
                        {std::string(text_.text().substr(begin, end - begin))}, extras);
    last_begin_ = begin, last_end_ = end, last_quoted_ = false;
    place(std::move(node));
}

// A mark points at the tag or anchor in front of a value; tags are reported, the value counts.
std::size_t TreeBuilder::behind_properties(const YAML::Mark& mark) {
    const std::string_view text = text_.text();
    std::size_t at = position(mark);
    while (at < text.size() && (text[at] == '!' || text[at] == '&')) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n,]}", at), text.size());
        if (text[at] == '!') {
            diagnostics_.report(DiagnosticKind::yaml_tag, text_.span(at, end),
                                {std::string(text.substr(at, end - at))});
        }
        at = std::min(text.find_first_not_of(" \t\r\n", end), text.size());
    }
    return at;
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                           const std::string& value) {
    note_anchor(mark, anchor);
    const std::string_view text = text_.text();
    const std::size_t begin = behind_properties(mark);
    const std::size_t end = scalar_end(text, begin, value);
    check_quote(begin, end);
    YamlNode node;
    node.type = YamlType::scalar;
    node.text = value;
    node.quoted =
        begin < text.size() && std::string_view("\"'|>").find(text[begin]) != std::string_view::npos;
    node.span = text_.span(begin, end);
    node.failed = text_.is_failed(node.span);
    last_begin_ = begin, last_end_ = end;
    last_quoted_ = node.quoted && text[begin] != '|' && text[begin] != '>';
    if (at_key()) check_key_colon(begin, end);
    if (frames_.empty() && !node.quoted) check_lone_entry(begin, value);
    place(std::move(node));
}

// yaml-cpp lets a quote run to the end of the text, and over lines that stand too far left to belong to it.
void TreeBuilder::check_quote(std::size_t begin, std::size_t end) const {
    const std::string_view text = text_.text();
    if (end == std::string_view::npos) throw fault(YamlStop::unclosed_quote, begin);
    if (begin >= text.size() || (text[begin] != '"' && text[begin] != '\'')) return;
    const std::size_t indent = indent_at(text, begin);
    const bool in_flow = !frames_.empty() && frames_.back().flow;
    for (std::size_t line = line_end(text, begin) + 1; line < end && !in_flow;
         line = line_end(text, line) + 1) {
        const bool blank = trim(text.substr(line, line_end(text, line) - line)).empty();
        if (!blank && indent_at(text, line) <= indent && !frames_.empty())
            throw fault(YamlStop::unclosed_quote, begin);
    }
}

// A line of words in a mapping is a key without value to yaml-cpp.
void TreeBuilder::check_key_colon(std::size_t begin, std::size_t end) const {
    const std::string_view text = text_.text();
    const std::size_t next = std::min(text.find_first_not_of(" \t\r\n", end), text.size());
    const char character = next < text.size() ? text[next] : '\0';
    if (character == ':') return;
    const bool bracket_failed =
        std::any_of(frames_.begin(), frames_.end(), [](const Frame& each) { return each.node.failed; });
    const bool ends_item = character == ',' || character == '}' || character == ']';
    if (frames_.back().flow && bracket_failed) return;
    if (frames_.back().flow && !ends_item) throw fault(YamlStop::end_of_flow, begin);
    throw fault(YamlStop::no_colon, begin);
}

// Text that is nothing but `姓名：王` or `姓名:王`.
void TreeBuilder::check_lone_entry(std::size_t begin, const std::string& value) const {
    const std::size_t colon = std::min(value.find(':'), value.find("："));
    if (colon != std::string::npos && colon > 0 && value.find(' ') > colon)
        throw fault(YamlStop::no_colon, begin);
}

void TreeBuilder::open(const YAML::Mark& mark, YAML::anchor_t anchor, YamlType type,
                       YAML::EmitterStyle::value style) {
    note_anchor(mark, anchor);
    Frame frame;
    frame.begin = behind_properties(mark);
    if (frames_.size() >= yaml_depth_limit) throw fault(YamlStop::too_deep, frame.begin);
    frame.node.type = type;
    frame.node.span = text_.span(frame.begin, frame.begin);
    frame.node.failed = text_.is_failed(text_.span(frame.begin, frame.begin + 1));
    frame.flow = style == YAML::EmitterStyle::Flow;
    last_begin_ = last_end_ = frame.begin;
    last_quoted_ = false;
    frames_.push_back(std::move(frame));
}

void TreeBuilder::close(char bracket) {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    std::size_t end = last_end_;
    if (frame.flow) {
        const std::size_t found = text_.text().find(bracket, last_end_);
        if (found != std::string_view::npos) end = found + 1;
    }
    last_end_ = std::max(end, frame.begin);
    last_quoted_ = false;
    frame.node.span = text_.span(frame.begin, last_end_);
    place(std::move(frame.node));
}

void TreeBuilder::place(YamlNode node) {
    if (frames_.empty()) {
        if (documents_ <= 1) root_ = std::move(node);
        return;
    }
    Frame& frame = frames_.back();
    if (frame.node.type == YamlType::sequence) {
        frame.node.items.push_back(std::move(node));
    } else if (!frame.has_key) {
        take_key(frame, std::move(node));
    } else {
        take_value(frame, std::move(node));
    }
}

void TreeBuilder::take_key(Frame& frame, YamlNode key) {
    frame.has_key = true;
    frame.key_refused = true;
    if (key.failed) return;
    if (key.type != YamlType::scalar || (key.text.empty() && !key.quoted)) {
        diagnostics_.report(DiagnosticKind::yaml_complex_key,
                            key.span.end > key.span.begin ? key.span : colon_span());
        return;
    }
    if (key.text == "<<" && !key.quoted) {
        diagnostics_.report(DiagnosticKind::yaml_merge_key, key.span);
        return;
    }
    frame.key_refused = false;
    frame.entry.key = std::move(key.text);
    frame.entry.key_span = key.span;
}

void TreeBuilder::take_value(Frame& frame, YamlNode value) {
    frame.has_key = false;
    if (frame.key_refused) return;
    const auto [known, fresh] = frame.places.try_emplace(frame.entry.key, frame.node.entries.size());
    if (!fresh) {
        DiagnosticExtras extras;
        extras.related = frame.node.entries[known->second].key_span;
        diagnostics_.report(DiagnosticKind::yaml_duplicate_key, frame.entry.key_span, {frame.entry.key},
                            extras);
        return;
    }
    frame.entry.value = std::move(value);
    frame.node.entries.push_back(std::move(frame.entry));
    frame.entry = {};
}

YamlNode TreeBuilder::finish() {
    while (!frames_.empty()) {
        if (at_key() || frames_.back().node.type == YamlType::sequence) {
            frames_.back().node.failed = true;
            close('\n');
        } else {
            YamlNode missing = null_node();
            missing.failed = true;
            place(std::move(missing));
        }
    }
    // An alias tells of its anchor; an anchor that nobody uses is told of by itself.
    for (const auto& [anchor, where] : anchors_) {
        const auto tells = [&span = where](const Diagnostic& each) { return each.related == span; };
        if (std::any_of(diagnostics_.items().begin(), diagnostics_.items().end(), tells)) continue;
        const std::size_t begin = where.begin, end = where.end;
        diagnostics_.report(DiagnosticKind::yaml_anchor, {where.source, where.begin, where.end},
                            {end > begin ? "&" : ""});
    }
    return std::move(root_);
}

YamlStop stop_of(const std::string& message) {
    using namespace YAML::ErrorMsg;
    const auto is_one_of = [&](std::initializer_list<std::string_view> list) {
        return std::any_of(list.begin(), list.end(),
                           [&](std::string_view each) { return message.starts_with(each); });
    };
    if (is_one_of({END_OF_MAP_FLOW, END_OF_SEQ_FLOW, FLOW_END})) return YamlStop::end_of_flow;
    if (is_one_of({END_OF_MAP, END_OF_SEQ})) return YamlStop::end_of_block;
    if (is_one_of({MAP_VALUE, MAP_KEY})) return YamlStop::map_value;
    if (is_one_of({TAB_IN_INDENTATION})) return YamlStop::tab;
    if (is_one_of({UNKNOWN_ANCHOR, ALIAS_NOT_FOUND, ANCHOR_NOT_FOUND, ALIAS_CONTENT, CHAR_IN_ALIAS,
                   CHAR_IN_ANCHOR, MULTIPLE_ANCHORS, MULTIPLE_ALIASES}))
        return YamlStop::alias;
    if (is_one_of({UNKNOWN_TOKEN})) return YamlStop::unknown_character;
    if (is_one_of({INVALID_ESCAPE, INVALID_HEX, INVALID_UNICODE})) return YamlStop::escape;
    if (is_one_of({BLOCK_ENTRY})) return YamlStop::block_entry;
    if (is_one_of({EOF_IN_SCALAR, DOC_IN_SCALAR})) return YamlStop::unclosed_quote;
    return YamlStop::other;
}

// Runs yaml-cpp over the text once.
std::optional<YamlFault> run(const MendedText& text, TreeBuilder& builder) {
    std::istringstream stream{std::string(text.text())};
    try {
        YAML::Parser parser(stream);
        while (!builder.second_document() && parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception& error) {
        const auto at = std::min(static_cast<std::size_t>(std::max(error.mark.pos, 0)), text.text().size());
        if (builder.second_document()) return std::nullopt;
        return builder.fault(stop_of(error.msg), at);
    } catch (const YamlFault& fault) {
        if (builder.second_document()) return std::nullopt;
        return fault;
    }
    return std::nullopt;
}

}  // namespace

YamlAttempt read_once(const MendedText& text) {
    YamlAttempt attempt;
    TreeBuilder builder(text, attempt.found);
    attempt.fault = run(text, builder);
    attempt.second_document = builder.second_document();
    attempt.root = builder.finish();
    return attempt;
}

}  // namespace qunying
