// What a photograph tells of place, people and camera stays in the editor's file: originals are filled with
// every field that exiftool can write, and exiftool reads the derivatives back.
#include <cstdlib>
#include <doctest/doctest.h>

#include "pictures/workshop.h"

using namespace qunying;
using namespace std::string_literals;

namespace {

// Every writable tag of these groups but those that stand for a whole group in TIFF; those that hold no text
// take the number or nothing.
constexpr const char* all_tags =
    "for group in EXIF IPTC XMP Photoshop PNG; do exiftool -listw -$group:all | tail -n +2 | tr -s ' \\n' "
    "'\\n\\n' | grep -vxE 'ApplicationNotes|IPTC-NAA|PhotoshopSettings|' | sed \"s/.*/-$group:&=Secret 7/\"; "
    "done > tags; echo '-Comment=Secret 7' >> tags; "
    "echo "
    "'-ThumbnailImage<=small.jpg' >> tags; echo '-JFIF:XResolution=77' >> tags; printf "
    "'%s\\n' -GPSLatitude=30.25 -GPSLatitudeRef=N -GPSLongitude=120.15 -GPSLongitudeRef=E "
    "-XMP:GPSLatitude=30.25 -XMP:GPSLongitude=120.15 >> tags";

// A file, how many fields it must hold for the test to prove anything, and how it is made.
struct Original {
    const char* name;
    int fewest;
    const char* make;
};

constexpr Original corpus[] = {
    {"baseline.jpg", 1000, "convert photo.png -quality 90 baseline.jpg"},
    {"profile.jpg", 1000,
     "convert photo.png -profile /usr/share/color/icc/ghostscript/a98.icc -quality 90 profile.jpg"},
    {"inks.jpg", 1000, "convert photo.png -colorspace CMYK -quality 90 inks.jpg"},
    {"telephone.mpo", 1000,
     QUNYING_PYTHON " -c \"from PIL import Image; a = Image.open('photo.png').convert('RGB'); a.save("
                    "'telephone.mpo', save_all=True, append_images=[a.rotate(180)])\""},
    {"still.png", 1000, "convert photo.png -set Author 'Secret 7' -set Software 'Secret 7' still.png"},
    {"clear.png", 1000, "convert photo.png -alpha set png32:clear.png"},
    {"lossy.webp", 1000, "convert photo.png lossy.webp"},
    {"scan.tif", 1000, "convert photo.png -compress LZW scan.tif"},
    {"still.gif", 900, "convert photo.png -set comment 'Secret 7' still.gif"},
    {"telephone.heic", 1000, "heif-enc photo.png -o telephone.heic"},
    {"still.avif", 1000, "heif-enc -A photo.png -o still.avif"},
};

int count_in(const Workshop& shop, const std::string& command) {
    shop.make(command + " > count");
    return std::atoi(shop.read("count").c_str());
}

// Groups that describe the file itself; anything else would be EXIF, GPS, XMP, ICC, IPTC, maker notes…
constexpr const char* beside_the_file =
    "exiftool -q -G1 -s -a -u --ExifTool:all --System:all --File:all --JFIF:all --RIFF:all --QuickTime:all "
    "--Meta:all --Composite:all outputs > fields";

}  // namespace

TEST_CASE("not one field of the originals is in any derivative, as exiftool reads it") {
    const Workshop shop;
    shop.make(
        "convert -size 400x300 -seed 3 plasma:red-blue -depth 8 photo.png && convert photo.png -resize "
        "60x small.jpg && mkdir outputs");
    shop.make(all_tags);
    std::string names;
    for (const Original& original : corpus) {
        shop.make(original.make);
        names += " "s + original.name;
    }
    shop.try_to_make("exiftool -q -q -m -overwrite_original -@ tags" + names);  // says what did not fit
    Recipe recipe = web();
    recipe.widths = {160, 320};
    recipe.formats = {PictureFormat::webp, PictureFormat::avif};
    WorkerPool pool = picture_pool(1);
    int outputs = 0;
    for (const Original& original : corpus) {
        const std::string name = original.name;
        CAPTURE(name);
        CHECK(count_in(shop, "exiftool -q -G1 -s -a -u " + name + " | grep -c 'Secret 7'") >=
              original.fewest);
        CHECK(count_in(shop, "exiftool -q -G1 -s -a -u " + name + " | grep -ci gps") >= 3);
        const PictureResult result = derive(pool, {shop.read(name)}, {recipe}).front();
        CAPTURE(result.detail);
        REQUIRE(result.problem == PictureProblem::none);
        REQUIRE(result.outputs.front().size() == 6);
        for (const PictureOutput& output : result.outputs.front()) {
            shop.write("outputs/" + name + "-" + std::to_string(output.width) + "." +
                           std::string(extension_of(output.format)),
                       output.bytes);
            CHECK(output.bytes.find("Secret") == std::string::npos);
            ++outputs;
        }
    }
    CHECK(count_in(shop, "ls outputs | wc -l") == outputs);
    shop.try_to_make(beside_the_file);
    // exiftool names each file that it reads, and nothing else stands there.
    shop.try_to_make("grep -v '^======== outputs/' fields > left");
    CHECK(shop.read("left") == "");
    shop.make("exiftool -q -G1 -s -a -u outputs > fields");
    CHECK(count_in(shop, "grep -c ImageWidth fields") >= outputs);
    CHECK(shop.read("fields").find("Secret") == std::string::npos);
    CHECK(shop.read("fields").find("GPS") == std::string::npos);
    // Composite: what exiftool works out of the size alone.
    CHECK(count_in(shop, "grep -cE 'JFIF|RIFF|QuickTime|File' fields") > outputs);
}
