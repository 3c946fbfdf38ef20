#include "system/worker_pool.h"

#include <dirent.h>
#include <doctest/doctest.h>
#include <set>
#include <signal.h>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <thread>

#include "base/failure.h"
#include "base/parallel.h"

using namespace qunying;
using namespace std::chrono_literals;

namespace {

// tests/workers/pool_test_worker.cc; a job's first word is what it does.
WorkerCommand worker(std::string mode = "--ordinary") {
    return {{QUNYING_POOL_TEST_WORKER, std::move(mode)}, WorkerCommand::Complaints::discarded};
}

std::vector<WorkerReply> run(WorkerPool& pool, const std::vector<std::string>& jobs) {
    std::vector<WorkerReply> replies;
    pool.run(
        jobs.size(), [&](std::size_t i) { return jobs[i]; },
        [&](std::size_t i, WorkerReply reply) {
            CHECK(i == replies.size());
            replies.push_back(std::move(reply));
        });
    CHECK(replies.size() == jobs.size());
    return replies;
}

WorkerReply run_one(WorkerPool& pool, const std::string& job) { return run(pool, {job}).front(); }

std::size_t count_entries(const char* folder) {
    DIR* directory = opendir(folder);
    REQUIRE(directory != nullptr);
    std::size_t count = 0;
    while (readdir(directory) != nullptr) ++count;
    closedir(directory);
    return count;
}

bool sanitized() {
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    return true;
#endif
#endif
    return false;
}

}  // namespace

TEST_CASE("replies come in the order of the jobs") {
    for (const unsigned workers : {1U, 2U, 3U}) {
        WorkerPool pool(worker(), workers);
        std::vector<std::string> jobs;
        for (int i = 0; i < 50; ++i) jobs.push_back("echo " + std::to_string(i));
        const auto replies = run(pool, jobs);
        for (int i = 0; i < 50; ++i) {
            CHECK(replies[static_cast<std::size_t>(i)].outcome == WorkerOutcome::answered);
            CHECK(replies[static_cast<std::size_t>(i)].bytes == std::to_string(i));
        }
        CHECK(pool.started() <= workers);
    }
}

TEST_CASE("no jobs start no worker, and one job starts one") {
    WorkerPool pool(worker(), 4);
    CHECK(run(pool, {}).empty());
    CHECK(pool.started() == 0);
    run(pool, {"echo"});
    CHECK(pool.started() == 1);
}

TEST_CASE("workers stay from run to run") {
    WorkerPool pool(worker(), 1);
    const std::string first = run_one(pool, "pid").bytes;
    CHECK(run_one(pool, "pid").bytes == first);
    CHECK(pool.started() == 1);
}

TEST_CASE("empty and large bytes travel both ways") {
    WorkerPool pool(worker(), 1);
    CHECK(run_one(pool, "").bytes == "done");
    CHECK(run_one(pool, "echo").bytes.empty());
    std::string large(20'000'000, '\0');
    for (std::size_t i = 0; i < large.size(); i += 4093) large[i] = static_cast<char>(i);
    CHECK(run_one(pool, "echo " + large).bytes == large);
}

TEST_CASE("few jobs are made ahead of the workers") {
    WorkerPool pool(worker(), 1);
    std::size_t made = 0, done = 0, most = 0;
    pool.run(
        40, [&](std::size_t) { return ++made, "echo"; },
        [&](std::size_t, const WorkerReply&) {
            most = std::max(most, made - done);
            ++done;
        });
    CHECK(most <= 3);  // the answered one, the one the worker has by now, the one made ready
}

TEST_CASE("a job that ends its worker is tried twice, and the others are not harmed") {
    WorkerPool pool(worker(), 2);
    const auto replies = run(pool, {"echo a", "crash", "echo b", "exit 7", "echo c"});
    CHECK(replies[0].bytes == "a");
    CHECK(replies[2].bytes == "b");
    CHECK(replies[4].bytes == "c");
    CHECK(replies[1].outcome == WorkerOutcome::crashed);
    CHECK(replies[1].signal == SIGABRT);
    CHECK(replies[3].outcome == WorkerOutcome::crashed);
    CHECK(replies[3].exit_status == 7);
    CHECK(pool.started() <= 2 + 4);
}

TEST_CASE("attempts are counted exactly") {
    WorkerLimits limits;
    for (const unsigned attempts : {1U, 2U, 3U}) {
        limits.attempts = attempts;
        WorkerPool pool(worker(), 1, limits);
        CHECK(run_one(pool, "crash").outcome == WorkerOutcome::crashed);
        CHECK(pool.started() == attempts);
    }
}

TEST_CASE("what only an aged worker cannot do succeeds at the second attempt") {
    WorkerPool pool(worker(), 1);
    const auto replies = run(pool, {"echo", "crash-unless-fresh"});
    CHECK(replies[1].outcome == WorkerOutcome::answered);
    CHECK(replies[1].bytes == "done");
    CHECK(pool.started() == 2);
}

TEST_CASE("a worker that hangs is killed at its deadline and its job is not tried again") {
    WorkerLimits limits;
    limits.deadline = 400ms;
    WorkerPool pool(worker(), 2, limits);
    const auto replies = run(pool, {"hang", "echo a", "echo b"});
    CHECK(replies[0].outcome == WorkerOutcome::timed_out);
    CHECK(replies[1].bytes == "a");
    CHECK(replies[2].bytes == "b");
    CHECK(pool.started() <= 3);
}

TEST_CASE("a worker that waits for the machine has more time, one that uses its time has not") {
    WorkerLimits limits;
    limits.deadline = 300ms;
    limits.extensions = 60;
    WorkerPool patient(worker(), 1, limits);
    CHECK(run_one(patient, "rest 900").bytes == "rested");
    CHECK(run_one(patient, "spin").outcome == WorkerOutcome::timed_out);
    limits.extensions = 1;
    WorkerPool hasty(worker(), 1, limits);
    CHECK(run_one(hasty, "rest 60000").outcome == WorkerOutcome::timed_out);
}

TEST_CASE("a crash is noticed without the deadline") {
    WorkerLimits limits;
    limits.deadline = 24h;
    WorkerPool pool(worker(), 1, limits);
    run_one(pool, "echo");
    CHECK(run_one(pool, "exit 1").outcome == WorkerOutcome::crashed);
}

TEST_CASE("a worker that hangs up or talks nonsense counts as crashed") {
    WorkerPool pool(worker(), 1);
    CHECK(run_one(pool, "hang-up").outcome == WorkerOutcome::crashed);
    CHECK(run_one(pool, "nonsense").outcome == WorkerOutcome::crashed);
    CHECK(run_one(pool, "echo still here").bytes == "still here");
}

TEST_CASE("an answer longer than allowed is refused") {
    WorkerLimits limits;
    limits.largest_answer = 1000;
    WorkerPool pool(worker(), 1, limits);
    CHECK(run_one(pool, "long 1000").bytes.size() == 1000);
    CHECK(run_one(pool, "long 1001").outcome == WorkerOutcome::crashed);
}

TEST_CASE("a worker is replaced after its number of jobs") {
    WorkerLimits limits;
    limits.jobs_a_worker = 3;
    WorkerPool pool(worker(), 1, limits);
    const auto replies = run(pool, {"count", "count", "count", "count"});
    CHECK(replies[2].bytes == "3");
    CHECK(replies[3].bytes == "1");
    CHECK(pool.started() == 2);
}

TEST_CASE("a worker that died while idle is replaced, whatever killed it") {
    WorkerPool pool(worker(), 1);
    const int pid = std::stoi(run_one(pool, "pid").bytes);
    kill(pid, SIGKILL);
    const WorkerReply reply = run_one(pool, "echo fine");
    CHECK(reply.outcome == WorkerOutcome::answered);
    CHECK(reply.bytes == "fine");
}

TEST_CASE("a pool outlives the thread that started its workers") {
    // The kernel ends a worker with the thread that started it; the pool starts another.
    WorkerPool pool(worker(), 1);
    std::thread([&] { CHECK(run_one(pool, "echo a").bytes == "a"); }).join();
    CHECK(run_one(pool, "echo b").bytes == "b");
}

TEST_CASE("a program that is missing or never gets ready is a failure of the world") {
    WorkerPool missing(WorkerCommand{{"/nonexistent/worker"}, WorkerCommand::Complaints::discarded}, 1);
    CHECK_THROWS_AS(run_one(missing, "echo"), Failure);
    WorkerPool stillborn(worker("--stillborn"), 2);
    CHECK_THROWS_AS(run_one(stillborn, "echo"), Failure);
    WorkerLimits limits;
    limits.start = 50ms;
    WorkerPool slow(worker("--slow-start"), 1, limits);
    CHECK_THROWS_AS(run_one(slow, "echo"), Failure);
}

TEST_CASE("an exception of a callback leaves the pool usable") {
    WorkerPool pool(worker(), 2);
    const auto job = [](std::size_t i) -> std::string {
        if (i == 3) throw std::runtime_error("no such photograph");
        return "echo";
    };
    CHECK_THROWS_AS(pool.run(10, job, [](std::size_t, const WorkerReply&) {}), std::runtime_error);
    const auto done = [](std::size_t i, const WorkerReply&) {
        if (i == 1) throw std::runtime_error("no room");
    };
    CHECK_THROWS_AS(pool.run(
                        10, [](std::size_t) { return "echo"; }, done),
                    std::runtime_error);
    CHECK(run_one(pool, "echo fine").bytes == "fine");
}

TEST_CASE("no descriptor and no process is left behind") {
    const std::size_t before = count_entries("/proc/self/fd");
    {
        WorkerPool pool(worker(), 2);
        run(pool, {"echo", "crash", "hang-up", "echo", "nonsense"});
    }
    CHECK(count_entries("/proc/self/fd") == before);
    CHECK(waitpid(-1, nullptr, WNOHANG) == -1);
}

TEST_CASE("pools work beside each other in a program with threads") {
    parallel_for(4, 4, [](std::size_t i) {
        WorkerPool pool(worker(), 2);
        const std::string text = "thread " + std::to_string(i);
        for (int round = 0; round < 5; ++round) CHECK(run_one(pool, "echo " + text).bytes == text);
        CHECK(run_one(pool, "crash").outcome == WorkerOutcome::crashed);
    });
}

TEST_CASE("the greeting says what was started and what its sandbox enforces") {
    WorkerPool pool(worker(), 1);
    const std::string greeting = pool.greeting();
    CHECK(greeting.find("test worker") == 0);
    CHECK(greeting.find("\nno_new_privs yes, Landlock ") != std::string::npos);
    const bool closed = greeting.find("Landlock yes") != std::string::npos;
    CHECK(greeting.find(closed ? "/etc/passwd refused" : "/etc/passwd allowed") != std::string::npos);
    CHECK(pool.started() == 1);
    CHECK(run_one(pool, "echo fine").bytes == "fine");
    CHECK(pool.started() == 1);
}

TEST_CASE("a worker may compute and start threads, and nothing else") {
    WorkerPool pool(worker(), 1);
    CHECK(run_one(pool, "thread").bytes == "7");
    if (pool.greeting().find("seccomp yes") == std::string::npos) {
        MESSAGE("this kernel offers no seccomp: not checked");
        return;
    }
    for (const char* what : {"open", "create", "socket", "execute", "fork", "ptrace", "kill"}) {
        CAPTURE(what);
        CHECK(run_one(pool, std::string("try ") + what).bytes == "refused");
    }
}

TEST_CASE("a worker gets no more memory than its limit") {
    if (sanitized()) return;
    WorkerLimits limits;
    limits.memory = std::uint64_t{200} << 20;
    WorkerPool pool(worker(), 1, limits);
    const int megabytes = std::stoi(run_one(pool, "memory").bytes);
    CHECK(megabytes > 100);
    CHECK(megabytes <= 200);
}

TEST_CASE("jobs run side by side only as far as their memory fits, and a huge one alone") {
    const auto run_all = [](std::uint64_t each, std::uint64_t budget) {
        WorkerLimits limits;
        limits.budget = budget;
        limits.idle_memory = 1;
        WorkerPool pool(worker(), 2, limits);
        std::size_t done = 0;
        pool.run(
            20, [&](std::size_t i) { return PoolJob("echo " + std::to_string(i), each); },
            [&](std::size_t i, const WorkerReply& reply) {
                done += reply.bytes == std::to_string(i) ? 1 : 0;
            });
        CHECK(done == 20);
        return pool.started();
    };
    CHECK(run_all(40, 100) == 2);
    CHECK(run_all(60, 100) == 1);
    CHECK(run_all(1000, 100) == 1);
    CHECK(run_all(1000, 0) == 2);
}

TEST_CASE("workers that have nothing to do make room for a job that needs it") {
    WorkerLimits limits;
    limits.budget = 100;
    limits.idle_memory = 10;
    WorkerPool pool(worker(), 2, limits);
    const std::vector<std::uint64_t> needs = {40, 40, 95, 40, 40};
    std::size_t done = 0;
    pool.run(
        needs.size(), [&](std::size_t i) { return PoolJob("echo x", needs[i]); },
        [&](std::size_t, const WorkerReply& reply) { done += reply.bytes == "x" ? 1 : 0; });
    CHECK(done == needs.size());
    CHECK(pool.started() == 3);  // two, one of which gave way to the large one and was needed again
}
