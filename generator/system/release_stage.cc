// Publishing without a moment at which the site is half new.
//
// Files are written into OUT.stage-….tmp beside OUT. Files that the release before has just so are not
// written but linked, and only when it is certain that anything differs at all; or the stage is the spare of
// that release (spare_release.h), where they lie already. The manifest comes last; one syncfs brings all to
// the medium; then the stage gets the name OUT.next-….tmp, and one RENAME_EXCHANGE swaps it with OUT. The
// release before, which has that name then, becomes the next spare or is removed. Whatever ends in .tmp is
// worth nothing: a build that was killed leaves at most such folders, and the next one removes them. So at
// every moment, also after a power cut, OUT is one whole release.
//
// One thread writes at a time, since a second writer only slows the file system down; the others wait for it
// at a mutex. A queue for their bytes, so that they need not wait, was tried with two threads: it was faster
// in 17 of 29 pairs of runs and slower in 12, which is chance. Rendering a page takes longer than writing it,
// so two threads soon come to the mutex in turn; and where there are so many threads that they meet there
// nevertheless, the one writer is what everybody waits for, queue or not. A file is created in the folder
// that the file before it went to, which is held open: a cold site costs one openat, write and close a file,
// and no walk from the root.
//
// Two builds into one folder are kept apart by locks on the folders themselves: on OUT, and on the stage that
// will become OUT. Media without flock on folders go without; the lock of the state folder still holds there.
#include "system/release_stage.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <vector>

#include "base/failure.h"
#include "system/output_in_place.h"
#include "system/source_tree.h"
#include "system/spare_release.h"
#include "system/stage_files.h"

namespace qunying {
namespace {

constexpr std::string_view stage_infix = ".stage-";
constexpr std::string_view next_infix = ".next-";
constexpr std::string_view temporary_end = "0001.tmp";

bool is_one_of(const std::error_code& code, std::initializer_list<std::errc> codes) {
    return std::any_of(codes.begin(), codes.end(), [&](std::errc each) { return code == each; });
}

bool cannot_lock_here(const std::error_code& code) {
    return is_one_of(code, {std::errc::no_lock_available, std::errc::bad_file_descriptor,
                            std::errc::not_supported, std::errc::operation_not_supported,
                            std::errc::function_not_supported, std::errc::invalid_argument});
}

bool may_not_write_here(const std::error_code& code) {
    return is_one_of(code, {std::errc::permission_denied, std::errc::operation_not_permitted,
                            std::errc::read_only_file_system});
}

// Null where the file system has no such locks.
std::unique_ptr<Lock> lock_if_possible(Disk& disk, const std::string& path) {
    std::unique_ptr<Lock> lock;
    try {
        lock = disk.lock(path);
    } catch (const Failure& failure) {
        if (cannot_lock_here(failure.code())) return nullptr;
        throw;
    }
    if (lock) return lock;
    throw Failure(another_build_is_running, path,
                  std::make_error_code(std::errc::resource_unavailable_try_again));
}

// Hidden things that people keep in an output folder, .git first of all, must not go with the old release.
bool is_worth_keeping(std::string_view name) {
    return name.front() == '.' && name != ".DS_Store" && name != ".directory" && !name.starts_with("._");
}

}  // namespace

class ReleaseStage::Work {
  public:
    Work(Disk& disk, std::string out, std::string spare)
        : disk_(disk),
          out_(std::move(out)),
          around_(split_path(out_).folder),
          stage_(disk, out_),
          spare_(disk, std::move(spare)) {
        lock_output();
        remove_leftovers();
        previous_ = read_release(disk_, out_);
        if (previous_) draft_ = OutputDraft(&previous_->manifest.files);
        unfinished_ = read_incomplete(disk_, out_);
        if (out_exists_) check_folder_is_ours();
    }
    ~Work();
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;

    const Release* previous() const { return previous_ ? &*previous_ : nullptr; }
    OutputFile add(const std::string& path, std::string_view bytes);
    bool keep(const std::string& path, const OutputFile& expected);
    CommitReport commit(const ReleaseFacts& facts);

  private:
    void lock_output();
    const OutputTree* before() const { return previous_ ? &previous_->manifest.files : nullptr; }
    void remove_leftovers();
    void remove_leftover(const std::string& path, FileKind kind);
    void check_folder_is_ours();

    std::string beside(std::string_view infix) const {
        return std::string(out_).append(infix).append(temporary_end);
    }
    void open_stage();
    void make_stage();
    void write_fresh(const std::string& path, std::string_view bytes);
    std::optional<std::size_t> as_before(const std::string& path, const OutputFile& file);

    CommitReport count() const;
    Outcome switch_over(const Manifest& manifest, CommitReport& report);
    void put_old_away(CommitReport& report);
    void place(Manifest manifest);

    Disk& disk_;
    std::string out_, around_;  // the output folder, and the folder it is in
    bool out_exists_ = false;
    bool in_place_ = false;
    std::unique_ptr<Lock> out_lock_, stage_lock_;
    std::optional<ReleaseState> previous_;
    std::atomic<std::size_t> next_place_ = 0;  // where the next file is looked for first
    std::optional<std::vector<std::string>> unfinished_;

    std::mutex mutex_;  // of what follows
    StageFiles stage_;  // open when something is written
    SpareRelease spare_;
    std::exception_ptr broken_;  // why a file of the draft is not in the stage
    OutputDraft draft_{nullptr};
    std::uint64_t fresh_bytes_ = 0;
    bool committed_ = false;
};

ReleaseStage::Work::~Work() {
    if (!stage_.is_open()) return;
    const std::string folder = stage_.folder();
    stage_.moved_to("");
    try {
        remove_tree(disk_, folder);
    } catch (const Failure&) {  // the next build removes it
    }
}

// Another build may have put a new folder there between the look and the lock, so look again.
void ReleaseStage::Work::lock_output() {
    for (;;) {
        const auto before = disk_.status(out_);
        out_exists_ = before.has_value();
        if (!before) return;
        if (before->kind != FileKind::folder) {
            throw Failure(not_our_folder, out_, std::make_error_code(std::errc::not_a_directory));
        }
        out_lock_ = lock_if_possible(disk_, out_);
        const auto after = disk_.status(out_);
        const auto root = disk_.status(around_);
        in_place_ = root && root->device != before->device;
        if (after && after->inode == before->inode && after->device == before->device) return;
    }
}

void ReleaseStage::Work::remove_leftovers() {
    try {
        const std::string name = split_path(out_).name;
        for (const FolderEntry& entry : disk_.list_folder(around_)) {
            const bool ours = entry.name.starts_with(name + std::string(stage_infix)) ||
                              entry.name.starts_with(name + std::string(next_infix));
            if (!ours || !entry.name.ends_with(".tmp")) continue;
            remove_leftover(join_path(around_, entry.name), entry.status.kind);
        }
    } catch (const Failure& failure) {  // a folder beside that we may not read or write has no stage of ours
        if (!out_exists_ || !is_one_of(failure.code(), {std::errc::permission_denied})) throw;
    }
    if (!out_exists_) return;
    remove_tree(disk_, join_path(out_, inner_stage_name));
    remove_tree(disk_, join_path(out_, inner_copy_name));
}

void ReleaseStage::Work::remove_leftover(const std::string& path, FileKind kind) {
    if (kind == FileKind::folder) lock_if_possible(disk_, path);  // throws when its build is alive
    remove_tree(disk_, path);
}

void ReleaseStage::Work::check_folder_is_ours() {
    for (const FolderEntry& entry : disk_.list_folder(out_)) {
        const bool ours = previous_ || unfinished_ || is_clutter(entry.name) || belongs_to_medium(entry.name);
        if (ours && (in_place_ || !is_worth_keeping(entry.name))) continue;
        throw Failure(not_our_folder, join_path(out_, entry.name),
                      std::make_error_code(std::errc::directory_not_empty));
    }
}

void ReleaseStage::Work::open_stage() {
    if (stage_.is_open()) return;
    make_stage();
    if (in_place_) {
        spare_.discard();
    } else {
        const std::string folder = stage_.folder();
        HeldFiles held = spare_.take(folder, previous_ ? &*previous_ : nullptr);
        stage_.open(folder, before(), std::move(held));
    }
    stage_lock_ = lock_if_possible(disk_, stage_.folder());
}

void ReleaseStage::Work::make_stage() {
    if (!in_place_) {
        try {
            disk_.create_folder(beside(stage_infix));
            return stage_.open(beside(stage_infix), before(), {});
        } catch (const Failure& failure) {
            if (!out_exists_ || !may_not_write_here(failure.code())) throw;
            in_place_ = true;
        }
    }
    // The folder beside may not be written, or is another file system.
    const std::string inner = join_path(out_, inner_stage_name);
    disk_.create_folder(inner);
    stage_.open(inner, before(), {});
}

void ReleaseStage::Work::write_fresh(const std::string& path, std::string_view bytes) {
    try {
        open_stage();
        stage_.write(path, bytes);
    } catch (const Failure&) {
        broken_ = std::current_exception();
        throw;
    }
    fresh_bytes_ += bytes.size();
}

// Where the release before has just this file.
std::optional<std::size_t> ReleaseStage::Work::as_before(const std::string& path, const OutputFile& file) {
    if (!previous_) return std::nullopt;
    const OutputTree& files = previous_->manifest.files;
    const auto index = files.index_of(path, next_place_.load(std::memory_order_relaxed));
    if (index) next_place_.store(*index + 1, std::memory_order_relaxed);
    return index && previous_->intact[*index] && files[*index].file == file ? index : std::nullopt;
}

OutputFile ReleaseStage::Work::add(const std::string& path, std::string_view bytes) {
    QY_CHECK(is_output_path(path));
    const OutputFile file{blake2b_of(bytes), bytes.size()};
    const auto same = as_before(path, file);
    const std::lock_guard guard(mutex_);
    QY_CHECK(!committed_);
    if (same) {
        draft_.keep(*same);
    } else {
        draft_.add(path, file);
        write_fresh(path, bytes);
    }
    return file;
}

bool ReleaseStage::Work::keep(const std::string& path, const OutputFile& expected) {
    QY_CHECK(is_output_path(path));
    const auto same = as_before(path, expected);
    if (!same) return false;
    const std::lock_guard guard(mutex_);
    QY_CHECK(!committed_);
    draft_.keep(*same);
    return true;
}

CommitReport ReleaseStage::Work::count() const {
    CommitReport report;
    report.written = draft_.fresh().size();
    report.unchanged = draft_.kept_count();
    report.removed = draft_.removed_count();
    report.bytes = fresh_bytes_;
    return report;
}

Outcome ReleaseStage::Work::switch_over(const Manifest& manifest, CommitReport& report) {
    if (stage_.complete(draft_, manifest.files) == Outcome::unsupported) return Outcome::unsupported;
    disk_.write_new_file(join_path(stage_.folder(), manifest_name), write_manifest(manifest));
    stage_.sync(manifest.files, manifest_name);
    disk_.rename(stage_.folder(), beside(next_infix));
    stage_.moved_to(beside(next_infix));
    disk_.sync_folder(around_);
    if (!out_exists_) {
        disk_.rename(stage_.folder(), out_);
        stage_.moved_to("");
        disk_.sync_folder(around_);
        return Outcome::done;
    }
    if (disk_.exchange(stage_.folder(), out_) == Outcome::unsupported) return Outcome::unsupported;
    disk_.sync_folder(around_);
    if (previous_) report.strangers = previous_->strangers.size();
    put_old_away(report);
    return Outcome::done;
}

// The new release is in place; what fails now costs room on the disk and nothing else.
void ReleaseStage::Work::put_old_away(CommitReport& report) {
    const std::string old = stage_.folder();
    stage_.moved_to("");
    report.left_over = spare_.left_over();
    if (previous_ && spare_.keep(old, out_, *previous_, draft_)) return;
    try {
        remove_tree(disk_, old);
    } catch (const Failure&) {
        report.left_over = old;
    }
}

void ReleaseStage::Work::place(Manifest manifest) {
    InPlaceJob job{out_, stage_.folder(), {}, std::move(manifest), {}};
    for (const auto& [path, file] : draft_.fresh()) job.fresh.push_back(path);
    if (previous_) {
        for (const auto& [path, file] : previous_->manifest.files) job.before.emplace_back(path);
    }
    if (unfinished_) job.before.insert(job.before.end(), unfinished_->begin(), unfinished_->end());
    publish_in_place(disk_, job);
}

CommitReport ReleaseStage::Work::commit(const ReleaseFacts& facts) {
    const std::lock_guard guard(mutex_);
    QY_CHECK(!committed_);
    if (broken_) std::rethrow_exception(broken_);
    committed_ = true;
    CommitReport report = count();
    const bool nothing_differs = previous_ && previous_->whole && draft_.same_as_before();
    if (nothing_differs && previous_->manifest.facts == facts) return report;
    Manifest manifest{facts, draft_.tree()};
    open_stage();
    if (!in_place_ && switch_over(manifest, report) == Outcome::done) {
        report.way = CommitWay::switched;
        return report;
    }
    place(std::move(manifest));
    report.way = CommitWay::copied_in_place;
    return report;
}

ReleaseStage::ReleaseStage(Disk& disk, std::string out, std::string spare)
    : disk_(disk), out_(std::move(out)), spare_(std::move(spare)) {}
ReleaseStage::~ReleaseStage() = default;

void ReleaseStage::open() { work_ = std::make_unique<Work>(disk_, out_, spare_); }
ReleaseStage::Work& ReleaseStage::work() const {
    QY_CHECK(work_);
    return *work_;
}

const Release* ReleaseStage::previous() const { return work().previous(); }
OutputFile ReleaseStage::add(const std::string& path, std::string_view bytes) {
    return work().add(path, bytes);
}
bool ReleaseStage::keep(const std::string& path, const OutputFile& expected) {
    return work().keep(path, expected);
}
CommitReport ReleaseStage::commit(const ReleaseFacts& facts) { return work().commit(facts); }

}  // namespace qunying
