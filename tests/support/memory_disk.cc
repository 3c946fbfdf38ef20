#include "support/memory_disk.h"

#include <algorithm>
#include <utility>

#include "base/failure.h"

namespace qunying {

struct MemoryDisk::Node {
    FileKind kind = FileKind::folder;
    std::string bytes, synced_bytes;
    Children children, synced_children;
    std::int64_t mtime_ns = 0;
    std::uint64_t device = 1, inode = 0;
    bool locked = false;

    FileStatus status() const { return {kind, bytes.size(), mtime_ns, mtime_ns, device, inode}; }
    void sync_all() {
        synced_bytes = bytes;
        synced_children = children;
        for (const auto& [name, child] : children) child->sync_all();
    }
    void snapshot(const std::string& path, FileSnapshot& files) const {
        if (kind != FileKind::folder) files[path] = bytes;
        for (const auto& [name, child] : children) child->snapshot(join_path(path, name), files);
    }
    NodePointer survivor(Surviving surviving, std::map<const Node*, NodePointer>& known) const {
        if (const auto found = known.find(this); found != known.end()) return found->second;
        auto copy = std::make_shared<Node>(*this);
        known[this] = copy;
        copy->locked = false;
        copy->bytes = copy->synced_bytes;
        copy->children.clear();
        for (const auto& [name, child] : surviving == Surviving::synced_alone ? synced_children : children) {
            copy->children[name] = child->survivor(surviving, known);
        }
        copy->synced_children = copy->children;
        return copy;
    }
};

class MemoryDisk::HeldLock final : public Lock {
  public:
    explicit HeldLock(NodePointer node) : node_(std::move(node)) { node_->locked = true; }
    ~HeldLock() override { node_->locked = false; }

  private:
    NodePointer node_;
};

MemoryDisk::MemoryDisk() : root_(std::make_shared<Node>()) {}
MemoryDisk::~MemoryDisk() = default;

void MemoryDisk::fail(const char* operation, const std::string& path, std::errc code) const {
    throw Failure(operation, path, std::make_error_code(code));
}

void MemoryDisk::note(const char* operation, const std::string& path) {
    if (!is_plain_path(path)) fail(operation, path, std::errc::invalid_argument);
    notes_.push_back({operation, path});
}

MemoryDisk::NodePointer MemoryDisk::find(const std::string& path) const {
    if (path.empty()) return root_;
    const SplitPath split = split_path(path);
    const NodePointer folder = find(split.folder);
    if (!folder) return nullptr;
    const auto found = folder->children.find(split.name);
    return found == folder->children.end() ? nullptr : found->second;
}

MemoryDisk::NodePointer MemoryDisk::need(const char* operation, const std::string& path) const {
    NodePointer node = find(path);
    if (!node) fail(operation, path, std::errc::no_such_file_or_directory);
    if (node->kind == FileKind::symlink) fail(operation, path, std::errc::too_many_symbolic_link_levels);
    return node;
}

MemoryDisk::Node& MemoryDisk::folder_of(const char* operation, const std::string& path) const {
    const NodePointer folder = need(operation, split_path(path).folder);
    if (folder->kind != FileKind::folder) fail(operation, path, std::errc::not_a_directory);
    const bool writes_root = folder == root_ && refused_.contains(DiskFeature::write_in_root);
    if (writes_root) fail(operation, path, std::errc::permission_denied);
    return *folder;
}

MemoryDisk::NodePointer MemoryDisk::make(FileKind kind, const Node& parent) {
    auto node = std::make_shared<Node>();
    node->kind = kind;
    node->mtime_ns = now_ += 1'000'000;
    node->device = parent.device;
    node->inode = ++next_inode_;
    return node;
}

void MemoryDisk::insert_new(const char* operation, const std::string& path, FileKind kind,
                            std::string_view bytes) {
    Node& folder = folder_of(operation, path);
    const auto [entry, fresh] = folder.children.emplace(split_path(path).name, nullptr);
    if (!fresh) fail(operation, path, std::errc::file_exists);
    entry->second = make(kind, folder);
    entry->second->bytes = bytes;
}

std::optional<std::string> MemoryDisk::read_if_there(const std::string& path, std::uint64_t limit) {
    const std::lock_guard guard(mutex_);
    note("read", path);
    if (!find(path)) return std::nullopt;
    const NodePointer node = need("read", path);
    if (node->kind == FileKind::folder) fail("read", path, std::errc::is_a_directory);
    if (node->kind != FileKind::file) fail("read", path, std::errc::invalid_argument);
    if (node->bytes.size() > limit) fail("read", path, std::errc::file_too_large);
    return node->bytes;
}

// From the last to the first, since callers must not rely on any order.
std::vector<FolderEntry> MemoryDisk::list_folder(const std::string& path) {
    const std::lock_guard guard(mutex_);
    note("list folder", path);
    const NodePointer node = need("list folder", path);
    if (node->kind != FileKind::folder) fail("list folder", path, std::errc::not_a_directory);
    std::vector<FolderEntry> entries;
    for (const auto& [name, child] : node->children) entries.push_back({name, child->status()});
    std::reverse(entries.begin(), entries.end());
    return entries;
}

std::optional<FileStatus> MemoryDisk::status(const std::string& path) {
    const std::lock_guard guard(mutex_);
    note("look at", path);
    const NodePointer node = find(path);
    return node ? std::optional(node->status()) : std::nullopt;
}

void MemoryDisk::create_folder(const std::string& path) {
    const std::lock_guard guard(mutex_);
    note("create folder", path);
    insert_new("create folder", path, FileKind::folder, "");
}

void MemoryDisk::write_new_file(const std::string& path, std::string_view bytes) {
    const std::lock_guard guard(mutex_);
    note("write", path);
    insert_new("create", path, FileKind::file, bytes);
}

void MemoryDisk::append_to_file(const std::string& path, std::string_view bytes) {
    const std::lock_guard guard(mutex_);
    note("append", path);
    if (!find(path)) return insert_new("append", path, FileKind::file, bytes);
    Node& node = *need("append", path);
    node.bytes += bytes;
    node.mtime_ns = now_ += 1'000'000;
}

void MemoryDisk::rename(const std::string& from, const std::string& to) {
    const std::lock_guard guard(mutex_);
    note("rename", to);
    Node& source = folder_of("rename", from);
    Node& target = folder_of("rename", to);
    const auto moved = source.children.find(split_path(from).name);
    if (moved == source.children.end()) fail("rename", from, std::errc::no_such_file_or_directory);
    const NodePointer node = moved->second;
    if (node->device != target.device) fail("rename", to, std::errc::cross_device_link);
    const NodePointer there = find(to);
    if (there && there->kind == FileKind::folder && node->kind != FileKind::folder) {
        fail("rename", to, std::errc::is_a_directory);
    }
    if (there && !there->children.empty()) fail("rename", to, std::errc::directory_not_empty);
    source.children.erase(moved);
    target.children[split_path(to).name] = node;
}

Outcome MemoryDisk::exchange(const std::string& left, const std::string& right) {
    const std::lock_guard guard(mutex_);
    note("switch", right);
    if (refused_.contains(DiskFeature::exchange)) return Outcome::unsupported;
    need("switch", left);
    need("switch", right);
    Node& one = folder_of("switch", left);
    Node& other = folder_of("switch", right);
    NodePointer& first = one.children[split_path(left).name];
    NodePointer& second = other.children[split_path(right).name];
    if (first->device != second->device || first->device != one.device) return Outcome::unsupported;
    std::swap(first, second);
    return Outcome::done;
}

Outcome MemoryDisk::hard_link(const std::string& from, const std::string& to) {
    const std::lock_guard guard(mutex_);
    note("link", to);
    if (refused_.contains(DiskFeature::hard_link)) return Outcome::unsupported;
    const NodePointer node = need("link", from);
    Node& folder = folder_of("link", to);
    if (node->device != folder.device) return Outcome::unsupported;
    if (!folder.children.emplace(split_path(to).name, node).second) fail("link", to, std::errc::file_exists);
    return Outcome::done;
}

void MemoryDisk::remove_file(const std::string& path) {
    const std::lock_guard guard(mutex_);
    note("remove", path);
    const NodePointer node = find(path);
    if (!node) fail("remove", path, std::errc::no_such_file_or_directory);
    if (node->kind == FileKind::folder) fail("remove", path, std::errc::is_a_directory);
    folder_of("remove", path).children.erase(split_path(path).name);
}

void MemoryDisk::remove_folder(const std::string& path) {
    const std::lock_guard guard(mutex_);
    note("remove folder", path);
    const NodePointer node = need("remove folder", path);
    if (!node->children.empty()) fail("remove folder", path, std::errc::directory_not_empty);
    folder_of("remove folder", path).children.erase(split_path(path).name);
}

void MemoryDisk::sync_file(const std::string& path) {
    const std::lock_guard guard(mutex_);
    note("sync", path);
    const NodePointer node = need("sync", path);
    node->synced_bytes = node->bytes;
}

void MemoryDisk::sync_folder(const std::string& path) {
    const std::lock_guard guard(mutex_);
    note("sync", path);
    const NodePointer node = need("sync", path);
    node->synced_children = node->children;
}

Outcome MemoryDisk::sync_filesystem(const std::string& path) {
    const std::lock_guard guard(mutex_);
    note("sync all", path);
    need("sync all", path);
    if (refused_.contains(DiskFeature::sync_filesystem)) return Outcome::unsupported;
    root_->sync_all();
    return Outcome::done;
}

std::unique_ptr<Lock> MemoryDisk::lock(const std::string& path) {
    const std::lock_guard guard(mutex_);
    note("lock", path);
    if (!find(path)) insert_new("lock", path, FileKind::file, "");
    const NodePointer node = need("lock", path);
    if (node->kind == FileKind::folder && refused_.contains(DiskFeature::folder_lock)) {
        fail("lock", path, std::errc::bad_file_descriptor);
    }
    if (node->locked) return nullptr;
    return std::make_unique<HeldLock>(node);
}

void MemoryDisk::put(const std::string& path, std::string_view bytes) {
    put_kind(path, FileKind::file);
    const NodePointer node = find(path);
    node->bytes = bytes;
    node->mtime_ns = now_ += 1'000'000;
}

void MemoryDisk::put_kind(const std::string& path, FileKind kind) {
    const std::lock_guard guard(mutex_);
    if (find(path)) return;
    NodePointer folder = root_;
    for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        const std::string part = path.substr(0, slash);
        if (!find(part)) folder->children[split_path(part).name] = make(FileKind::folder, *folder);
        folder = find(part);
    }
    folder->children[split_path(path).name] = make(kind, *folder);
}

void MemoryDisk::mount(const std::string& path) {
    const std::lock_guard guard(mutex_);
    need("mount", path)->device = next_device_++;
}

FileSnapshot MemoryDisk::snapshot(const std::string& folder) const {
    const std::lock_guard guard(mutex_);
    FileSnapshot files;
    if (const NodePointer node = find(folder)) node->snapshot("", files);
    return files;
}

std::vector<DiskNote> MemoryDisk::notes() const {
    const std::lock_guard guard(mutex_);
    return notes_;
}

std::vector<DiskNote> MemoryDisk::writes() const {
    std::vector<DiskNote> all = notes();
    std::erase_if(all, [](const DiskNote& each) {
        return each.operation == "read" || each.operation == "list folder" || each.operation == "look at" ||
               each.operation == "lock";
    });
    return all;
}

void MemoryDisk::clear_notes() {
    const std::lock_guard guard(mutex_);
    notes_.clear();
}

std::unique_ptr<MemoryDisk> MemoryDisk::after_power_cut(Surviving surviving) const {
    const std::lock_guard guard(mutex_);
    auto disk = std::make_unique<MemoryDisk>();
    std::map<const Node*, NodePointer> known;
    disk->root_ = root_->survivor(surviving, known);
    disk->refused_ = refused_;
    disk->next_inode_ = next_inode_;
    disk->next_device_ = next_device_;
    disk->now_ = now_;
    return disk;
}

}  // namespace qunying
