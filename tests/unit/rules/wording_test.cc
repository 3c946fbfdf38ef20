#include <doctest/doctest.h>

#include "rules/rules.h"

using namespace qunying;

TEST_CASE("a file concerns the wording when a mask, a look-alike dot or the tense of the dead may be found") {
    const std::string front = "---\nname: 王样例\nlife: 在世\n---\n",
                      plain = "他住在**样例**区，Max 是朋友。";
    CHECK_FALSE(concerns_wording(front, plain, false));
    for (const std::string mask : {"张某某", "王*同志", "XX街道", "××区", "某同志"})
        CHECK(concerns_wording(front, "他" + mask + "人。", true));
    CHECK(concerns_wording("---\nname: 王某\norg: 某局\n---\n", plain, false));
    CHECK(concerns_wording("---\nname: 买买提•样例\n---\n", plain, false));
    CHECK(concerns_wording(front, "见 买买提・样例。", false));
    CHECK_FALSE(concerns_wording(front, "他至今仍住在那里。", false));
    for (const std::string life : {"已故", "deceased", "Deceased", "去世", "逝世"})
        CHECK(concerns_wording("---\nlife: " + life + "\n---\n", "他至今仍住在那里。", false));
}
