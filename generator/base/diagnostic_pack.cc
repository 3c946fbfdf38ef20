// Findings as bytes: numbers of 32 bits, texts with their length before them. Whoever keeps them keeps a
// checksum, too; still no length is believed before it was measured.
#include <cstring>

#include "base/diagnostic.h"

namespace qunying {
namespace {

void add(std::string& out, std::uint32_t number) {
    out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void add(std::string& out, std::string_view text) {
    add(out, static_cast<std::uint32_t>(text.size()));
    out += text;
}

void add(std::string& out, Span span) {
    add(out, static_cast<std::uint32_t>(span.source));
    add(out, span.begin);
    add(out, span.end);
}

void add(std::string& out, const Diagnostic& item) {
    add(out, static_cast<std::uint32_t>(item.kind));
    add(out, static_cast<std::uint32_t>(item.severity));
    add(out, item.where);
    add(out, static_cast<std::uint32_t>(item.related.has_value()));
    add(out, item.related.value_or(Span{}));
    add(out, item.meant);
    add(out, item.meant_place);
    add(out, static_cast<std::uint32_t>(item.words.size()));
    for (const std::string& word : item.words) add(out, word);
}

// Yields zeros and empty texts from the first thing on that is not there.
class Reader {
  public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    bool at_end() const { return rest_.empty(); }
    bool broken() const { return broken_; }

    std::uint32_t number() {
        std::uint32_t value = 0;
        const std::string_view bytes = take(sizeof value);
        if (!broken_) std::memcpy(&value, bytes.data(), sizeof value);
        return value;
    }
    std::string text() { return std::string(take(number())); }
    Span span() {
        const auto source = static_cast<SourceId>(number());
        const std::uint32_t begin = number();
        return {source, begin, number()};
    }
    Diagnostic diagnostic() {
        Diagnostic item{};
        item.kind = static_cast<DiagnosticKind>(kind_number());
        item.severity = number() == 0 ? Severity::error : Severity::warning;
        item.where = span();
        const bool two_places = number() != 0;
        const Span related = span();
        if (two_places) item.related = related;
        item.meant = text();
        item.meant_place = text();
        for (std::uint32_t left = number(); left > 0 && !broken_; --left) item.words.push_back(text());
        return item;
    }

  private:
    std::uint32_t kind_number() {
        const std::uint32_t kind = number();
        if (kind < all_kinds().size()) return kind;
        broken_ = true;
        return 0;
    }
    std::string_view take(std::size_t size) {
        if (broken_ || size > rest_.size()) {
            broken_ = true;
            return {};
        }
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }

    std::string_view rest_;
    bool broken_ = false;
};

}  // namespace

std::string pack_diagnostics(const std::vector<Diagnostic>& items) {
    std::string out;
    for (const Diagnostic& item : items) add(out, item);
    return out;
}

std::optional<std::vector<Diagnostic>> unpack_diagnostics(std::string_view bytes) {
    std::vector<Diagnostic> items;
    Reader reader(bytes);
    while (!reader.at_end() && !reader.broken()) items.push_back(reader.diagnostic());
    if (reader.broken()) return std::nullopt;
    return items;
}

}  // namespace qunying
