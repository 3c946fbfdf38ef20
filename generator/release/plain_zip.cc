#include "release/plain_zip.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <exception>
#include <memory>

#include "base/failure.h"

namespace qunying {
namespace {

constexpr std::size_t piece = std::size_t{1} << 20;
constexpr std::string_view windows_start = "@echo off\r\nstart \"\" \"%~dp0index.html\"\r\n";
constexpr std::string_view linux_start =
    "#!/bin/sh\nexec xdg-open \"$(dirname \"$(readlink -f \"$0\")\")/index.html\"\n";

// What is pressed already gains nothing from being pressed again.
bool is_pressed(std::string_view path) {
    constexpr std::array<std::string_view, 15> ends = {".jpg", ".jpeg", ".png",  ".webp",  ".avif",
                                                       ".gif", ".mp4",  ".webm", ".m4a",   ".mp3",
                                                       ".ogg", ".gz",   ".br",   ".woff2", ".woff"};
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return path.ends_with(end); });
}

// Where libarchive's bytes go. Nothing may be thrown through its C: what the disk says is kept for later.
class Sink {
  public:
    Sink(Disk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}

    static la_ssize_t write(archive*, void* self, const void* bytes, std::size_t size) {
        return static_cast<Sink*>(self)->take({static_cast<const char*>(bytes), size});
    }
    void flush() {
        disk_.append_to_file(path_, buffer_);
        size_ += buffer_.size();
        buffer_.clear();
    }
    void rethrow() const {
        if (failure_) std::rethrow_exception(failure_);
    }
    std::uint64_t size() const { return size_; }

  private:
    la_ssize_t take(std::string_view bytes) {
        try {
            buffer_ += bytes;
            if (buffer_.size() >= piece) flush();
            return static_cast<la_ssize_t>(bytes.size());
        } catch (...) {
            failure_ = std::current_exception();
            return -1;
        }
    }

    Disk& disk_;
    std::string path_, buffer_;
    std::uint64_t size_ = 0;
    std::exception_ptr failure_;
};

class Zip {
  public:
    Zip(Disk& disk, const std::string& path)
        : path_(path), sink_(disk, path), archive_(archive_write_new(), archive_write_free) {
        QY_CHECK(archive_ != nullptr);
        check(archive_write_set_format_zip(archive_.get()));
        check(archive_write_set_bytes_in_last_block(archive_.get(), 1));
        check(archive_write_open(archive_.get(), &sink_, nullptr, Sink::write, nullptr));
    }

    void begin(const std::string& path, std::uint64_t size, int rights) {
        const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                             archive_entry_free);
        QY_CHECK(entry != nullptr);
        archive_entry_set_pathname(entry.get(), path.c_str());
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), static_cast<__LA_MODE_T>(rights));
        check(is_pressed(path) ? archive_write_zip_set_compression_store(archive_.get())
                               : archive_write_zip_set_compression_deflate(archive_.get()));
        check(archive_write_header(archive_.get(), entry.get()));
    }
    void add(std::string_view bytes) {
        check(archive_write_data(archive_.get(), bytes.data(), bytes.size()) ==
                      static_cast<la_ssize_t>(bytes.size())
                  ? ARCHIVE_OK
                  : ARCHIVE_FATAL);
    }
    std::uint64_t finish() {
        check(archive_write_close(archive_.get()));
        sink_.flush();
        return sink_.size();
    }

  private:
    void check(int result) const {
        if (result == ARCHIVE_OK) return;
        sink_.rethrow();
        throw Failure("make zip", path_, std::make_error_code(std::errc::io_error));
    }

    std::string path_;
    Sink sink_;
    std::unique_ptr<archive, int (*)(archive*)> archive_;
};

void add_text(Zip& zip, const OutputTree& files, const std::string& name, std::string_view text, int rights) {
    if (files.contains(name)) return;  // the site has one of its own
    zip.begin(name, text.size(), rights);
    zip.add(text);
}

void add_file(Zip& zip, Disk& disk, const std::string& from, const std::string& path, std::uint64_t size) {
    zip.begin(path, size, 0644);
    for (std::uint64_t at = 0; at < size;) {
        const std::string bytes =
            disk.read_range(from, at, static_cast<std::size_t>(std::min<std::uint64_t>(piece, size - at)));
        if (bytes.empty()) throw Failure("read", from, std::make_error_code(std::errc::io_error));
        zip.add(bytes);
        at += bytes.size();
    }
}

}  // namespace

std::uint64_t write_plain_zip(Disk& disk, const std::string& folder, const OutputTree& files, Disk& out,
                              const std::string& name) {
    const std::string beside = name + ".tmp";
    if (out.status(beside)) out.remove_file(beside);
    std::uint64_t size = 0;
    {
        Zip zip(out, beside);
        add_text(zip, files, "start-windows.cmd", windows_start, 0644);
        add_text(zip, files, "start-linux.sh", linux_start, 0755);
        for (const auto& [path, file] : files)
            add_file(zip, disk, join_path(folder, path), std::string(path), file.size);
        size = zip.finish();
    }
    out.sync_file(beside);
    out.rename(beside, name);
    out.sync_folder("");
    return size;
}

}  // namespace qunying
