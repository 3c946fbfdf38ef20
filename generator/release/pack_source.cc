#include "release/pack_source.h"

#include <algorithm>
#include <filesystem>

#include "base/failure.h"
#include "base/text.h"
#include "release/fetch.h"
#include "release/install_refusal.h"

namespace qunying {
namespace {

constexpr std::uint64_t piece = std::uint64_t{1} << 20;

// What goes wrong with the medium is said of the medium, not of this machine.
template <class Work>
auto from_stick(Work work) {
    try {
        return work();
    } catch (const Failure& failure) {
        throw Refused(Refusal::stick_broke, failure.path() + ": " + failure.code().message());
    }
}

// A pack on a disk of its own.
class OwnedFolderSource final : public PackSource {
  public:
    explicit OwnedFolderSource(const std::string& folder)
        : disk_(from_stick([&] { return real_disk(folder); })), source_(*disk_, "") {}

    std::string manifest() override { return source_.manifest(); }
    bool is_near() const override { return true; }
    void check_lengths(const PackManifest& manifest) override { source_.check_lengths(manifest); }
    void read(const PackManifest& manifest, const std::vector<PackStretch>& stretches,
              const PackSink& sink) override {
        source_.read(manifest, stretches, sink);
    }

  private:
    std::unique_ptr<Disk> disk_;
    FolderSource source_;
};

}  // namespace

std::vector<PartRange> part_ranges(const PackManifest& manifest, const std::vector<PackStretch>& stretches) {
    std::vector<PartRange> ranges;
    for (const PackStretch& stretch : stretches) {
        for (std::uint64_t at = stretch.begin; at < stretch.end;) {
            const std::uint64_t part = at / manifest.part_size, offset = at % manifest.part_size;
            const std::uint64_t size = std::min(stretch.end - at, manifest.part_size - offset);
            ranges.push_back({static_cast<std::size_t>(part), offset, size});
            at += size;
        }
    }
    return ranges;
}

std::string FolderSource::manifest() {
    auto bytes = from_stick(
        [&] { return disk_.read_if_there(join_path(folder_, pack_manifest_name), longest_pack_manifest); });
    if (!bytes) throw Refused(Refusal::no_pack, folder_);
    return std::move(*bytes);
}

void FolderSource::check_lengths(const PackManifest& manifest) {
    const std::size_t parts = manifest.parts();
    for (std::size_t part = 0; part < parts; ++part) {
        const std::string name = part_name(manifest.sequence, part);
        const auto status = from_stick([&] { return disk_.status(join_path(folder_, name)); });
        if (!status || status->size != manifest.part_length(part)) throw Refused(Refusal::cut_short, name);
    }
}

void FolderSource::read(const PackManifest& manifest, const std::vector<PackStretch>& stretches,
                        const PackSink& sink) {
    for (const PartRange& range : part_ranges(manifest, stretches)) {
        const std::string name = part_name(manifest.sequence, range.part);
        for (std::uint64_t done = 0; done < range.size;) {
            const auto size = static_cast<std::size_t>(std::min(piece, range.size - done));
            const std::string bytes = from_stick(
                [&] { return disk_.read_range(join_path(folder_, name), range.offset + done, size); });
            if (bytes.size() != size) throw Refused(Refusal::cut_short, name);
            sink(bytes);
            done += size;
        }
    }
}

std::unique_ptr<PackSource> find_pack(const std::string& place, int retries) {
    namespace fs = std::filesystem;
    if (is_web_address(place)) return web_source(place, {.attempts = retries + 1});
    const fs::path path(place);
    std::error_code none;
    for (const fs::path& folder : {path, path / pack_folder, path.parent_path()}) {
        const bool named = folder != path.parent_path() || path.filename() == pack_manifest_name;
        if (named && fs::is_regular_file(folder / pack_manifest_name, none)) {
            return std::make_unique<OwnedFolderSource>(folder.string());
        }
    }
    throw Refused(Refusal::no_pack, place);
}

}  // namespace qunying
