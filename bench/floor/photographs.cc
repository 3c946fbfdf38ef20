// photographs FOLDER COUNT WIDTH HEIGHT: JPEG files as a phone would leave them, to race with: soft light,
// texture at every scale, hard edges, the grain of a sensor. Nobody's photographs, and on every machine the
// same ones.
#include <cstdlib>
#include <string>
#include <vips/vips8>

using vips::VImage;

namespace {

// About 0.
VImage clouds(int width, int height, int cell, int seed) {
    const auto options = VImage::option()->set("cell_size", cell)->set("seed", seed);
    const VImage image = VImage::perlin(width, height, options).copy_memory();
    return image - image.avg();
}

// Halving amplitudes: what is measured in photographs is about 1/f.
VImage texture(int width, int height, int seed) {
    VImage sum = clouds(width, height, 1024, seed) * 60;
    double amplitude = 36;
    for (int cell = 512; cell >= 8; cell /= 2, amplitude *= 0.76) {
        sum = sum + clouds(width, height, cell, seed + cell) * amplitude;
    }
    return sum;
}

VImage edges(int width, int height, int seed) {
    const VImage cells =
        VImage::worley(width, height, VImage::option()->set("cell_size", 420)->set("seed", seed));
    return (cells > 180).ifthenelse(24, -24);
}

VImage grain(int width, int height, int seed) {
    return VImage::gaussnoise(width, height,
                              VImage::option()->set("mean", 0)->set("sigma", 5)->set("seed", seed))
        .gaussblur(0.7);
}

constexpr double spread = 46;  // of the light, about a middle grey

VImage photograph(int width, int height, int seed) {
    const VImage rough = (texture(width, height, seed) + edges(width, height, seed)).copy_memory();
    const VImage light = (rough - rough.avg()) * (spread / rough.deviate());
    const VImage tint = clouds(width, height, 700, seed + 7) * 30,
                 other = clouds(width, height, 500, seed + 9) * 30;
    const VImage bands[] = {light + tint + 128 + grain(width, height, seed + 1),
                            light + 120 + grain(width, height, seed + 2),
                            light - tint + other + 110 + grain(width, height, seed + 3)};
    return VImage::bandjoin({bands[0], bands[1], bands[2]})
        .cast(VIPS_FORMAT_UCHAR)
        .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

}  // namespace

int main(int count, char** words) {
    if (count != 5 || VIPS_INIT(words[0]) != 0) return 2;
    for (int i = 0; i < std::atoi(words[2]); ++i) {
        const std::string path = std::string(words[1]) + "/" + words[3] + "-" + std::to_string(i) + ".jpg";
        photograph(std::atoi(words[3]), std::atoi(words[4]), 1000 * (i + 1))
            .jpegsave(path.c_str(), VImage::option()->set("Q", 93));
    }
    vips_shutdown();
}
