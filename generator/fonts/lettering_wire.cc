// The bytes that lettering travels in (base/packed_bytes.h), behind a byte that says which.
#include <cmath>

#include "base/packed_bytes.h"
#include "base/text.h"
#include "fonts/lettering.h"

namespace qunying {
namespace {

constexpr char lettering_job = 'L', lettering_result = 'l';
constexpr double thousandths = 1000;
constexpr std::uint64_t most_pixels = 1 << 16;  // along one side
constexpr std::uint64_t offset = most_pixels;   // makes places positive

class Packer : public BytePacker {
  public:
    using BytePacker::BytePacker;
    void real(double value) { number(static_cast<std::uint64_t>(std::llround(value * thousandths))); }
    void length(int value) { number(static_cast<std::uint64_t>(value)); }
    void place(int value) { number(static_cast<std::uint64_t>(value + static_cast<int>(offset))); }
    void face(const WantedFace& face) {
        text(face.family);
        length(face.weight);
    }
};

class Unpacker : public ByteUnpacker {
  public:
    explicit Unpacker(std::string_view bytes) : ByteUnpacker(bytes, no_source) {}
    double real() { return static_cast<double>(number(most_pixels * 1000)) / thousandths; }
    int length() { return static_cast<int>(number(most_pixels)); }
    int place() { return static_cast<int>(number(2 * offset)) - static_cast<int>(offset); }
    WantedFace face() {
        WantedFace face;
        face.family = std::string(text());
        face.weight = length();
        return face;
    }
    std::vector<std::string> texts() {
        std::vector<std::string> all;
        const std::uint32_t size = count(1);
        for (std::uint32_t i = 0; i < size && !broken(); ++i) all.emplace_back(text());
        return all;
    }
};

bool is(std::string_view bytes, char tag) { return !bytes.empty() && bytes.front() == tag; }

Paragraph read_paragraph(Unpacker& unpacker) {
    Paragraph p;
    p.text = std::string(unpacker.text());
    p.face = unpacker.face();
    p.other = unpacker.face();
    p.size = unpacker.real();
    p.least_size = unpacker.real();
    p.leading = unpacker.real();
    p.spacing = unpacker.real();
    p.width = unpacker.length();
    p.lines = unpacker.length();
    p.unbroken = unpacker.texts();
    return p;
}

SetParagraph read_set(Unpacker& unpacker) {
    SetParagraph set;
    set.size = unpacker.real();
    set.lines = unpacker.length();
    set.width = unpacker.length();
    set.height = unpacker.length();
    set.ink.left = unpacker.place();
    set.ink.top = unpacker.place();
    set.ink.width = unpacker.length();
    set.ink.height = unpacker.length();
    set.ink.coverage = std::string(unpacker.text());
    const auto pixels = static_cast<std::size_t>(set.ink.width) * static_cast<std::size_t>(set.ink.height);
    if (set.ink.coverage.size() != pixels) unpacker.fail();
    return set;
}

}  // namespace

std::string encode_job(const LetteringJob& job) {
    std::string out(1, lettering_job);
    Packer packer(out);
    packer.number(job.paragraphs.size());
    for (const Paragraph& p : job.paragraphs) {
        packer.text(p.text);
        packer.face(p.face);
        packer.face(p.other);
        for (const double value : {p.size, p.least_size, p.leading, p.spacing}) packer.real(value);
        packer.length(p.width);
        packer.length(p.lines);
        packer.number(p.unbroken.size());
        for (const std::string& name : p.unbroken) packer.text(name);
    }
    return out;
}

std::optional<LetteringJob> decode_lettering_job(std::string_view bytes) {
    if (!is(bytes, lettering_job)) return std::nullopt;
    Unpacker unpacker(bytes.substr(1));
    LetteringJob job;
    const std::uint32_t size = unpacker.count(12);
    for (std::uint32_t i = 0; i < size && !unpacker.broken(); ++i)
        job.paragraphs.push_back(read_paragraph(unpacker));
    if (!unpacker.whole()) return std::nullopt;
    return job;
}

std::string encode_result(const LetteringResult& result) {
    std::string out(1, lettering_result);
    Packer packer(out);
    packer.text(result.detail);
    packer.number(result.paragraphs.size());
    for (const SetParagraph& set : result.paragraphs) {
        packer.real(set.size);
        for (const int length : {set.lines, set.width, set.height}) packer.length(length);
        packer.place(set.ink.left);
        packer.place(set.ink.top);
        packer.length(set.ink.width);
        packer.length(set.ink.height);
        packer.text(set.ink.coverage);
    }
    packer.text(to_utf8(result.missing));
    packer.number(result.made_with.size());
    for (const std::string& path : result.made_with) packer.text(path);
    return out;
}

std::optional<LetteringResult> decode_lettering(std::string_view bytes) {
    if (!is(bytes, lettering_result)) return std::nullopt;
    Unpacker unpacker(bytes.substr(1));
    LetteringResult result;
    result.detail = std::string(unpacker.text());
    const std::uint32_t size = unpacker.count(9);
    for (std::uint32_t i = 0; i < size && !unpacker.broken(); ++i)
        result.paragraphs.push_back(read_set(unpacker));
    result.missing = to_utf32(unpacker.text());
    result.made_with = unpacker.texts();
    if (!unpacker.whole()) return std::nullopt;
    return result;
}

}  // namespace qunying
