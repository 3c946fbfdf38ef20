#pragma once
// kiosk/people-t.js: everybody whose name begins with that letter in pinyin, so that a pad of letters finds
// them letter by letter.
//   qunyingKioskPeople("t", [{"keys": "tjg", "title": "田建刚", "url": "../people/tian-jian-gang.html", …}])
// A person has the keys keys, title, url, tile, line (what tells namesakes apart, or what else is said of
// them), level, deceased, framed, plain_face, src, srcset and tone, those only that it has anything under.
#include <string>
#include <vector>

#include "pages/page_keys.h"
#include "pages/plain_files.h"

namespace qunying {

struct LetterOfPeople {
    char letter = 'a';
    std::vector<RecordId> people;  // in the site's order
};

// The letters that names begin with, each with its people. Who shall not be searched for is not among them.
std::vector<LetterOfPeople> people_by_letter(const PageContext& context);

// The first letters of the syllables of a name: tjg.
std::string initials_of(const PageContext& context, RecordId person);

// Nothing where the theme goes without `kiosk`. `context` and `keys` must outlive the files.
std::vector<PlainFile> plan_kiosk_people(const PageContext& context, const PageKeys& keys);

}  // namespace qunying
