#pragma once
// QR codes as SVG images, for what is printed on plaques and for the way out of a kiosk: level M, a quiet
// zone of four modules, as ISO/IEC 18004 asks (domain.md §4).
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

// Bytes of text that a code holds: version 40, level M.
inline constexpr std::size_t longest_qr_text = 2331;

// Black on white, one unit a module, the same bytes for the same text. Empty where `text` is empty or longer.
std::string qr_svg(std::string_view text);

// The same code for whoever draws it otherwise: square, row by row, without its quiet zone. No size where
// there is none.
struct QrModules {
    int size = 0;
    std::vector<bool> black;
};
QrModules qr_modules(std::string_view text);
inline constexpr int qr_quiet_zone = 4;  // modules

// The file name, without ending, of the code of an address: sixteen hexadecimal digits that a script works
// out from the address too (themes/hall/static/kiosk.js).
std::string qr_name(std::string_view address);

}  // namespace qunying
