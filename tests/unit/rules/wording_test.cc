#include <doctest/doctest.h>

#include "base/text.h"
#include "hanzi/names.h"
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

TEST_CASE("every look-alike of the dot is found, wherever it stands") {
    for (char32_t c = 0x20; c < 0x20000; ++c) {
        if ((c >= 0xD800 && c < 0xE000) || !is_separator_lookalike(c)) continue;
        std::string dot;
        append_utf8(dot, c);
        for (std::size_t before = 0; before < 20; ++before) {
            const std::string text = std::string(before, 'a') + "艾力" + dot + "样例，住在和田的人。";
            if (!concerns_wording("", text, false)) FAIL("U+" << std::uint32_t{c});
        }
    }
}

TEST_CASE("a mask is found among hanzi of the same bytes, wherever it stands") {
    for (std::size_t before = 0; before < 20; ++before) {
        const std::string front = std::string(before, 'a') + "调查知埐染的有望人";
        CHECK_FALSE(concerns_wording(front, "", false));
        CHECK(concerns_wording(front + "某局", "", false));
        CHECK(concerns_wording(front + "张某某", "", false));
        CHECK(concerns_wording(front + "××", "", false));
    }
}
