#include "pages/kiosk_files.h"

#include <cmath>
#include <fmt/format.h>

#include "base/json.h"
#include "model/screen.h"
#include "pages/kiosk_codes.h"
#include "pages/kiosk_people.h"
#include "pages/kiosk_view.h"

namespace qunying {
namespace {

void add_hours(const KioskSettings& kiosk, JsonWriter& json) {
    json.key("open").begin_array();
    for (const OpeningHours& hours : kiosk.open)
        json.begin_array().number(hours.days).number(hours.from).number(hours.to).end_array();
    json.end_array();
}

// Per cent of the height, so that a screen of the same shape with more pixels is right too.
std::string band_rule(const KioskSettings& kiosk) {
    const ControlBand band = control_band(kiosk);
    const auto share = [&](int pixels) { return 100.0 * pixels / kiosk.height; };
    return fmt::format(
        ":root{{--band-above:{:.4f}vh;--band-below:{:.4f}vh;--controls-above:{:.4f}vh;--controls-below:{:.4f}"
        "vh;"
        "--free-above:{:.4f}vh;--free:{:.4f}vh;--target:{}px;--text:{}px}}\n",
        share(band.above), share(band.below), share(band.controls_above), share(band.controls_below),
        share(band.free_above), share(band.free_height), band.target, band.text);
}

std::string_view orientation(const KioskSettings& kiosk) {
    return kiosk.width > kiosk.height ? "landscape" : "portrait";
}

}  // namespace

std::string kiosk_settings_script(const PageContext& context) {
    const KioskSettings& kiosk = context.site.settings.kiosk;
    JsonWriter json(JsonWriter::Layout::compact);
    json.begin_object().key("venue").text(kiosk.venue).key("name").text(kiosk.name);
    json.key("idle").number(kiosk.idle).key("volume").number(kiosk.volume);
    add_hours(kiosk, json);
    json.key("width").number(kiosk.width).key("height").number(kiosk.height);
    json.key("density").real(std::round(control_band(kiosk).density * 1000) / 1000);
    if (context.audience == Audience::venue && !kiosk.code.empty()) json.key("code").text(kiosk.code);
    json.key("codes").boolean(context.audience == Audience::venue);
    json.key("version").text(context.generator).key("built").text(iso_date(context.as_of));
    json.end_object();
    return "window.qunyingKiosk=" + json.finish();
}

std::string screen_stylesheet(const KioskSettings& kiosk) {
    const KioskSettings other = turned(kiosk);
    return band_rule(kiosk) +
           fmt::format("@media (orientation:{}){{{}}}\n", orientation(other), band_rule(other));
}

std::vector<PlainFile> plan_kiosk_files(const PageContext& context, const std::vector<PageJob>& pages,
                                        const PageKeys& keys) {
    if (kiosk_page(context.theme).empty()) return {};
    std::vector<PlainFile> files = plan_kiosk_people(context, keys);
    files.push_back({"kiosk/settings.js", {}, [&] { return kiosk_settings_script(context); }});
    files.push_back({"kiosk/screen.css", {}, [&] { return screen_stylesheet(context.site.settings.kiosk); }});
    for (PlainFile& file : plan_kiosk_codes(context, pages)) files.push_back(std::move(file));
    return files;
}

}  // namespace qunying
