// Faces by the Haar cascades of OpenCV (P. Viola and M. Jones, “Rapid object detection using a boosted
// cascade of simple features”, CVPR 2001), as Debian packages them in opencv-data.
#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>
#include <string>

#include "images/faces.h"

namespace qunying {
namespace {

// Where the eyes are in a box of the frontal cascade, when no eyes are found: the mean of its training set.
constexpr double usual_eyes = 0.39;
// Eyes lie in this part of the box.
constexpr double highest_eye = 0.2, lowest_eye = 0.55;
// Smaller than this part of the shorter side nothing is a portrait's head.
constexpr int smallest_part = 10;
// From one size that is tried to the next. Finer steps find hardly more and cost twice the time.
constexpr double coarseness = 1.15;

struct Finder {
    cv::CascadeClassifier face, eye;
};

Finder& finder() {
    static Finder made;
    return made;
}

bool load(cv::CascadeClassifier& cascade, const std::string& name) {
    return cascade.load(QUNYING_CASCADES "/" + name);
}

PixelBox as_box(const cv::Rect& rectangle) {
    return {rectangle.x, rectangle.y, rectangle.width, rectangle.height};
}

// Two eyes side by side tell the line better than the box does.
double eye_line_in(const cv::Mat& grey, const cv::Rect& box) {
    const cv::Rect upper(box.x, box.y + static_cast<int>(box.height * highest_eye), box.width,
                         static_cast<int>(box.height * (lowest_eye - highest_eye)));
    std::vector<cv::Rect> eyes;
    const cv::Size smallest(std::max(8, box.width / 8), std::max(8, box.width / 8));
    finder().eye.detectMultiScale(grey(upper), eyes, 1.1, 3, 0, smallest);
    if (eyes.size() != 2 || std::abs(eyes[0].x - eyes[1].x) < box.width / 5) return box.height * usual_eyes;
    const auto middle = [](const cv::Rect& eye) { return eye.y + eye.height / 2.0; };
    const double line = upper.y - box.y + (middle(eyes[0]) + middle(eyes[1])) / 2;
    return std::clamp(line, box.height * 0.3, box.height * 0.48);
}

bool loaded() { return !finder().face.empty(); }
std::vector<Face> faces_in(const cv::Mat& grey, int smallest) {
    std::vector<cv::Rect> boxes;
    finder().face.detectMultiScale(grey, boxes, coarseness, 3, 0, cv::Size(smallest, smallest));
    std::vector<Face> faces;
    for (const cv::Rect& box : boxes) faces.push_back({as_box(box), eye_line_in(grey, box)});
    return faces;
}

// With its edges drawn out all round: a face that fills the picture lacks the air that the cascade wants to
// see.
std::vector<Face> faces_with_air(const cv::Mat& grey) {
    const int air = std::min(grey.cols, grey.rows) / 4;
    cv::Mat wider;
    cv::copyMakeBorder(grey, wider, air, air, air, air, cv::BORDER_REPLICATE);
    // Only a large one: small ones would have been found without.
    std::vector<Face> faces = faces_in(wider, std::min(grey.cols, grey.rows) / 2);
    for (Face& face : faces) {
        face.box.left -= air;
        face.box.top -= air;
    }
    return faces;
}

}  // namespace

bool load_face_finder() {
    if (loaded()) return true;
    cv::setNumThreads(1);
    return load(finder().face, "haarcascade_frontalface_alt2.xml") &&
           load(finder().eye, "haarcascade_eye_tree_eyeglasses.xml");
}

std::vector<Face> find_faces(const std::uint8_t* pixels, PixelSize size) {
    if (!loaded()) return {};
    // OpenCV has no view of const pixels; these are only read.
    auto* const read_only = const_cast<std::uint8_t*>(pixels);  // NOLINT
    const cv::Mat borrowed(size.height, size.width, CV_8UC1, read_only);
    cv::Mat grey;
    cv::equalizeHist(borrowed, grey);
    const std::vector<Face> faces =
        faces_in(grey, std::max(20, std::min(size.width, size.height) / smallest_part));
    return faces.empty() ? faces_with_air(grey) : faces;
}

}  // namespace qunying
