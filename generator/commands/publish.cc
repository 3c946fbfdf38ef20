#include "release/publish.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <random>
#include <thread>

#include "base/failure.h"
#include "base/text.h"
#include "commands/commands.h"
#include "commands/console.h"
#include "commands/opened_site.h"
#include "commands/publish_words.h"
#include "load/publish_settings.h"
#include "load/settings.h"
#include "release/leak_check.h"
#include "release/remote_failure.h"

namespace qunying {
namespace {

namespace fs = std::filesystem;

constexpr const char* state_folder = ".qunying/publish";

void say(const std::string& text) { std::fputs(text.c_str(), stdout); }
void complain(const std::string& text) { std::fputs(text.c_str(), stderr); }

struct Targets {
    std::vector<PublishTarget> all;
    std::string base_url;
    std::optional<int> exit_code;  // of a command that cannot go on
};

// The settings, or word of what is wrong with them.
Targets read_targets(Disk& site, Language language) {
    Targets targets;
    const auto text = site.read_if_there(std::string(publish_settings_path));
    if (!text) {
        complain(no_targets_text(language));
        targets.exit_code = 2;
        return targets;
    }
    Sources sources;
    Diagnostics found;
    targets.all =
        load_publish_targets(sources[sources.add(std::string(publish_settings_path), *text)], found);
    found.settle(sources);
    for (const Diagnostic& each : found.items()) say(as_text(each, sources, language));
    if (found.has_errors()) targets.exit_code = 1;
    if (const auto settings = site.read_if_there(std::string(settings_path))) {
        Diagnostics ignored;  // check says them
        targets.base_url = load_settings(sources[sources.add(std::string(settings_path), *settings)], ignored)
                               .settings.base_url;
    }
    return targets;
}

const PublishTarget* choose(const Targets& targets, const std::string& name) {
    if (name.empty() && targets.all.size() == 1) return &targets.all.front();
    const auto found = std::find_if(targets.all.begin(), targets.all.end(),
                                    [&](const PublishTarget& each) { return each.name == name; });
    return found == targets.all.end() ? nullptr : &*found;
}

// Nobody builds into the folder while it is read. Some file systems know no such locks.
std::unique_ptr<Lock> lock_folder(Disk& disk, const std::string& path) {
    std::unique_ptr<Lock> lock;
    try {
        lock = disk.lock(path);
    } catch (const Failure&) {
        return nullptr;
    }
    if (lock) return lock;
    throw Failure(another_build_is_running, path,
                  std::make_error_code(std::errc::resource_unavailable_try_again));
}

ReleaseFault fault_of(const std::optional<ReleaseState>& state) {
    if (!state) return ReleaseFault::missing;
    if (state->manifest.fact("audience") != "web") return ReleaseFault::for_a_venue;
    if (state->manifest.fact("preview") != "no") return ReleaseFault::preview;
    return state->whole ? ReleaseFault::none : ReleaseFault::not_whole;
}

bool lies_within(const fs::path& inner, const fs::path& outer) {
    const fs::path way = inner.lexically_relative(outer);
    return !way.empty() && *way.begin() != "..";
}

// A folder of this machine that must not become a copy of the site: the site itself, or what holds it.
bool is_own_folder(const fs::path& to, const fs::path& site, const fs::path& release) {
    if (lies_within(release, to) || lies_within(to, release) || lies_within(site, to)) return true;
    return std::any_of(own_folders.begin(), own_folders.end(),
                       [&](const char* name) { return lies_within(to, site / name); });
}

std::string new_run() {
    std::random_device device;
    std::string name;
    for (int i = 0; i < 4; ++i) name += fmt::format("{:08x}", device());
    return name;
}

// Where a target's journal and small files live; one run at a time.
struct TargetState {
    std::unique_ptr<Lock> lock;
    std::string journal, scratch;

    TargetState(Disk& site, const fs::path& home, const PublishTarget& target) {
        const std::string key =
            blake2b_hex(fmt::format("{} {}", static_cast<int>(target.kind), target.to), 16);
        const std::string folder = join_path(state_folder, key);
        create_folders(site, folder);
        lock = site.lock(join_path(folder, "lock"));
        if (!lock) throw RemoteFailure(Trouble::someone_else, target.to, {});
        create_folders(site, join_path(folder, "files"));
        journal = join_path(folder, "journal");
        scratch = (home / folder / "files").string();
    }
};

PublishEvents events_for(const PublishArguments& arguments, Language language) {
    PublishEvents events;
    if (arguments.dry_run) return events;
    events.uploading = [language](UploadPhase phase, std::size_t files) {
        complain(uploading_text(phase, files, language));
    };
    events.verifying = [language] { complain(verifying_text(language)); };
    events.removing = [language](std::size_t files) { complain(removing_text(files, language)); };
    events.wait_before_removing = [seconds = arguments.wait, language] {
        if (seconds == 0) return;
        complain(waiting_text(seconds, language));
        std::this_thread::sleep_for(std::chrono::seconds(seconds));
    };
    return events;
}

int exit_code_of(const PublishReport& report) { return report.refusal == PublishRefusal::none ? 0 : 1; }

int publish_to(const PublishTarget& target, const PublishArguments& arguments, Disk& site,
               const LocalRelease& release, const std::string& base_url, Language language) {
    const Stopwatch watch;
    const TargetState state(site, fs::canonical(arguments.site), target);
    const auto remote = open_remote(target, release, state.scratch);
    PublishJournal journal(site, state.journal);
    const PublishOptions options{new_run(), arguments.dry_run, arguments.verify_all, arguments.replace};
    const PublishReport report =
        publish_release(release, *remote, journal, options, events_for(arguments, language));
    const PublishTelling telling{target, base_url, arguments.dry_run, watch.seconds()};
    if (report.refusal != PublishRefusal::none)
        complain(publish_refusal_text(report, telling, language));
    else
        say(publish_report_text(report, telling, language));
    return exit_code_of(report);
}

int publish_safely(PublishTarget target, const PublishArguments& arguments, Disk& site,
                   const std::string& base_url, Language language) {
    const RootedPath from = rooted_path(arguments.from.empty() ? arguments.site + "/public" : arguments.from);
    const auto disk = real_disk(from.root);
    const bool there = disk->status(from.name).has_value();
    const auto lock = there ? lock_folder(*disk, from.name) : nullptr;
    const auto state = there ? read_release(*disk, from.name) : std::nullopt;
    const fs::path folder = fs::path(from.root) / from.name;
    if (const ReleaseFault fault = fault_of(state); fault != ReleaseFault::none)
        return complain(release_fault_text(fault, folder.string(), language)), 1;
    if (target.kind == TargetKind::directory) {
        const fs::path home = fs::canonical(arguments.site);
        target.to = fs::weakly_canonical(home / target.to).string();
        if (is_own_folder(target.to, home, folder)) return complain(own_folder_text(target, language)), 2;
    }
    const std::vector<std::string> allowed = allowed_in_site(site);
    const std::vector<Leak> leaks = leaks_in_release(*disk, from.name, allowed);
    if (!leaks.empty()) return complain(leaks_text(leaks, language)), 1;
    const LocalRelease release{*disk, from.name, folder.string(), state->manifest};
    return publish_to(target, arguments, site, release, base_url, language);
}

}  // namespace

int run_publish(const PublishArguments& arguments, Language language) {
    const auto site = real_disk(arguments.site);
    const Targets targets = read_targets(*site, language);
    if (targets.exit_code) return *targets.exit_code;
    const PublishTarget* target = choose(targets, arguments.target);
    if (!target) return complain(which_target_text(targets.all, arguments.target, language)), 2;
    try {
        return publish_safely(*target, arguments, *site, targets.base_url, language);
    } catch (const RemoteFailure& failure) {
        complain(remote_failure_text(failure, language));
    } catch (const Failure& failure) {
        if (failure.operation() == another_build_is_running) throw;
        complain(remote_failure_text(as_remote_failure(failure), language));
    }
    return 3;
}

}  // namespace qunying
