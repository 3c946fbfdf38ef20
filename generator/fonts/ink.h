#pragma once
// Outlines to ink: how much of each pixel lies inside, exactly, from the area under each edge. No library, so
// that the same outline yields the same bytes with any version of one.
#include <string>
#include <vector>

namespace qunying {

struct InkPoint {
    double x = 0, y = 0;  // pixels, y downwards
};

// A sheet on which outlines are filled. What lies outside of it is left out.
class InkSheet {
  public:
    InkSheet(int width, int height);

    // Outlines are closed by whoever draws them; where they overlap in one direction they stay full.
    void line(InkPoint from, InkPoint to);
    void quadratic(InkPoint from, InkPoint control, InkPoint to);
    void cubic(InkPoint from, InkPoint first, InkPoint second, InkPoint to);

    int width() const { return width_; }
    int height() const { return height_; }
    // A byte a pixel, row by row.
    std::string coverage() const;

  private:
    void edge_in_row(int row, double x0, double x1, double height);

    int width_, height_;
    std::vector<double> areas_;  // what each pixel adds to the ink of its row from there on
};

}  // namespace qunying
