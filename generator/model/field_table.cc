#include <algorithm>

#include "base/failure.h"
#include "model/record.h"

namespace qunying {

FieldTable::FieldTable(std::size_t size) { resize(size); }

// Values that are absent and have no place in the file, either, are not kept.
FieldTable::FieldTable(std::vector<FieldValue> values) : FieldTable(values.size()) {
    const auto stays = [](const FieldValue& value) {
        return value.present() || value.key_span.known() || value.span.known();
    };
    if (!parts_) return;
    parts_->values.reserve(static_cast<std::size_t>(std::count_if(values.begin(), values.end(), stays)));
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!stays(values[i])) continue;
        parts_->places[i] = static_cast<std::uint16_t>(parts_->values.size());
        parts_->values.push_back(std::move(values[i]));
    }
}

FieldTable::FieldTable(const FieldTable& other)
    : parts_(other.parts_ ? std::make_unique<Parts>(*other.parts_) : nullptr) {}
FieldTable::FieldTable(FieldTable&& other) noexcept = default;

FieldTable& FieldTable::operator=(const FieldTable& other) {
    if (this != &other) parts_ = other.parts_ ? std::make_unique<Parts>(*other.parts_) : nullptr;
    return *this;
}
FieldTable& FieldTable::operator=(FieldTable&& other) noexcept = default;

FieldTable::~FieldTable() = default;

void FieldTable::resize(std::size_t size) {
    QY_CHECK(size >= this->size() && size < absent);
    if (size == 0) return;
    if (!parts_) parts_ = std::make_unique<Parts>();
    parts_->places.resize(size, absent);
}

void FieldTable::push_back(FieldValue value) {
    resize(size() + 1);
    (*this)[size() - 1] = std::move(value);
}

FieldValue& FieldTable::operator[](std::size_t index) {
    std::uint16_t& place = parts_->places[index];
    if (place == absent) {
        place = static_cast<std::uint16_t>(parts_->values.size());
        parts_->values.reserve(parts_->values.size() + 1);  // there are many tables, and few grow
        parts_->values.emplace_back();
    }
    return parts_->values[place];
}

}  // namespace qunying
