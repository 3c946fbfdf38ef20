#include <algorithm>
#include <memory>
#include <new>

#include "base/failure.h"
#include "model/record.h"

namespace qunying {
namespace {

// Absent values are kept where they have a place in the file: an author left them empty.
bool stays(const FieldValue& value) {
    return value.present() || value.key_span.known() || value.span.known();
}

}  // namespace

// Moves to a block for `size` fields with room for so many values.
void FieldTable::grow(std::size_t size, std::size_t room) {
    QY_CHECK(size < absent);
    const std::size_t bytes = Parts::places_bytes(size) + room * sizeof(FieldValue);
    auto* parts = new (::operator new(bytes))
        Parts{static_cast<std::uint16_t>(size), 0, static_cast<std::uint16_t>(room)};
    std::uninitialized_fill_n(parts->places(), size, absent);
    if (parts_) {
        std::copy_n(parts_->places(), parts_->size, parts->places());
        std::uninitialized_move_n(parts_->values(), parts_->count, parts->values());
        parts->count = parts_->count;
        std::destroy_n(parts_->values(), parts_->count);
        ::operator delete(parts_);
    }
    parts_ = parts;
}

FieldTable::FieldTable(std::size_t size, std::size_t room) {
    if (size > 0) grow(size, room);
}

FieldTable::FieldTable(std::vector<FieldValue> values) {
    if (values.empty()) return;
    grow(values.size(), static_cast<std::size_t>(std::count_if(values.begin(), values.end(), stays)));
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (stays(values[i])) (*this)[i] = std::move(values[i]);
    }
}

FieldTable::FieldTable(const FieldTable& other) {
    if (!other.parts_) return;
    grow(other.parts_->size, other.parts_->count);
    std::copy_n(other.parts_->places(), other.parts_->size, parts_->places());
    std::uninitialized_copy_n(other.parts_->values(), other.parts_->count, parts_->values());
    parts_->count = other.parts_->count;
}

FieldTable::FieldTable(FieldTable&& other) noexcept : parts_(std::exchange(other.parts_, nullptr)) {}

FieldTable& FieldTable::operator=(const FieldTable& other) {
    if (this != &other) *this = FieldTable(other);
    return *this;
}

FieldTable& FieldTable::operator=(FieldTable&& other) noexcept {
    std::swap(parts_, other.parts_);
    return *this;
}

FieldTable::~FieldTable() {
    if (!parts_) return;
    std::destroy_n(parts_->values(), parts_->count);
    ::operator delete(parts_);
}

void FieldTable::resize(std::size_t size) {
    QY_CHECK(size >= this->size());
    if (size > this->size()) grow(size, parts_ ? parts_->room : 0);
}

void FieldTable::push_back(FieldValue value) {
    resize(size() + 1);
    (*this)[size() - 1] = std::move(value);
}

// There are many tables, and few grow: by one.
FieldValue& FieldTable::operator[](std::size_t index) {
    if (parts_->places()[index] == absent) {
        if (parts_->count == parts_->room) grow(parts_->size, parts_->room + std::size_t{1});
        parts_->places()[index] = parts_->count;
        new (parts_->values() + parts_->count++) FieldValue;
    }
    return parts_->values()[parts_->places()[index]];
}

}  // namespace qunying
