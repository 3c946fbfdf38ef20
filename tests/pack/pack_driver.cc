// Keys and packs for tests, without a site: pack_driver key FILE
// pack_driver make FOLDER OUT KEY SEQUENCE [SITE [PART-SIZE]]
// and an installer that never waits for the medium, to prove that tests find it: pack_driver careless PACK
// DIR TRUST
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "base/failure.h"
#include "release/install.h"
#include "support/forwarding_disk.h"
#include "system/process.h"

namespace qunying {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, std::string_view bytes) {
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::map<std::string, std::string> files_of(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file())
            files[entry.path().lexically_relative(folder).string()] = bytes_of(entry.path());
    }
    return files;
}

int make_key(const fs::path& file) {
    const SigningKey key = first_signing_key();
    write(file, write_signing_key(key));
    write(file.string() + ".pub", write_trust(key.trust));
    return 0;
}

int make(const std::vector<std::string>& words) {
    const auto key = read_signing_key(bytes_of(words[3]));
    if (!key) return std::fprintf(stderr, "no key\n"), 2;
    PackManifest manifest;
    manifest.sequence = std::stoull(words[4]);
    manifest.site = words.size() > 5 ? words[5] : "hall";
    manifest.part_size = words.size() > 6 ? std::stoull(words[6]) : usual_part;
    manifest.audience = "venue";
    manifest.built = "2026-11-21";
    manifest.generator = "qunying 0";
    manifest.trust = key->trust;
    std::string stream;
    for (const auto& [path, bytes] : files_of(words[1])) {
        manifest.files.append(path, {blake2b_of(bytes), bytes.size()});
        stream += bytes;
    }
    const fs::path out = words[2];
    fs::remove_all(out);
    fs::create_directories(out);
    for (std::size_t part = 0; part < manifest.parts(); ++part)
        write(out / part_name(manifest.sequence, part),
              std::string_view(stream).substr(part * manifest.part_size, manifest.part_length(part)));
    write(out / pack_manifest_name, write_pack_manifest(manifest, key->secret));
    return 0;
}

class CarelessDisk final : public ForwardingDisk {
  public:
    using ForwardingDisk::ForwardingDisk;
    void sync_file(const std::string&) override {}
    void sync_folder(const std::string&) override {}
    Outcome sync_filesystem(const std::string&) override { return Outcome::done; }
};

int install_carelessly(const std::vector<std::string>& words) {
    const auto trust = read_trust(bytes_of(words[3]));
    if (!trust) return 2;
    const auto disk = real_disk(words[2]);
    CarelessDisk careless(*disk);
    KioskFolder kiosk(careless);
    install_pack(*find_pack(words[1]), kiosk, {*trust, usual_size_limit, {}, 1'800'000'000});
    return 0;
}

int run(const std::vector<std::string>& words) {
    if (words.size() == 2 && words[0] == "key") return make_key(words[1]);
    if (words.size() >= 5 && words[0] == "make") return make(words);
    if (words.size() == 4 && words[0] == "careless") return install_carelessly(words);
    return 2;
}

}  // namespace
}  // namespace qunying

int main(int count, char** arguments) {
    qunying::protect_process();
    try {
        return qunying::run(std::vector<std::string>(arguments + 1, arguments + count));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 3;
    }
}
