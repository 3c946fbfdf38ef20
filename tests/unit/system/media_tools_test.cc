// Running other people's programs, with those that are everywhere. tests/media runs ffmpeg.
#include "system/media_tools.h"

#include <cstdlib>
#include <doctest/doctest.h>

#include "base/failure.h"

using namespace qunying;
using namespace std::chrono_literals;

TEST_CASE("a program gets its input as a file and yields what it writes") {
    CHECK(run_program("/bin/cat", {program_input}, "film") == "film");
    CHECK(run_program("/bin/cat", {"/dev/stdin"}, "film") == "");
    const std::string large(3'000'000, 'x');
    CHECK(run_program("/bin/cat", {program_input}, large) == large);
    CHECK(run_program("/usr/bin/env", {}, "") == "LC_ALL=C\n");
}

TEST_CASE("a program that fails, hangs or says too much yields nothing, and none is left behind") {
    CHECK_FALSE(run_program("/bin/false", {}, ""));
    CHECK_FALSE(run_program("/bin/sleep", {"60"}, "", {.deadline = 200ms}));
    CHECK_FALSE(run_program("/usr/bin/yes", {}, "", {.longest_output = 100'000}));
    CHECK_THROWS_AS(run_program("/nowhere/ffmpeg", {}, ""), Failure);
}

TEST_CASE("a program may not write files nor take more memory than it is given") {
    CHECK_FALSE(run_program("/bin/dd", {"if=/dev/zero", "of=/dev/null", "bs=900M", "count=1", "status=none"},
                            "", {.memory = std::uint64_t{64} << 20}));
    CHECK_FALSE(run_program("/bin/cp", {program_input, "/tmp/qunying-media-tools-was-here"}, "film"));
    CHECK(run_program("/bin/cat", {"/tmp/qunying-media-tools-was-here"}, "").value_or("").empty());
}

TEST_CASE("programs are looked for in whole folders of PATH alone") {
    const char* before = std::getenv("PATH");
    const std::string kept = before ? before : "";
    setenv("PATH", ".:bin::relative", 1);
    CHECK(find_media_tools().ffmpeg.empty());
    CHECK(find_media_tools().ffprobe.empty());
    setenv("PATH", kept.c_str(), 1);
}
