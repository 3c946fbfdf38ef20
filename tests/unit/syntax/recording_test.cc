// Recordings put together byte by byte; tests/media holds those that programs make.
#include "syntax/recording.h"

#include <doctest/doctest.h>

using namespace qunying;
using namespace std::string_literals;

namespace {

std::string big(std::uint64_t value, unsigned size) {
    std::string out;
    for (unsigned i = size; i > 0; --i) out += static_cast<char>(value >> (8 * (i - 1)) & 0xff);
    return out;
}
std::string little(std::uint64_t value, unsigned size) {
    std::string out;
    for (unsigned i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
    return out;
}
std::string box(const std::string& type, const std::string& body) {
    return big(body.size() + 8, 4) + type + body;
}
std::string zeros(std::size_t size) { return std::string(size, '\0'); }

struct Track {
    std::string handler = "vide", coding = "avc1";
    std::uint64_t offset = 0;  // of its one chunk
    std::string settings = box("avcC", "\1\x64\0\x28"s);
};

std::string sample_entry(const Track& track) {
    if (track.handler != "vide") return box(track.coding, zeros(28));
    return box(track.coding, zeros(42) + "\x0bGoPro AVC e"s + zeros(20) + zeros(4) + track.settings);
}

std::string track_box(const Track& track) {
    const std::string table =
        box("stbl", box("stsd", zeros(4) + big(1, 4) + sample_entry(track)) +
                        box("stsz", zeros(4) + big(0, 4) + big(2, 4) + big(3, 4) + big(5, 4)) +
                        box("stsc", zeros(4) + big(1, 4) + big(1, 4) + big(2, 4) + big(1, 4)) +
                        box("stco", zeros(4) + big(1, 4) + big(track.offset, 4)));
    return box("trak",
               box("tkhd", zeros(4) + big(0xd0000000, 4) + big(0xd0000001, 4) + zeros(72)) +
                   box("udta", box("name", "样例"s)) +
                   box("mdia", box("mdhd", zeros(4) + big(0xd0000000, 4) + big(0xd0000001, 4) + zeros(12)) +
                                   box("hdlr", zeros(8) + track.handler + zeros(12) + "Core Media\0"s) +
                                   box("minf", table)));
}

struct Film {
    std::vector<Track> tracks;
    std::string beside = box("udta", box("\xa9xyz", "+31.2304+121.4737/"));
    bool index_first = true;

    // mdat holds “VIDEOvid”, “gap!!gap”, “PATHpath”: eight bytes each.
    std::string bytes() const {
        const std::string head = box("ftyp", "isom\0\0\2\0isom"s);
        std::string media = box("mdat", "VIDEOvidgap!!gapPATHpath");
        const auto index = [&](std::uint64_t data) {
            std::string movie = box("mvhd", zeros(4) + big(0xd0000000, 4) + big(0xd0000001, 4) + big(600, 4) +
                                                big(3000, 4) + zeros(80));
            for (Track track : tracks) {
                track.offset += data;
                movie += track_box(track);
            }
            return box("moov", movie + beside);
        };
        const std::uint64_t size = index(0).size();
        const std::uint64_t data = head.size() + 8 + (index_first ? size : 0);
        return index_first ? head + index(data) + media : head + media + index(data);
    }
};

std::string published(const std::string& bytes) { return published_recording(bytes, read_recording(bytes)); }

Film usual() { return {{Track{}, Track{"soun", "mp4a", 0, ""}}}; }

// One frame of 128 kbit at 44.1 kHz: 417 bytes.
std::string mp3_frames(int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += "\xff\xfb\x90\x64"s + zeros(413);
    return out;
}

}  // namespace

TEST_CASE("a film says how long it lasts, how it is coded and where its index is") {
    const Recording film = read_recording(usual().bytes());
    CHECK(film.container == Container::mp4);
    CHECK(film.milliseconds == 5000);
    CHECK(film.whole);
    CHECK(film.index_first);
    CHECK(film.picture == "H.264");
    CHECK(film.sound == "AAC");
    CHECK((film.picture_plays && film.sound_plays));
    Film late = usual();
    late.index_first = false;
    CHECK_FALSE(read_recording(late.bytes()).index_first);
    Film hevc = usual();
    hevc.tracks[0].coding = "hvc1";
    CHECK(read_recording(hevc.bytes()).picture == "H.265（HEVC）");
    CHECK_FALSE(read_recording(hevc.bytes()).picture_plays);
    Film deep = usual();
    deep.tracks[0].settings = box("avcC", "\1\x6e\0\x28"s);
    CHECK(read_recording(deep.bytes()).picture == "H.264 High 10");
    CHECK_FALSE(read_recording(deep.bytes()).picture_plays);
    Film old = usual();
    old.tracks[1].coding = "samr";
    CHECK(read_recording(old.bytes()).sound == "AMR");
    CHECK_FALSE(read_recording(old.bytes()).sound_plays);
}

TEST_CASE("places, dates and makers are blanked in the copy and nothing moves") {
    const std::string bytes = usual().bytes(), copy = published(bytes);
    CHECK(copy.size() == bytes.size());
    for (const char* secret : {"+31.2304", "\xa9xyz", "udta", "Core Media", "GoPro", "样例", "\xd0"})
        CHECK_MESSAGE(copy.find(secret) == std::string::npos, secret);
    CHECK(copy.find("VIDEOvid") == bytes.find("VIDEOvid"));
    // What no track shows goes, too.
    CHECK(bytes.find("gap!!gap") != std::string::npos);
    CHECK(copy.find("gap!!gap") == std::string::npos);
    const Recording again = read_recording(copy);
    CHECK(is_published_whole(again, copy.size()));
    CHECK(again.milliseconds == 5000);
    CHECK(again.picture == "H.264");
    CHECK(read_recording(bytes).hides_data == false);
}

TEST_CASE("a track that nobody sees goes with all it recorded") {
    Film film = usual();
    film.tracks.push_back({"meta", "gpmd", 16, ""});
    const std::string bytes = film.bytes(), copy = published(bytes);
    CHECK(bytes.find("PATHpath") != std::string::npos);
    CHECK(copy.find("PATHpath") == std::string::npos);
    CHECK(copy.find("gpmd") == std::string::npos);
    CHECK(copy.find("VIDEOvid") != std::string::npos);
    // Where its samples cannot be found it is said.
    Film fragmented = film;
    fragmented.beside = box("mvex", box("mehd", zeros(4) + big(6000, 4)));
    CHECK(read_recording(fragmented.bytes()).hides_data);
    Film packed = usual();
    packed.beside = box("cmov", "zlib");
    CHECK(read_recording(packed.bytes()).hides_data);
}

TEST_CASE("a film that is cut short is no whole film") {
    const std::string bytes = usual().bytes();
    CHECK_FALSE(read_recording(bytes.substr(0, bytes.size() - 4)).whole);
    CHECK_FALSE(read_recording(box("ftyp", "isom\0\0\2\0"s) + box("mdat", "x")).whole);
    CHECK_FALSE(read_recording("").whole);
    CHECK_FALSE(read_recording("nothing that anybody plays").whole);
}

TEST_CASE("MP3 is published without its tags, and its length is that of its frames") {
    const std::string sound = mp3_frames(100);
    const Recording recording =
        read_recording("ID3\4\0\0\0\0\0\x0b"s + "TXXX secret" + sound + "TAG" + std::string(125, 's'));
    CHECK(recording.container == Container::mp3);
    CHECK(recording.milliseconds > 2550);
    CHECK(recording.milliseconds < 2650);
    CHECK(published("ID3\4\0\0\0\0\0\x0b"s + "TXXX secret" + sound + "TAG" + std::string(125, 's')) == sound);
    std::string stated = sound;
    stated.replace(36, 12, "Xing" + big(1, 4) + big(1000, 4));
    CHECK(read_recording(stated).milliseconds == 1000 * 1152 * 1000 / 44100);
    CHECK(is_published_whole(read_recording(sound), sound.size()));
    CHECK_FALSE(read_recording("ID3\4\0\0\0\0\0\0"s).whole);
}

TEST_CASE("WAV keeps its sound and loses what was noted beside it") {
    const std::string format = "fmt " + little(16, 4) + little(1, 2) + little(1, 2) + little(8000, 4) +
                               little(16000, 4) + little(2, 2) + little(16, 2);
    const std::string noted = "LIST" + little(10, 4) + "INFOsecret";
    const std::string data = "data" + little(32000, 4) + std::string(32000, 'd');
    const std::string body = "WAVE" + format + noted + data;
    const std::string bytes = "RIFF" + little(body.size(), 4) + body;
    const Recording recording = read_recording(bytes);
    CHECK(recording.container == Container::wav);
    CHECK(recording.milliseconds == 2000);
    CHECK(recording.whole);
    const std::string copy = published(bytes);
    CHECK(copy.size() == bytes.size());
    CHECK(copy.find("secret") == std::string::npos);
    CHECK(copy.find(std::string(32000, 'd')) == bytes.find(std::string(32000, 'd')));
    CHECK(is_published_whole(read_recording(copy), copy.size()));
}

TEST_CASE("what browsers do not play is known by name") {
    CHECK(read_recording("RIFF\0\0\0\0AVI LIST"s).name == "AVI");
    CHECK(read_recording("\x30\x26\xb2\x75\x8e\x66\xcf\x11").name == "WMV/WMA");
    CHECK(read_recording("#!AMR\n").container == Container::foreign);
}

TEST_CASE("no bytes make reading a recording fail, and no copy changes more than is there") {
    Film film = usual();
    film.tracks.push_back({"meta", "gpmd", 16, ""});
    const std::string ebml = "\x1a\x45\xdf\xa3\x8b\x42\x82\x84webm\x42\x85\x81\x02"s +
                             "\x18\x53\x80\x67\xff\x15\x49\xa9\x66\x8b\x44\x89\x88\x40\xb3\x88\0\0\0\0\0"s +
                             "\x12\x54\xc3\x67\x8aLOCATIONxx"s;
    const std::string ogg = "OggS\0\2"s + zeros(20) + "\1\x1e\1vorbis"s + zeros(4) + "\2"s +
                            little(44100, 4) + zeros(14) + "OggS\0\4"s + little(88200, 8) + zeros(13);
    for (const std::string& whole :
         {film.bytes(), "ID3\4\0\0\0\0\0\x0b"s + "TXXX secret" + mp3_frames(3), ebml, ogg}) {
        for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
            const std::string bytes = whole.substr(0, cut);
            CHECK(published(bytes).size() <= bytes.size());
        }
        for (std::size_t i = 0; i < whole.size(); ++i) {
            for (const int byte : {0, 1, 0x7f, 0x80, 0xff}) {
                std::string bent = whole;
                bent[i] = static_cast<char>(byte);
                CHECK(published(bent).size() <= bent.size());
            }
        }
    }
    const Recording web = read_recording(ebml);
    CHECK(web.container == Container::webm);
    CHECK(web.milliseconds == 5000);
    CHECK(published(ebml).find("LOCATION") == std::string::npos);
    CHECK(read_recording(ogg).milliseconds == 2000);
}
