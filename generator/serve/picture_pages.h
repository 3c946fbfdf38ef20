#pragma once
// The pages of photographs, as text: a list of them, and one where an editor shows where the head is and sees
// at once what becomes of it.
#include <optional>
#include <string>
#include <string_view>

#include "images/recipe.h"
#include "pages/picture_list.h"
#include "serve/event_hub.h"
#include "serve/live_page.h"

namespace qunying {

inline constexpr std::string_view pictures_path = "/_qunying/pictures";
inline constexpr std::string_view focus_path = "/_qunying/focus";
inline constexpr std::string_view photo_path = "/_qunying/photo";

// Names a picture in addresses: its record, person/wang-yangli, and its file.
struct PictureName {
    std::string of, file;
};
std::string address_of(std::string_view page, const PictureName& name);
PictureName name_of(const ListedPicture& picture);
// Null where the list has none of that name.
const ListedPicture* find_picture(const PictureList& list, const PictureName& name);

// How open tabs name the page of one picture, and the mark of it: another one once its record says something
// else, or the photograph is another.
std::string focus_page_name(const PictureName& name);
std::string focus_mark(const Snapshot& snapshot, std::string_view page);

// Those whose name or file holds `wanted`, from the `from`th on.
struct PictureChoice {
    std::string wanted;
    std::size_t from = 0;
};
std::string pictures_page(const Snapshot& snapshot, const PictureChoice& choice, const LivePage& page,
                          Language language);

// How the picture is written in its record, for the line to paste.
struct WrittenPicture {
    // Of the line that holds all of it: what stands before, the picture itself, what follows. Where it takes
    // several lines, `inside` alone.
    std::string before, inside, after;
    std::size_t line = 0;  // from 1
    bool whole_line = false;
};
std::optional<WrittenPicture> written_picture(std::string_view text, Span where);

// `made` is what the worker makes of it now.
std::string focus_page(const ListedPicture& picture, const PictureList& list, const PictureResult& made,
                       const std::optional<WrittenPicture>& written, const LivePage& page, Language language);

}  // namespace qunying
