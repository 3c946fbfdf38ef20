#pragma once
// Where a pack comes from: a folder (a stick, a share), or an address (fetch.h).
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "release/pack_manifest.h"
#include "system/disk.h"

namespace qunying {

// Bytes of the long stream of a pack, from `begin` up to `end`.
struct PackStretch {
    std::uint64_t begin = 0, end = 0;

    std::uint64_t size() const { return end - begin; }
    bool operator==(const PackStretch&) const = default;
};

// Takes bytes in the order of the stretches that were asked for, in pieces of at most a mebibyte.
using PackSink = std::function<void(std::string_view)>;

// Every call throws Refused where it cannot be done.
class PackSource {
  public:
    virtual ~PackSource() = default;

    // The bytes of the manifest as they are.
    virtual std::string manifest() = 0;
    // Whether reading all of it costs little more than reading a part. Then a pack that is damaged anywhere
    // is refused, also where the screen has these bytes already.
    virtual bool is_near() const = 0;
    // Looks whether every part has the length that the manifest says, as far as that can be told beforehand.
    virtual void check_lengths(const PackManifest& manifest) = 0;
    // `stretches` rise and do not touch each other. What came before it broke off has been given to the sink.
    virtual void read(const PackManifest& manifest, const std::vector<PackStretch>& stretches,
                      const PackSink& sink) = 0;
};

// A stretch of the stream as it lies in one part.
struct PartRange {
    std::size_t part = 0;
    std::uint64_t offset = 0, size = 0;
};
// In order; a stretch that goes over the end of a part becomes two.
std::vector<PartRange> part_ranges(const PackManifest& manifest, const std::vector<PackStretch>& stretches);

// A pack in `folder` of a disk.
class FolderSource final : public PackSource {
  public:
    FolderSource(Disk& disk, std::string folder) : disk_(disk), folder_(std::move(folder)) {}

    std::string manifest() override;
    bool is_near() const override { return true; }
    void check_lengths(const PackManifest& manifest) override;
    void read(const PackManifest& manifest, const std::vector<PackStretch>& stretches,
              const PackSink& sink) override;

  private:
    Disk& disk_;
    std::string folder_;
};

// The source that people mean: an address, a pack's folder, its manifest, or a stick with a pack on it.
// `retries` is how often a line that breaks is tried again before it brings anything.
inline constexpr int usual_retries = 4;
std::unique_ptr<PackSource> find_pack(const std::string& place, int retries = usual_retries);

}  // namespace qunying
