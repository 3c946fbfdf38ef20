#pragma once
// Small packs for tests, and the folder of a screen, on disks in memory.
#include <map>
#include <string>

#include "release/install.h"
#include "release/install_start.h"
#include "release/pack_manifest.h"
#include "support/memory_disk.h"

namespace qunying {

// What a pack is made of. `key` is the first key of a chain that is the same in all tests.
struct PackRecipe {
    std::uint64_t sequence = 10;
    FileSnapshot files;
    std::string site = "hall", audience = "venue", venue;
    std::uint64_t part_size = 16;
    SigningKey key;
};

// The same secret wherever it is asked for, so that packs are the same bytes; another one for another number.
inline SigningKey test_key(std::uint8_t number = 1) {
    SecretKey secret;
    secret.seed.fill(number);
    return {{{{1, public_key_of(secret), {}, {}}}}, secret};
}

inline PackRecipe recipe(std::uint64_t sequence, FileSnapshot files) {
    PackRecipe recipe;
    recipe.sequence = sequence;
    recipe.files = std::move(files);
    recipe.key = test_key();
    return recipe;
}

inline PackManifest manifest_of(const PackRecipe& recipe) {
    PackManifest manifest;
    manifest.sequence = recipe.sequence;
    manifest.part_size = recipe.part_size;
    manifest.site = recipe.site;
    manifest.audience = recipe.audience;
    manifest.venue = recipe.venue;
    manifest.built = "2026-11-21";
    manifest.generator = "qunying 0";
    manifest.trust = recipe.key.trust;
    for (const auto& [path, bytes] : recipe.files)
        manifest.files.append(path, {blake2b_of(bytes), bytes.size()});
    return manifest;
}

// Every file of the pack by its name.
inline FileSnapshot pack_of(const PackRecipe& recipe) {
    const PackManifest manifest = manifest_of(recipe);
    FileSnapshot pack = {{pack_manifest_name, write_pack_manifest(manifest, recipe.key.secret)}};
    std::string stream;
    for (const auto& [path, bytes] : recipe.files) stream += bytes;
    for (std::size_t part = 0; part < manifest.parts(); ++part)
        pack[part_name(recipe.sequence, part)] = stream.substr(part * recipe.part_size, recipe.part_size);
    return pack;
}

inline void put_pack(MemoryDisk& disk, const FileSnapshot& pack) {
    for (const auto& [name, bytes] : pack) disk.put(name, bytes);
}

inline InstallOptions install_options(const SigningKey& key = test_key()) {
    return {key.trust, 1 << 20, {}, 1'800'000'000};
}

// Installs a pack as it lies in memory.
inline InstallReport install(Disk& screen, const FileSnapshot& pack,
                             const InstallOptions& options = install_options()) {
    MemoryDisk stick;
    put_pack(stick, pack);
    FolderSource source(stick, "");
    KioskFolder kiosk(screen);
    return install_pack(source, kiosk, options);
}

// What the screen would open now, as files; empty where there is nothing that is whole.
inline FileSnapshot opened_release(MemoryDisk& screen, const Trust& trust = test_key().trust) {
    KioskFolder kiosk(screen);
    try {
        return screen.snapshot(choose_release(kiosk, trust, 1'800'000'000, "screen").folder);
    } catch (const Refused&) {
        return {};
    }
}

}  // namespace qunying
