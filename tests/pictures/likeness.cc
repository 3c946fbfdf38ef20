#include "pictures/likeness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace qunying {
namespace {

constexpr double pi = 3.14159265358979323846;

// The next number of a PPM's head; 0 where there is none.
int next_number(std::string_view& bytes) {
    while (!bytes.empty() && static_cast<unsigned char>(bytes.front()) <= ' ') bytes.remove_prefix(1);
    int number = 0;
    while (!bytes.empty() && bytes.front() >= '0' && bytes.front() <= '9' && number < 100'000) {
        number = number * 10 + (bytes.front() - '0');
        bytes.remove_prefix(1);
    }
    return number;
}

std::array<double, 256> light_of_values() {
    std::array<double, 256> light{};
    for (std::size_t value = 0; value < light.size(); ++value) {
        const double v = static_cast<double>(value) / 255;
        light[value] = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    }
    return light;
}

double light_of(std::uint8_t value) {
    static const std::array<double, 256> light = light_of_values();
    return light[value];
}

double lab_curve(double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; }

double hue(double a, double b) {
    if (a == 0 && b == 0) return 0;
    const double degrees = std::atan2(b, a) * 180 / pi;
    return degrees < 0 ? degrees + 360 : degrees;
}

double cosine(double degrees) { return std::cos(degrees * pi / 180); }
double seventh_root_share(double chroma) {
    const double power = std::pow(chroma, 7);
    return std::sqrt(power / (power + std::pow(25.0, 7)));
}

double mean_hue(double one, double other, bool grey) {
    if (grey) return one + other;
    if (std::abs(one - other) <= 180) return (one + other) / 2;
    return one + other < 360 ? (one + other + 360) / 2 : (one + other - 360) / 2;
}

double hue_difference(double one, double other, bool grey) {
    if (grey) return 0;
    const double difference = other - one;
    if (difference > 180) return difference - 360;
    return difference < -180 ? difference + 360 : difference;
}

// The mean of SSIM over windows of 8 × 8 at every fourth place, on L* as 0 to 100.
double structure_of(const std::vector<double>& one, const std::vector<double>& other, int width, int height) {
    constexpr int side = 8, step = 4;
    constexpr double count = side * side, c1 = 0.01 * 100 * 0.01 * 100, c2 = 0.03 * 100 * 0.03 * 100;
    double sum = 0;
    int windows = 0;
    for (int top = 0; top + side <= height; top += step) {
        for (int left = 0; left + side <= width; left += step) {
            double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
            for (int i = 0; i < side * side; ++i) {
                const auto at = static_cast<std::size_t>((top + i / side) * width + left + i % side);
                const double p = one[at], q = other[at];
                x += p, y += q, xx += p * p, yy += q * q, xy += p * q;
            }
            const double mx = x / count, my = y / count;
            const double vx = xx / count - mx * mx, vy = yy / count - my * my, vxy = xy / count - mx * my;
            sum += (2 * mx * my + c1) * (2 * vxy + c2) / ((mx * mx + my * my + c1) * (vx + vy + c2));
            ++windows;
        }
    }
    return windows == 0 ? 1 : sum / windows;
}

}  // namespace

const std::uint8_t* Raster::at(int x, int y) const {
    return rgb.data() +
           3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x));
}

Raster read_ppm(std::string_view bytes) {
    if (bytes.substr(0, 2) != "P6") return {};
    bytes.remove_prefix(2);
    Raster raster;
    raster.width = next_number(bytes);
    raster.height = next_number(bytes);
    const bool eight_bits = next_number(bytes) == 255;
    const std::size_t size =
        3 * static_cast<std::size_t>(raster.width) * static_cast<std::size_t>(raster.height);
    if (!eight_bits || size == 0 || bytes.size() != size + 1) return {};
    raster.rgb.assign(bytes.begin() + 1, bytes.end());
    return raster;
}

Lab lab_of(const std::uint8_t* rgb) {
    const double r = light_of(rgb[0]), g = light_of(rgb[1]), b = light_of(rgb[2]);
    const double x = lab_curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    const double y = lab_curve(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    const double z = lab_curve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

// G. Sharma, W. Wu and E. N. Dalal, “The CIEDE2000 color-difference formula”, 2005.
double ciede2000(Lab one, Lab other) {
    const double chroma = (std::hypot(one.a, one.b) + std::hypot(other.a, other.b)) / 2;
    const double stretch = 1.5 - 0.5 * seventh_root_share(chroma);
    const double a1 = one.a * stretch, a2 = other.a * stretch;
    const double c1 = std::hypot(a1, one.b), c2 = std::hypot(a2, other.b);
    const bool grey = c1 * c2 == 0;
    const double h1 = hue(a1, one.b), h2 = hue(a2, other.b);
    const double dl = other.l - one.l, dc = c2 - c1;
    const double dh = 2 * std::sqrt(c1 * c2) * std::sin(hue_difference(h1, h2, grey) * pi / 360);
    const double l = (one.l + other.l) / 2, c = (c1 + c2) / 2, h = mean_hue(h1, h2, grey);
    const double t = 1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) + 0.32 * cosine(3 * h + 6) -
                     0.20 * cosine(4 * h - 63);
    const double turn = 30 * std::exp(-std::pow((h - 275) / 25, 2));
    const double sl = 1 + 0.015 * (l - 50) * (l - 50) / std::sqrt(20 + (l - 50) * (l - 50));
    const double sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t;
    const double rt = -std::sin(2 * turn * pi / 180) * 2 * seventh_root_share(c);
    const double kl = dl / sl, kc = dc / sc, kh = dh / sh;
    return std::sqrt(std::max(0.0, kl * kl + kc * kc + kh * kh + rt * kc * kh));
}

Likeness likeness(const Raster& one, const Raster& other) {
    if (one.width != other.width || one.height != other.height || one.rgb.empty()) return {};
    std::vector<double> light, other_light;
    double sum = 0;
    for (std::size_t i = 0; i < one.rgb.size(); i += 3) {
        const Lab p = lab_of(&one.rgb[i]), q = lab_of(&other.rgb[i]);
        sum += ciede2000(p, q);
        light.push_back(p.l);
        other_light.push_back(q.l);
    }
    return {sum / static_cast<double>(light.size()), structure_of(light, other_light, one.width, one.height)};
}

int levels_in_row(const Raster& raster, int row) {
    std::set<int> levels;
    for (int x = 0; x < raster.width; ++x) levels.insert(raster.at(x, row)[1]);
    return static_cast<int>(levels.size());
}

}  // namespace qunying
