#include "load/settings_kiosk.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "base/text.h"
#include "model/screen.h"

namespace qunying {
namespace {

FieldSpec text(std::string key, std::string label, std::vector<std::string> other_keys = {}) {
    FieldSpec spec;
    spec.type = FieldType::text;
    spec.key = std::move(key);
    spec.label = std::move(label);
    spec.other_keys = std::move(other_keys);
    return spec;
}

FieldSpec measure(std::string key, std::string label, double least, double most) {
    FieldSpec spec = text(std::move(key), std::move(label));
    spec.least = least;
    spec.most = most;
    return spec;
}

FieldSpec several(FieldSpec spec) {
    spec.list = true;
    return spec;
}

constexpr std::string_view sizes_help = "横屏 1920x1080 或竖屏 1080x1920 这样的像素数";
constexpr std::string_view hours_help = "“8:30-17:00”或“周二至周日 8:30-17:00”，几段时间写成 [……, ……]";
constexpr std::string_view code_help = "四到八个数字，例如 \"2580\"";
constexpr std::string_view id_help = "小写字母、数字和连字符，例如 yangli-hall";

void report(const SettingsReader& in, std::string_view key, std::string_view written, std::string_view help,
            Diagnostics& diagnostics) {
    diagnostics.report(DiagnosticKind::bad_kiosk_setting, in.value(key).span,
                       {in.spec(key).label, std::string(written), std::string(help)});
}

std::optional<int> whole_number(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc{} && end == text.data() + text.size() && !text.empty();
    return whole && number >= 0 ? std::optional(number) : std::nullopt;
}

double measured(const SettingsReader& in, std::string_view key, double otherwise) {
    const std::string_view written = text_in(in.value(key));
    double number = otherwise;
    if (!written.empty()) std::from_chars(written.data(), written.data() + written.size(), number);
    return number;
}

// 1080x1920, also with × and *.
void read_size(const SettingsReader& in, KioskSettings& kiosk, Diagnostics& diagnostics) {
    const std::string written = in.text("size");
    if (written.empty()) return;
    std::string plain = ascii_lower(written);
    for (const std::string_view sign : {"×", "*", "乘"}) plain = replace_all(plain, sign, "x");
    const std::size_t at = plain.find('x');
    const auto width = whole_number(trim(plain.substr(0, at)));
    const auto height =
        whole_number(at == std::string::npos ? "" : trim(std::string_view(plain).substr(at + 1)));
    const auto fits = [](std::optional<int> pixels) { return pixels && *pixels >= 480 && *pixels <= 8192; };
    if (!fits(width) || !fits(height)) return report(in, "size", written, sizes_help, diagnostics);
    kiosk.width = *width;
    kiosk.height = *height;
}

void read_hours(const SettingsReader& in, KioskSettings& kiosk, Diagnostics& diagnostics) {
    if (!in.value("open").present()) return;
    kiosk.open.clear();
    for (const std::string& written : in.texts("open")) {
        const auto hours = read_opening_hours(written);
        if (!hours) return report(in, "open", written, hours_help, diagnostics);
        kiosk.open.push_back(*hours);
    }
}

void read_code(const SettingsReader& in, KioskSettings& kiosk, Diagnostics& diagnostics) {
    const std::string written = in.text("code");
    if (written.empty()) return;
    const bool digits =
        std::all_of(written.begin(), written.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || written.size() < 4 || written.size() > 8)
        return report(in, "code", written, code_help, diagnostics);
    kiosk.code = written;
}

void read_exhibitions(const SettingsReader& in, KioskSettings& kiosk) {
    if (!in.value("exhibitions").present()) return;
    kiosk.exhibitions.clear();
    kiosk.exhibition_spans.clear();
    for (const FieldValue& item : items_in(in.value("exhibitions"))) {
        kiosk.exhibitions.emplace_back(text_in(item));
        kiosk.exhibition_spans.push_back(item.span);
    }
}

// Whether hands reach the controls of a screen that the settings describe.
void check_reach(const KioskSettings& kiosk, Diagnostics& diagnostics) {
    const ControlBand band = control_band(kiosk);
    if (is_within_reach(band)) return;
    diagnostics.report(DiagnosticKind::kiosk_out_of_reach, kiosk.span,
                       {std::to_string(kiosk.lower_edge), std::to_string(kiosk.lower_edge + band.height),
                        std::to_string(std::min(least_reach, band.height))});
}

// What `in` says, over what was said before.
void read_kiosk(const SettingsReader& in, Span span, KioskSettings& kiosk, Diagnostics& diagnostics) {
    kiosk.span = span;
    kiosk.diagonal = measured(in, "screen", kiosk.diagonal);
    kiosk.lower_edge = static_cast<int>(measured(in, "lower_edge", kiosk.lower_edge));
    kiosk.volume = static_cast<int>(measured(in, "volume", kiosk.volume));
    kiosk.idle = static_cast<int>(measured(in, "idle", kiosk.idle));
    if (!in.text("name").empty()) kiosk.name = in.text("name");
    read_size(in, kiosk, diagnostics);
    read_hours(in, kiosk, diagnostics);
    read_code(in, kiosk, diagnostics);
    read_exhibitions(in, kiosk);
    check_reach(kiosk, diagnostics);
}

bool is_id(std::string_view id) {
    return !id.empty() && id.front() != '-' && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

void read_venue(const SettingsReader& in, Span span, SiteSettings& settings, Diagnostics& diagnostics) {
    KioskSettings venue = settings.kiosk;
    venue.venue = in.text("id");
    if (venue.venue.empty()) return;  // reported as missing
    if (!is_id(venue.venue)) return report(in, "id", venue.venue, id_help, diagnostics);
    const bool twice = std::any_of(settings.venues.begin(), settings.venues.end(),
                                   [&](const KioskSettings& other) { return other.venue == venue.venue; });
    if (twice) return diagnostics.report(DiagnosticKind::venue_twice, in.value("id").span, {venue.venue});
    venue.name.clear();
    read_kiosk(in, span, venue, diagnostics);
    settings.venues.push_back(std::move(venue));
}

// ---- opening hours

// Takes the first of `words` that `text` begins with from its front.
template <std::size_t N>
std::optional<std::size_t> take_one(std::string_view& text, const std::array<std::string_view, N>& words) {
    for (std::size_t i = 0; i < N; ++i) {
        if (!text.starts_with(words[i])) continue;
        text.remove_prefix(words[i].size());
        return i;
    }
    return std::nullopt;
}

// 周一, 星期天, 六: 0 is Monday.
std::optional<int> take_day(std::string_view& text) {
    std::string_view rest = text;
    take_one(rest, std::array<std::string_view, 3>{"周", "星期", "礼拜"});
    const auto day =
        take_one(rest, std::array<std::string_view, 8>{"一", "二", "三", "四", "五", "六", "日", "天"});
    if (!day) return std::nullopt;
    text = rest;
    return static_cast<int>(std::min<std::size_t>(*day, 6));
}

// “周二至周日、…”; as it was where it names no day. Nothing where a day was expected and is not there.
std::optional<std::uint8_t> take_days(std::string_view& text) {
    if (take_one(text, std::array<std::string_view, 2>{"每天", "每日"})) return std::uint8_t{127};
    unsigned days = 0;
    auto day = take_day(text);
    if (!day) return std::uint8_t{127};
    while (true) {
        int last = *day;
        if (take_one(text, std::array<std::string_view, 5>{"至", "到", "-", "—", "–"})) {
            const auto end = take_day(text);
            if (!end) return std::nullopt;
            last = *end;
        }
        for (int each = *day;; each = (each + 1) % 7) {
            days |= 1U << each;
            if (each == last) break;
        }
        text = trim(text);
        if (!take_one(text, std::array<std::string_view, 3>{"、", "，", ","}))
            return static_cast<std::uint8_t>(days);
        text = trim(text);
        day = take_day(text);
        if (!day) return std::nullopt;
    }
}

std::optional<int> take_number(std::string_view& text) {
    int number = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + std::min<std::size_t>(text.size(), 2), number);
    if (error != std::errc{} || number < 0) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

// 8:30, 8：30, 9点, 9点半, 24:00: minutes since midnight.
std::optional<int> take_time(std::string_view& text) {
    const auto hour = take_number(text);
    if (!hour || *hour > 24) return std::nullopt;
    int minute = 0;
    if (take_one(text, std::array<std::string_view, 2>{":", "："})) {
        const auto written = take_number(text);
        if (!written || *written > 59) return std::nullopt;
        minute = *written;
    } else if (take_one(text, std::array<std::string_view, 2>{"点", "时"})) {
        if (take_one(text, std::array<std::string_view, 1>{"半"})) minute = 30;
    }
    const int minutes = *hour * 60 + minute;
    return minutes <= 24 * 60 ? std::optional(minutes) : std::nullopt;
}

}  // namespace

std::optional<OpeningHours> read_opening_hours(std::string_view text) {
    OpeningHours hours;
    text = trim(text);
    const auto days = take_days(text);
    if (!days) return std::nullopt;
    hours.days = *days;
    text = trim(text);
    const auto from = take_time(text);
    text = trim(text);
    const bool joined =
        take_one(text, std::array<std::string_view, 7>{"至", "到", "-", "——", "—", "–", "~"}).has_value();
    text = trim(text);
    const auto to = from && joined ? take_time(text) : std::nullopt;
    if (!to || *to <= *from || !trim(text).empty()) return std::nullopt;
    hours.from = *from;
    hours.to = *to;
    return hours;
}

std::vector<FieldSpec> kiosk_fields() {
    return {text("name", "名称"),
            measure("screen", "屏幕尺寸", 5, 200),
            text("size", "像素"),
            measure("lower_edge", "下沿高度", 0, 2500),
            several(text("open", "开放时间")),
            measure("volume", "音量", 0, 100),
            measure("idle", "无人操作", 30, 900),
            text("code", "口令"),
            several(text("exhibitions", "展览"))};
}

std::vector<FieldSpec> venue_fields() {
    std::vector<FieldSpec> fields = kiosk_fields();
    FieldSpec id = text("id", "编号");
    id.need = FieldNeed::required;
    fields.insert(fields.begin(), std::move(id));
    return fields;
}

void read_kiosks(const SettingsReader& read, SiteSettings& settings, Diagnostics& diagnostics) {
    if (const GroupValue* group = group_in(read.value("kiosk"))) {
        const SettingsReader in{read.spec("kiosk").fields, group->fields};
        read_kiosk(in, read.value("kiosk").span, settings.kiosk, diagnostics);
    }
    read.groups("venues",
                [&](const SettingsReader& in, Span span) { read_venue(in, span, settings, diagnostics); });
}

}  // namespace qunying
