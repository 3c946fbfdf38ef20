#include "fonts/ink.h"

#include <algorithm>
#include <cmath>

namespace qunying {

InkSheet::InkSheet(int width, int height)
    : width_(width),
      height_(height),
      areas_((static_cast<std::size_t>(width) + 2) * static_cast<std::size_t>(height), 0.0) {}

// The part of an edge within one row: it goes from x0 to x1 and is `height` tall, negative where it goes up.
// The ink to the right of it is shared out among the pixels that it crosses.
void InkSheet::edge_in_row(int row, double x0, double x1, double height) {
    double* areas = &areas_[(static_cast<std::size_t>(width_) + 2) * static_cast<std::size_t>(row)];
    const double right = static_cast<double>(width_);
    double left = std::clamp(std::min(x0, x1), 0.0, right), end = std::clamp(std::max(x0, x1), 0.0, right);
    const auto first = static_cast<std::size_t>(left), last = static_cast<std::size_t>(end);
    if (first == last) {
        const double part = height * (1 - ((left + end) / 2 - static_cast<double>(first)));
        areas[first] += part;
        areas[first + 1] += height - part;
        return;
    }
    const double slope = height / (end - left);
    double covered = 0;  // of all that lies to the left of this pixel's right side
    for (std::size_t x = first; x <= last; ++x) {
        const double from = std::max(left, static_cast<double>(x));
        const double to = std::min(end, static_cast<double>(x + 1));
        const double step = slope * (to - from);
        const double part = step * (1 - ((from + to) / 2 - static_cast<double>(x)));
        areas[x] += part;
        areas[x + 1] += step - part;
        covered += step;
    }
    areas[last + 1] += height - covered;  // what rounding left
}

void InkSheet::line(InkPoint from, InkPoint to) {
    if (from.y == to.y) return;
    const double direction = from.y < to.y ? 1 : -1;
    if (direction < 0) std::swap(from, to);
    const double slope = (to.x - from.x) / (to.y - from.y);
    const double top = std::max(from.y, 0.0), bottom = std::min(to.y, static_cast<double>(height_));
    for (int row = static_cast<int>(top); row < height_ && row < bottom; ++row) {
        const double begin = std::max(top, static_cast<double>(row));
        const double end = std::min(bottom, static_cast<double>(row + 1));
        if (end <= begin) continue;
        edge_in_row(row, from.x + (begin - from.y) * slope, from.x + (end - from.y) * slope,
                    (end - begin) * direction);
    }
}

void InkSheet::quadratic(InkPoint from, InkPoint control, InkPoint to) {
    const auto between = [](InkPoint a, InkPoint b) {
        return InkPoint{a.x + (b.x - a.x) * 2 / 3, a.y + (b.y - a.y) * 2 / 3};
    };
    cubic(from, between(from, control), between(to, control), to);
}

// As many straight pieces as keep within a twentieth of a pixel.
void InkSheet::cubic(InkPoint from, InkPoint first, InkPoint second, InkPoint to) {
    const double bend = std::max(std::hypot(from.x - 2 * first.x + second.x, from.y - 2 * first.y + second.y),
                                 std::hypot(first.x - 2 * second.x + to.x, first.y - 2 * second.y + to.y));
    const int pieces = std::clamp(static_cast<int>(std::ceil(std::sqrt(bend * 15))), 1, 64);
    InkPoint before = from;
    for (int i = 1; i <= pieces; ++i) {
        const double t = static_cast<double>(i) / pieces, u = 1 - t;
        const double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
        const InkPoint next{a * from.x + b * first.x + c * second.x + d * to.x,
                            a * from.y + b * first.y + c * second.y + d * to.y};
        line(before, next);
        before = next;
    }
}

std::string InkSheet::coverage() const {
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_));
    for (int y = 0; y < height_; ++y) {
        double sum = 0;
        for (int x = 0; x < width_; ++x) {
            sum += areas_[(static_cast<std::size_t>(width_) + 2) * static_cast<std::size_t>(y) +
                          static_cast<std::size_t>(x)];
            bytes += static_cast<char>(static_cast<int>(std::min(1.0, std::abs(sum)) * 255 + 0.5));
        }
    }
    return bytes;
}

}  // namespace qunying
