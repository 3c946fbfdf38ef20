#pragma once
// Which photographs the pages need, in which shapes; and what became of them.
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/diagnostic.h"
#include "images/recipe.h"
#include "model/site.h"
#include "pages/theme.h"

namespace qunying {

struct ImageRequest {
    std::string file;  // from the site's root: content/people/wang-yangli/portrait.jpg
    Focus focus;
    std::vector<std::size_t> recipes;  // indices in ThemeConfig::recipes, ascending
    Span where;                        // where it is first referred to

    bool operator==(const ImageRequest&) const = default;
};

// Each (file, focus) once, by file and focus.
std::vector<ImageRequest> plan_images(const Site& site, const ThemeConfig& theme, Diagnostics& diagnostics);

// The focus that an author wrote as two numbers of 0 to 1; the middle, a third from above, where there is
// none.
Focus focus_in(const FieldValue& value);

// media/NAME without hash and ending for a site path: wang-yangli-portrait. [a-z0-9-] only.
std::string media_name(std::string_view site_path);

// One published file of a photograph.
struct Rendition {
    PictureFormat format = PictureFormat::jpeg;
    int width = 0;
    int height = 0;
    std::string path;  // media/NAME-HASH8-WIDTH.jpg

    bool operator==(const Rendition&) const = default;
};

struct ImageEntry {
    bool broken = false;  // could not be read: everything below is empty, and a tile is shown
    int width = 0;        // of the upright original
    int height = 0;
    std::uint32_t average_rgb = 0;
    std::vector<std::vector<Rendition>>
        renditions;  // by index in ThemeConfig::recipes; empty where not asked for

    bool operator==(const ImageEntry&) const = default;
};

// What build/ made of the requests.
class ImageTable {
  public:
    void add(const std::string& file, Focus focus, ImageEntry entry);
    // nullptr where nothing was made of it.
    const ImageEntry* find(std::string_view file, Focus focus) const;
    // Calls `each(focus, entry)` for all that was made of a file.
    template <class Each>
    void each_of(std::string_view file, Each each) const {
        constexpr double first = -std::numeric_limits<double>::infinity();
        for (auto at = entries_.lower_bound(KeyView{file, first, first});
             at != entries_.end() && at->first.file == file; ++at)
            each(Focus{at->first.x, at->first.y}, at->second);
    }
    bool empty() const { return entries_.empty(); }

  private:
    struct Before {
        using is_transparent = void;
        template <class Each>
        static std::tuple<std::string_view, double, double> tied(const Each& key) {
            return {key.file, key.x, key.y};
        }
        template <class Left, class Right>
        bool operator()(const Left& left, const Right& right) const {
            return tied(left) < tied(right);
        }
    };
    struct Key {
        std::string file;
        double x, y;
    };
    struct KeyView {
        std::string_view file;
        double x, y;
    };
    std::map<Key, ImageEntry, Before> entries_;
};

}  // namespace qunying
