#include "release/publish.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "release/remote_failure.h"

namespace qunying {
namespace {

using State = Known::State;

constexpr std::size_t few_pages = 20;  // so many may go without a question

Arrival arrival_in(UploadPhase phase) {
    const bool unseen = phase == UploadPhase::assets || phase == UploadPhase::new_pages;
    return unseen || phase == UploadPhase::new_entries ? Arrival::unseen : Arrival::seen;
}

class Publishing {
  public:
    Publishing(const LocalRelease& release, Remote& remote, PublishJournal& journal,
               const PublishOptions& options, const PublishEvents& events)
        : release_(release), remote_(remote), journal_(journal), options_(options), events_(events) {}

    PublishReport run() {
        look();
        if (report_.refusal != PublishRefusal::none) return std::move(report_);
        resolve();
        plan();
        if (report_.nothing_to_do && !options_.dry_run) journal_.clear();
        if (report_.nothing_to_do || report_.refusal != PublishRefusal::none || options_.dry_run)
            return std::move(report_);
        begin();
        upload();
        finish_manifest();
        remove();
        end();
        return std::move(report_);
    }

  private:
    const OutputTree& files() const { return release_.manifest.files; }

    void look();
    void doubt_everything();
    void resolve();
    void plan();
    bool removes_most_pages() const;
    bool is_unseen(const std::string& path) const;
    void begin();
    void begin_to_link();
    void upload();
    void upload_step(const Paths& paths, Arrival arrival);
    void verify(const Paths& paths, Arrival arrival);
    void finish_manifest();
    void check_nobody_else() const;
    Paths doubtful_folders() const;
    void remove();
    void end();

    const LocalRelease& release_;
    Remote& remote_;
    PublishJournal& journal_;
    const PublishOptions& options_;
    const PublishEvents& events_;

    PublishReport report_;
    KnownFiles known_;
    PublishMark mark_;  // first the one that is there, then ours
    std::string manifest_;
};

// What the place says of itself, and what of that is certain.
void Publishing::look() {
    manifest_ = release_.disk.read_file(join_path(release_.folder, manifest_name));
    const auto manifest_there = remote_.read(manifest_name);
    const auto before = manifest_there ? parse_manifest(*manifest_there) : std::nullopt;
    const auto mark_there = remote_.read(mark_name);
    const auto mark = mark_there ? parse_mark(*mark_there) : std::nullopt;
    report_.continued = mark_there.has_value();
    report_.first = !before && !mark_there;
    if (report_.first && !options_.replace && (manifest_there || remote_.read("index.html"))) {
        report_.refusal = PublishRefusal::other_site;
        return;
    }
    if (before) known_ = known_of(*before);
    if (mark) {
        mark_ = *mark;
        for (const std::string& path : mark_.paths) known_[path] = {State::unknown, {}, false};
        const auto recalled = journal_.recall(mark_.run);
        for (const auto& [path, state] : recalled.value_or(KnownFiles{})) known_[path] = state;
        for (const std::string& path : mark_.unseen) known_[path].unseen = true;
    }
    const bool torn = mark_there && !mark;
    if (torn || options_.verify_all || (report_.first && options_.replace)) doubt_everything();
    report_.nothing_to_do = !mark_there && !options_.verify_all && manifest_there == manifest_;
}

void Publishing::doubt_everything() {
    for (auto& [path, known] : known_) known.state = State::unknown;
    for (const OutputTree::Item item : files()) known_[std::string(item.path)].state = State::unknown;
}

// Looks at what is not certain. A length alone says enough of a file whose name tells its bytes, for it was
// put there by us.
void Publishing::resolve() {
    Paths asked;
    for (const auto& [path, state] : known_) {
        if (state.state == State::unknown && files().contains(path)) asked.push_back(path);
    }
    if (asked.empty()) return;
    if (events_.verifying) events_.verifying();
    const std::vector<Seen> seen = remote_.compare(asked);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const bool same =
            seen[i] == Seen::same || (seen[i] == Seen::same_size && is_named_by_content(asked[i]));
        Known& known = known_[asked[i]];
        known.state = same ? State::file : seen[i] == Seen::missing ? State::absent : State::another;
        if (same) known.file = *files().find(asked[i]);
        report_.by_length |= seen[i] == Seen::same_size;
    }
}

void Publishing::plan() {
    report_.plan = plan_publishing(release_.manifest, known_);
    report_.counts = count_publishing(report_.plan, known_);
    report_.nothing_to_do = report_.nothing_to_do && report_.plan.empty();
    if (!options_.replace && removes_most_pages()) report_.refusal = PublishRefusal::mass_removal;
    if (events_.planned) events_.planned(report_.plan);
}

bool Publishing::removes_most_pages() const {
    const auto pages =
        static_cast<std::size_t>(std::count_if(known_.begin(), known_.end(), [](const auto& each) {
            return each.second.state != State::absent && each.first.ends_with(".html");
        }));
    const std::size_t going = report_.counts.taken_down.size();
    return going > few_pages && going * 2 > pages;
}

bool Publishing::is_unseen(const std::string& path) const {
    const auto found = known_.find(path);
    return role_of(path) != FileRole::asset && (found == known_.end() || !found->second.visible());
}

// From here on whoever comes after us is told what may have changed.
void Publishing::begin() {
    std::set<std::string> touched;
    for (const UploadStep& step : report_.plan.uploads) touched.insert(step.paths.begin(), step.paths.end());
    for (const Paths& step : report_.plan.removals) touched.insert(step.begin(), step.end());
    // What this run does not touch stays as it was found.
    KnownFiles certain;
    for (const std::string& path : mark_.paths) {
        if (touched.insert(path).second) certain[path] = known_[path];
    }
    mark_ = {options_.run, {touched.begin(), touched.end()}, {}};
    std::copy_if(mark_.paths.begin(), mark_.paths.end(), std::back_inserter(mark_.unseen),
                 [this](const std::string& path) { return is_unseen(path); });
    remote_.write(mark_name, write_mark(mark_));
    journal_.begin(mark_.run, certain);
}

void Publishing::upload_step(const Paths& paths, Arrival arrival) {
    remote_.upload(paths, arrival,
                   [&](std::string_view path) { journal_.is_there(path, *files().find(path)); });
}

// What is not as it was sent is sent once more.
void Publishing::verify(const Paths& paths, Arrival arrival) {
    if (paths.empty()) return;
    if (events_.verifying) events_.verifying();
    const auto wrong_ones = [&](const Paths& asked) {
        Paths wrong;
        const std::vector<Seen> seen = remote_.compare(asked);
        for (std::size_t i = 0; i < asked.size(); ++i) {
            if (seen[i] == Seen::differs || seen[i] == Seen::missing) wrong.push_back(asked[i]);
            report_.by_length |= seen[i] == Seen::same_size;
        }
        return wrong;
    };
    const Paths wrong = wrong_ones(paths);
    if (wrong.empty()) return;
    for (const std::string& path : wrong) journal_.is_unsure(path);
    upload_step(wrong, arrival);
    const Paths still = wrong_ones(wrong);
    if (!still.empty()) throw RemoteFailure(Trouble::not_as_sent, still.front(), {});
}

// What nobody sees yet is looked at before the first page names it.
void Publishing::upload() {
    Paths unseen;
    for (const UploadStep& step : report_.plan.uploads) {
        const Arrival arrival = arrival_in(step.phase);
        if (step.phase >= UploadPhase::changed_pages) {
            verify(unseen, Arrival::unseen);
            unseen.clear();
            begin_to_link();
        }
        if (events_.uploading) events_.uploading(step.phase, step.paths.size());
        upload_step(step.paths, arrival);
        if (arrival == Arrival::unseen) unseen.insert(unseen.end(), step.paths.begin(), step.paths.end());
    }
    report_.bit_by_bit = remote_.replaced_bit_by_bit();
}

// Whoever comes after us must know that new pages may be visited.
void Publishing::begin_to_link() {
    const auto visible = [this](const std::string& path) { return files().contains(path); };
    if (std::erase_if(mark_.unseen, visible) == 0) return;
    check_nobody_else();
    remote_.write(mark_name, write_mark(mark_));
}

void Publishing::finish_manifest() {
    begin_to_link();
    Paths touched;
    std::copy_if(mark_.paths.begin(), mark_.paths.end(), std::back_inserter(touched),
                 [&](const std::string& path) { return files().contains(path); });
    verify(touched, Arrival::seen);
    report_.verified = options_.verify_all ? files().size() : touched.size();
    check_nobody_else();
    remote_.settle();
    remote_.write(manifest_name, manifest_);
}

void Publishing::check_nobody_else() const {
    const auto there = remote_.read(mark_name);
    const auto mark = there ? parse_mark(*there) : std::nullopt;
    if (!mark || mark->run != mark_.run) throw RemoteFailure(Trouble::someone_else, {}, {});
}

// Where a run that was broken off may have left parts of files.
Paths Publishing::doubtful_folders() const {
    std::set<std::string> folders;
    if (!report_.continued) return {};
    for (const std::string& path : mark_.paths) folders.insert(split_path(path).folder);
    return {folders.begin(), folders.end()};
}

void Publishing::remove() {
    remote_.clear_leftovers(doubtful_folders());
    if (report_.plan.removals.empty()) return;
    if (events_.wait_before_removing) events_.wait_before_removing();
    if (events_.removing) events_.removing(report_.plan.removal_count());
    for (const Paths& step : report_.plan.removals)
        remote_.remove(step, [&](std::string_view path) { journal_.is_gone(path); });
    if (!report_.plan.empty_folders.empty()) remote_.remove_empty_folders(report_.plan.empty_folders);
}

void Publishing::end() {
    remote_.settle();
    remote_.remove({mark_name}, [](std::string_view) {});
    journal_.clear();
}

}  // namespace

PublishReport publish_release(const LocalRelease& release, Remote& remote, PublishJournal& journal,
                              const PublishOptions& options, const PublishEvents& events) {
    return Publishing(release, remote, journal, options, events).run();
}

}  // namespace qunying
