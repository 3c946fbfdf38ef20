#include "pages/honours.h"

#include <algorithm>

namespace qunying {
namespace {

bool is_published(const Site& site, RecordId id) {
    return id != no_record && site[id].live && site[id].readable;
}

}  // namespace

bool is_shown(const Site& site, const Conferral& conferral) {
    if (conferral.revoked || !is_published(site, conferral.recipient)) return false;
    return conferral.batch == no_record ? !conferral.claim.empty() : is_published(site, conferral.batch);
}

std::vector<std::size_t> shown_honours(const Site& site, const Relations& relations, RecordId id) {
    std::vector<std::size_t> shown;
    for (const std::size_t index : relations.received[static_cast<std::size_t>(id)]) {
        if (is_shown(site, site.conferrals[index])) shown.push_back(index);
    }
    return shown;
}

std::string_view highest_level(const Site& site, const Relations& relations, RecordId id) {
    for (const std::size_t index : relations.received[static_cast<std::size_t>(id)]) {
        const Conferral& conferral = site.conferrals[index];
        if (is_shown(site, conferral) && level_rank(level_of(site, conferral)) < 5)
            return level_of(site, conferral);
    }
    return {};
}

bool holds_honour(const Site& site, const Relations& relations, RecordId id) {
    const auto& received = relations.received[static_cast<std::size_t>(id)];
    return std::any_of(received.begin(), received.end(),
                       [&](std::size_t index) { return is_shown(site, site.conferrals[index]); });
}

}  // namespace qunying
