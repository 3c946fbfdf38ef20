#pragma once
// Which photographs the pages need, in which shapes; and what became of them.
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "images/recipe.h"
#include "model/site.h"
#include "pages/theme.h"

namespace qunying {

struct ImageRequest {
    std::string file;  // from the site's root: content/people/wang-yangli/portrait.jpg
    Treatment treatment;
    std::vector<std::size_t> recipes;  // indices in ThemeConfig::recipes, ascending
    Span where;                        // where it is first referred to
    bool download = false;             // some record offers it to visitors in its full size

    bool operator==(const ImageRequest&) const = default;
};

// Each file once for each treatment, by file and treatment.
std::vector<ImageRequest> plan_images(const Site& site, const ThemeConfig& theme, Diagnostics& diagnostics);

// Asks for what recipes make of `kiosk.portrait`: of the portraits that the loop of the kiosk shows, which
// are among the requests.
void add_kiosk_portraits(const Site& site, const ThemeConfig& theme, std::vector<ImageRequest>& requests);

// What an author says of a picture, `group` with the fields of `spec`.
Treatment treatment_in(const FieldSpec& spec, const GroupValue& group);

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

// A picture in its full size, made anew without anything the original says of place and camera.
struct DownloadFile {
    std::string path;
    int width = 0, height = 0;
    std::uint64_t size = 0;  // bytes

    bool operator==(const DownloadFile&) const = default;
};

struct ImageEntry {
    bool broken = false;  // could not be read: everything below is empty, and a tile is shown
    int width = 0;        // of the upright original
    int height = 0;
    std::uint32_t average_rgb = 0;
    std::vector<std::vector<Rendition>>
        renditions;  // by index in ThemeConfig::recipes; empty where not asked for
    std::optional<DownloadFile> download = std::nullopt;

    bool operator==(const ImageEntry&) const = default;
};

// What build/ made of the requests.
class ImageTable {
  public:
    void add(const std::string& file, const Treatment& treatment, ImageEntry entry);
    // nullptr where nothing was made of it.
    const ImageEntry* find(std::string_view file, const Treatment& treatment) const;
    // Calls `each(treatment, entry)` for all that was made of a file.
    template <class Each>
    void each_of(std::string_view file, Each each) const {
        const auto made = entries_.find(file);
        if (made == entries_.end()) return;
        for (const auto& [treatment, entry] : made->second) each(treatment, entry);
    }
    bool empty() const { return entries_.empty(); }

  private:
    std::map<std::string, std::map<Treatment, ImageEntry>, std::less<>> entries_;
};

}  // namespace qunying
