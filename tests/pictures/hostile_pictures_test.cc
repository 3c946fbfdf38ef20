// Odd and hostile files through the real worker. QUNYING_HOSTILE_PICTURES=1000 takes them all, among them the
// bombs that cost a worker seconds; the tests of every day take a sample.
#include <chrono>
#include <cstdlib>
#include <doctest/doctest.h>
#include <map>
#include <sstream>

#include "pictures/workshop.h"

using namespace qunying;
using namespace std::string_literals;
using Clock = std::chrono::steady_clock;

namespace {

struct HostileFile {
    std::string name;
    std::string verdict;  // made, refused, either
};

std::vector<HostileFile> make_hostile_files(const Workshop& shop, std::size_t count, const char* which) {
    shop.make(QUNYING_PYTHON " '" QUNYING_HOSTILE_MAKER "' files " + std::to_string(count) + " " + which);
    std::istringstream list(shop.read("files/list.txt"));
    std::vector<HostileFile> files;
    HostileFile file;
    while (std::getline(list, file.name, '\t') && std::getline(list, file.verdict)) files.push_back(file);
    return files;
}

// The words for the editor: which file, and what is the matter with it.
void check_words(const std::string& name, const PictureResult& result) {
    Diagnostics diagnostics;
    report_picture(diagnostics, {}, name, result, {});
    REQUIRE(diagnostics.items().size() == 1);
    const std::string message = message_of(diagnostics.items().front(), Language::chinese);
    CHECK(message.find(name) != std::string::npos);
    CHECK(message.find("{") == std::string::npos);
    CHECK_FALSE(cure_of(diagnostics.items().front(), Language::chinese).empty());
}

struct Costs {
    double longest = 0;  // seconds a job
    std::string slowest;
};

}  // namespace

TEST_CASE("odd and hostile files end as a picture or as a word about the file, within memory and time") {
    const char* wanted = std::getenv("QUNYING_HOSTILE_PICTURES");
    const std::size_t count = wanted != nullptr ? std::strtoul(wanted, nullptr, 10) : 150;
    const Workshop shop;
    const auto files = make_hostile_files(shop, count, wanted != nullptr ? "all" : "quick");
    REQUIRE(files.size() == count);
    // One worker, so that the time of each is its own.
    WorkerPool pool = picture_pool(1);
    Costs costs;
    std::map<PictureProblem, int> met;
    Clock::time_point before = Clock::now();
    const auto job = [&](std::size_t i) {
        return encode_job(
            {.bytes = shop.read("files/" + files[i].name), .uses = {{{}, {web()}}}, .scans = Scans::allowed});
    };
    for (std::size_t i = 0; i < files.size(); ++i) {
        const HostileFile& file = files[i];
        CAPTURE(file.name);
        before = Clock::now();
        pool.run(
            1, [&](std::size_t) { return job(i); },
            [&](std::size_t, const WorkerReply& reply) {
                const PictureResult result = understand(reply);
                CAPTURE(result.detail);
                ++met[result.problem];
                CHECK((result.problem == PictureProblem::none) == result.decoded);
                CHECK((file.verdict == "either" || (file.verdict == "made") == result.decoded));
                if (result.decoded) CHECK(result.outputs.at(0).size() >= 2);
                if (!result.decoded) check_words(file.name, result);
            });
        const double seconds = std::chrono::duration<double>(Clock::now() - before).count();
        if (seconds > costs.longest) costs = {seconds, file.name};
    }
    for (const auto& [problem, times] : met)
        MESSAGE("problem " << static_cast<int>(problem) << ": " << times);
    MESSAGE("slowest: " << costs.slowest << ", " << costs.longest << " s; largest worker "
                        << (pool.largest_worker() >> 20) << " MiB; workers started " << pool.started());
    // A job that ends its worker is tried twice, each within its deadline.
    if (!sanitized()) {
        CHECK(costs.longest <= 41);
        CHECK(pool.largest_worker() <= std::uint64_t{512} << 20);
    }
    const PictureResult good = derive(pool, {shop.read("files/seeds/a.jpg")}, {web()}).front();
    CHECK(good.decoded);
}
