#include "release/bundle.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "base/failure.h"
#include "release/plain_zip.h"
#include "system/manifest.h"

namespace qunying {
namespace {

constexpr const char* sequence_note = ".qunying/pack-sequence";
constexpr std::string_view temporary_end = ".tmp", part_begin = "part-", part_end = ".qy";
constexpr std::size_t piece = std::size_t{1} << 20;

bool is_part_name(std::string_view name) {
    return name.starts_with(part_begin) && name.ends_with(part_end) &&
           name.find_first_not_of("0123456789-", part_begin.size()) == name.size() - part_end.size();
}

bool is_of_a_pack(std::string_view name) {
    return name == pack_manifest_name ||
           name == std::string(pack_manifest_name) + std::string(temporary_end) || is_part_name(name);
}

void write_in_place(Disk& disk, const std::string& path, std::string_view bytes) {
    const std::string beside = path + std::string(temporary_end);
    if (disk.status(beside)) disk.remove_file(beside);
    disk.write_new_file(beside, bytes);
    disk.sync_file(beside);
    disk.rename(beside, path);
    disk.sync_folder(split_path(path).folder);
}

std::uint64_t noted_sequence(Disk& site) {
    const std::string text = site.read_if_there(sequence_note).value_or("");
    std::uint64_t sequence = 0;
    std::from_chars(text.data(), text.data() + text.size(), sequence);  // torn: the clock is newer
    return sequence <= largest_sequence ? sequence : 0;
}

std::string zip_name(const PackManifest& manifest) {
    return manifest.site + "-" + manifest.built + "-" + std::to_string(manifest.sequence) + ".zip";
}

// The files of the release, manifest.json among them.
OutputTree packed_files(Disk& site, const std::string& folder, const OutputTree& listed) {
    const std::string text = site.read_file(join_path(folder, manifest_name));
    const OutputFile own{blake2b_of(text), text.size()};
    OutputTree files;
    bool added = false;
    for (const auto& [path, file] : listed) {
        if (!added && path > manifest_name) files.append(manifest_name, own), added = true;
        files.append(path, file);
    }
    if (!added) files.append(manifest_name, own);
    return files;
}

class PackWriter {
  public:
    PackWriter(Disk& site, const std::string& folder, Disk& out, const PackManifest& manifest)
        : site_(site), folder_(folder), out_(out), manifest_(manifest) {}

    // All parts, each on the medium.
    void write_parts() {
        for (const auto& [path, file] : manifest_.files) add_file(join_path(folder_, path), file);
        if (filled_ > 0) end_part();
        out_.sync_folder(pack_folder);
    }

  private:
    std::string path() const { return join_path(pack_folder, part_name(manifest_.sequence, part_)); }

    // What was built is packed, or nothing.
    void add_file(const std::string& from, const OutputFile& file) {
        Blake2bBuilder digest;
        for (std::uint64_t at = 0; at < file.size;) {
            const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(piece, file.size - at));
            const std::string bytes = site_.read_range(from, at, size);
            if (bytes.empty()) break;
            digest.add(bytes);
            add(bytes);
            at += bytes.size();
        }
        if (digest.finish() != file.blake2b)
            throw Failure("find a file as it was built", from, std::make_error_code(std::errc::io_error));
    }
    void add(std::string_view bytes) {
        while (!bytes.empty()) {
            const std::uint64_t room = manifest_.part_size - filled_;
            const std::string_view now =
                bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(room, bytes.size())));
            bytes.remove_prefix(now.size());
            buffer_ += now;
            filled_ += now.size();
            if (filled_ == manifest_.part_size)
                end_part();
            else if (buffer_.size() >= piece)
                flush();
        }
    }
    void flush() {
        out_.append_to_file(path(), buffer_);
        buffer_.clear();
    }
    void end_part() {
        flush();
        out_.sync_file(path());
        ++part_;
        filled_ = 0;
    }

    Disk& site_;
    const std::string& folder_;
    Disk& out_;
    const PackManifest& manifest_;
    std::size_t part_ = 0;
    std::uint64_t filled_ = 0;  // of this part
    std::string buffer_;
};

// The pack that lies there now. Whatever is not this site's and venue's is left alone.
std::optional<PackManifest> pack_before(Disk& out, const PackManifest& next) {
    if (!out.status(pack_folder)) return std::nullopt;
    for (const FolderEntry& entry : out.list_folder(pack_folder)) {
        if (entry.status.kind != FileKind::file || !is_of_a_pack(entry.name))
            throw Failure(not_our_pack, pack_folder, std::make_error_code(std::errc::file_exists));
    }
    const auto bytes = out.read_if_there(join_path(pack_folder, pack_manifest_name), longest_pack_manifest);
    if (!bytes) return std::nullopt;
    PackReading reading = read_pack_manifest(*bytes);
    if (!reading.manifest || reading.manifest->site != next.site || reading.manifest->venue != next.venue)
        throw Failure(not_our_pack, pack_folder, std::make_error_code(std::errc::file_exists));
    return std::move(reading.manifest);
}

// All but the parts of `keep`, if there is one: those of older packs, and of packs that were never finished.
void remove_other_parts(Disk& out, const PackManifest* keep) {
    const std::string kept = keep ? std::string(part_begin) + std::to_string(keep->sequence) + "-" : "none";
    for (const FolderEntry& entry : out.list_folder(pack_folder)) {
        if (entry.name != pack_manifest_name && !entry.name.starts_with(kept))
            out.remove_file(join_path(pack_folder, entry.name));
    }
}

PackManifest manifest_of(Disk& site, const std::string& folder, const BundleOptions& options) {
    const auto release = read_manifest(site, folder);
    if (!release)
        throw Failure("read", join_path(folder, manifest_name), std::make_error_code(std::errc::io_error));
    PackManifest manifest;
    manifest.part_size = options.part_size;
    manifest.site = release->fact("site");
    manifest.audience = release->fact("audience");
    manifest.venue = release->fact("venue");
    manifest.built = release->fact("as_of");
    manifest.generator = release->fact("generator");
    manifest.trust = options.key.trust;
    manifest.files = packed_files(site, folder, release->files);
    return manifest;
}

}  // namespace

BundleReport write_bundle(Disk& site, const std::string& folder, Disk& out, const BundleOptions& options) {
    BundleReport report;
    PackManifest& manifest = report.manifest;
    manifest = manifest_of(site, folder, options);
    const auto before = pack_before(out, manifest);
    const std::uint64_t last =
        std::max({noted_sequence(site), options.last_sequence, before ? before->sequence : std::uint64_t{0}});
    manifest.sequence = std::max(last + 1, options.now);
    create_folders(site, split_path(sequence_note).folder);
    write_in_place(site, sequence_note, std::to_string(manifest.sequence) + "\n");
    create_folders(out, pack_folder);
    remove_other_parts(out, before ? &*before : nullptr);
    PackWriter(site, folder, out, manifest).write_parts();
    const std::string bytes = write_pack_manifest(manifest, options.key.secret);
    report.manifest_size = bytes.size();
    write_in_place(out, join_path(pack_folder, pack_manifest_name), bytes);
    remove_other_parts(out, &manifest);
    if (before && out.status(zip_name(*before))) out.remove_file(zip_name(*before));
    report.zip = zip_name(manifest);
    report.zip_size = write_plain_zip(site, folder, manifest.files, out, report.zip);
    return report;
}

}  // namespace qunying
