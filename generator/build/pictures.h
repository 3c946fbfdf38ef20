#pragma once
// Photographs through the worker pool and the cache: each content is decoded once, ever.
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "build/media_shelf.h"
#include "build/memo.h"
#include "build/progress.h"
#include "images/credit.h"
#include "images/derive.h"
#include "pages/image_plan.h"
#include "pages/theme.h"
#include "system/output_stage.h"
#include "system/worker_pool.h"

namespace qunying {

// One file made of a photograph.
struct PictureFile {
    std::string path;  // media/NAME-HASH8-WIDTH.jpg
    OutputFile expected;
    std::size_t picture;         // index in DerivedPictures::derived
    std::size_t recipe, output;  // where its bytes are in the cached result
};

// A photograph that was derived, and how to do it again should the cache have lost it.
struct DerivedPicture {
    Digest key;                    // of the result in the cache
    std::string original;          // path in the site
    std::vector<PictureUse> uses;  // that one decode serves
    std::size_t place;             // of this one among them
};

struct DerivedPictures {
    ImageTable table;
    std::vector<PictureFile> files;  // by path, each once
    std::vector<DerivedPicture> derived;
    std::size_t made = 0, reused = 0;  // photographs, each use of one counted
    std::size_t decoded = 0;           // originals that had to be
    bool complete = true;              // false: a worker failed over one, which may be gone next time
};

// What pictures need from outside.
struct PictureStudio {
    Memo& memo;
    const SourceTree& tree;
    WorkerPool& workers;
    const Progress& progress;
    Scans scans = Scans::refused;
    Credit credit = {};                 // written into what is made
    const MediaShelf* shelf = nullptr;  // films whose frames stand for them; null: none
};

// Derives every request that the cache does not hold; of one photograph, under whatever names, all of them
// from one decode. A photograph that cannot be used is reported and stands as broken in the table; a file
// that is not there was reported when it was named, and is broken too.
DerivedPictures derive_pictures(const std::vector<ImageRequest>& requests, const ThemeConfig& theme,
                                PictureStudio studio, Diagnostics& diagnostics);

// Under which the results of such a job lie in the cache, below "picture-bytes".
Digest picture_key(const Digest& original, const Treatment& treatment, Scans scans,
                   const std::vector<Recipe>& recipes, const Credit& credit = {});

// What visitors may download: the whole picture in its full size.
Recipe download_recipe();

// The request's recipes as they suit its picture.
std::vector<Recipe> recipes_of(const ImageRequest& request, const ThemeConfig& theme);

// What a worker's reply says became of each use of a photograph; of its only use.
std::vector<PictureResult> pictures_of(WorkerReply reply, std::size_t uses);
PictureResult picture_of(WorkerReply reply);

// All that was made of a photograph, with its bytes: from the cache, or made again where the cache lost it.
PictureResult fetch_picture(const DerivedPicture& picture, PictureStudio studio);

// Puts the files into the stage; those that the release before holds already are not even read.
void stage_pictures(const DerivedPictures& pictures, PictureStudio studio, OutputStage& stage);

}  // namespace qunying
