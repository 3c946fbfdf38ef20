#include "release/pack_manifest.h"

#include <algorithm>
#include <cstring>

#include "base/failure.h"
#include "base/text.h"
#include "system/manifest.h"

namespace qunying {
namespace {

constexpr std::string_view magic_name = "QYPACK", magic = "QYPACK01";
constexpr std::size_t header_size = 12, signature_size = 64;
constexpr std::size_t longest_text = 16 * 1024, most_files = 1'000'000;
constexpr std::uint64_t largest_total = std::uint64_t{1} << 50;
constexpr std::size_t least_file = 2 + 1 + 8 + sizeof(Blake2b::bytes);

template <class Number>
void put(std::string& out, Number value) {
    for (std::size_t i = 0; i < sizeof(Number); ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

void put_text(std::string& out, std::string_view text) {
    QY_CHECK(text.size() <= longest_text);
    put(out, static_cast<std::uint16_t>(text.size()));
    out += text;
}

// The first thing that cannot be makes it broken for good; from then on it yields empty values.
class Cursor {
  public:
    explicit Cursor(std::string_view rest) : rest_(rest) {}

    bool whole() const { return !broken_ && rest_.empty(); }
    bool broken() const { return broken_; }
    std::size_t left() const { return rest_.size(); }

    std::string_view bytes(std::size_t size) {
        if (size > rest_.size()) return fail();
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    template <class Number>
    Number number() {
        const std::string_view raw = bytes(sizeof(Number));
        Number value = 0;
        for (std::size_t i = 0; i < raw.size(); ++i)
            value = static_cast<Number>(value | Number{static_cast<unsigned char>(raw[i])} << (8 * i));
        return value;
    }
    std::string_view text() {
        const std::size_t size = number<std::uint16_t>();
        return size <= longest_text ? bytes(size) : fail();
    }
    std::string_view fail() {
        broken_ = true;
        rest_ = {};
        return {};
    }

  private:
    std::string_view rest_;
    bool broken_ = false;
};

bool is_packed_path(std::string_view path) { return path == manifest_name || is_output_path(path); }

// Whether some file's name is a folder on the way to another.
bool has_file_as_folder(const OutputTree& files) {
    for (std::size_t i = 0; i < files.size(); ++i) {
        const std::string_view path = files.path(i);
        for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
             slash = path.find('/', slash + 1))
            if (files.contains(path.substr(0, slash))) return true;
    }
    return false;
}

bool read_file(Cursor& in, OutputTree& files) {
    const std::string_view path = in.text();
    OutputFile file;
    file.size = in.number<std::uint64_t>();
    const std::string_view digest = in.bytes(file.blake2b.bytes.size());
    if (in.broken() || !is_packed_path(path) || file.size > largest_total) return false;
    if (!files.empty() && files.path(files.size() - 1) >= path) return false;
    std::memcpy(file.blake2b.bytes.data(), digest.data(), digest.size());
    files.append(path, file);
    return true;
}

bool read_files(Cursor& in, OutputTree& files) {
    const std::size_t count = in.number<std::uint32_t>();
    if (count == 0 || count > most_files || count > in.left() / least_file) return false;
    files.reserve(count, in.left() - count * (least_file - 1));
    for (std::size_t i = 0; i < count; ++i) {
        if (!read_file(in, files)) return false;
    }
    return true;
}

bool is_plain_word(std::string_view text, std::size_t longest) {
    return text.size() <= longest && is_ascii(text) &&
           std::none_of(text.begin(), text.end(), [](char c) { return c < ' ' || c == '\x7f'; });
}

bool is_sensible(const PackManifest& manifest) {
    return manifest.sequence > 0 && manifest.sequence <= largest_sequence && manifest.part_size > 0 &&
           manifest.part_size <= largest_part && !manifest.site.empty() && is_plain_word(manifest.site, 64) &&
           is_plain_word(manifest.audience, 64) && is_plain_word(manifest.venue, 64) &&
           is_plain_word(manifest.built, 32) && is_plain_word(manifest.generator, 200) &&
           manifest.total() <= largest_total && !has_file_as_folder(manifest.files);
}

std::optional<PackManifest> read_body(std::string_view body) {
    Cursor in(body);
    PackManifest manifest;
    manifest.sequence = in.number<std::uint64_t>();
    manifest.part_size = in.number<std::uint64_t>();
    for (std::string* text :
         {&manifest.site, &manifest.audience, &manifest.venue, &manifest.built, &manifest.generator})
        *text = in.text();
    const std::string_view trust = in.text();
    if (!read_files(in, manifest.files) || !in.whole()) return std::nullopt;
    auto chain = read_trust(trust);
    if (!chain || write_trust(*chain) != trust) return std::nullopt;
    manifest.trust = std::move(*chain);
    if (!is_sensible(manifest)) return std::nullopt;
    return manifest;
}

std::string write_body(const PackManifest& manifest) {
    std::string body;
    put(body, manifest.sequence);
    put(body, manifest.part_size);
    for (const std::string* text :
         {&manifest.site, &manifest.audience, &manifest.venue, &manifest.built, &manifest.generator})
        put_text(body, *text);
    put_text(body, write_trust(manifest.trust));
    put(body, static_cast<std::uint32_t>(manifest.files.size()));
    for (const auto& [path, file] : manifest.files) {
        put_text(body, path);
        put(body, file.size);
        body += file.blake2b.raw();
    }
    return body;
}

}  // namespace

std::uint64_t PackManifest::total() const {
    std::uint64_t bytes = 0;
    for (const auto& [path, file] : files) bytes += file.size;
    return bytes;
}

std::size_t PackManifest::parts() const {
    return static_cast<std::size_t>((total() + part_size - 1) / part_size);
}

std::uint64_t PackManifest::part_length(std::size_t part) const {
    return std::min(part_size, total() - part * part_size);
}

std::string part_name(std::uint64_t sequence, std::size_t part) {
    const std::string number = std::to_string(part + 1);
    return "part-" + std::to_string(sequence) + "-" +
           std::string(4 - std::min<std::size_t>(4, number.size()), '0') + number + ".qy";
}

std::string write_pack_manifest(const PackManifest& manifest, const SecretKey& secret) {
    QY_CHECK(is_sensible(manifest) && !manifest.files.empty());
    const std::string body = write_body(manifest);
    QY_CHECK(body.size() + header_size + signature_size <= longest_pack_manifest);
    std::string bytes(magic);
    put(bytes, static_cast<std::uint32_t>(body.size()));
    bytes += body;
    const Signature signature = sign(secret, bytes);
    bytes.append(reinterpret_cast<const char*>(signature.bytes.data()), signature.bytes.size());
    return bytes;
}

// The shape first, since it names the key; nothing of it is used before the signature is good.
PackReading read_pack_manifest(std::string_view bytes) {
    if (!bytes.starts_with(magic_name)) return {std::nullopt, PackFault::not_a_pack};
    const std::string_view version = bytes.substr(magic_name.size(), 2);
    const bool newer = version.size() == 2 && version != magic.substr(magic_name.size()) &&
                       version.find_first_not_of("0123456789") == std::string_view::npos;
    if (newer) return {std::nullopt, PackFault::newer_format};
    const PackReading damaged{std::nullopt, PackFault::damaged};
    if (bytes.size() > longest_pack_manifest || bytes.size() < header_size + signature_size ||
        !bytes.starts_with(magic)) {
        return damaged;
    }
    const std::size_t length = Cursor(bytes.substr(magic.size(), 4)).number<std::uint32_t>();
    if (length != bytes.size() - header_size - signature_size) return damaged;
    auto manifest = read_body(bytes.substr(header_size, length));
    Signature signature;
    std::memcpy(signature.bytes.data(), bytes.data() + header_size + length, signature_size);
    const std::string_view signed_bytes = bytes.substr(0, header_size + length);
    if (!manifest || !is_signed_by(manifest->trust.newest().key, signed_bytes, signature)) return damaged;
    return {std::move(manifest), PackFault::none};
}

}  // namespace qunying
