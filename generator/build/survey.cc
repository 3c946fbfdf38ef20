#include "build/survey.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "build/run.h"
#include "images/derive.h"

namespace qunying {
namespace {

constexpr const char* portraits = "person.portrait";

// So many whole pictures are in memory at once.
constexpr std::size_t portraits_at_once = 16;

// Of a picture without any crop the worker needs to find no head.
Treatment without_head(Treatment treatment) {
    treatment.focus.reset();
    treatment.head = 0;
    return treatment;
}

// The whole pictures of some portraits.
std::vector<PictureResult> whole_pictures(Disk& disk, WorkerPool& workers, Scans scans,
                                          const ListedPicture* first, std::size_t count) {
    std::vector<PictureResult> whole(count);
    const auto make_job = [&](std::size_t i) {
        return encode_job(
            {disk.read_file(first[i].file), {{without_head(first[i].treatment), {whole_picture()}}}, scans});
    };
    workers.run(count, make_job,
                [&](std::size_t i, WorkerReply reply) { whole[i] = picture_of(std::move(reply)); });
    return whole;
}

}  // namespace

Recipe whole_picture() {
    Recipe recipe;
    recipe.name = "whole";
    recipe.widths = {480};
    return recipe;
}

Survey Run::survey() {
    read();
    Survey found;
    found.site = load();
    Diagnostics unsaid;
    found.publication =
        decide_publication(found.site, {options_.audience, options_.as_of, options_.preview}, unsaid);
    remember();
    workers_.reset();
    found.tree = std::move(result_.tree);
    return found;
}

PictureList Run::pictures() const {
    return list_pictures(checked_.site, checked_.theme, checked_.pictures.table, result_.tree.sources);
}

bool Run::cut_portraits(const EachPortrait& each) {
    read();
    Site site = load();
    Diagnostics unsaid;
    const Publication publication =
        decide_publication(site, {options_.audience, options_.as_of, true}, unsaid);
    checked_.site = public_site(std::move(site), publication, unsaid, options_.threads);
    prepare_theme();
    if (checked_.theme.recipes.empty()) return false;
    PictureList list = pictures();
    std::erase_if(list.pictures, [&](const ListedPicture& picture) {
        return !picture.treatment.portrait || !result_.tree.find_media(picture.file);
    });
    // As the build makes them: with all that other uses of the same photographs want of one decode.
    std::set<std::string> files;
    for (const ListedPicture& picture : list.pictures) files.insert(picture.file);
    std::vector<ImageRequest> requests = plan_images(checked_.site, checked_.theme, unsaid);
    add_kiosk_portraits(checked_.site, checked_.theme, requests);
    std::erase_if(requests, [&](const ImageRequest& request) { return !files.contains(request.file); });
    std::map<std::pair<std::string, Treatment>, std::vector<std::size_t>> asked;
    for (ImageRequest& request : requests) {
        request.download = false;
        asked.emplace(std::pair(request.file, request.treatment), request.recipes);
    }
    for (ListedPicture& picture : list.pictures) picture.recipes = asked[{picture.file, picture.treatment}];
    const DerivedPictures derived = derive_pictures(requests, checked_.theme, studio(), unsaid);
    std::map<std::pair<std::string, Treatment>, const DerivedPicture*> made;
    for (const DerivedPicture& picture : derived.derived)
        made.emplace(std::pair(picture.original, picture.uses[picture.place].treatment), &picture);
    for (std::size_t from = 0; from < list.pictures.size(); from += portraits_at_once) {
        const std::size_t count = std::min(portraits_at_once, list.pictures.size() - from);
        auto whole = whole_pictures(disk_, *workers_, list.scans, &list.pictures[from], count);
        for (std::size_t i = 0; i < count; ++i) {
            const ListedPicture& picture = list.pictures[from + i];
            const auto found = made.find({picture.file, picture.treatment});
            // What is wrong with a photograph is wrong with the whole of it, too.
            PictureResult crops = found == made.end() ? failed_picture(whole[i].problem, whole[i].detail)
                                                      : fetch_picture(*found->second, studio());
            each({picture, recipes_of(picture, list), std::move(crops), std::move(whole[i])});
        }
    }
    remember();
    workers_.reset();
    return true;
}

Survey survey_site(Disk& site, Memo& memo, const BuildOptions& options) {
    return Run(site, memo, options).survey();
}

bool cut_portraits(Disk& site, Memo& memo, const BuildOptions& options, const EachPortrait& each) {
    return Run(site, memo, options).cut_portraits(each);
}

void cut_photographs(Disk& folder, const std::vector<std::string>& files, const ThemeConfig& theme,
                     const BuildOptions& options, const EachPortrait& each) {
    PictureList list;
    for (const ThemeRecipe& recipe : theme.recipes) list.recipes.push_back(recipe.recipe);
    ListedPicture picture;
    picture.use = portraits;
    picture.treatment.portrait = true;
    picture.recipes = recipes_for(theme, portraits);
    const std::vector<Recipe> recipes = recipes_of(picture, list);
    WorkerPool workers(options.worker, std::max(1U, options.threads));
    // Of each photograph the crops first, then the whole.
    const auto make_job = [&](std::size_t i) {
        const PictureUse use =
            i % 2 == 1 ? PictureUse{{}, {whole_picture()}} : PictureUse{picture.treatment, recipes};
        return encode_job({folder.read_file(files[i / 2]), {use}, Scans::allowed});
    };
    PictureResult crops;
    options.progress(Step::pictures, 0, files.size());
    workers.run(2 * files.size(), make_job, [&](std::size_t i, WorkerReply reply) {
        PictureResult result = picture_of(std::move(reply));
        if (i % 2 == 0) {
            crops = std::move(result);
            return;
        }
        picture.file = files[i / 2];
        picture.name = picture.file.substr(0, picture.file.rfind('.'));
        each({picture, recipes, std::move(crops), std::move(result)});
        options.progress(Step::pictures, i / 2 + 1, files.size());
    });
}

}  // namespace qunying
