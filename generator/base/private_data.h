#pragma once
// Personal data in texts that are to be published: numbers of identity cards, mobiles and bank cards, home
// addresses below township and subdistrict, plates of cars (rule 10). Whatever shows a text of an author in a
// log masks it here first.
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

enum class PrivateKind { id_number, mobile, bank_card, address, plate };

struct PrivateMatch {
    PrivateKind kind = PrivateKind::id_number;
    std::size_t begin = 0, length = 0;  // bytes of the text
    // An address that an office could have, too: a room behind a number of a road. Everything else is certain
    // as far as its form goes.
    bool maybe_office = false;

    bool operator==(const PrivateMatch&) const = default;
};

// All that is found in a text, in its order, none over another. Digits may be full-width, or parted by blanks
// and dashes as people part them. What stands in a longer row of digits and letters, in a web address, or
// behind a decimal point is none. Any bytes may come in; the time is linear in their number.
std::vector<PrivateMatch> find_private_data(std::string_view text);

// Whether there is any, sooner.
bool holds_private_data(std::string_view text);

// The text with every such place masked: 138****1234, 35*************123, 平江街道＊＊＊. Each character
// gives way to one as wide and as long, so that offsets and columns stay.
std::string mask_private_data(std::string_view text);

// The place alone, masked. By itself it may look like nothing: only 家住 in front tells that it is a home.
std::string masked(std::string_view text, const PrivateMatch& match);

// What an editor has let pass (wordlists.allowed of site.yaml): a number whichever way it is parted, a text
// that is the found one, holds it or is a part of it that goes beyond its numbers.
bool is_allowed(std::string_view found, std::span<const std::string> allowed);

}  // namespace qunying
