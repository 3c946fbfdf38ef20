// The bytes that jobs and results travel in (base/packed_bytes.h), behind a byte that says which.
#include <cstring>

#include "base/packed_bytes.h"
#include "base/text.h"
#include "fonts/faces.h"

namespace qunying {
namespace {

constexpr char plan_job = 'P', cut_job = 'C', plan_result = 'p', cut_result = 'c';

class Packer : public BytePacker {
  public:
    using BytePacker::BytePacker;
    void characters(std::u32string_view all) { text(to_utf8(all)); }
    void file(const FontFile& file) {
        text(file.path);
        number(file.index);
    }
    void digest(const Digest& value) {
        bytes({reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size()});
    }
};

class Unpacker : public ByteUnpacker {
  public:
    explicit Unpacker(std::string_view bytes) : ByteUnpacker(bytes, no_source) {}
    std::string string() { return std::string(text()); }
    std::u32string characters() { return to_utf32(text()); }
    FontFile file() {
        FontFile file;
        file.path = string();
        file.index = number();
        return file;
    }
    Digest digest() {
        Digest value;
        const std::string_view raw = bytes(value.bytes.size());
        if (!raw.empty()) std::memcpy(value.bytes.data(), raw.data(), raw.size());
        return value;
    }
};

bool is(std::string_view bytes, char tag) { return !bytes.empty() && bytes.front() == tag; }

template <class Value>
std::optional<Value> whole(const Unpacker& unpacker, Value value) {
    if (!unpacker.whole()) return std::nullopt;
    return value;
}

}  // namespace

std::string encode_job(const FacePlanJob& job) {
    std::string out(1, plan_job);
    Packer packer(out);
    packer.text(job.family);
    packer.number(static_cast<std::uint64_t>(job.weight));
    packer.characters(job.needed);
    packer.characters(job.wanted);
    packer.number(job.limit);
    packer.flag(job.borrow);
    return out;
}

std::optional<FacePlanJob> decode_plan_job(std::string_view bytes) {
    if (!is(bytes, plan_job)) return std::nullopt;
    Unpacker unpacker(bytes.substr(1));
    FacePlanJob job;
    job.family = unpacker.string();
    job.weight = static_cast<int>(unpacker.number(1000));
    job.needed = unpacker.characters();
    job.wanted = unpacker.characters();
    job.limit = unpacker.number();
    job.borrow = unpacker.flag();
    return whole(unpacker, std::move(job));
}

std::string encode_job(const FontCutJob& job) {
    std::string out(1, cut_job);
    Packer packer(out);
    packer.file(job.file);
    packer.characters(job.characters);
    packer.number(static_cast<std::uint64_t>(job.quality));
    return out;
}

std::optional<FontCutJob> decode_cut_job(std::string_view bytes) {
    if (!is(bytes, cut_job)) return std::nullopt;
    Unpacker unpacker(bytes.substr(1));
    FontCutJob job;
    job.file = unpacker.file();
    job.characters = unpacker.characters();
    job.quality = static_cast<int>(unpacker.number(11));
    return whole(unpacker, std::move(job));
}

std::string encode_result(const FacePlan& plan) {
    std::string out(1, plan_result);
    Packer packer(out);
    packer.number(static_cast<std::uint64_t>(plan.problem));
    packer.text(plan.detail);
    packer.number(plan.parts.size());
    for (const FontPart& part : plan.parts) {
        packer.file(part.file);
        packer.digest(part.tables);
        packer.characters(part.characters);
    }
    packer.characters(plan.missing);
    packer.number(plan.made_with.size());
    for (const std::string& path : plan.made_with) packer.text(path);
    return out;
}

std::optional<FacePlan> decode_plan(std::string_view bytes) {
    if (!is(bytes, plan_result)) return std::nullopt;
    Unpacker unpacker(bytes.substr(1));
    FacePlan plan;
    plan.problem = static_cast<FontProblem>(unpacker.number(static_cast<std::uint64_t>(FontProblem::failed)));
    plan.detail = unpacker.string();
    const std::uint32_t parts = unpacker.count(sizeof(Digest::bytes) + 3);
    for (std::uint32_t i = 0; i < parts && !unpacker.broken(); ++i) {
        FontPart& part = plan.parts.emplace_back();
        part.file = unpacker.file();
        part.tables = unpacker.digest();
        part.characters = unpacker.characters();
    }
    plan.missing = unpacker.characters();
    const std::uint32_t files = unpacker.count(1);
    for (std::uint32_t i = 0; i < files && !unpacker.broken(); ++i)
        plan.made_with.push_back(unpacker.string());
    return whole(unpacker, std::move(plan));
}

std::string encode_result(const FontCut& cut) {
    std::string out(1, cut_result);
    Packer packer(out);
    packer.text(cut.woff2);
    packer.text(cut.detail);
    return out;
}

std::optional<FontCut> decode_cut(std::string_view bytes) {
    if (!is(bytes, cut_result)) return std::nullopt;
    Unpacker unpacker(bytes.substr(1));
    FontCut cut;
    cut.woff2 = unpacker.string();
    cut.detail = unpacker.string();
    return whole(unpacker, std::move(cut));
}

}  // namespace qunying
