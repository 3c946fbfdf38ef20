#include "fonts/ink.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

void box(InkSheet& sheet, double x0, double y0, double x1, double y1) {
    sheet.line({x0, y0}, {x1, y0});
    sheet.line({x1, y0}, {x1, y1});
    sheet.line({x1, y1}, {x0, y1});
    sheet.line({x0, y1}, {x0, y0});
}

int at(const InkSheet& sheet, int x, int y) {
    return static_cast<unsigned char>(sheet.coverage()[static_cast<std::size_t>(y * sheet.width() + x)]);
}

}  // namespace

TEST_CASE("a pixel takes as much ink as of it lies inside") {
    InkSheet sheet(6, 4);
    box(sheet, 1, 1, 4.5, 2.5);
    CHECK(at(sheet, 0, 1) == 0);
    CHECK(at(sheet, 1, 1) == 255);
    CHECK(at(sheet, 3, 1) == 255);
    CHECK(at(sheet, 4, 1) == 128);
    CHECK(at(sheet, 5, 1) == 0);
    CHECK(at(sheet, 2, 2) == 128);
    CHECK(at(sheet, 4, 2) == 64);
    CHECK(at(sheet, 2, 3) == 0);
}

TEST_CASE("the way round does not matter, overlaps stay full, a hole stays empty") {
    InkSheet turned(3, 1);
    box(turned, 2, 0, 1, 1);
    CHECK(at(turned, 1, 0) == 255);
    InkSheet twice(3, 1);
    box(twice, 0, 0, 2, 1);
    box(twice, 1, 0, 3, 1);
    CHECK(at(twice, 1, 0) == 255);
    InkSheet ring(3, 3);
    box(ring, 0, 0, 3, 3);
    box(ring, 2, 1, 1, 2);
    CHECK(at(ring, 1, 1) == 0);
    CHECK(at(ring, 0, 1) == 255);
}

TEST_CASE("slopes and curves cover what they should") {
    InkSheet triangle(10, 10);
    triangle.line({0, 0}, {10, 0});
    triangle.line({10, 0}, {0, 10});
    triangle.line({0, 10}, {0, 0});
    CHECK(at(triangle, 4, 5) == 128);
    CHECK(at(triangle, 4, 4) == 255);
    CHECK(at(triangle, 6, 6) == 0);
    // A circle of radius 10 has 314 pixels.
    InkSheet circle(24, 24);
    constexpr double k = 5.5228, r = 10, c = 12;
    circle.cubic({c + r, c}, {c + r, c + k}, {c + k, c + r}, {c, c + r});
    circle.cubic({c, c + r}, {c - k, c + r}, {c - r, c + k}, {c - r, c});
    circle.cubic({c - r, c}, {c - r, c - k}, {c - k, c - r}, {c, c - r});
    circle.cubic({c, c - r}, {c + k, c - r}, {c + r, c - k}, {c + r, c});
    double sum = 0;
    for (const char byte : circle.coverage()) sum += static_cast<unsigned char>(byte) / 255.0;
    CHECK(sum == doctest::Approx(314.16).epsilon(0.006));
}

TEST_CASE("what lies outside the sheet is left out") {
    InkSheet sheet(4, 4);
    box(sheet, -10, -10, 2, 2);
    box(sheet, 3, 3, 20, 20);
    CHECK(at(sheet, 0, 0) == 255);
    CHECK(at(sheet, 1, 1) == 255);
    CHECK(at(sheet, 2, 2) == 0);
    CHECK(at(sheet, 3, 3) == 255);
}
