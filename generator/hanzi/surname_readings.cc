#include "hanzi/surname_readings.h"

#include <algorithm>
#include <array>

namespace qunying {
namespace {

// Readings follow 《现代汉语词典》 and 《通用规范汉字字典》, as newspapers' lists of easily misread surnames
// give them. They are those of ICU's Han-Latin/Names, too, save 牟 (mù there) and 莘 (xīn), and many that ICU
// has not at all. Surnames that have only one reading are left out. Where families differ, the more usual
// reading stands here and the profile's `pinyin` says the other: 盖 also Gài, 覃 Tán, 乐 Lè, 纪 Jì (ever more
// often), 牟 Mù, 宁 Nìng (for 甯), 莘 Xīn, 隗 Kuí, 郇 Huán, 相 Xiāng, 召 Zhào, 缪 Móu, 黑 Hēi, 尉 Yù, 万 Mò.
struct Reading {
    std::string_view text, reading;
};

constexpr Reading single_surnames[] = {
    {"阿", "ā"},     {"柏", "bǎi"},   {"秘", "bì"},    {"薄", "bó"},    {"卜", "bǔ"},    {"朝", "cháo"},
    {"车", "chē"},   {"重", "chóng"}, {"种", "chóng"}, {"種", "chóng"}, {"啜", "chuài"}, {"都", "dū"},
    {"干", "gān"},   {"盖", "gě"},    {"葛", "gě"},    {"蓋", "gě"},    {"勾", "gōu"},   {"句", "gōu"},
    {"炅", "guì"},   {"炔", "guì"},   {"过", "guō"},   {"過", "guō"},   {"哈", "hǎ"},    {"黑", "hè"},
    {"和", "hé"},    {"华", "huà"},   {"華", "huà"},   {"纪", "jǐ"},    {"紀", "jǐ"},    {"贾", "jiǎ"},
    {"矫", "jiǎo"},  {"俱", "jū"},    {"角", "jué"},   {"阚", "kàn"},   {"令", "líng"},  {"陆", "lù"},
    {"蒙", "méng"},  {"宓", "mì"},    {"缪", "miào"},  {"繆", "miào"},  {"牟", "móu"},   {"那", "nā"},
    {"佴", "nài"},   {"能", "nài"},   {"粘", "nián"},  {"乜", "niè"},   {"甯", "nìng"},  {"宁", "níng"},
    {"区", "ōu"},    {"區", "ōu"},    {"朴", "piáo"},  {"繁", "pó"},    {"丌", "qí"},    {"强", "qiáng"},
    {"覃", "qín"},   {"仇", "qiú"},   {"曲", "qū"},    {"阙", "quē"},   {"任", "rén"},   {"撒", "sǎ"},
    {"单", "shàn"},  {"單", "shàn"},  {"召", "shào"},  {"舍", "shè"},   {"折", "shé"},   {"参", "shēn"},
    {"莘", "shēn"},  {"參", "shēn"},  {"沈", "shěn"},  {"盛", "shèng"}, {"石", "shí"},   {"宿", "sù"},
    {"镡", "tán"},   {"钭", "tǒu"},   {"万", "wàn"},   {"尉", "wèi"},   {"隗", "wěi"},   {"洗", "xiǎn"},
    {"相", "xiàng"}, {"校", "xiào"},  {"肖", "xiāo"},  {"解", "xiè"},   {"颉", "xié"},   {"行", "xíng"},
    {"郇", "xún"},   {"燕", "yān"},   {"铫", "yáo"},   {"么", "yāo"},   {"要", "yāo"},   {"叶", "yè"},
    {"应", "yīng"},  {"蔚", "yù"},    {"於", "yū"},    {"乐", "yuè"},   {"樂", "yuè"},   {"员", "yùn"},
    {"贠", "yùn"},   {"員", "yùn"},   {"曾", "zēng"},  {"查", "zhā"},   {"祭", "zhài"},  {"翟", "zhái"},
    {"占", "zhān"},  {"长", "zhǎng"}, {"卓", "zhuó"},  {"訾", "zī"}};

// Those of 《百家姓》 and the ones still borne that later registers add.
constexpr Reading compound_surnames[] = {
    {"欧阳", "ōu yáng"},       {"歐陽", "ōu yáng"},         {"尉迟", "yù chí"},
    {"尉遲", "yù chí"},        {"单于", "chán yú"},         {"單于", "chán yú"},
    {"长孙", "zhǎng sūn"},     {"長孫", "zhǎng sūn"},       {"万俟", "mò qí"},
    {"萬俟", "mò qí"},         {"令狐", "líng hú"},         {"澹台", "tán tái"},
    {"亓官", "qí guān"},       {"鲜于", "xiān yú"},         {"鮮于", "xiān yú"},
    {"司马", "sī mǎ"},         {"司馬", "sī mǎ"},           {"上官", "shàng guān"},
    {"夏侯", "xià hóu"},       {"诸葛", "zhū gě"},          {"諸葛", "zhū gě"},
    {"闻人", "wén rén"},       {"东方", "dōng fāng"},       {"東方", "dōng fāng"},
    {"赫连", "hè lián"},       {"皇甫", "huáng fǔ"},        {"公羊", "gōng yáng"},
    {"公冶", "gōng yě"},       {"宗政", "zōng zhèng"},      {"濮阳", "pú yáng"},
    {"淳于", "chún yú"},       {"太叔", "tài shū"},         {"申屠", "shēn tú"},
    {"公孙", "gōng sūn"},      {"公孫", "gōng sūn"},        {"仲孙", "zhòng sūn"},
    {"轩辕", "xuān yuán"},     {"钟离", "zhōng lí"},        {"锺离", "zhōng lí"},
    {"鍾離", "zhōng lí"},      {"宇文", "yǔ wén"},          {"慕容", "mù róng"},
    {"闾丘", "lǘ qiū"},        {"司徒", "sī tú"},           {"司空", "sī kōng"},
    {"司寇", "sī kòu"},        {"子车", "zǐ jū"},           {"颛孙", "zhuān sūn"},
    {"端木", "duān mù"},       {"巫马", "wū mǎ"},           {"公西", "gōng xī"},
    {"漆雕", "qī diāo"},       {"乐正", "yuè zhèng"},       {"壤驷", "rǎng sì"},
    {"公良", "gōng liáng"},    {"拓跋", "tuò bá"},          {"夹谷", "jiá gǔ"},
    {"宰父", "zǎi fǔ"},        {"谷梁", "gǔ liáng"},        {"穀梁", "gǔ liáng"},
    {"段干", "duàn gān"},      {"百里", "bǎi lǐ"},          {"东郭", "dōng guō"},
    {"南宫", "nán gōng"},      {"南宮", "nán gōng"},        {"南门", "nán mén"},
    {"呼延", "hū yán"},        {"羊舌", "yáng shé"},        {"微生", "wēi shēng"},
    {"梁丘", "liáng qiū"},     {"左丘", "zuǒ qiū"},         {"东门", "dōng mén"},
    {"西门", "xī mén"},        {"第五", "dì wǔ"},           {"独孤", "dú gū"},
    {"完颜", "wán yán"},       {"纳兰", "nà lán"},          {"贺兰", "hè lán"},
    {"哥舒", "gē shū"},        {"达奚", "dá xī"},           {"褚师", "chǔ shī"},
    {"侯莫陈", "hóu mò chén"}, {"叶赫那拉", "yè hè nā lā"}, {"爱新觉罗", "ài xīn jué luó"}};

// Particles and adverbs lend their first reading to words, hardly ever to a given name.
constexpr Reading given_names[] = {{"长", "cháng"}, {"長", "cháng"}, {"少", "shào"},  {"兴", "xīng"},
                                   {"興", "xīng"},  {"晟", "shèng"}, {"曾", "zēng"},  {"尽", "jìn"},
                                   {"了", "liǎo"},  {"着", "zhuó"},  {"裳", "cháng"}, {"甯", "níng"},
                                   {"嬛", "huán"},  {"得", "dé"},    {"的", "dí"}};

template <std::size_t count>
constexpr std::array<Reading, count> sorted(const Reading (&readings)[count]) {
    std::array<Reading, count> result{};
    std::ranges::copy(readings, result.begin());
    std::ranges::sort(result, {}, &Reading::text);
    return result;
}

// Of each character in these tables.
constexpr std::size_t hanzi_bytes = 3;

constexpr auto singles = sorted(single_surnames);
constexpr auto compounds = sorted(compound_surnames);
constexpr auto given = sorted(given_names);

std::string_view find_reading(const auto& readings, std::string_view text) {
    const auto found = std::ranges::lower_bound(readings, text, {}, &Reading::text);
    return found != readings.end() && found->text == text ? found->reading : std::string_view();
}

}  // namespace

std::string_view surname_reading(std::string_view surname) {
    const std::string_view compound = find_reading(compounds, surname);
    return compound.empty() ? find_reading(singles, surname) : compound;
}

std::size_t compound_surname_bytes(std::string_view name) {
    // Those that begin with the same character lie side by side.
    const std::string_view first = name.substr(0, hanzi_bytes);
    std::size_t longest = 0;
    for (auto each = std::ranges::lower_bound(compounds, first, {}, &Reading::text);
         each != compounds.end() && each->text.starts_with(first); ++each) {
        if (name.starts_with(each->text) && each->text.size() < name.size())
            longest = std::max(longest, each->text.size());
    }
    return longest;
}

std::string_view given_reading(std::string_view character) { return find_reading(given, character); }

}  // namespace qunying
