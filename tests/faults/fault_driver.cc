// Publishes one of two small sites on the real disk, to be killed or disturbed meanwhile:
// fault_driver WORK OUT a|b [--copy-in-place]
#include <cstdio>
#include <string>

#include "base/failure.h"
#include "support/forwarding_disk.h"
#include "system/blob_cache.h"
#include "system/output_place.h"
#include "system/process.h"
#include "system/release_stage.h"

namespace qunying {
namespace {

// What a naive program does instead of a switch. Only here, to prove that the test finds it.
class CopyingDisk final : public ForwardingDisk {
  public:
    using ForwardingDisk::ForwardingDisk;
    Outcome exchange(const std::string& left, const std::string& right) override {
        copy_folder(left, right);
        remove_others(left, right);
        return Outcome::done;
    }

  private:
    void copy_folder(const std::string& from, const std::string& to) {
        create_folders(*this, to);
        for (const FolderEntry& entry : list_folder(from)) {
            const std::string source = join_path(from, entry.name), target = join_path(to, entry.name);
            if (entry.status.kind == FileKind::folder) {
                copy_folder(source, target);
            } else {
                if (status(target)) remove_file(target);
                write_new_file(target, read_file(source));
            }
        }
    }
    void remove_others(const std::string& wanted, const std::string& there) {
        for (const FolderEntry& entry : list_folder(there)) {
            const std::string path = join_path(there, entry.name), match = join_path(wanted, entry.name);
            if (!status(match)) {
                remove_tree(*this, path);
            } else if (entry.status.kind == FileKind::folder) {
                remove_others(match, path);
            }
        }
    }
};

// Three fifths of the files are the same in both sites, so that a spare is worth it; a fifth differs, a fifth
// is in one of them only.
void add_files(OutputStage& stage, BlobCache& cache, const std::string& site) {
    for (int i = 0; i < 45; ++i) {
        const std::string number = std::to_string(i);
        const bool same = i % 5 > 1, own = i % 5 == 1;
        const std::string path = "people/p" + number + (own ? site : "") + ".html";
        const std::string bytes =
            std::string(static_cast<std::size_t>(i * 300), same ? '=' : site[0]) + number;
        const Digest key = digest_of(path + bytes);
        const auto remembered = cache.get("page", key);
        if (!remembered && i < 15) cache.put("page", key, bytes);
        stage.add(path, remembered.value_or(bytes));
    }
    stage.add("index.html", "site " + site);
    stage.add("media/" + site + "/photo.jpg", std::string(100'000, site[0]));
}

const char* name_of(CommitWay way) {
    switch (way) {
        case CommitWay::unchanged:
            return "unchanged";
        case CommitWay::switched:
            return "switched";
        case CommitWay::copied_in_place:
            return "copied in place";
    }
    return "";
}

int run(const std::string& work, const std::string& out, const std::string& site, bool copies) {
    const auto state = real_disk(work);
    const auto lock = lock_state(*state);
    const OutputPlace place = output_place(out, work);
    CopyingDisk copying(*place.disk);
    Disk& disk = copies ? static_cast<Disk&>(copying) : *place.disk;
    BlobCache cache(*state);
    ReleaseStage stage(disk, place.out, place.spare);
    stage.open();
    add_files(stage, cache, site);
    const CommitReport report = stage.commit({{"generator", "fault_driver"}, {"site", site}});
    std::printf("%s: %zu written, %zu unchanged, %zu removed\n", name_of(report.way), report.written,
                report.unchanged, report.removed);
    return 0;
}

}  // namespace
}  // namespace qunying

int main(int count, char** arguments) {
    qunying::protect_process();
    if (count < 4) return 2;
    const bool copies = count > 4 && std::string(arguments[4]) == "--copy-in-place";
    try {
        return qunying::run(arguments[1], arguments[2], arguments[3], copies);
    } catch (const qunying::Failure& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 3;
    }
}
