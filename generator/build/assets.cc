#include "build/assets.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "build/endings.h"
#include "build/theme_text.h"
#include "pages/media_plan.h"

namespace qunying {
namespace {

// Photographs are not among them: they would be published with all they say of place and camera.
constexpr std::array<std::string_view, 12> asset_endings = {"svg",  "ico", "txt", "css", "js",  "woff2",
                                                            "woff", "pdf", "mp3", "mp4", "vtt", "xml"};
constexpr std::array<std::string_view, 9> media_endings = {"mp3",  "m4a", "ogg", "wav", "mp4",
                                                           "webm", "vtt", "srt", "pdf"};

// Empty where it is neither a stylesheet nor a script.
std::optional<ThemeLanguage> language_of(std::string_view path) {
    const std::string ending = ending_of(path);
    if (ending == "css") return ThemeLanguage::stylesheet;
    return ending == "js" ? std::optional(ThemeLanguage::script) : std::nullopt;
}

// static/NAME-HASH8.ext
std::string hashed_path(std::string_view name, const Digest& digest) {
    const std::size_t dot = name.rfind('.');
    return "static/" + std::string(name.substr(0, dot)) + "-" + digest.hex().substr(0, 8) +
           std::string(name.substr(std::min(dot, name.size())));
}

struct Planner {
    const SourceTree& tree;
    Memo& memo;
    MediaShelf& shelf;
    Diagnostics& diagnostics;
    Assets assets;

    void add(std::string from, std::string to, Span where, CopiedFile::Way way = CopiedFile::Way::copied) {
        if (is_output_path(to)) {
            assets.files.push_back({std::move(from), std::move(to), way});
        } else {
            diagnostics.report(DiagnosticKind::bad_asset_name, where, {from});
        }
    }

    void theme_file(std::string_view folder, const std::string& path, const Digest& digest,
                    CopiedFile::Way way = CopiedFile::Way::copied) {
        const std::string name = path.substr(folder.size());
        const std::string to = hashed_path(name, digest);
        assets.theme[name] = to;
        add(path, to, {}, way);
    }

    void theme_text(std::string_view folder, const SourceFile& file, const Digest& digest) {
        const std::optional<ThemeLanguage> language = language_of(file.path);
        if (!language) return theme_file(folder, file.path, digest);
        theme_file(folder, file.path, digest_of(without_remarks(file.text, *language)),
                   CopiedFile::Way::shortened);
    }

    void theme(const std::string& folder) {
        for (std::size_t i = 0; i < tree.texts.size(); ++i) {
            const SourceFile& file = tree.sources[tree.texts[i]];
            if (file.path.starts_with(folder)) theme_text(folder, file, *tree.digests[i]);
        }
        for (const MediaFile& file : tree.media) {
            if (file.path.starts_with(folder)) theme_file(folder, file.path, memo.file_digest(file));
        }
    }

    void asset(const std::string& path) {
        if (!path.starts_with("assets/")) return;
        if (is_one_of(ending_of(path), asset_endings)) {
            const CopiedFile::Way way = way_of(path, {});
            return is_fit(path, {}) ? add(path, path, {}, way) : void();
        }
        diagnostics.report(DiagnosticKind::asset_type, {}, {path, ending_of(path)});
    }

    CopiedFile::Way way_of(const std::string& path, Span where) {
        if (shelf.subtitles(path, diagnostics)) return CopiedFile::Way::subtitles;
        const RecordingFacts* facts = shelf.recording(path, where, diagnostics);
        return facts && facts->changed ? CopiedFile::Way::cleaned : CopiedFile::Way::copied;
    }

    bool is_fit(const std::string& path, Span where) {
        const RecordingFacts* facts = shelf.recording(path, where, diagnostics);
        return !facts || may_be_published(facts->recording);
    }

    // The name holds what is published, which changes when we learn to take more out.
    Digest published_digest(const MediaFile& file, CopiedFile::Way way, Span where) {
        if (way != CopiedFile::Way::cleaned) return memo.file_digest(file);
        const RecordingFacts* facts = shelf.recording(file.path, where, diagnostics);
        return digest_of(facts->published.blake2b.raw());
    }

    void media(const MediaRequest& request) {
        const MediaFile* file = tree.find_media(request.file);
        const SourceFile* text = tree.find_text(request.file);
        if (!file && !text) return;  // reported when it was named
        if (report_foreign_ending(request.file, request.where, diagnostics)) return;
        if (!is_one_of(ending_of(request.file), media_endings)) {
            return diagnostics.report(DiagnosticKind::media_type, request.where,
                                      {request.file, ending_of(request.file)});
        }
        const CopiedFile::Way way = way_of(request.file, request.where);
        if (!is_fit(request.file, request.where)) return;
        const Digest digest = file ? published_digest(*file, way, request.where)
                                   : digest_of(way == CopiedFile::Way::subtitles
                                                   ? shelf.subtitles(request.file, diagnostics)->vtt
                                                   : text->text);
        std::string name = request.file;
        if (ascii_lower(name).ends_with(".srt")) name.replace(name.size() - 4, 4, ".vtt");
        const std::string to = published_media_path(name, digest.hex());
        assets.media[request.file] = to;
        add(request.file, to, request.where, way);
    }
};

}  // namespace

Assets plan_assets(const SourceTree& tree, const Site& site, Memo& memo, MediaShelf& shelf,
                   Diagnostics& diagnostics) {
    Planner planner{tree, memo, shelf, diagnostics, {}};
    planner.theme("themes/" + site.settings.theme + "/static/");
    for (const SourceId id : tree.texts) planner.asset(tree.sources[id].path);
    for (const MediaFile& file : tree.media) planner.asset(file.path);
    for (const MediaRequest& request : shelf.requests()) planner.media(request);
    auto& files = planner.assets.files;
    std::sort(files.begin(), files.end(),
              [](const CopiedFile& a, const CopiedFile& b) { return a.to < b.to; });
    const auto same = [](const CopiedFile& a, const CopiedFile& b) { return a.to == b.to; };
    files.erase(std::unique(files.begin(), files.end(), same), files.end());
    return std::move(planner.assets);
}

void stage_assets(const Assets& assets, const SourceTree& tree, Memo& memo, MediaShelf& shelf,
                  OutputStage& stage) {
    Diagnostics said;  // when it was planned
    for (const CopiedFile& file : assets.files) {
        if (file.way == CopiedFile::Way::subtitles) {
            stage.add(file.to, shelf.subtitles(file.from, said)->vtt);
        } else if (file.way == CopiedFile::Way::cleaned) {
            const OutputFile& expected = shelf.recording(file.from, {}, said)->published;
            if (!stage.keep(file.to, expected)) stage.add(file.to, shelf.cleaned(file.from));
        } else if (const SourceFile* text = tree.find_text(file.from)) {
            const bool whole = file.way != CopiedFile::Way::shortened;
            stage.add(file.to, whole ? text->text : without_remarks(text->text, *language_of(file.from)));
        } else if (const MediaFile* media = tree.find_media(file.from)) {
            const OutputFile expected = memo.output_file(*media);
            if (!stage.keep(file.to, expected)) stage.add(file.to, memo.site().read_file(file.from));
        }
    }
}

}  // namespace qunying
