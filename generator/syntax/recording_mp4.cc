// MP4 and QuickTime (ISO/IEC 14496-12, 14496-14; Apple's QuickTime File Format). Cameras write places, their
// maker and their owner into boxes beside the film, and some record their path as a track of its own. Boxes
// that no player needs are blanked where they stand: their type becomes `free` and their bytes zeros, so that
// no offset changes; so is what lies between the pictures and belongs to no track that is played.
#include <array>
#include <map>

#include "syntax/recording_bytes.h"

namespace qunying {
namespace {

struct Box {
    std::string_view type;
    std::uint64_t at = 0, body = 0, end = 0;
    bool whole = true;  // false: it claims more than is there; `end` is that of what is there

    std::uint64_t size() const { return end - body; }
};

template <std::size_t N>
bool is_one_of(std::string_view type, const std::array<std::string_view, N>& types) {
    return std::find(types.begin(), types.end(), type) != types.end();
}

// What players need. Everything else in these places goes.
constexpr std::array<std::string_view, 13> file_boxes = {
    "ftyp", "moov", "mdat", "moof", "mfra", "sidx", "ssix", "styp", "prft", "emsg", "pdin", "wide", "pnot"};
constexpr std::array<std::string_view, 5> movie_boxes = {"mvhd", "trak", "mvex", "iods", "cmov"};
constexpr std::array<std::string_view, 10> track_boxes = {"tkhd", "mdia", "edts", "tref", "tapt",
                                                          "load", "imap", "txas", "trgr", "clip"};
// Tracks that are seen and heard, or that say something of those.
constexpr std::array<std::string_view, 9> played_handlers = {"vide", "soun", "text", "sbtl", "subt",
                                                             "clcp", "tmcd", "hint", "odsm"};

struct Coding {
    std::string_view type;
    const char* name;
    bool plays;
};
constexpr auto picture_codings = std::to_array<Coding>({
    {"avc1", "H.264", true},          {"avc3", "H.264", true},         {"hvc1", "H.265（HEVC）", false},
    {"hev1", "H.265（HEVC）", false}, {"dvh1", "Dolby Vision", false}, {"dvhe", "Dolby Vision", false},
    {"av01", "AV1", false},           {"vp08", "VP8", false},          {"vp09", "VP9", false},
    {"mp4v", "MPEG-4", false},        {"s263", "H.263", false},        {"h263", "H.263", false},
    {"jpeg", "Motion JPEG", false},   {"mjpg", "Motion JPEG", false},  {"mjpa", "Motion JPEG", false},
    {"apch", "ProRes", false},        {"apcn", "ProRes", false},       {"apcs", "ProRes", false},
    {"apco", "ProRes", false},        {"ap4h", "ProRes", false},
});
constexpr auto sound_codings = std::to_array<Coding>({
    {"mp4a", "AAC", true},
    {".mp3", "MP3", true},
    {"ac-3", "AC-3", false},
    {"ec-3", "E-AC-3", false},
    {"alac", "ALAC", false},
    {"samr", "AMR", false},
    {"sawb", "AMR", false},
    {"sowt", "PCM", false},
    {"twos", "PCM", false},
    {"lpcm", "PCM", false},
    {"in24", "PCM", false},
    {"raw ", "PCM", false},
    {"Opus", "Opus", false},
    {"fLaC", "FLAC", false},
    {"dtsc", "DTS", false},
    {"QDM2", "QDesign", false},
});

struct Range {
    std::uint64_t begin = 0, end = 0;
};

class Mp4Reader {
  public:
    Mp4Reader(const ByteView& file, Recording& recording) : file_(file), recording_(recording) {}

    void read() {
        recording_.container = Container::mp4;
        recording_.name = file_.starts_at(4, "ftyp") && !file_.starts_at(8, "qt  ") ? "MP4" : "MOV";
        bool index = false, pictures = false;
        each_box(0, file_.size(), [&](const Box& box) {
            if (box.type == "moov") {
                recording_.index_first = !pictures;
                index = box.whole;
                read_movie(box);
            } else if (box.type == "mdat") {
                pictures = true;
                data_.push_back({box.body, box.end});
            } else if (box.type == "moof") {
                fragmented_ = true;
            } else if (!is_one_of(box.type, file_boxes)) {
                drop(box);
            }
            recording_.whole = recording_.whole && box.whole;
        });
        if (!index) recording_.whole = false, recording_.index_first = true;
        blank_between();
        settle();
    }

  private:
    // Calls `each` for every box in [begin, end); one that is too small to be a box ends the walk.
    template <class Each>
    void each_box(std::uint64_t begin, std::uint64_t end, Each each) {
        std::uint64_t at = begin;
        while (end - at >= 8) {
            std::uint64_t size = file_.big(at, 4), header = 8;
            if (size == 1 && end - at >= 16) size = file_.big(at + 8, 8), header = 16;
            if (size == 0) size = end - at;
            if (size < header) {
                // QuickTime ends lists with four zero bytes.
                if (begin == 0) recording_.whole = false;
                return;
            }
            const bool whole = size <= end - at;
            const Box box{file_.piece(at + 4, 4), at, at + header, whole ? at + size : end, whole};
            each(box);
            at = box.end;
        }
    }

    Box child(const Box& parent, std::string_view type) {
        Box found;
        each_box(parent.body, parent.end, [&](const Box& box) {
            if (found.type.empty() && box.type == type) found = box;
        });
        return found;
    }

    void zero(std::uint64_t at, std::uint64_t size) {
        if (!file_.all_zero(at, size)) recording_.blanks.push_back({at, size, ""});
    }
    void drop(const Box& box) {
        if (box.type != "free") recording_.blanks.push_back({box.at + 4, 4, "free"});
        zero(box.body, box.size());
    }
    // When a thing was made and changed, in a box that begins with its version.
    void zero_times(const Box& box) {
        if (box.size() >= 20) zero(box.body + 4, file_.byte(box.body) == 1 ? 16 : 8);
    }

    void read_movie(const Box& movie) {
        each_box(movie.body, movie.end, [&](const Box& box) {
            if (box.type == "mvhd") {
                read_movie_header(box);
            } else if (box.type == "trak") {
                read_track(box);
            } else if (box.type == "mvex") {
                fragmented_ = true;
                read_fragment_header(child(box, "mehd"));
            } else if (box.type ==
                       "cmov") {  // an index that is packed: nobody plays it, and we cannot look in
                recording_.whole = false;
                recording_.hides_data = true;
            } else if (!is_one_of(box.type, movie_boxes)) {
                drop(box);
            }
        });
    }

    void read_movie_header(const Box& box) {
        const bool wide = file_.byte(box.body) == 1;
        rate_ = file_.big(box.body + (wide ? 20 : 12), 4);
        if (box.size() >= 32) set_length(file_.big(box.body + (wide ? 24 : 16), wide ? 8 : 4));
        zero_times(box);
    }
    void read_fragment_header(const Box& box) {
        if (box.type.empty()) return;
        const bool wide = file_.byte(box.body) == 1;
        if (recording_.milliseconds == 0) set_length(file_.big(box.body + 4, wide ? 8 : 4));
    }
    // All ones: not known.
    void set_length(std::uint64_t units) {
        if (units >> 32 == 0 && (units & 0xffffffff) == 0xffffffff) return;
        recording_.milliseconds = milliseconds_of(units, rate_);
    }

    void read_track(const Box& track) {
        const Box media = child(track, "mdia"), handler = child(media, "hdlr");
        const std::string_view type = file_.piece(handler.body + 8, 4);
        if (media.type.empty() || handler.size() < 24 || !is_one_of(type, played_handlers)) {
            dropped_ = true;
            return drop(track);
        }
        each_box(track.body, track.end, [&](const Box& box) {
            if (box.type == "tkhd") zero_times(box);
            if (!is_one_of(box.type, track_boxes)) drop(box);
        });
        zero_times(child(media, "mdhd"));
        zero(handler.body + 24, handler.size() - 24);  // a name such as “Core Media Video”
        const Box table = child(child(media, "minf"), "stbl");
        read_coding(type, child(table, "stsd"));
        read_samples(table);
    }

    // The first sample entry speaks for its track, the first track for its kind.
    void read_coding(std::string_view handler, const Box& descriptions) {
        if (descriptions.size() < 16) return;
        const std::uint64_t at = descriptions.body + 8;
        const Box entry{file_.piece(at + 4, 4), at, at + 8,
                        at + std::min(std::max(file_.big(at, 4), std::uint64_t{8}), descriptions.end - at),
                        true};
        if (handler == "vide") {
            if (entry.size() >= 78) zero(entry.body + 42, 32);  // the encoder's name
            if (recording_.picture.empty()) read_picture(entry);
        } else if (handler == "soun" && recording_.sound.empty()) {
            read_sound(entry);
        }
    }

    template <std::size_t N>
    static Coding coding_of(std::string_view type, const std::array<Coding, N>& codings) {
        const auto found = std::find_if(codings.begin(), codings.end(),
                                        [&](const Coding& each) { return each.type == type; });
        return found == codings.end() ? Coding{type, nullptr, false} : *found;
    }
    static std::string name_of(const Coding& coding) {
        if (coding.name) return coding.name;
        std::string letters;
        for (const char c : coding.type) letters += c > ' ' && c < '\x7f' ? c : '?';
        return letters;
    }

    // Of H.264 browsers play eight bits and 4:2:0: profiles up to High.
    void read_picture(const Box& entry) {
        const Coding coding = coding_of(entry.type, picture_codings);
        recording_.picture = name_of(coding);
        recording_.picture_plays = coding.plays;
        if (recording_.picture != "H.264" || entry.size() < 78) return;
        const Box settings = child({entry.type, entry.at, entry.body + 78, entry.end, true}, "avcC");
        const std::uint8_t profile = file_.byte(settings.body + 1);
        if (settings.size() >= 4 && profile > 100) {
            recording_.picture = profile == 110 ? "H.264 High 10" : "H.264 4:2:2/4:4:4";
            recording_.picture_plays = false;
        }
    }

    // AAC and MP3 share a type; the object type tells them apart (ISO/IEC 14496-1, 7.2.6).
    void read_sound(const Box& entry) {
        const Coding coding = coding_of(entry.type, sound_codings);
        recording_.sound = name_of(coding);
        recording_.sound_plays = coding.plays;
        if (entry.type != "mp4a" || entry.size() < 28) return;
        const std::uint64_t version = file_.big(entry.body + 8, 2);
        const std::uint64_t more = version == 1 ? 16 : version == 2 ? 36 : 0;
        if (entry.size() < 28 + more) return;
        const Box inside{entry.type, entry.at, entry.body + 28 + more, entry.end, true};
        Box stream = child(inside, "esds");
        if (stream.type.empty()) stream = child(child(inside, "wave"), "esds");
        const std::uint8_t object = object_type(stream);
        if (object == 0x69 || object == 0x6b) recording_.sound = "MP3";
        if (object == 0xa5 || object == 0xa6) {
            recording_.sound = "AC-3";
            recording_.sound_plays = false;
        }
    }

    // ES descriptor (3) → decoder configuration (4) → object type. Sizes take one to four bytes.
    std::uint8_t object_type(const Box& box) {
        std::uint64_t at = box.body + 4;
        const auto enter = [&](std::uint8_t tag) {
            if (at >= box.end || file_.byte(at) != tag) return false;
            ++at;
            for (int i = 0; i < 4 && (file_.byte(at++) & 0x80) != 0;) ++i;
            return at < box.end;
        };
        if (box.type.empty() || !enter(3)) return 0;
        const std::uint8_t flags = file_.byte(at + 2);
        at += 3 + ((flags & 0x80) != 0 ? 2 : 0) + ((flags & 0x20) != 0 ? 2 : 0);
        if ((flags & 0x40) != 0) at += 1 + file_.byte(at);
        return enter(4) ? file_.byte(at) : std::uint8_t{0};
    }

    // Where the track's pictures or sounds lie, by the tables of its samples.
    void read_samples(const Box& table) {
        const Box sizes = child(table, "stsz"), runs = child(table, "stsc");
        Box chunks = child(table, "stco");
        const bool wide = chunks.type.empty();
        if (wide) chunks = child(table, "co64");
        const std::uint64_t width = wide ? 8 : 4;
        if (sizes.size() < 12 || runs.size() < 8 || chunks.size() < 8) return lose_track();
        const std::uint64_t each = file_.big(sizes.body + 4, 4), samples = file_.big(sizes.body + 8, 4);
        const std::uint64_t run_count = file_.big(runs.body + 4, 4),
                            chunk_count = file_.big(chunks.body + 4, 4);
        if ((each == 0 && samples > (sizes.size() - 12) / 4) || run_count > (runs.size() - 8) / 12 ||
            chunk_count > (chunks.size() - 8) / width)
            return lose_track();
        std::uint64_t sample = 0, run = 0;
        for (std::uint64_t chunk = 0; chunk < chunk_count; ++chunk) {
            while (run + 1 < run_count && file_.big(runs.body + 8 + (run + 1) * 12, 4) <= chunk + 1) ++run;
            const std::uint64_t wanted = run_count == 0 ? 0 : file_.big(runs.body + 12 + run * 12, 4);
            const std::uint64_t count = std::min(wanted, samples - sample);
            std::uint64_t bytes = each * count;
            for (std::uint64_t i = 0; each == 0 && i < count; ++i)
                bytes += file_.big(sizes.body + 12 + (sample + i) * 4, 4);
            sample += count;
            const std::uint64_t from =
                file_.big(chunks.body + 8 + chunk * width, static_cast<unsigned>(width));
            if (from > file_.size() || bytes > file_.size() - from) return lose_track();
            if (bytes > 0) played_.push_back({from, from + bytes});
        }
        if (sample < samples) lose_track();
    }
    // Then nobody knows what in the file is not played. In fragments the tables of a film are empty.
    void lose_track() { lost_ = true; }

    // Blanks what lies among the pictures and is neither seen nor heard: samples of tracks that were dropped,
    // and what some cameras put between.
    void blank_between() {
        if (fragmented_ || lost_ || !recording_.whole) {
            recording_.hides_data = recording_.hides_data || dropped_;
            return;
        }
        std::sort(played_.begin(), played_.end(), [](Range a, Range b) { return a.begin < b.begin; });
        for (const Range& data : data_) {
            std::uint64_t at = data.begin;
            for (auto range =
                     std::lower_bound(played_.begin(), played_.end(), at,
                                      [](Range each, std::uint64_t from) { return each.end <= from; });
                 at < data.end; ++range) {
                const bool last = range == played_.end() || range->begin >= data.end;
                const std::uint64_t until = last ? data.end : range->begin;
                if (until > at) zero(at, until - at);
                if (last) break;
                at = std::max(at, range->end);
            }
        }
    }

    // In order, none over another: boxes that lie in a dropped one, or tables that lie, may have named bytes
    // twice.
    void settle() {
        auto& blanks = recording_.blanks;
        std::stable_sort(blanks.begin(), blanks.end(),
                         [](const Blank& a, const Blank& b) { return a.at < b.at; });
        std::uint64_t end = 0;
        const auto overlaps = [&end](const Blank& each) {
            const bool over = each.at < end;
            if (!over) end = each.at + each.size;
            return over;
        };
        const auto over = std::any_of(blanks.begin(), blanks.end(), overlaps);
        if (!over) return;
        blanks.clear();
        recording_.hides_data = true;
    }

    const ByteView& file_;
    Recording& recording_;
    std::vector<Range> data_, played_;
    std::uint64_t rate_ = 0;
    bool fragmented_ = false, dropped_ = false, lost_ = false;
};

}  // namespace

void read_mp4(const ByteView& file, Recording& recording) { Mp4Reader(file, recording).read(); }

}  // namespace qunying
