#include <doctest/doctest.h>

#include "rules/masks.h"
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

namespace {

std::size_t masks_in(std::string_view story, bool stars_left = false) {
    const StoryMasks masks(story, stars_left);
    std::size_t count = 0;
    for (Found found = masks.next(0); found.any(); found = masks.next(found.at + found.length)) ++count;
    return count;
}

}  // namespace

TEST_CASE("two masks of a paragraph are masks although Markdown takes them for stress") {
    CHECK(masks_in("*是大市，现有离退休干部*人，其中党员*人，支部*个。") == 4);
    CHECK(masks_in("原***局退休干部***自费编印《***乡村振兴思考》，受众***人。") == 4);
    CHECK(masks_in("近*场次主题党日活动，在提升组织力中*", true) == 2);
    CHECK(masks_in("近*场次主题党日，*人。\r\n\r\n全国**爱心帮困会党支部、**志愿者") == 4);
}

TEST_CASE("stars that stress words are none") {
    CHECK(masks_in("他是*着重*的人，也是**老党员**，还是***the best***。") == 0);
    CHECK(masks_in("**他说：“能帮一把是一把。”大家都笑了。**") == 0);
    CHECK(masks_in("*着重*一处。\n\n*着重*又一处，再无其他。") == 0);
    CHECK(masks_in("* 列表，一\n* 列表，二\n\n***\n\n5 \\* 3，6 \\* 2") == 0);
    CHECK(masks_in("近*场次主题党日，*人。**一、学习**") == 2);  // the heading in bold is none
}

TEST_CASE("stars by the thousand are judged in linear time") {
    std::string story;
    for (int i = 0; i < 16'000; ++i) story += "*甲***";
    CHECK(masks_in(story) > 0);
}
