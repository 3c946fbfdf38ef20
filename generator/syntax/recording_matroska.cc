// WebM and Matroska (RFC 8794, RFC 9559). What is said beside the film (Tags, Attachments) becomes Void.
#include <bit>

#include "syntax/recording_bytes.h"

namespace qunying {
namespace {

enum : std::uint64_t {
    doc_type = 0x4282,
    segment = 0x18538067,
    info = 0x1549a966,
    timestamp_scale = 0x2ad7b1,
    duration = 0x4489,
    tracks = 0x1654ae6b,
    track_entry = 0xae,
    codec_id = 0x86,
    attachments = 0x1941a469,
    tags = 0x1254c367,
};

struct Element {
    std::uint64_t id = 0, at = 0, body = 0, end = 0;
    bool whole = true, endless = false;
};

class MatroskaReader {
  public:
    MatroskaReader(const ByteView& file, Recording& recording) : file_(file), recording_(recording) {}

    void read() {
        recording_.container = Container::matroska;
        recording_.name = "MKV";
        each_element(0, file_.size(), [&](const Element& each) {
            if (each.id == 0x1a45dfa3) read_header(each);
            if (each.id == segment) read_segment(each);
            recording_.whole = recording_.whole && each.whole;
        });
    }

  private:
    // A number whose first one bit tells how many bytes it takes; the identifier keeps that bit.
    std::uint64_t number(std::uint64_t& at, bool keep_mark) const {
        const std::uint8_t first = file_.byte(at);
        const auto length = static_cast<unsigned>(std::countl_zero(first)) + 1;
        if (length > 8) return at = file_.size(), 0;
        std::uint64_t value = file_.big(at, length);
        if (!keep_mark) value &= ~(std::uint64_t{1} << (7 * length));
        at += length;
        return value;
    }

    template <class Each>
    void each_element(std::uint64_t begin, std::uint64_t end, Each each) const {
        std::uint64_t at = begin;
        while (at < end) {
            Element element;
            element.at = at;
            element.id = number(at, true);
            const std::uint64_t from = at, size = number(at, false);
            element.body = std::min(at, end);
            const std::uint64_t length = at - from;
            element.endless = length <= 8 && size == (std::uint64_t{1} << (7 * length)) - 1;
            element.whole = element.endless || size <= end - element.body;
            element.end = element.endless || !element.whole ? end : element.body + size;
            if (element.id == 0 || at > end) return;
            each(element);
            at = element.end;
        }
    }

    void read_header(const Element& header) {
        each_element(header.body, header.end, [&](const Element& each) {
            if (each.id == doc_type && file_.piece(each.body, each.end - each.body).starts_with("webm")) {
                recording_.container = Container::webm;
                recording_.name = "WebM";
            }
        });
    }

    void read_segment(const Element& whole) {
        each_element(whole.body, whole.end, [&](const Element& each) {
            if (each.id == info) read_info(each);
            if (each.id == tracks) read_tracks(each);
            if (each.id == tags || each.id == attachments) drop(each);
            recording_.whole = recording_.whole && each.whole;
        });
    }

    void read_info(const Element& all) {
        std::uint64_t scale = 1'000'000;  // nanoseconds of a unit
        double units = 0;
        each_element(all.body, all.end, [&](const Element& each) {
            const std::uint64_t size = each.end - each.body;
            if (each.id == timestamp_scale && size <= 8)
                scale = file_.big(each.body, static_cast<unsigned>(size));
            if (each.id == duration && size == 8) units = std::bit_cast<double>(file_.big(each.body, 8));
            if (each.id == duration && size == 4)
                units = std::bit_cast<float>(static_cast<std::uint32_t>(file_.big(each.body, 4)));
        });
        const double ms = units * static_cast<double>(scale) / 1e6;
        if (ms > 0 && ms < 1e12) recording_.milliseconds = static_cast<std::int64_t>(ms + 0.5);
    }

    void read_tracks(const Element& all) {
        each_element(all.body, all.end, [&](const Element& track) {
            if (track.id != track_entry) return;
            each_element(track.body, track.end, [&](const Element& each) {
                if (each.id == codec_id)
                    read_codec(file_.piece(each.body, std::min(each.end - each.body, std::uint64_t{40})));
            });
        });
    }

    // V_VP9, A_OPUS
    void read_codec(std::string_view id) {
        while (id.ends_with('\0')) id.remove_suffix(1);
        std::string name;
        for (const char c : id.substr(std::min<std::size_t>(2, id.size())))
            name += c > ' ' && c < '\x7f' ? c : '?';
        if (id.starts_with("V_") && recording_.picture.empty()) {
            recording_.picture = name;
            recording_.picture_plays = name == "VP8" || name == "VP9";
        } else if (id.starts_with("A_") && recording_.sound.empty()) {
            recording_.sound = name;
            recording_.sound_plays = name == "VORBIS" || name == "OPUS";
        }
    }

    // Void with a size of eight bytes, which any element that is worth it has room for.
    void drop(const Element& element) {
        constexpr std::uint64_t header = 9;
        const std::uint64_t size = element.end - element.at;
        if (element.endless || !element.whole || size < header) {
            recording_.hides_data = true;
            return;
        }
        std::string head = "\xec\x01";
        for (int shift = 48; shift >= 0; shift -= 8)
            head += static_cast<char>((size - header) >> shift & 0xff);
        recording_.blanks.push_back({element.at, size, std::move(head)});
    }

    const ByteView& file_;
    Recording& recording_;
};

}  // namespace

void read_matroska(const ByteView& file, Recording& recording) { MatroskaReader(file, recording).read(); }

}  // namespace qunying
