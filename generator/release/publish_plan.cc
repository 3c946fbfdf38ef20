// Why this order keeps every link whole. Call a page visible when it was there before or a visible page links
// to it. Pages link to pages and assets of their own release.
// 1. Assets, then pages that no visible page links to, then entries that were not there, which name them:
//    all that was visible stays.
// 2. Pages that replace visible ones: all that they name is there now. What they named before stays, too.
// 3. Entries that replace others, and the home page: whoever comes by an old one finds all that it names.
// 4. Then every visible page is one of the release, so that nothing points to what the release does not have,
//    and that is removed: pages first, what they showed after them.
// So it holds in every state between, wherever a run is broken off; and since a run that comes later removes
// last as well, also when it publishes another release on top of a broken one.
#include "release/publish_plan.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "base/failure.h"
#include "system/disk.h"

namespace qunying {
namespace {

using State = Known::State;

bool ends_with_one_of(std::string_view text, std::initializer_list<std::string_view> ends) {
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return text.ends_with(end); });
}

// index.html, index-2.html
bool is_index(std::string_view name) {
    if (!name.starts_with("index")) return false;
    name.remove_prefix(5);
    if (name.starts_with('-')) name.remove_prefix(1);
    return name.substr(std::min(name.find_first_not_of("0123456789"), name.size())) == ".html";
}

bool is_hexadecimal(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }
bool is_mark(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }

UploadPhase phase_of(std::string_view path, const KnownFiles& known) {
    const std::string_view page = without_compression(path);
    switch (role_of(page)) {
        case FileRole::asset:
            return is_named_by_content(page) ? UploadPhase::assets : UploadPhase::styles;
        case FileRole::entry:
        case FileRole::record:
        case FileRole::list:
            break;
    }
    const auto is_visible = [&](std::string_view name) {
        const auto found = known.find(name);
        return found != known.end() && found->second.visible();
    };
    // A server may answer for a page with its compressed form as soon as that is there.
    const bool visible = is_visible(path) || is_visible(page);
    if (role_of(page) != FileRole::entry)
        return visible ? UploadPhase::changed_pages : UploadPhase::new_pages;
    // Whoever comes to a new site comes by its home page.
    return visible || page == "index.html" ? UploadPhase::entries : UploadPhase::new_entries;
}

bool is_needed(const KnownFiles& known, std::string_view path, const OutputFile& file) {
    const auto found = known.find(path);
    if (found == known.end()) return true;
    QY_CHECK(found->second.state != State::unknown);
    return found->second.state != State::file || found->second.file != file;
}

// Forms of pages that stay go first, for they still show what was; assets last.
std::size_t removal_step(const Manifest& release, std::string_view path) {
    const std::string_view page = without_compression(path);
    if (page != path && release.files.contains(page)) return 0;
    return role_of(page) == FileRole::asset ? 2 : 1;
}

void plan_removals(const Manifest& release, const KnownFiles& known, PublishPlan& plan) {
    std::array<std::vector<std::string>, 3> steps;
    std::set<std::string, std::greater<>> folders;
    for (const auto& [path, state] : known) {
        if (state.state == State::absent || release.files.contains(path)) continue;
        steps[removal_step(release, path)].push_back(path);
        for (std::string folder = split_path(path).folder; !folder.empty();
             folder = split_path(folder).folder)
            folders.insert(folder);
    }
    for (std::vector<std::string>& step : steps) {
        if (!step.empty()) plan.removals.push_back(std::move(step));
    }
    for (const std::string& folder : folders) {
        const std::size_t next = release.files.lower_bound(folder + "/");
        const bool used = next < release.files.size() && release.files.path(next).starts_with(folder + "/");
        if (!used) plan.empty_folders.push_back(folder);
    }
}

}  // namespace

FileRole role_of(std::string_view path) {
    const std::string_view file = without_compression(path);
    const SplitPath parts = split_path(file);
    if (parts.folder.empty() || parts.folder == "data" || file == "search/index.js") return FileRole::entry;
    if (parts.folder == "honors" || parts.folder.starts_with("honors/")) return FileRole::list;
    if (!file.ends_with(".html")) {
        const bool loaded = parts.folder == "static" || is_named_by_content(file) ||
                            !ends_with_one_of(file, {".js", ".json", ".xml"});
        return loaded ? FileRole::asset : FileRole::list;
    }
    return is_index(parts.name) ? FileRole::list : FileRole::record;
}

bool is_named_by_content(std::string_view path) {
    const std::string_view file = without_compression(path);
    const SplitPath parts = split_path(file);
    const std::string name = parts.name.substr(0, parts.name.find('.'));
    // The digest is one of the parts between hyphens, not the first.
    const bool hexadecimal = parts.folder == "media" || parts.folder == "static";
    if (!hexadecimal && parts.folder != "search") return false;
    for (std::size_t at = name.find('-'); at != std::string::npos; at = name.find('-', at + 1)) {
        const std::string part = name.substr(at + 1, name.find('-', at + 1) - at - 1);
        const std::size_t length = hexadecimal ? 8 : 6;
        if (part.size() == length &&
            std::all_of(part.begin(), part.end(), hexadecimal ? is_hexadecimal : is_mark))
            return true;
    }
    return false;
}

std::string_view without_compression(std::string_view path) {
    if (!ends_with_one_of(path, {".gz", ".br"})) return path;
    return path.substr(0, path.size() - 3);
}

KnownFiles known_of(const Manifest& manifest) {
    KnownFiles known;
    for (const OutputTree::Item item : manifest.files)
        known.emplace_hint(known.end(), std::string(item.path), Known{State::file, item.file, false});
    return known;
}

std::size_t PublishPlan::upload_count() const {
    std::size_t count = 0;
    for (const UploadStep& step : uploads) count += step.paths.size();
    return count;
}

std::size_t PublishPlan::removal_count() const {
    std::size_t count = 0;
    for (const std::vector<std::string>& step : removals) count += step.size();
    return count;
}

PublishPlan plan_publishing(const Manifest& release, const KnownFiles& known) {
    PublishPlan plan;
    std::map<UploadPhase, std::vector<std::string>> phases;
    for (const OutputTree::Item item : release.files) {
        if (!is_needed(known, item.path, item.file)) continue;
        phases[phase_of(item.path, known)].emplace_back(item.path);
        plan.bytes += item.file.size;
    }
    for (auto& [phase, paths] : phases) plan.uploads.push_back({phase, std::move(paths)});
    plan_removals(release, known, plan);
    return plan;
}

PublishCounts count_publishing(const PublishPlan& plan, const KnownFiles& known) {
    PublishCounts counts;
    const auto count = [&](const std::string& path) {
        const auto found = known.find(path);
        const bool is_new = found == known.end() || found->second.state == State::absent;
        const FileRole role = path.ends_with(".html") ? role_of(path) : FileRole::asset;
        if (role == FileRole::record) return ++(is_new ? counts.new_pages : counts.changed_pages);
        // The home page and 404.html, whatever they are to the order.
        if (role != FileRole::asset) return ++(is_new ? counts.new_lists : counts.changed_lists);
        const bool loaded = path == without_compression(path) && role_of(path) == FileRole::asset;
        return ++(loaded ? counts.assets : counts.others);
    };
    for (const UploadStep& step : plan.uploads) std::for_each(step.paths.begin(), step.paths.end(), count);
    for (const auto& step : plan.removals) {
        std::copy_if(step.begin(), step.end(), std::back_inserter(counts.taken_down),
                     [](const std::string& path) { return path.ends_with(".html"); });
    }
    return counts;
}

}  // namespace qunying
