#include "serve/event_hub.h"

#include <doctest/doctest.h>
#include <future>
#include <thread>
#include <vector>

using namespace qunying;
using std::chrono::milliseconds;
using Wake = EventHub::Wake;

namespace {

constexpr milliseconds long_enough{20'000}, at_once{0};

std::shared_ptr<const MemoryTree> some_tree() { return std::make_shared<const MemoryTree>(); }

Findings one_error() { return {1, 0, {Finding()}}; }

}  // namespace

TEST_CASE("each change has a version of its own, and what stays the same has none") {
    EventHub hub;
    CHECK(hub.current()->version == 0);
    const auto tree = some_tree();
    hub.publish(tree, {});
    CHECK(hub.current()->version == 1);
    CHECK(hub.current()->tree == tree);
    hub.publish(tree, {});
    CHECK(hub.current()->version == 1);
    hub.publish(tree, one_error());
    CHECK(hub.current()->version == 2);
    hub.publish(some_tree(), one_error());
    CHECK(hub.current()->version == 3);
}

TEST_CASE("the first build is news even when it has made nothing") {
    EventHub hub;
    hub.publish(nullptr, {});
    CHECK(hub.current()->version == 1);
}

TEST_CASE("a listener hears of what it has not seen") {
    EventHub hub;
    const auto listener = hub.join();
    CHECK(hub.wait(listener, 0, at_once).wake == Wake::nothing);
    hub.publish(some_tree(), {});
    CHECK(hub.wait(listener, 0, at_once).wake == Wake::news);
    CHECK(hub.wait(listener, 1, at_once).wake == Wake::nothing);
}

TEST_CASE("a listener that waits wakes at once") {
    EventHub hub;
    const auto listener = hub.join();
    auto waiting = std::async(std::launch::async, [&] { return hub.wait(listener, 0, long_enough); });
    SUBCASE("for news") {
        hub.publish(some_tree(), {});
        const auto waited = waiting.get();
        CHECK(waited.wake == Wake::news);
        CHECK(waited.snapshot->version == 1);
    }
    SUBCASE("for the end") {
        hub.close();
        CHECK(waiting.get().wake == Wake::closed);
    }
    SUBCASE("to make room for newer ones") {
        for (std::size_t i = 0; i < EventHub::most_listeners; ++i) hub.join();
        CHECK(waiting.get().wake == Wake::displaced);
    }
}

TEST_CASE("the oldest listener makes room, unless another has left") {
    EventHub hub;
    std::vector<std::uint64_t> all;
    for (std::size_t i = 0; i < EventHub::most_listeners; ++i) all.push_back(hub.join());
    SUBCASE("one too many") {
        const auto newest = hub.join();
        CHECK(hub.wait(all[0], 0, at_once).wake == Wake::displaced);
        CHECK(hub.wait(all[1], 0, at_once).wake == Wake::nothing);
        CHECK(hub.wait(newest, 0, at_once).wake == Wake::nothing);
    }
    SUBCASE("one has left") {
        hub.leave(all[2]);
        hub.join();
        CHECK(hub.wait(all[0], 0, at_once).wake == Wake::nothing);
        CHECK(hub.wait(all[2], 0, at_once).wake == Wake::displaced);
    }
}

TEST_CASE("many readers see whole snapshots while one publishes") {
    EventHub hub;
    std::vector<std::future<bool>> readers;
    for (int reader = 0; reader < 4; ++reader) {
        readers.push_back(std::async(std::launch::async, [&hub] {
            const auto listener = hub.join();
            std::uint64_t seen = 0;
            bool rising = true;
            while (seen < 200) {
                const auto waited = hub.wait(listener, seen, long_enough);
                rising = rising && waited.snapshot->version > seen;
                seen = waited.snapshot->version;
                rising = rising && waited.snapshot->findings.errors == seen % 2;
            }
            hub.leave(listener);
            return rising;
        }));
    }
    for (std::uint64_t version = 1; version <= 200; ++version)
        hub.publish(some_tree(), version % 2 ? one_error() : Findings());
    for (auto& reader : readers) CHECK(reader.get());
}
