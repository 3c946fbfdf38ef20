// The digest of a value: of its canonical form, in which big lists, maps and texts stand by their own
// digests.
#include <bit>
#include <cstring>
#include <memory>

#include "template/value_payload.h"

namespace qunying {
namespace {

// Lists and maps of at least this size keep their digest.
constexpr std::size_t digest_kept_from = 8;
// Texts of at least this size go into a digest as their own digest.
constexpr std::size_t digest_of_text_from = 512;

// Bytes that are written one after the other, some hundred pieces of a few each: std::string takes three
// times as long to append one.
class WrittenBytes {
  public:
    void put(const void* bytes, std::size_t size) {
        if (size == 0) return;  // the bytes of nothing may be nowhere, which memcpy forbids
        if (room_ - size_ < size) grow(size);
        std::memcpy(bytes_.get() + size_, bytes, size);
        size_ += size;
    }
    std::size_t size() const { return size_; }
    std::string_view from(std::size_t begin) const { return {bytes_.get() + begin, size_ - begin}; }
    void cut(std::size_t size) { size_ = size; }

  private:
    void grow(std::size_t more) {
        const std::size_t room = std::max(room_ * 2, size_ + more);
        auto bytes = std::make_unique_for_overwrite<char[]>(room);
        if (size_ > 0) std::memcpy(bytes.get(), bytes_.get(), size_);
        bytes_ = std::move(bytes);
        room_ = room;
    }

    std::size_t size_ = 0, room_ = 8192;
    std::unique_ptr<char[]> bytes_ = std::make_unique_for_overwrite<char[]>(8192);
};

}  // namespace

// Writes the canonical form of values into one text, which is digested at once: a digest that is fed piece by
// piece costs more than making the view.
class ValueDigester {
  public:
    static Digest of(const Value& value) {
        ValueDigester digester;
        digester.add(value);
        return digest_of(digester.text_.from(0));
    }

  private:
    void add_number(std::uint64_t number) { text_.put(&number, sizeof number); }
    void add_count(std::size_t count) {
        const auto number = static_cast<std::uint32_t>(count);
        text_.put(&number, sizeof number);
    }
    void add_digest(const Digest& digest) { text_.put(digest.bytes.data(), digest.bytes.size()); }
    void add_text(std::string_view text) {
        add_count(text.size());
        if (text.size() >= digest_of_text_from) return add_digest(digest_of(text));
        text_.put(text.data(), text.size());
    }

    // What `add_all` writes, or its digest where there is much of it.
    template <class AddAll>
    void add_parts(std::size_t count, const KeptDigest& kept, AddAll&& add_all) {
        add_count(count);
        if (count < digest_kept_from) return add_all();
        add_digest(kept.get([&] {
            const std::size_t begin = text_.size();
            add_all();
            const Digest digest = digest_of(text_.from(begin));
            text_.cut(begin);
            return digest;
        }));
    }

    void add(const Value& value) {
        const Value::Type type = value.type();
        text_.put(&type, sizeof type);
        switch (value.type()) {
            case Value::Type::none:
                break;
            case Value::Type::boolean:
            case Value::Type::integer:
                add_number(static_cast<std::uint64_t>(value.number_.integer));
                break;
            case Value::Type::real:
                add_number(std::bit_cast<std::uint64_t>(value.number_.real));
                break;
            case Value::Type::undefined:
            case Value::Type::text:
            case Value::Type::html:
                add_text(value.description());
                break;
            case Value::Type::list: {
                if (!value.counted_) return add_count(0);
                const auto& list = static_cast<const ListPayload&>(*value.number_.payload);
                add_parts(list.count, list.digest, [&] {
                    for (const Value& item : list.items()) add(item);
                });
                break;
            }
            case Value::Type::map: {
                const auto& map = static_cast<const MapPayload&>(*value.number_.payload);
                add_parts(map.count, map.digest, [&] {
                    for (const MapEntry& entry : map.entries()) {
                        add_text(entry.key.text());
                        add(entry.value);
                    }
                });
                break;
            }
            case Value::Type::function:
                break;  // a view holds none; templates tell them apart by what they do
        }
    }

    WrittenBytes text_;
};

Digest Value::digest() const { return ValueDigester::of(*this); }

}  // namespace qunying
