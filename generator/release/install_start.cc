#include "release/install_start.h"

#include <algorithm>
#include <tuple>

#include "base/failure.h"
#include "release/install_refusal.h"

namespace qunying {
namespace {

bool has_failed(const KioskRelease& release) { return release.starts >= starts_before_quarantine; }

// The current release, then the others: those that a browser ran with first, the newest of them. Those that
// failed come last, for a screen with something on it is better than a dark one.
std::vector<KioskRelease> candidates(const KioskState& state) {
    std::vector<KioskRelease> all;
    for (const KioskRelease& each : state.releases) {
        if (each.kept) all.push_back(each);
    }
    const auto rank = [&](const KioskRelease& each) {
        const bool failed = each.quarantined || has_failed(each);
        return std::tuple(failed, each.sequence != state.current, !each.confirmed,
                          largest_sequence - each.sequence);
    };
    std::sort(all.begin(), all.end(),
              [&](const KioskRelease& a, const KioskRelease& b) { return rank(a) < rank(b); });
    return all;
}

std::string damaged_news(std::uint64_t sequence) {
    return "版本 " + std::to_string(sequence) + " 的文件有损坏，没有使用。";
}

std::string failed_news(std::uint64_t sequence) {
    return "版本 " + std::to_string(sequence) + " 连续三次没有启动成功，已停用。";
}

// The others are looked at only where the one before is not whole.
std::uint64_t first_whole(KioskFolder& kiosk, const Trust& trust, const std::vector<KioskRelease>& all,
                          std::string& news) {
    for (const KioskRelease& each : all) {
        const auto manifest = kiosk.manifest_of(each.sequence, trust);
        if (manifest && kiosk.is_whole(*manifest)) return each.sequence;
        news += damaged_news(each.sequence);
    }
    return 0;
}

// An installation may have gone on meanwhile: what it made current stays so, and the page moves there by
// itself.
void note_start(KioskFolder& kiosk, const KioskState& before, StartChoice& choice, std::int64_t now) {
    const auto lock = kiosk.lock_state();
    KioskState state = kiosk.load();
    for (KioskRelease& each : state.releases) {
        const bool fails = has_failed(each) && !each.quarantined && each.sequence != choice.sequence;
        if (!fails) continue;
        each.quarantined = true;
        choice.news += failed_news(each.sequence);
    }
    if (KioskRelease* release = state.find(choice.sequence)) ++release->starts;
    if (state.current == before.current) {
        state.current = choice.sequence;
        state.verified = utc_text(now);
    }
    state.started = choice.sequence;
    if (!choice.news.empty()) state.last_error = choice.news;
    kiosk.save(state);
}

}  // namespace

StartChoice choose_release(KioskFolder& kiosk, const Trust& given, std::int64_t now,
                           const std::string& name) {
    const KioskState state = kiosk.load();
    const std::vector<KioskRelease> all = candidates(state);
    if (all.empty()) throw Refused(Refusal::nothing_installed, name);
    StartChoice choice;
    choice.sequence = first_whole(kiosk, trust_of_kiosk(given, state), all, choice.news);
    if (choice.sequence == 0) throw Refused(Refusal::nothing_verified, name);
    choice.folder = release_folder(choice.sequence);
    try {
        note_start(kiosk, state, choice, now);
    } catch (const Failure& failure) {  // a disk that can only be read is no reason for a dark screen
        choice.news += std::string("启动次数没有记下来：") + failure.what();
    } catch (const Refused& refused) {
        choice.news += refusal_text(refused, Language::chinese);
    }
    return choice;
}

std::uint64_t confirm_start(KioskFolder& kiosk, const std::string& name) {
    const auto lock = kiosk.lock_state();
    KioskState state = kiosk.load();
    KioskRelease* release = state.find(state.started);
    if (release == nullptr) throw Refused(Refusal::nothing_installed, name);
    release->starts = 0;
    release->confirmed = true;
    release->quarantined = false;
    kiosk.save(state);
    return release->sequence;
}

}  // namespace qunying
