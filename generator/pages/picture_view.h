#pragma once
// Pictures as templates see them.
#include <string>
#include <string_view>

#include "pages/pictured.h"
#include "pages/scope.h"

namespace qunying {

enum class PictureDetail {
    card,   // the `card` rendition only
    cover,  // and `wide`: a group is not cropped to four of its eight
    full,
};

// The picture of a group (field of type picture, photo of an album, exhibit); none where it names no file.
Value picture_value(const Scope& scope, const FieldSpec& spec, const GroupValue& group, PictureDetail detail);
Value picture_value(const Scope& scope, const FacePicture& face, PictureDetail detail);

// {src, width, height, srcset, sizes, sources} of one recipe of a picture, none where nothing was made.
Value rendition_value(const Scope& scope, const ImageEntry& entry, std::size_t recipe);

// {url, width, height, size}
Value download_value(const Scope& scope, const DownloadFile& file);

// tone-12: the class of the generated stylesheet whose background is nearest to the colour.
std::string tone_class(std::uint32_t rgb);
// static/tones.css: the 64 classes.
std::string tones_stylesheet();

// The largest JPEG that a recipe made of a picture, from the site's root; empty where there is none.
std::string_view largest_jpeg(const Scope& scope, const FacePicture& face, std::string_view recipe);

}  // namespace qunying
