#include "release/install_tree.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/failure.h"
#include "release/install_refusal.h"

namespace qunying {
namespace {

constexpr std::size_t piece = std::size_t{1} << 20;
constexpr std::uint64_t spare_room = std::uint64_t{16}
                                     << 20;  // for names, state and whatever else the disk is for

// Which file of a kept release has given bytes.
using KeptBlobs = std::map<Blake2b, std::string>;

KeptBlobs blobs_of(const std::vector<PackManifest>& kept) {
    KeptBlobs blobs;
    for (const PackManifest& manifest : kept) {
        for (const auto& [path, file] : manifest.files)
            blobs.emplace(file.blake2b, join_path(release_folder(manifest.sequence), path));
    }
    return blobs;
}

enum class Need { bytes, proof };

// A file of which the pack is asked for its bytes: all of it, or what is behind the `there` bytes that an
// interrupted run left; or only for proof that it has it as it says, since the file is here already.
struct WantedFile {
    std::size_t index = 0;
    std::uint64_t begin = 0;  // of the file in the stream
    std::uint64_t there = 0;
    Need need = Need::bytes;
};

class Gathering {
  public:
    Gathering(KioskFolder& kiosk, PackSource& source, const PackManifest& manifest)
        : disk_(kiosk.disk()), source_(source), manifest_(manifest), root_(incoming_tree()) {}

    void prepare(const std::string& bytes);
    void take_from(const KeptBlobs& kept);
    void check_room() const;
    void fetch();
    GatheredTree result() const { return result_; }

  private:
    std::string path_of(std::size_t index) const { return join_path(root_, manifest_.files.path(index)); }
    const OutputFile& file_of(std::size_t index) const { return manifest_.files[index].file; }
    void make_folder(const std::string& path);
    void remove_strangers(const std::string& inner);
    bool is_good(std::size_t index) {
        return digest_of_file(disk_, path_of(index)) == file_of(index).blake2b;
    }
    bool is_there(std::size_t index, std::uint64_t& partial);
    bool take(std::size_t index, const std::string& from);
    void copy(const std::string& from, const std::string& to);
    void fetch_wanted(std::vector<WantedFile> wanted);
    std::vector<PackStretch> stretches_of(const std::vector<WantedFile>& wanted) const;

    // Writes what comes from the source into one file after the other.
    class Receiver;

    Disk& disk_;
    PackSource& source_;
    const PackManifest& manifest_;
    std::string root_;
    std::set<std::string, std::less<>> folders_;
    std::vector<WantedFile> wanted_, again_;  // again: what lay there from before was not good
    GatheredTree result_;
};

// Anything that is not from a run for this very manifest is thrown away.
void Gathering::prepare(const std::string& bytes) {
    const std::string note = join_path(incoming_folder, pack_manifest_name);
    const auto noted = disk_.read_if_there(note, longest_pack_manifest);
    if (noted && *noted == bytes) {
        make_folder(root_);
        return remove_strangers("");
    }
    remove_tree(disk_, incoming_folder);
    disk_.create_folder(incoming_folder);
    make_folder(root_);
    disk_.write_new_file(note, bytes);
}

void Gathering::make_folder(const std::string& path) {
    if (path.empty() || folders_.contains(path)) return;
    make_folder(split_path(path).folder);
    const auto status = disk_.status(path);
    if (status && status->kind != FileKind::folder) disk_.remove_file(path);
    if (!status || status->kind != FileKind::folder) disk_.create_folder(path);
    folders_.insert(path);
}

void Gathering::remove_strangers(const std::string& inner) {
    for (const FolderEntry& entry : disk_.list_folder(join_path(root_, inner))) {
        const std::string path = join_path(inner, entry.name);
        if (entry.status.kind == FileKind::folder)
            remove_strangers(path);
        else if (entry.status.kind != FileKind::file || !manifest_.files.contains(path))
            disk_.remove_file(join_path(root_, path));
    }
}

// Whether an earlier run brought this file in; `partial` is how much of it lies there otherwise.
bool Gathering::is_there(std::size_t index, std::uint64_t& partial) {
    const std::string path = path_of(index);
    const auto status = disk_.status(path);
    partial = 0;
    if (!status) return false;
    if (status->kind == FileKind::file) {
        if (status->size == file_of(index).size && is_good(index)) return true;
        if (status->size > 0 && status->size < file_of(index).size) return partial = status->size, false;
    }
    remove_tree(disk_, path);
    return false;
}

void Gathering::copy(const std::string& from, const std::string& to) {
    disk_.write_new_file(to, disk_.read_range(from, 0, piece));
    for (std::uint64_t at = piece;; at += piece) {
        const std::string bytes = disk_.read_range(from, at, piece);
        if (bytes.empty()) return;
        disk_.append_to_file(to, bytes);
    }
}

// By a link where the file system has them. A file that rotted in the old release is not taken over.
bool Gathering::take(std::size_t index, const std::string& from) {
    const std::string to = path_of(index);
    if (disk_.status(to)) disk_.remove_file(to);
    try {
        if (disk_.hard_link(from, to) != Outcome::done) copy(from, to);
    } catch (const Failure&) {  // gone, or not to be read; the pack has it
        if (disk_.status(to)) disk_.remove_file(to);
        return false;
    }
    if (disk_.status(to)->size == file_of(index).size && is_good(index)) return true;
    disk_.remove_file(to);
    return false;
}

void Gathering::take_from(const KeptBlobs& kept) {
    std::uint64_t begin = 0;
    for (std::size_t i = 0; i < manifest_.files.size(); begin += file_of(i).size, ++i) {
        make_folder(split_path(path_of(i)).folder);
        std::uint64_t partial = 0;
        const auto known = kept.find(file_of(i).blake2b);
        const bool came = is_there(i, partial);
        const bool there = came || (known != kept.end() && take(i, known->second));
        if (there && known != kept.end()) ++result_.linked;
        if (there && source_.is_near()) wanted_.push_back({i, begin, 0, Need::proof});
        if (there) continue;
        if (!disk_.status(path_of(i))) partial = 0;
        wanted_.push_back({i, begin, partial, Need::bytes});
    }
}

void Gathering::check_room() const {
    std::uint64_t needed = spare_room;
    for (const WantedFile& file : wanted_)
        needed += file.need == Need::bytes ? file_of(file.index).size - file.there : 0;
    const auto free = disk_.free_bytes("");
    if (free && *free < needed) throw Refused(Refusal::no_room, amount_text(needed), amount_text(*free));
}

// Neighbours in the stream become one stretch: a first installation asks for each part once.
std::vector<PackStretch> Gathering::stretches_of(const std::vector<WantedFile>& wanted) const {
    std::vector<PackStretch> all;
    for (const WantedFile& file : wanted) {
        const PackStretch stretch{file.begin + file.there, file.begin + file_of(file.index).size};
        if (stretch.size() == 0) continue;
        if (!all.empty() && all.back().end == stretch.begin)
            all.back().end = stretch.end;
        else
            all.push_back(stretch);
    }
    return all;
}

class Gathering::Receiver {
  public:
    Receiver(Gathering& work, std::vector<WantedFile> wanted) : work_(work), wanted_(std::move(wanted)) {
        finish_all_done();
    }

    void take(std::string_view bytes) {
        while (!bytes.empty()) {
            const std::string_view part =
                bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(left(), bytes.size())));
            bytes.remove_prefix(part.size());
            if (wanted_[next_].need == Need::bytes) work_.result_.fetched += part.size();
            buffer_ += part;
            if (left() == 0)
                finish_all_done();
            else if (buffer_.size() >= piece)
                flush();
        }
    }
    // What has come so far is written, for the next attempt to go on from.
    void flush() {
        if (buffer_.empty() || next_ == wanted_.size()) return;
        const std::string path = work_.path_of(wanted_[next_].index);
        if (wanted_[next_].need == Need::proof)
            proof_->add(buffer_);
        else if (written_ + wanted_[next_].there == 0)
            work_.disk_.write_new_file(path, buffer_);
        else
            work_.disk_.append_to_file(path, buffer_);
        written_ += buffer_.size();
        buffer_.clear();
    }

  private:
    std::uint64_t left() const {
        const WantedFile& file = wanted_[next_];
        return work_.file_of(file.index).size - file.there - written_ - buffer_.size();
    }
    void finish() {
        flush();
        if (wanted_[next_].need == Need::proof)
            compare(wanted_[next_]);
        else
            look_at(wanted_[next_]);
        ++next_;
        written_ = 0;
    }
    void compare(const WantedFile& file) {
        if (proof_->finish() != work_.file_of(file.index).blake2b) throw damaged(file);
        proof_.emplace();
    }
    void look_at(const WantedFile& file) {
        if (work_.file_of(file.index).size == 0) work_.disk_.write_new_file(work_.path_of(file.index), "");
        if (!work_.is_good(file.index)) reject(file);
    }
    // The one that has come, and empty ones behind it.
    void finish_all_done() {
        while (next_ < wanted_.size() && left() == 0) finish();
    }
    // A file that began in an earlier run gets a second chance as a whole.
    void reject(const WantedFile& file) {
        work_.disk_.remove_file(work_.path_of(file.index));
        if (file.there == 0) throw damaged(file);
        work_.again_.push_back({file.index, file.begin, 0, Need::bytes});
    }
    Refused damaged(const WantedFile& file) const {
        return Refused(Refusal::damaged, std::string(work_.manifest_.files.path(file.index)));
    }

    Gathering& work_;
    std::vector<WantedFile> wanted_;
    std::size_t next_ = 0;
    std::uint64_t written_ = 0;
    std::string buffer_;
    std::optional<Blake2bBuilder> proof_{std::in_place};  // once for each file
};

void Gathering::fetch_wanted(std::vector<WantedFile> wanted) {
    const std::vector<PackStretch> stretches = stretches_of(wanted);
    Receiver receiver(*this, std::move(wanted));
    try {
        if (!stretches.empty())
            source_.read(manifest_, stretches, [&](std::string_view bytes) { receiver.take(bytes); });
    } catch (const Refused& refused) {
        if (refused.why() == Refusal::stick_broke || refused.why() == Refusal::unreachable) receiver.flush();
        throw;
    }
}

void Gathering::fetch() {
    fetch_wanted(std::exchange(wanted_, {}));
    if (!again_.empty()) fetch_wanted(std::exchange(again_, {}));
}

}  // namespace

std::string incoming_tree() { return join_path(incoming_folder, "files"); }

GatheredTree gather_tree(KioskFolder& kiosk, PackSource& source, const PackManifest& manifest,
                         const std::string& bytes, const std::vector<PackManifest>& kept) {
    Gathering work(kiosk, source, manifest);
    work.prepare(bytes);
    work.take_from(blobs_of(kept));
    work.check_room();
    work.fetch();
    return work.result();
}

}  // namespace qunying
