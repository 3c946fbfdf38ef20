#pragma once
// A contact sheet: every portrait with the crops that were made of it, the head that they were cut round
// drawn in, and the same as a table, so that anybody can see and measure where heads and eyes fell.
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "images/geometry.h"
#include "images/recipe.h"
#include "pages/picture_list.h"

namespace qunying {

// One crop of a portrait.
struct SheetCrop {
    Recipe recipe;
    PixelBox box;       // of the picture, in its pixels
    std::string shown;  // the file on the sheet
};

struct SheetEntry {
    ListedPicture picture;
    std::string problem;  // why it cannot be used; then there is nothing below
    PixelSize size;       // upright, turned and trimmed as its record says
    Head head;
    std::string whole;  // the file on the sheet
    std::vector<SheetCrop> crops;
};

// Where things fell in a crop, as fractions of its height, and whether the head is inside.
enum class HeadInside { unknown, yes, no };
// Negative where nobody knows where the eyes are.
double eyes_in(const SheetEntry& entry, const SheetCrop& crop);
HeadInside head_inside(const SheetEntry& entry, const SheetCrop& crop);

// editor, face, attention, none
std::string_view name_of(Head::Source source);

struct SheetFile {
    std::string path, text;
};

// index.html, page-2.html…, sheet.css and pictures.csv.
std::vector<SheetFile> contact_sheet(const std::vector<SheetEntry>& entries, const std::string& title,
                                     PartialDate as_of, Language language);

// One row a crop; a photograph that cannot be used has one row. Columns are named in docs/pictures.md.
std::string contact_sheet_csv(const std::vector<SheetEntry>& entries);

extern const std::string_view contact_sheet_style;  // sheet.css of this folder

}  // namespace qunying
