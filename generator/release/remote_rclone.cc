// Whatever rclone knows: ftp, sftp, webdav, s3… What visitors may be reading is brought under another name
// first and renamed, where the place can rename onto a file that is there; others replace an object in one
// step by themselves (s3). Where neither holds, it is overwritten, and the report says so.
#include <algorithm>
#include <array>
#include <atomic>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <random>
#include <set>

#include "base/failure.h"
#include "base/json.h"
#include "base/parallel.h"
#include "base/text.h"
#include "release/remote.h"
#include "release/remote_tools.h"

namespace qunying {
namespace {

constexpr const char* rclone = "rclone";
constexpr const char* workshop = "qunying-upload";  // a folder of the place, gone again in the end
constexpr int folder_not_found = 3, file_not_found = 4;
constexpr std::size_t most_renames = 400;  // of one step; more are overwritten, lest it last for hours
constexpr unsigned connections = 4;        // at once; hosts allow few
// So much is fetched back to be compared, where the place knows no digests.
constexpr std::uint64_t most_fetched = std::uint64_t{32} << 20;

class RcloneRemote final : public Remote {
  public:
    RcloneRemote(const std::string& place, const LocalRelease& release, std::string scratch)
        : where_(place), place_(place), release_(release), scratch_(std::move(scratch)) {}

    std::optional<std::string> read(const std::string& name) override;
    void write(const std::string& name, std::string_view bytes) override;
    void upload(const Paths& paths, Arrival arrival, const Done& done) override {
        upload_from(release_.path, paths, arrival, done);
    }
    void remove(const Paths& paths, const Done& done) override;
    void remove_empty_folders(const Paths& folders) override;
    std::vector<Seen> compare(const Paths& paths) override;
    void clear_leftovers(const Paths& folders) override;
    bool replaced_bit_by_bit() const override { return bit_by_bit_; }

  private:
    struct Abilities {
        bool digests = false;  // tells the digest of a file
        bool renames = false;  // is a file system: a file that is overwritten is cut short meanwhile
    };
    const Abilities& abilities();
    std::string inside(std::string_view path) const;
    std::vector<std::string> words(std::vector<std::string> more) const;
    OutsideRun run(std::vector<std::string> more, std::string_view input = {}) const {
        return need_tool(rclone, words(std::move(more)), where_, input);
    }
    void copy(const std::string& from, const std::string& to, const Paths& paths, const Done& done);
    void upload_from(const std::string& folder, const Paths& paths, Arrival arrival, const Done& done);
    bool rename_one(const std::string& path) const;
    bool rename_into_place(const Paths& paths, const Done& done);
    void compare_some(const Paths& paths, bool fetch, std::map<std::string, Seen>& seen);

    std::string where_, place_;
    const LocalRelease& release_;
    std::string scratch_;
    // Of this run alone: a server may still be busy with what a run that was killed sent under the same name.
    std::string bench_ = join_path(workshop, fmt::format("{:08x}", std::random_device()()));
    std::optional<Abilities> abilities_;
    bool can_rename_onto_ = true;  // until it turns out that it cannot
    bool bit_by_bit_ = false, used_workshop_ = false;
};

std::string RcloneRemote::inside(std::string_view path) const {
    const bool open_end = place_.ends_with(':') || place_.ends_with('/');
    return place_ + (open_end ? "" : "/") + std::string(path);
}

std::vector<std::string> RcloneRemote::words(std::vector<std::string> more) const {
    std::vector<std::string> all = {"--use-json-log",       "--log-level=INFO", "--stats=0",
                                    "--contimeout=20s",     "--timeout=120s",   "--retries=3",
                                    "--low-level-retries=4"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

// {"level":"info","msg":"Copied (new)","object":"media/a.jpg",…}
struct LogLine {
    std::string message, object, level;
};
std::optional<LogLine> log_line(std::string_view line) {
    const auto json = read_json(line);
    if (!json || json->type != JsonValue::Type::object) return std::nullopt;
    const auto text = [&](std::string_view key) {
        const JsonValue* value = json->find(key);
        return value && value->type == JsonValue::Type::text ? value->text : std::string();
    };
    return LogLine{text("msg"), text("object"), text("level")};
}

const RcloneRemote::Abilities& RcloneRemote::abilities() {
    if (abilities_) return *abilities_;
    Abilities found;
    const auto features = read_json(run({"backend", "features", where_}).output);
    const JsonValue* hashes = features ? features->find("Hashes") : nullptr;
    found.digests = hashes && !hashes->items.empty();
    const std::string name = where_.substr(0, where_.find(':') + 1);
    constexpr std::array<std::string_view, 5> file_systems = {"ftp", "sftp", "webdav", "smb", "local"};
    const OutsideRun listed = run({"listremotes", "--long"});
    for (const std::string_view line : split(listed.output, '\n')) {
        if (!line.starts_with(name)) continue;
        const std::string_view type = trim(line.substr(name.size()));
        found.renames = std::find(file_systems.begin(), file_systems.end(), type) != file_systems.end();
    }
    return abilities_.emplace(found);
}

std::optional<std::string> RcloneRemote::read(const std::string& name) {
    OutsideRun told = run_tool(rclone, words({"cat", inside(name)}), where_);
    if (told.exit_code == folder_not_found || told.exit_code == file_not_found) return std::nullopt;
    if (told.exit_code != 0) throw failure_of(told, where_);
    // A store that knows no folders says nothing at all of what is not there.
    if (told.output.empty()) return std::nullopt;
    return std::move(told.output);
}

void RcloneRemote::write(const std::string& name, std::string_view bytes) {
    const auto disk = real_disk(scratch_);
    if (disk->status(name)) disk->remove_file(name);
    disk->write_new_file(name, bytes);
    upload_from(scratch_, {name}, Arrival::seen, [](std::string_view) {});
}

// Each file is told when rclone has looked at its length and, where there is one, its digest over there.
void RcloneRemote::copy(const std::string& from, const std::string& to, const Paths& paths,
                        const Done& done) {
    const auto told = [&](std::string_view line) {
        const auto said = log_line(line);
        if (said && said->message.starts_with("Copied")) done(said->object);
    };
    need_tool(rclone, words({"copy", from, to, "--files-from-raw", "-", "--no-traverse", "--ignore-times"}),
              where_, list_of(paths, '\n'), told);
}

// False where the place cannot rename onto a file that is there. rclone renames many files at once only
// between places that do not lie in one another, so each costs a call.
bool RcloneRemote::rename_one(const std::string& path) const {
    // Without a look at what is there rclone does not remove it first.
    const OutsideRun moved = run_tool(
        rclone, words({"moveto", inside(join_path(bench_, path)), inside(path), "--no-check-dest"}), where_);
    if (moved.exit_code == 0) return true;
    const Trouble trouble = trouble_in(moved.complaints, moved.exit_code);
    if (trouble == Trouble::unreachable || trouble == Trouble::login || trouble == Trouble::host_unknown)
        throw failure_of(moved, where_);
    return false;
}

// The first one tells whether the place can. False: some were not done.
bool RcloneRemote::rename_into_place(const Paths& paths, const Done& done) {
    if (!rename_one(paths.front())) return false;
    done(paths.front());
    std::mutex one_at_a_time;
    std::atomic<bool> all = true;
    parallel_for(connections, paths.size() - 1, [&](std::size_t i) {
        const std::string& path = paths[i + 1];
        if (!all || !rename_one(path)) {
            all = false;
            return;
        }
        const std::lock_guard lock(one_at_a_time);
        done(path);
    });
    return all;
}

void RcloneRemote::upload_from(const std::string& folder, const Paths& paths, Arrival arrival,
                               const Done& done) {
    const bool seen = arrival == Arrival::seen && abilities().renames;
    if (seen && can_rename_onto_ && paths.size() <= most_renames) {
        used_workshop_ = true;
        copy(folder, inside(bench_), paths, [](std::string_view) {});
        can_rename_onto_ = rename_into_place(paths, done);
        if (can_rename_onto_) return;
    }
    bit_by_bit_ |= seen && folder == release_.path;
    copy(folder, place_, paths, done);
}

void RcloneRemote::remove(const Paths& paths, const Done& done) {
    run({"delete", place_, "--files-from-raw", "-"}, list_of(paths, '\n'));
    for (const std::string& path : paths) done(path);
}

// A folder that is not empty stays, and so does one that the place knows nothing of.
void RcloneRemote::remove_empty_folders(const Paths& folders) {
    for (const std::string& folder : folders)
        run_tool(rclone, words({"rmdir", inside(folder), "--retries=1"}), where_);
}

void RcloneRemote::compare_some(const Paths& paths, bool fetch, std::map<std::string, Seen>& seen) {
    if (paths.empty()) return;
    std::vector<std::string> call = {"check", release_.path, place_,       "--files-from-raw",
                                     "-",     "--one-way",   "--combined", "-"};
    if (fetch) call.emplace_back("--download");
    const OutsideRun told = run_tool(rclone, words(std::move(call)), where_, list_of(paths, '\n'));
    const Seen equal = fetch || abilities().digests ? Seen::same : Seen::same_size;
    std::size_t spoken = 0;
    for (const std::string_view line : split(told.output, '\n')) {
        if (line.size() < 3 || line[1] != ' ') continue;
        const Seen one = line[0] == '=' ? equal : line[0] == '*' ? Seen::differs : Seen::missing;
        if (line[0] == '!') throw failure_of(told, where_);
        seen[std::string(line.substr(2))] = one;
        ++spoken;
    }
    // Nothing at all is there, or nobody answered.
    if (spoken == 0 && told.exit_code != folder_not_found &&
        trouble_in(told.complaints, told.exit_code) != Trouble::place_missing)
        throw failure_of(told, where_);
}

// Names tell what long files are; of the rest a place without digests is asked for the bytes.
std::vector<Seen> RcloneRemote::compare(const Paths& paths) {
    Paths by_length, fetched;
    std::uint64_t bytes = 0;
    for (const std::string& path : paths) {
        const std::uint64_t size = release_.manifest.files.find(path)->size;
        const bool fetch = !abilities().digests && path.ends_with(".html") && bytes + size <= most_fetched;
        bytes += fetch ? size : 0;
        (fetch ? fetched : by_length).push_back(path);
    }
    std::map<std::string, Seen> seen;
    compare_some(by_length, false, seen);
    compare_some(fetched, true, seen);
    std::vector<Seen> answers;
    for (const std::string& path : paths) {
        const auto found = seen.find(path);
        answers.push_back(found == seen.end() ? Seen::missing : found->second);
    }
    return answers;
}

void RcloneRemote::clear_leftovers(const Paths& folders) {
    if (used_workshop_ || !folders.empty())
        run_tool(rclone, words({"purge", inside(workshop), "--retries=1"}), where_);
}

}  // namespace

std::unique_ptr<Remote> rclone_remote(const std::string& place, const LocalRelease& release,
                                      const std::string& scratch) {
    return std::make_unique<RcloneRemote>(place, release, scratch);
}

}  // namespace qunying
