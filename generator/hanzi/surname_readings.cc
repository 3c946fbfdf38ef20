#include "hanzi/surname_readings.h"

#include <algorithm>
#include <array>

namespace qunying {
namespace {

// Readings follow 《现代汉语词典》 and 《通用规范汉字字典》, as the lists of easily misread surnames in
// newspapers give them; they agree with the surname readings of ICU's Han-Latin/Names save where a line says
// so. Where two families read one character in two ways, the more usual one stands here and the profile's
// `pinyin` says the other.
struct Reading {
    std::string_view text, reading;
};

constexpr Reading single_surnames[] = {
    {"阿", "ā"},     {"柏", "bǎi"},   {"贲", "bēn"},   {"秘", "bì"},
    {"薄", "bó"},    {"卜", "bǔ"},    {"岑", "cén"},   {"晁", "cháo"},
    {"朝", "cháo"},  {"车", "chē"},   {"称", "chēng"}, {"区", "ōu"},
    {"谌", "chén"},  // also Shèn
    {"乘", "chéng"}, {"晟", "chéng"}, {"重", "chóng"}, {"种", "chóng"},
    {"褚", "chǔ"},   {"啜", "chuài"}, {"刀", "dāo"},   {"都", "dū"},
    {"费", "fèi"},   {"冯", "féng"},  {"干", "gān"},   {"杲", "gǎo"},
    {"郜", "gào"},   {"盖", "gě"},  // also Gài
    {"葛", "gě"},    {"缑", "gōu"},   {"勾", "gōu"},   {"句", "gōu"},
    {"妫", "guī"},   {"炅", "guì"},   {"炔", "guì"},   {"过", "guō"},
    {"哈", "hǎ"},    {"和", "hé"},    {"黑", "hè"},    {"洪", "hóng"},
    {"华", "huà"},   {"宦", "huàn"},  {"纪", "jǐ"},  // also Jì, ever more often
    {"籍", "jí"},    {"郏", "jiá"},   {"贾", "jiǎ"},   {"蹇", "jiǎn"},
    {"矫", "jiǎo"},  {"解", "xiè"},   {"靳", "jìn"},   {"居", "jū"},
    {"鞠", "jū"},    {"隽", "juàn"},  {"阚", "kàn"},   {"蒯", "kuǎi"},
    {"夔", "kuí"},   {"令", "líng"},  {"六", "lù"},    {"陆", "lù"},
    {"逯", "lù"},    {"雒", "luò"},   {"吕", "lǚ"},    {"蒙", "méng"},
    {"弥", "mí"},    {"宓", "mì"},    {"缪", "miào"},  {"牟", "móu"},  // also Mù; ICU mù
    {"万", "wàn"},   {"那", "nā"},    {"佴", "nài"},   {"能", "nài"},
    {"粘", "nián"},  {"乜", "niè"},   {"宁", "níng"},  // 寧; Nìng where it stands for 甯
    {"甯", "nìng"},  {"逄", "páng"},  {"庞", "páng"},  {"朴", "piáo"},
    {"繁", "pó"},    {"濮", "pú"},    {"亓", "qí"},    {"齐", "qí"},
    {"强", "qiáng"}, {"郄", "qiè"},   {"覃", "qín"},  // also Tán
    {"仇", "qiú"},   {"曲", "qū"},    {"麴", "qū"},    {"瞿", "qú"},
    {"璩", "qú"},    {"阙", "quē"},   {"冉", "rǎn"},   {"任", "rén"},
    {"撒", "sǎ"},    {"单", "shàn"},  {"召", "shào"},  {"折", "shé"},
    {"佘", "shé"},   {"舍", "shè"},   {"厍", "shè"},   {"沈", "shěn"},
    {"参", "shēn"},  {"莘", "shēn"},  // also Xīn; ICU xīn
    {"盛", "shèng"}, {"石", "shí"},   {"殳", "shū"},   {"宿", "sù"},
    {"眭", "suī"},   {"隋", "suí"},   {"邰", "tái"},   {"仝", "tóng"},
    {"钭", "tǒu"},   {"庹", "tuǒ"},   {"隗", "wěi"},                  // also Kuí
    {"尉", "wèi"},   {"翁", "wēng"},  {"毋", "wú"},    {"郗", "xī"},  // of old Chī
    {"郤", "xì"},    {"洗", "xiǎn"},  {"冼", "xiǎn"},  {"相", "xiàng"},
    {"肖", "xiāo"},  {"校", "xiào"},  {"颉", "xié"},   {"幸", "xìng"},
    {"行", "xíng"},  {"郇", "xún"},  // also Huán
    {"荀", "xún"},   {"鄢", "yān"},   {"燕", "yān"},   {"晏", "yàn"},
    {"么", "yāo"},   {"幺", "yāo"},   {"要", "yāo"},   {"铫", "yáo"},
    {"叶", "yè"},    {"应", "yīng"},  {"於", "yū"},    {"查", "zhā"},
    {"蔚", "yù"},    {"郁", "yù"},    {"员", "yùn"},   {"贠", "yùn"},
    {"乐", "yuè"},  // also Lè
    {"臧", "zāng"},  {"藏", "zàng"},  {"曾", "zēng"},  {"查", "zhā"},
    {"翟", "zhái"},  {"祭", "zhài"},  {"占", "zhān"},  {"仉", "zhǎng"},
    {"长", "zhǎng"}, {"朱", "zhū"},   {"竺", "zhú"},   {"卓", "zhuó"},
    {"訾", "zī"},    {"俱", "jū"},    {"角", "jué"},   {"镡", "tán"},
    {"蕃", "fán"},   {"冒", "mào"},   {"观", "guàn"},  {"丌", "qí"},
    {"尹", "yǐn"},   {"俞", "yú"},    {"余", "yú"},    {"芈", "mǐ"},
    {"遆", "tí"},    {"酆", "fēng"},  {"郦", "lì"},    {"恽", "yùn"},
    {"忻", "xīn"},   {"臺", "tái"},   {"單", "shàn"},  {"蓋", "gě"},
    {"紀", "jǐ"},    {"華", "huà"},   {"過", "guō"},   {"繆", "miào"},
    {"區", "ōu"},    {"參", "shēn"},  {"樂", "yuè"},   {"應", "yīng"},
    {"員", "yùn"},   {"葉", "yè"},    {"寧", "níng"},  {"種", "chóng"},
    {"車", "chē"},   {"馮", "féng"}};

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
    std::size_t longest = 0;
    for (const Reading& each : compounds)
        if (name.starts_with(each.text) && each.text.size() < name.size())
            longest = std::max(longest, each.text.size());
    return longest;
}

std::string_view given_reading(std::string_view character) { return find_reading(given, character); }

}  // namespace qunying
