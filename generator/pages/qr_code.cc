#include "pages/qr_code.h"

#include <cstdint>
#include <fmt/format.h>
#include <iterator>
#include <memory>
#include <qrencode.h>

namespace qunying {
namespace {

constexpr int quiet_zone = qr_quiet_zone;

struct CodeDeleter {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

// A line a run of black modules: “M4 4.5h7m1 0h3”.
void append_row(const QRcode& code, int y, std::string& path) {
    int at = -1;  // where the last line ended; nothing is drawn yet in this row
    for (int x = 0; x < code.width;) {
        const auto is_black = [&](int column) { return (code.data[y * code.width + column] & 1) != 0; };
        int end = x;
        while (end < code.width && is_black(end) == is_black(x)) ++end;
        if (is_black(x)) {
            if (at < 0) {
                fmt::format_to(std::back_inserter(path), "M{} {}.5", x + quiet_zone, y + quiet_zone);
            } else {
                fmt::format_to(std::back_inserter(path), "m{} 0", x - at);
            }
            fmt::format_to(std::back_inserter(path), "h{}", end - x);
            at = end;
        }
        x = end;
    }
}

// FNV-1a of 32 bits, which a script computes without big numbers; the second begins elsewhere.
std::uint32_t fnv(std::string_view text, std::uint32_t hash) {
    for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 16'777'619U;
    return hash;
}

using Code = std::unique_ptr<QRcode, CodeDeleter>;

// None where the text is empty or too long.
Code code_of(std::string_view text) {
    if (text.empty() || text.size() > longest_qr_text) return {};
    return Code(QRcode_encodeData(static_cast<int>(text.size()),
                                  reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
}

}  // namespace

QrModules qr_modules(std::string_view text) {
    const Code code = code_of(text);
    if (!code) return {};
    QrModules modules{code->width, {}};
    for (int i = 0; i < code->width * code->width; ++i) modules.black.push_back((code->data[i] & 1) != 0);
    return modules;
}

std::string qr_svg(std::string_view text) {
    const Code code = code_of(text);
    if (!code) return {};
    std::string path;
    for (int y = 0; y < code->width; ++y) append_row(*code, y, path);
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" "
        "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{0}v{0}H0z\"/><path stroke=\"#000\" "
        "d=\"{1}\"/></svg>\n",
        code->width + 2 * quiet_zone, path);
}

std::string qr_name(std::string_view address) {
    return fmt::format("{:08x}{:08x}", fnv(address, 2'166'136'261U), fnv(address, 84'696'351U));
}

}  // namespace qunying
