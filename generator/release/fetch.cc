#include "release/fetch.h"

#include <algorithm>
#include <thread>

#include "base/text.h"
#include "release/fetch_curl.h"
#include "release/install_refusal.h"

namespace qunying {
namespace {

constexpr std::size_t most_requests = 100;  // of one curl: what it is told fits on a screen

// The line or the server failed; trying again may help.
struct Broken {
    std::string said;
};

std::string without_end(std::string_view address, std::string_view end) {
    if (address.ends_with(end)) address.remove_suffix(end.size());
    while (address.ends_with('/')) address.remove_suffix(1);
    return std::string(address);
}

bool is_there_no_more(int status) { return status == 403 || status == 404 || status == 410; }

class WebSource final : public PackSource {
  public:
    WebSource(const std::string& address, FetchOptions options)
        : folder_(without_end(address, pack_manifest_name)), options_(std::move(options)) {}

    std::string manifest() override {
        if (auto bytes = file(folder_ + "/" + pack_manifest_name)) return std::move(*bytes);
        const std::string inner = folder_ + "/" + pack_folder;
        auto bytes = file(inner + "/" + pack_manifest_name);
        if (!bytes) throw Refused(Refusal::not_on_server, folder_ + "/" + pack_manifest_name);
        folder_ = inner;
        return std::move(*bytes);
    }

    bool is_near() const override { return false; }
    // Every answer says the length of its part.
    void check_lengths(const PackManifest&) override {}

    void read(const PackManifest& manifest, const std::vector<PackStretch>& stretches,
              const PackSink& sink) override {
        Progress progress{part_ranges(manifest, stretches)};
        patiently([&] { return progress.bytes; },
                  [&] {
                      while (!progress.done()) fetch_some(manifest, progress, sink);
                  });
    }

  private:
    // How far a reading has come: this many bytes of ranges[next].
    struct Progress {
        std::vector<PartRange> ranges;
        std::size_t next = 0;
        std::uint64_t inside = 0, bytes = 0;

        bool done() const { return next == ranges.size(); }
        std::uint64_t left() const { return ranges[next].size - inside; }
        void advance(std::uint64_t count) {
            bytes += count;
            inside += count;
            if (left() > 0) return;
            ++next;
            inside = 0;
        }
    };

    // Tries again where the line breaks, until nothing has come for as many attempts as there may be.
    template <class Count, class Work>
    void patiently(Count bytes_so_far, Work work) {
        int idle = 0;
        for (std::uint64_t before = bytes_so_far();; before = bytes_so_far()) {
            try {
                return work();
            } catch (const Broken& broken) {
                idle = bytes_so_far() > before ? 1 : idle + 1;
                if (idle >= options_.attempts) throw Refused(Refusal::unreachable, broken.said);
                std::this_thread::sleep_for(options_.pause * idle);
            }
        }
    }

    // A whole file, or nothing where the server has none.
    std::optional<std::string> file(const std::string& address) {
        std::optional<std::string> bytes;
        patiently([] { return std::uint64_t{0}; }, [&] { bytes = file_at_once(address); });
        return bytes;
    }

    std::optional<std::string> file_at_once(const std::string& address) {
        CurlRun curl(options_.program, {{address, true, 0, 0}});
        const auto answer = curl.next_answer();
        if (!answer) throw broken(curl, address);
        if (is_there_no_more(answer->status)) return std::nullopt;
        if (answer->status != 200) throw Broken{address + ": HTTP " + std::to_string(answer->status)};
        std::string bytes;
        while (true) {
            const std::string_view more = curl.next_bytes(longest_pack_manifest);
            if (more.empty()) break;
            bytes += more;
            if (bytes.size() > longest_pack_manifest) throw Refused(Refusal::damaged, address);
        }
        const CurlEnd end = curl.end();
        if (end.code != 0) throw Broken{said(end, address)};
        return bytes;
    }

    std::string address_of(const PackManifest& manifest, std::size_t part) const {
        return folder_ + "/" + part_name(manifest.sequence, part);
    }

    std::vector<WebRequest> requests(const PackManifest& manifest, const Progress& progress) const {
        std::vector<WebRequest> all;
        for (std::size_t i = progress.next; i < progress.ranges.size() && all.size() < most_requests; ++i) {
            const PartRange& range = progress.ranges[i];
            const std::uint64_t skipped = i == progress.next ? progress.inside : 0;
            all.push_back(
                {address_of(manifest, range.part), false, range.offset + skipped, range.size - skipped});
        }
        return all;
    }

    void fetch_some(const PackManifest& manifest, Progress& progress, const PackSink& sink) {
        const std::vector<WebRequest> wanted = requests(manifest, progress);
        CurlRun curl(options_.program, wanted);
        for (const WebRequest& request : wanted) {
            const auto answer = curl.next_answer();
            if (!answer) throw broken(curl, request.address);
            check(*answer, request, manifest.part_length(progress.ranges[progress.next].part));
            for (std::uint64_t got = 0; got < request.size;) {
                const std::string_view bytes = curl.next_bytes(request.size - got);
                if (bytes.empty()) throw broken(curl, request.address);
                sink(bytes);
                got += bytes.size();
                progress.advance(bytes.size());
            }
        }
    }

    static void check(const WebAnswer& answer, const WebRequest& request, std::uint64_t part_length) {
        if (is_there_no_more(answer.status)) throw Refused(Refusal::not_on_server, request.address);
        if (answer.status == 416) throw Refused(Refusal::cut_short, request.address);
        const bool whole_part = request.begin == 0 && request.size == part_length;
        if (answer.status == 200 && whole_part) return;  // some send a whole file as such
        if (answer.status == 200) throw Refused(Refusal::no_ranges, request.address);
        if (answer.status != 206) throw Broken{request.address + ": HTTP " + std::to_string(answer.status)};
        if (answer.total != part_length) throw Refused(Refusal::cut_short, request.address);
        if (answer.begin != request.begin || answer.last != request.begin + request.size - 1)
            throw Refused(Refusal::no_ranges, request.address);
    }

    static Broken broken(CurlRun& curl, const std::string& address) { return {said(curl.end(), address)}; }

    // What curl complained of, without its name and number: "Failed to connect to …".
    static std::string said(const CurlEnd& end, const std::string& address) {
        const std::string_view line = trim(std::string_view(end.said).substr(0, end.said.find('\n')));
        const std::size_t mark = line.find(") ");
        const std::string_view words = mark == std::string_view::npos ? line : line.substr(mark + 2);
        return address + (words.empty() ? ": curl " + std::to_string(end.code) : ": " + std::string(words));
    }

    std::string folder_;
    FetchOptions options_;
};

}  // namespace

bool is_web_address(std::string_view place) {
    const std::string begin = ascii_lower(place.substr(0, 8));
    return begin.starts_with("http://") || begin.starts_with("https://");
}

std::unique_ptr<PackSource> web_source(const std::string& address, FetchOptions options) {
    return std::make_unique<WebSource>(address, std::move(options));
}

}  // namespace qunying
