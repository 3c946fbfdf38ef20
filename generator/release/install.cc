#include "release/install.h"

#include <algorithm>

#include "base/failure.h"
#include "release/install_tree.h"

namespace qunying {
namespace {

constexpr std::string_view venue_audience = "venue";

std::string epoch_text(const Trust& trust) { return std::to_string(trust.newest().epoch); }

// Old keys are taken no more once a newer one is known.
Trust grown(const Trust& known, const Trust& offered) {
    const auto both = joined(known, offered);
    if (!both) throw Refused(Refusal::unknown_key);
    if (both->newest().epoch != offered.newest().epoch)
        throw Refused(Refusal::old_key, epoch_text(offered), epoch_text(known));
    return *both;
}

// What differs from the first pack is someone else's.
void check_belongs(const PackManifest& manifest, const KioskState& state, const InstallOptions& options) {
    if (!state.site.empty() && state.site != manifest.site)
        throw Refused(Refusal::other_site, manifest.site, state.site);
    const bool first = state.site.empty() && options.venue.empty();
    const std::string& venue = options.venue.empty() ? state.venue : options.venue;
    if (!first && venue != manifest.venue) throw Refused(Refusal::other_venue, manifest.venue, venue);
}

void check_newer(const PackManifest& manifest, const KioskState& state) {
    if (manifest.sequence < state.highest)
        throw Refused(Refusal::older, std::to_string(manifest.sequence), std::to_string(state.highest));
    const KioskRelease* known = state.find(manifest.sequence);
    if (known && known->quarantined) throw Refused(Refusal::failed_before, std::to_string(manifest.sequence));
}

void sync_tree(Disk& disk, const std::string& path) {
    for (const FolderEntry& entry : disk.list_folder(path)) {
        const std::string inner = join_path(path, entry.name);
        if (entry.status.kind == FileKind::folder)
            sync_tree(disk, inner);
        else
            disk.sync_file(inner);
    }
    disk.sync_folder(path);
}

// From here on a power cut leaves the tree as it is.
void sync_incoming(Disk& disk) {
    if (disk.sync_filesystem(incoming_folder) == Outcome::unsupported) sync_tree(disk, incoming_tree());
}

// The release that a start would fall back to: one that a browser ran with, the newest of them; else the
// newest.
std::uint64_t fallback_of(const KioskState& state) {
    const KioskRelease* best = nullptr;
    for (const KioskRelease& each : state.releases) {
        if (each.sequence == state.current || !each.kept || each.quarantined) continue;
        if (!best || each.confirmed >= best->confirmed) best = &each;
    }
    return best ? best->sequence : 0;
}

class Installation {
  public:
    Installation(KioskFolder& kiosk, const InstallOptions& options, const TrustedPack& pack)
        : kiosk_(kiosk), disk_(kiosk.disk()), options_(options), pack_(pack), manifest_(pack.manifest) {}

    // The whole way, with incoming locked. `before` is the state at its begin.
    InstallReport run(PackSource& source, const KioskState& before) {
        report_.sequence = manifest_.sequence;
        report_.site = manifest_.site;
        report_.venue = manifest_.venue;
        report_.built = manifest_.built;
        report_.files = manifest_.files.size();
        report_.bytes = manifest_.total();
        source.check_lengths(manifest_);
        const GatheredTree tree = gather_tree(kiosk_, source, manifest_, pack_.bytes, kept_manifests(before));
        report_.linked = tree.linked;
        report_.fetched = tree.fetched;
        sync_incoming(disk_);
        move_in();
        switch_over();
        clear_away();
        return report_;
    }

  private:
    // Releases whose files may serve: those that are kept, and this very one where a run was cut off between
    // its last two steps.
    std::vector<PackManifest> kept_manifests(const KioskState& state) {
        std::vector<std::uint64_t> sequences;
        for (const KioskRelease& each : state.releases) {
            if (each.kept && each.sequence != manifest_.sequence) sequences.push_back(each.sequence);
        }
        sequences.push_back(manifest_.sequence);
        std::vector<PackManifest> kept;
        for (const std::uint64_t sequence : sequences) {
            if (auto manifest = kiosk_.manifest_of(sequence, pack_.trust))
                kept.push_back(std::move(*manifest));
        }
        return kept;
    }

    // The release gets its name only now that it is whole; what may have this name is one that is not.
    void move_in() {
        for (const std::string& folder : {release_folder(1), release_manifest(1)})
            create_folders(disk_, split_path(folder).folder);
        kiosk_.write_in_place(release_manifest(manifest_.sequence), pack_.bytes);
        const std::string place = release_folder(manifest_.sequence);
        remove_tree(disk_, place);
        disk_.rename(incoming_tree(), place);
        disk_.sync_folder(split_path(place).folder);
        disk_.sync_folder("");
    }

    void switch_over() {
        const auto lock = kiosk_.lock_state();
        KioskState state = kiosk_.load();
        KioskRelease* release = state.find(manifest_.sequence);
        if (release == nullptr) release = &state.releases.emplace_back();
        *release = {manifest_.sequence, 0, false, false, true, manifest_.built};
        std::sort(state.releases.begin(), state.releases.end(),
                  [](const KioskRelease& a, const KioskRelease& b) { return a.sequence < b.sequence; });
        state.site = manifest_.site;
        state.venue = manifest_.venue;
        state.trust = pack_.trust;
        state.highest = state.current = manifest_.sequence;
        state.verified = utc_text(options_.now);
        state.last_error.clear();
        forget_others(state);
        kiosk_.save(state);
        keep_ = state;
    }

    // Two releases stay. Of those that failed the number alone is remembered, of the others nothing.
    static void forget_others(KioskState& state) {
        constexpr std::size_t most_remembered = 64;
        const std::uint64_t fallback = fallback_of(state);
        for (KioskRelease& each : state.releases)
            each.kept = each.sequence == state.current || each.sequence == fallback;
        std::erase_if(state.releases,
                      [](const KioskRelease& each) { return !each.kept && !each.quarantined; });
        while (state.releases.size() > most_remembered) state.releases.erase(state.releases.begin());
    }

    // What cannot be removed now is removed by the next installation.
    void clear_away() {
        try {
            remove_tree(disk_, incoming_folder);
            const std::string trees = split_path(release_folder(1)).folder;
            for (const FolderEntry& entry : disk_.list_folder(trees)) {
                if (!is_kept(entry.name)) remove_tree(disk_, join_path(trees, entry.name));
            }
            const std::string manifests = split_path(release_manifest(1)).folder;
            for (const FolderEntry& entry : disk_.list_folder(manifests)) {
                const std::string_view number = std::string_view(entry.name).substr(0, entry.name.find('.'));
                if (!is_kept(number)) remove_tree(disk_, join_path(manifests, entry.name));
            }
        } catch (const Failure&) {
        }
    }
    bool is_kept(std::string_view number) const {
        return std::any_of(keep_.releases.begin(), keep_.releases.end(), [&](const KioskRelease& each) {
            return each.kept && std::to_string(each.sequence) == number;
        });
    }

    KioskFolder& kiosk_;
    Disk& disk_;
    const InstallOptions& options_;
    const TrustedPack& pack_;
    const PackManifest& manifest_;
    KioskState keep_;
    InstallReport report_;
};

bool is_newest_and_whole(KioskFolder& kiosk, const KioskState& state, const PackManifest& manifest,
                         const Trust& trust) {
    const KioskRelease* known = state.find(manifest.sequence);
    if (!known || !known->kept || state.current != manifest.sequence) return false;
    const auto there = kiosk.manifest_of(manifest.sequence, trust);
    return there && there->files == manifest.files && kiosk.is_whole(*there);
}

// Every byte of a pack against the digest of its file.
class Verifier {
  public:
    explicit Verifier(const OutputTree& files) : files_(files) { finish_all_done(); }

    void take(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left(), bytes.size()));
            digest_->add(bytes.substr(0, size));
            inside_ += size;
            bytes.remove_prefix(size);
            finish_all_done();
        }
    }

  private:
    std::uint64_t left() const { return files_[next_].file.size - inside_; }
    void finish_all_done() {
        for (; next_ < files_.size() && left() == 0; ++next_, inside_ = 0) {
            if (digest_->finish() != files_[next_].file.blake2b)
                throw Refused(Refusal::damaged, std::string(files_.path(next_)));
            digest_.emplace();
        }
    }

    const OutputTree& files_;
    std::size_t next_ = 0;
    std::uint64_t inside_ = 0;
    std::optional<Blake2bBuilder> digest_{std::in_place};
};

}  // namespace

TrustedPack trusted_pack(PackSource& source, const Trust& trust) {
    TrustedPack pack;
    pack.bytes = source.manifest();
    PackReading reading = read_pack_manifest(pack.bytes);
    if (reading.fault == PackFault::newer_format) throw Refused(Refusal::newer_format);
    if (!reading.manifest) throw Refused(Refusal::damaged, pack_manifest_name);
    pack.manifest = std::move(*reading.manifest);
    pack.trust = grown(trust, pack.manifest.trust);
    if (pack.manifest.audience != venue_audience) throw Refused(Refusal::wrong_audience);
    return pack;
}

TrustedPack verify_pack(PackSource& source, const Trust& trust) {
    TrustedPack pack = trusted_pack(source, trust);
    source.check_lengths(pack.manifest);
    Verifier verifier(pack.manifest.files);
    std::vector<PackStretch> all;
    if (const std::uint64_t total = pack.manifest.total(); total > 0) all.push_back({0, total});
    source.read(pack.manifest, all, [&](std::string_view bytes) { verifier.take(bytes); });
    return pack;
}

InstallReport install_pack(PackSource& source, KioskFolder& kiosk, const InstallOptions& options) {
    const auto incoming = kiosk.lock_incoming();
    if (!kiosk.is_ours()) throw Refused(Refusal::not_our_folder);
    const KioskState state = kiosk.load();
    const Trust trust = trust_of_kiosk(options.trust, state);
    const TrustedPack pack = trusted_pack(source, trust);
    check_belongs(pack.manifest, state, options);
    check_newer(pack.manifest, state);
    const std::uint64_t total = pack.manifest.total();
    if (total > options.largest)
        throw Refused(Refusal::too_large, amount_text(total), amount_text(options.largest));
    if (is_newest_and_whole(kiosk, state, pack.manifest, pack.trust)) {
        return {InstallWay::already_there,
                pack.manifest.sequence,
                pack.manifest.site,
                pack.manifest.venue,
                pack.manifest.built,
                pack.manifest.files.size(),
                0,
                total,
                0};
    }
    return Installation(kiosk, options, pack).run(source, state);
}

void note_error(KioskFolder& kiosk, const std::string& text) {
    try {
        const auto lock = kiosk.lock_state();
        KioskState state = kiosk.load();
        if (state.current == 0 || state.last_error == text) return;
        state.last_error = text;
        kiosk.save(state);
    } catch (const Failure&) {
    } catch (const Refused&) {
    }
}

}  // namespace qunying
