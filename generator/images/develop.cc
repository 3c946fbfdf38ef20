#include "images/develop.h"

#include <algorithm>

#include "images/faces.h"

namespace qunying {
namespace {

using vips::VImage;

int part(int length, double scale) { return static_cast<int>(length * scale + 0.5); }

PixelSize scaled(PixelSize size, double scale) {
    return {std::max(1, part(size.width, scale)), std::max(1, part(size.height, scale))};
}

double ratio(PixelSize part, PixelSize whole) { return static_cast<double>(part.width) / whole.width; }

// The original as recipes see it: upright, set straight and without border, when the editor asks for that.
class Straightening {
  public:
    Straightening(const Original& original, const Treatment& treatment)
        : original_(original),
          turn_(std::clamp(treatment.turn, -steepest_turn, steepest_turn)),
          trim_(treatment.trim),
          size_(original.upright) {
        if (turn_ != 0 || trim_) look();
    }

    // Of what is left of the picture.
    PixelSize size() const { return size_; }
    // The stated place, there.
    Head placed(Head head) const {
        if (!is_needed()) return head;
        head.eyes = place_after(head.eyes, original_.upright, turn_, turned_, box_);
        head.height = std::min(1.0, head.height * original_.upright.height / box_.height);
        return head;
    }
    // What is to be decoded for a master of that size.
    PixelSize to_decode(PixelSize master) const {
        return is_needed() ? scaled(original_.upright, ratio(master, size_)) : master;
    }
    // The master that a decode of that size holds.
    PixelSize master_in(PixelSize decoded) const {
        return is_needed() ? scaled(size_, ratio(decoded, original_.upright)) : decoded;
    }
    VImage master(const VImage& decoded, PixelSize size) const {
        if (!is_needed()) return decoded;
        const double scale = ratio(size, size_);
        const VImage whole = turned(decoded, turn_);
        PixelBox box{part(box_.left, scale), part(box_.top, scale), size.width, size.height};
        box.left = std::clamp(box.left, 0, std::max(0, whole.width() - box.width));
        box.top = std::clamp(box.top, 0, std::max(0, whole.height() - box.height));
        return whole.extract_area(box.left, box.top, std::min(box.width, whole.width()),
                                  std::min(box.height, whole.height()));
    }

  private:
    bool is_needed() const { return turn_ != 0 || trim_; }
    // On a small copy, for a border is even at any size.
    void look() {
        constexpr double probe = 800;  // pixels of the longer side
        const double scale =
            std::min(1.0, probe / std::max(original_.upright.width, original_.upright.height));
        const VImage small = turned(decode_master(original_, scaled(original_.upright, scale)), turn_);
        const PixelBox left = trim_ ? without_border(small) : PixelBox{0, 0, small.width(), small.height()};
        turned_ = {part(small.width(), 1 / scale), part(small.height(), 1 / scale)};
        box_ = {part(left.left, 1 / scale), part(left.top, 1 / scale), part(left.width, 1 / scale),
                part(left.height, 1 / scale)};
        size_ = {box_.width, box_.height};
    }

    const Original& original_;
    double turn_;
    bool trim_;
    PixelSize size_, turned_;
    PixelBox box_;
};

// One use, while it is being developed.
class View {
  public:
    View(const Original& original, const PictureUse& use) : use_(use), straight_(original, use.treatment) {
        made_.source = straight_.size();
        made_.head = straight_.placed(stated_head(use.treatment));
        // What draws the eye never makes a crop smaller; a face may, and so may one that the editor points
        // at.
        const bool may_shrink = made_.head.height == 0 && load_face_finder();
        made_.plan =
            plan_picture(made_.source, use.recipes, made_.head,
                         may_shrink ? master_for_small_heads(made_.source, use.recipes) : PixelSize{});
    }

    PixelSize to_decode() const { return straight_.to_decode(made_.plan.master); }
    // Takes its master out of what has been decoded to that size, which may be more than it asked for.
    void take(const VImage& decoded, PixelSize size) {
        if (size != to_decode()) plan_for(straight_.master_in(size));
        made_.master = straight_.master(decoded, made_.plan.master);
        // What was turned ends where its own pixels do, a pixel or two sooner than the small copy told.
        const PixelSize found{made_.master.width(), made_.master.height()};
        if (found != made_.plan.master) plan_for(found);
    }
    // Whether that asks for a larger master: for a head so small that the usual one has too few pixels of it.
    bool find_head() {
        const bool wanted = std::any_of(use_.recipes.begin(), use_.recipes.end(),
                                        [](const Recipe& recipe) { return recipe.crop == Crop::portrait; });
        if (!wanted) return false;
        made_.head = qunying::find_head(made_.master, made_.head);
        const PixelSize before = made_.plan.master;
        made_.plan = plan_picture(made_.source, use_.recipes, made_.head, before);
        return made_.plan.master != before;
    }
    Developed finish() { return std::move(made_); }

  private:
    void plan_for(PixelSize master) {
        made_.plan = plan_within(master, made_.source, use_.recipes, made_.head);
    }

    const PictureUse& use_;
    Straightening straight_;
    Developed made_;
};

// As large as the most demanding of them wants it.
void decode_for(const Original& original, std::vector<View>& views) {
    PixelSize most;
    for (const View& view : views) {
        const PixelSize size = view.to_decode();
        if (size.width > most.width) most = size;
    }
    const VImage decoded = decode_master(original, most);
    for (View& view : views) view.take(decoded, most);
}

}  // namespace

std::vector<Developed> develop(const Original& original, const std::vector<PictureUse>& uses) {
    std::vector<View> views;
    views.reserve(uses.size());
    for (const PictureUse& use : uses) views.emplace_back(original, use);
    decode_for(original, views);
    bool larger = false;
    for (View& view : views) larger = view.find_head() || larger;
    if (larger) decode_for(original, views);  // rare
    std::vector<Developed> developed;
    for (View& view : views) developed.push_back(view.finish());
    return developed;
}

}  // namespace qunying
