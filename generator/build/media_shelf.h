#pragma once
// Sound, films and subtitles: looked at once per content, published without what was recorded beside them,
// and where the editor left a film's duration or poster out, read from the film.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "build/memo.h"
#include "model/site.h"
#include "pages/media_plan.h"
#include "syntax/recording.h"
#include "syntax/subtitles.h"
#include "system/media_tools.h"
#include "system/output_stage.h"
#include "system/source_tree.h"

namespace qunying {

// What is known of a recording without its bytes.
struct RecordingFacts {
    Recording recording;   // its blanks are left out
    bool changed = false;  // something is taken out of what is published
    OutputFile published;
};

class MediaShelf {
  public:
    // All outlive it.
    MediaShelf(const SourceTree& tree, Memo& memo, const MediaTools& tools)
        : tree_(tree), memo_(memo), tools_(tools) {}

    // Looks at a file; what there is to say of it is said once, at `where`. Null for a file that is no
    // recording by its name, or that is not there.
    const RecordingFacts* recording(const std::string& path, Span where, Diagnostics& diagnostics);
    const Subtitles* subtitles(const std::string& path, Diagnostics& diagnostics);

    // The bytes to publish of a recording of which something is taken out.
    std::string cleaned(const std::string& path) const;

    // Looks at all that a site refers to, and fills in durations and posters of its films; a film then stands
    // for its own frame (frame_key). What can be had neither from the editor nor from the film is reported.
    enum class Posters { wanted, left_out };
    void complete(Site& site, Posters posters, Diagnostics& diagnostics);

    // All that the completed site refers to.
    const std::vector<MediaRequest>& requests() const { return requests_; }

    // Tells a film's frame apart; nothing for a file that is no film whose frame was taken.
    std::optional<Digest> frame_key(std::string_view path) const;
    // A JPEG. Throws Failure when it was forgotten and cannot be had again.
    std::string frame(std::string_view path) const;

  private:
    void complete_film(Site& site, Record& film, Posters posters, Diagnostics& diagnostics);
    void complete_duration(const Kind& kind, Record& film, const RecordingFacts& facts,
                           Diagnostics& diagnostics) const;
    void complete_poster(const Kind& kind, Record& film, const RecordingFacts& facts,
                         Diagnostics& diagnostics);
    std::optional<std::string> make_frame(const std::string& path, const Recording& recording) const;
    RecordingFacts look_at(const MediaFile& file) const;
    const std::string& version();

    const SourceTree& tree_;
    Memo& memo_;
    const MediaTools& tools_;
    std::vector<MediaRequest> requests_;
    std::map<std::string, RecordingFacts, std::less<>> recordings_;
    std::map<std::string, Subtitles, std::less<>> subtitles_;
    std::map<std::string, Digest, std::less<>> frames_;
    std::optional<std::string> version_;  // of ffmpeg, once asked
};

// Of what we cannot look into nothing can be taken out: such a file is on no page, whatever its name.
bool may_be_published(const Recording& recording);

// What to say of a file whose ending tells that no browser plays it: how to convert it. False for other
// files.
bool report_foreign_ending(const std::string& path, Span where, Diagnostics& diagnostics);

}  // namespace qunying
