#include "release/install_refusal.h"

#include <doctest/doctest.h>
#include <set>

#include "base/text.h"

namespace qunying {
namespace {

TEST_CASE("every refusal has words of its own in both languages, and leaves no gap in them") {
    std::set<std::string> chinese, english;
    const int count = static_cast<int>(Refusal::nothing_verified) + 1;
    for (int i = 0; i < count; ++i) {
        const Refused refused(static_cast<Refusal>(i), "FOUND", "EXPECTED");
        const std::string text = refusal_text(refused, Language::chinese);
        CAPTURE(text);
        CHECK(text.find('{') == std::string::npos);
        CHECK_FALSE(is_ascii(text));
        CHECK(is_ascii(refusal_text(refused, Language::english)));
        chinese.insert(text);
        english.insert(refused.what());
        CHECK(exit_code_of(refused.why()) >= 1);
        CHECK(exit_code_of(refused.why()) <= 3);
    }
    CHECK(chinese.size() == static_cast<std::size_t>(count));
    CHECK(english.size() == static_cast<std::size_t>(count));
}

TEST_CASE("what was found does not stand for what was expected") {
    const Refused refused(Refusal::other_site, "{1}", "hall");
    CHECK(refusal_text(refused, Language::english).find("({1}); this screen shows hall") !=
          std::string::npos);
}

TEST_CASE("amounts are told with a digit that matters") {
    CHECK(amount_text(0) == "0 B");
    CHECK(amount_text(999) == "999 B");
    CHECK(amount_text(1000) == "1.0 KB");
    CHECK(amount_text(1'250'000) == "1.3 MB");
    CHECK(amount_text(2'000'000'000) == "2.0 GB");
    CHECK(amount_text(150'000'000) == "150 MB");
}

}  // namespace
}  // namespace qunying
