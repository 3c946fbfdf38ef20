#include "build/media_shelf.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <utility>

#include "base/failure.h"
#include "base/json.h"
#include "base/text.h"
#include "build/endings.h"

namespace qunying {
namespace {

constexpr std::array<std::string_view, 6> recording_endings = {"mp3", "m4a", "ogg", "wav", "mp4", "webm"};
constexpr std::array<std::string_view, 20> foreign_films = {
    "mov", "avi",  "wmv", "mkv", "flv", "rm",  "rmvb", "mpg", "mpeg", "ts",
    "mts", "m2ts", "3gp", "vob", "m4v", "asf", "f4v",  "swf", "dat",  "ogv"};
constexpr std::array<std::string_view, 12> foreign_sounds = {"wma", "amr", "aac", "flac", "ape",  "aiff",
                                                             "aif", "caf", "mid", "ra",   "opus", "mp2"};
constexpr std::array<std::string_view, 7> foreign_subtitles = {"ass", "ssa",  "sub", "lrc",
                                                               "smi", "ttml", "sbv"};

// ---- how to cure it

// A name that a shell takes as it is meant.
std::string in_shell(std::string_view name) {
    const auto special = [](char c) {
        return std::string_view(" !\"#$&'()*;<>?[\\]^`{|}~").find(c) != std::string_view::npos;
    };
    if (std::none_of(name.begin(), name.end(), special) && !name.starts_with('-')) return std::string(name);
    return "'" + replace_all(name, "'", "'\\''") + "'";
}

// story-new.mp4 of story.mp4; story.mp4 of story.avi.
std::string converting(std::string_view path, std::string_view options, std::string_view ending) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const std::string_view stem = name.substr(0, name.rfind('.'));
    const bool same = ascii_lower(name.substr(std::min(name.size(), stem.size() + 1))) == ending;
    const std::string target = fmt::format("{}{}.{}", stem, same ? "-new" : "", ending);
    return fmt::format("ffmpeg -i {}{} {}", in_shell(name), options, in_shell(target));
}

constexpr std::string_view to_film =
    " -c:v libx264 -crf 21 -pix_fmt yuv420p -c:a aac -b:a 160k -movflags +faststart";
constexpr std::string_view to_aac = " -c:v copy -c:a aac -b:a 160k -movflags +faststart";
constexpr std::string_view to_front = " -c copy -movflags +faststart";
constexpr std::string_view to_bare = " -map 0:v? -map 0:a? -c copy -map_metadata -1";
constexpr std::string_view to_sound = " -vn -b:a 128k";

bool is_sound_name(std::string_view path) {
    constexpr std::array<std::string_view, 4> sounds = {"mp3", "m4a", "ogg", "wav"};
    return is_one_of(ending_of(path), sounds);
}

std::string converting(std::string_view path) {
    return is_sound_name(path) ? converting(path, to_sound, "mp3") : converting(path, to_film, "mp4");
}

// ---- what is remembered

std::string write_facts(const RecordingFacts& facts) {
    const Recording& r = facts.recording;
    JsonWriter json(JsonWriter::Layout::compact);
    json.begin_array().number(static_cast<int>(r.container)).text(r.name).number(r.milliseconds);
    json.boolean(r.whole).boolean(r.index_first).text(r.picture).text(r.sound);
    json.boolean(r.picture_plays).boolean(r.sound_plays).boolean(r.hides_data).boolean(facts.changed);
    json.text(facts.published.blake2b.hex()).number(static_cast<std::int64_t>(facts.published.size));
    return json.end_array().finish();
}

std::optional<RecordingFacts> read_facts(std::string_view text) {
    const auto json = read_json(text);
    if (!json || json->items.size() != 13) return std::nullopt;
    const auto& part = json->items;
    RecordingFacts facts;
    Recording& r = facts.recording;
    r.container = static_cast<Container>(part[0].integer);
    r.name = part[1].text;
    r.milliseconds = part[2].integer;
    r.whole = part[3].boolean;
    r.index_first = part[4].boolean;
    r.picture = part[5].text;
    r.sound = part[6].text;
    r.picture_plays = part[7].boolean;
    r.sound_plays = part[8].boolean;
    r.hides_data = part[9].boolean;
    facts.changed = part[10].boolean;
    const auto blake2b = blake2b_from_hex(part[11].text);
    if (!blake2b) return std::nullopt;
    facts.published = {*blake2b, static_cast<std::uint64_t>(part[12].integer)};
    return facts;
}

RecordingFacts facts_of(std::string bytes) {
    RecordingFacts facts;
    const std::uint64_t size = bytes.size();
    facts.recording = read_recording(bytes);
    facts.changed = !is_published_whole(facts.recording, size);
    if (facts.changed) bytes = published_recording(std::move(bytes), facts.recording);
    facts.published = {blake2b_of(bytes), bytes.size()};
    facts.recording.blanks.clear();
    return facts;
}

// ---- what there is to say

bool fits(const Recording& recording, std::string_view ending) {
    switch (recording.container) {
        case Container::mp4:
            return ending == "mp4" || ending == "m4a";
        case Container::webm:
            return ending == "webm";
        case Container::mp3:
            return ending == "mp3";
        case Container::ogg:
            return ending == "ogg";
        case Container::wav:
            return ending == "wav";
        case Container::unknown:
            return true;  // damaged, as far as anybody can tell
        case Container::matroska:
        case Container::foreign:
            return false;
    }
    return false;
}

void report_recording(const std::string& path, const Recording& r, Span where, Diagnostics& diagnostics) {
    const bool sound = is_sound_name(path);
    if (!fits(r, ending_of(path)))
        return diagnostics.report(DiagnosticKind::media_content, where,
                                  {path, r.name, converting(path), sound ? "MP3" : "MP4（H.264、AAC）"});
    if (!r.whole) diagnostics.report(DiagnosticKind::media_broken, where, {path});
    if (r.hides_data && r.whole)
        diagnostics.report(DiagnosticKind::film_hidden_data, where,
                           {path, converting(path, to_bare, ending_of(path))});
    if (!r.picture_plays && !sound) {
        diagnostics.report(DiagnosticKind::film_codec, where,
                           {path, r.picture, converting(path, to_film, "mp4")});
    } else if (!r.sound_plays) {
        diagnostics.report(
            DiagnosticKind::film_sound_codec, where,
            {path, r.sound, sound ? converting(path, to_sound, "mp3") : converting(path, to_aac, "mp4")});
    } else if (!r.index_first && r.whole && !sound) {
        diagnostics.report(DiagnosticKind::film_index_at_end, where,
                           {path, converting(path, to_front, ending_of(path))});
    }
}

// Said to the minute alone, it is right to the minute.
bool is_length(std::string_view written, std::int64_t stated, std::int64_t real) {
    const bool rough = written.find("分") != std::string_view::npos &&
                       written.find("秒") == std::string_view::npos && !written.empty() &&
                       (written.ends_with("分") || written.ends_with("分钟"));
    return std::llabs(stated - real) <= (rough ? 60'000 : 2'000);
}

FilmFormat format_of(const Recording& recording) {
    return recording.container == Container::mp4 ? FilmFormat::mp4 : FilmFormat::matroska;
}

bool is_film(const Recording& recording) {
    const bool known = recording.container == Container::mp4 || recording.container == Container::webm;
    return known && !recording.picture.empty();
}

// Not from the very first pictures, which are often black or a title.
std::int64_t frame_from(const Recording& recording) {
    constexpr std::int64_t latest = 5'000;
    return std::min(recording.milliseconds / 10, latest);
}

FieldValue said_at(Span where) {
    FieldValue value;
    value.span = where;
    return value;
}

}  // namespace

bool may_be_published(const Recording& recording) {
    const bool known = recording.container != Container::unknown && recording.container != Container::foreign;
    return known && (recording.whole || !recording.hides_data);
}

bool report_foreign_ending(const std::string& path, Span where, Diagnostics& diagnostics) {
    const std::string ending = ending_of(path);
    std::string name = ending;
    for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const auto report = [&](std::string cure, const char* wanted) {
        diagnostics.report(DiagnosticKind::media_convert, where, {path, name, std::move(cure), wanted});
        return true;
    };
    if (is_one_of(ending, foreign_films))
        return report(converting(path, to_film, "mp4"), "MP4（H.264、AAC）");
    if (is_one_of(ending, foreign_sounds)) return report(converting(path, to_sound, "mp3"), "MP3");
    if (is_one_of(ending, foreign_subtitles)) return report(converting(path, "", "vtt"), "SRT 或 VTT");
    return false;
}

RecordingFacts MediaShelf::look_at(const MediaFile& file) const {
    const Digest digest = memo_.file_digest(file);
    const Digest key = DigestBuilder().add("recording 1").add(digest).finish();
    std::optional<RecordingFacts> facts;
    if (const auto known = memo_.cache().get("recording", key)) facts = read_facts(*known);
    if (!facts) {
        facts = facts_of(memo_.site().read_file(file.path));
        memo_.cache().put("recording", key, write_facts(*facts));
    }
    Recording& recording = facts->recording;
    const bool ask = recording.milliseconds == 0 && recording.whole && is_film(recording);
    if (!ask || tools_.ffprobe.empty()) return *facts;
    const auto known = memo_.cache().get("probed-length", key);
    recording.milliseconds =
        known ? std::strtoll(known->c_str(), nullptr, 10)
              : probed_length(tools_, memo_.site().read_file(file.path), format_of(recording));
    if (!known) memo_.cache().put("probed-length", key, std::to_string(recording.milliseconds));
    return *facts;
}

const RecordingFacts* MediaShelf::recording(const std::string& path, Span where, Diagnostics& diagnostics) {
    if (const auto known = recordings_.find(path); known != recordings_.end()) return &known->second;
    const MediaFile* file = tree_.find_media(path);
    if (!file || !is_one_of(ending_of(path), recording_endings)) return nullptr;
    const auto& facts = recordings_.emplace(path, look_at(*file)).first->second;
    report_recording(path, facts.recording, where, diagnostics);
    return &facts;
}

const Subtitles* MediaShelf::subtitles(const std::string& path, Diagnostics& diagnostics) {
    if (const auto known = subtitles_.find(path); known != subtitles_.end()) return &known->second;
    const SourceFile* file = tree_.find_text(path);
    if (!file || !is_subtitles_name(path)) return nullptr;
    return &subtitles_.emplace(path, read_subtitles(*file, diagnostics)).first->second;
}

std::string MediaShelf::cleaned(const std::string& path) const {
    std::string bytes = memo_.site().read_file(path);
    const Recording recording = read_recording(bytes);
    return published_recording(std::move(bytes), recording);
}

void MediaShelf::complete(Site& site, Posters posters, Diagnostics& diagnostics) {
    requests_ = plan_media(site);
    for (const MediaRequest& request : requests_) {
        recording(request.file, request.where, diagnostics);
        subtitles(request.file, diagnostics);
    }
    const auto film = site.kinds.find("video");
    for (Record& record : site.records) {
        if (film && record.kind == *film && record.live && record.readable)
            complete_film(site, record, posters, diagnostics);
    }
}

void MediaShelf::complete_film(Site& site, Record& film, Posters posters, Diagnostics& diagnostics) {
    const Kind& kind = site.kinds[film.kind];
    const auto known = recordings_.find(file_in(field_of(site.kinds, film, "file")));
    if (known == recordings_.end()) return;  // not there, or no film: reported when it was looked for
    const RecordingFacts& facts = known->second;
    complete_duration(kind, film, facts, diagnostics);
    const auto spoken = subtitles_.find(file_in(field_of(site.kinds, film, "subtitles")));
    if (spoken != subtitles_.end() && facts.recording.milliseconds > 0)
        check_against_film(spoken->second, facts.recording.milliseconds, diagnostics);
    if (posters == Posters::wanted) complete_poster(kind, film, facts, diagnostics);
}

void MediaShelf::complete_duration(const Kind& kind, Record& film, const RecordingFacts& facts,
                                   Diagnostics& diagnostics) const {
    const std::size_t at = *kind.find("duration");
    const FieldValue file = std::as_const(film.fields)[*kind.find("file")];
    const FieldValue written = std::as_const(film.fields)[at];
    const std::int64_t real = facts.recording.milliseconds;
    if (written.present()) {
        const std::int64_t stated = length_in(text_in(written));
        if (stated >= 0 && real > 0 && !is_length(text_in(written), stated, real))
            diagnostics.report(
                DiagnosticKind::film_duration_unlike, written.span,
                {std::string(text_in(written)), std::string(file_in(file)), length_text(real)});
    } else if (real > 0) {
        FieldValue read = said_at(file.span);
        read.content = length_text(real);
        film.fields[at] = std::move(read);
    } else {
        diagnostics.report(DiagnosticKind::film_duration_missing, file.span, {std::string(file_in(file))});
    }
}

// The film itself is named as the picture; who makes pictures asks for its frame.
void MediaShelf::complete_poster(const Kind& kind, Record& film, const RecordingFacts& facts,
                                 Diagnostics& diagnostics) {
    const std::size_t at = *kind.find("poster");
    const FieldSpec& spec = kind.fields[at];
    const FieldValue file = std::as_const(film.fields)[*kind.find("file")];
    const std::string path(file_in(file));
    const GroupValue* group = group_in(std::as_const(film.fields)[at]);
    if (group && file_in(part_of(spec, *group, "file")) != path) return;
    if (tools_.ffmpeg.empty())
        return diagnostics.report(DiagnosticKind::film_poster_missing, file.span, {path});
    const Digest key = DigestBuilder()
                           .add("frame 1")
                           .add(version())
                           .add(memo_.file_digest(*tree_.find_media(path)))
                           .finish();
    if (!memo_.cache().get("film-frame", key)) {
        const auto frame = make_frame(path, facts.recording);
        if (!frame) return diagnostics.report(DiagnosticKind::film_poster_failed, file.span, {path});
        memo_.cache().put("film-frame", key, *frame);
    }
    frames_.insert_or_assign(path, key);
    if (group) return;
    GroupValue poster{FieldTable(spec.fields.size())};
    poster.fields[*spec.find("file")] = file;
    FieldValue alt = said_at(file.span);
    alt.content = fmt::format("《{}》的一个画面", film.title);
    poster.fields[*spec.find("alt")] = std::move(alt);
    FieldValue value = said_at(file.span);
    value.content = std::move(poster);
    film.fields[at] = std::move(value);
}

std::optional<std::string> MediaShelf::make_frame(const std::string& path, const Recording& recording) const {
    if (!is_film(recording)) return std::nullopt;
    const std::string film = memo_.site().read_file(path);
    auto frame = film_frame(tools_, film, format_of(recording), frame_from(recording));
    return frame ? frame : film_frame(tools_, film, format_of(recording), 0);
}

const std::string& MediaShelf::version() {
    if (!version_) version_ = ffmpeg_version(tools_);
    return *version_;
}

std::optional<Digest> MediaShelf::frame_key(std::string_view path) const {
    const auto found = frames_.find(path);
    return found == frames_.end() ? std::nullopt : std::optional(found->second);
}

std::string MediaShelf::frame(std::string_view path) const {
    const auto key = frame_key(path);
    QY_CHECK(key.has_value());
    if (auto known = memo_.cache().get("film-frame", *key)) return std::move(*known);
    auto made = make_frame(std::string(path), recordings_.find(path)->second.recording);
    if (!made)
        throw Failure("take a frame of a film again", std::string(path),
                      std::make_error_code(std::errc::io_error));
    memo_.cache().put("film-frame", *key, *made);
    return std::move(*made);
}

}  // namespace qunying
