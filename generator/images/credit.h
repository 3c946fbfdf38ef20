#pragma once
// The one thing that a picture of ours may say of itself, where site.yaml asks for it: who made it and whose
// it is. Bare pictures come from the worker; this puts the words in, without touching a pixel. In JPEG as
// Exif (Artist, Copyright), in WebP and AVIF as XMP (dc:creator, dc:rights).
#include <string>
#include <string_view>

#include "images/recipe.h"

namespace qunying {

struct Credit {
    std::string artist, copyright;  // UTF-8

    bool empty() const { return artist.empty() && copyright.empty(); }
    bool operator==(const Credit&) const = default;
};

// The picture with the words in it; itself where there are none, or where it is not built as our encoders
// build them.
std::string credited(std::string picture, PictureFormat format, const Credit& credit);

}  // namespace qunying
