#pragma once
// What has to be done at a place so that it holds a release, and in which order, so that at no moment a page
// there points to a file that is missing (docs/publishing.md). Knows nothing of networks.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "system/manifest.h"

namespace qunying {

// What a path of a release is to a visitor. What was compressed beforehand is what it was made of.
enum class FileRole {
    asset,   // what pages and scripts load: pictures, styles, fonts, pieces of the search
    record,  // the page of one record
    list,    // a page that lists others, and the cards that it fetches
    entry,   // what names many others under a name that never changes: search/index.js, sitemap.xml, the home
             // page
};
FileRole role_of(std::string_view path);

// Whether the name tells the bytes: media/x-5f03c28b-320.jpg, static/x-8cc4154c.css, search/c-0-tus2fi.js.
// Files of one such name have the same bytes, ever.
bool is_named_by_content(std::string_view path);
// people/a.html of people/a.html.gz; the path itself of any other.
std::string_view without_compression(std::string_view path);

// What is known of a path at the place.
struct Known {
    enum class State {
        file,     // it is there, with these bytes
        another,  // something is there, no matter what: it must be replaced
        absent,
        unknown,  // whatever: a run was broken off there
    };
    State state = State::absent;
    OutputFile file;
    bool unseen = false;  // no page that a visitor can come by points to it

    // Whether a visitor may be reading it.
    bool visible() const { return state != State::absent && !unseen; }
};
// What is not in it is absent, or somebody else's.
using KnownFiles = std::map<std::string, Known, std::less<>>;
KnownFiles known_of(const Manifest& manifest);

// Steps in their order. Each begins when the one before is done; within one the order is of no account.
enum class UploadPhase { assets, styles, new_pages, new_entries, changed_pages, entries };

struct UploadStep {
    UploadPhase phase;
    std::vector<std::string> paths;
};

struct PublishPlan {
    std::vector<UploadStep> uploads;                 // no empty ones
    std::vector<std::vector<std::string>> removals;  // likewise: pages first, then what they showed
    std::vector<std::string> empty_folders;          // that may be empty then, deepest first
    std::uint64_t bytes = 0;                         // of the uploads

    std::size_t upload_count() const;
    std::size_t removal_count() const;
    bool empty() const { return uploads.empty() && removals.empty(); }
};

// Nothing of `known` may be `unknown` that the release has.
PublishPlan plan_publishing(const Manifest& release, const KnownFiles& known);

// What the visitors will see of it.
struct PublishCounts {
    std::size_t new_pages = 0, changed_pages = 0, new_lists = 0, changed_lists = 0;
    std::size_t assets = 0, others = 0;
    std::vector<std::string> taken_down;  // pages that will be no more, by path
};
PublishCounts count_publishing(const PublishPlan& plan, const KnownFiles& known);

}  // namespace qunying
