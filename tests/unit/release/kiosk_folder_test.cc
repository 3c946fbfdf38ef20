#include "release/kiosk_folder.h"

#include <doctest/doctest.h>

#include "support/pack_scene.h"

namespace qunying {
namespace {

KioskState sample() {
    KioskState state;
    state.site = "hall";
    state.venue = "east";
    state.highest = state.current = 30;
    state.started = 20;
    state.trust = rotated(test_key()).trust;
    state.verified = "2026-11-21T08:00:00Z";
    state.last_error = "更新包已损坏";
    state.releases = {{20, 0, true, false, true, "2026-11-20"},
                      {25, 3, false, true, false, "2026-11-20"},
                      {30, 1, false, false, true, "2026-11-21"}};
    return state;
}

TEST_CASE("the state reads back as it was written") {
    for (const KioskState& state : {sample(), KioskState()}) {
        const auto read = read_kiosk_state(write_kiosk_state(state));
        REQUIRE(read);
        CHECK(*read == state);
    }
}

TEST_CASE("a state with a changed byte or cut short is none") {
    const std::string text = write_kiosk_state(sample());
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string other = text;
        other[i] = static_cast<char>(other[i] ^ 1);
        CAPTURE(i);
        CHECK_FALSE(read_kiosk_state(other));
        CHECK_FALSE(read_kiosk_state(text.substr(0, i)));
    }
    CHECK_FALSE(read_kiosk_state(text + "\n"));
}

TEST_CASE("what a page is told cannot break out of its script") {
    KioskState state = sample();
    state.last_error = "\"});alert(1)//\\\n</script>\xE2\x80\xA8";
    const std::string script = current_script(state);
    CHECK(script.find("\\\"});alert(1)//\\\\ </script>") != std::string::npos);
    CHECK(script.find("\xE2\x80\xA8") == std::string::npos);
    CHECK(script.find('\n') == script.size() - 1);
}

TEST_CASE("a long complaint is cut between characters") {
    KioskState state = sample();
    state.last_error.clear();
    for (int i = 0; i < 500; ++i) state.last_error += "样";
    CHECK(current_script(state).find("样\"}") != std::string::npos);
    const auto read = read_kiosk_state(write_kiosk_state(state));
    REQUIRE(read);
    CHECK(read->last_error.size() == 600);
}

TEST_CASE("times are told in UTC") { CHECK(utc_text(1'800'000'000) == "2027-01-15T08:00:00Z"); }

}  // namespace
}  // namespace qunying
