#include "hanzi/pinyin.h"

#include <algorithm>
#include <cstdint>
#include <doctest/doctest.h>

#include "base/text.h"
#include "hanzi/hanzi_table.h"

namespace qunying {
namespace {

std::string read(std::string_view name, std::string_view surname = {}, std::string_view own = {}) {
    return join(name_pinyin(name, surname, own).syllables, " ");
}

TEST_CASE("names of the seeds") {
    CHECK(read("平龙根") == "píng lóng gēn");
    CHECK(read("田建刚") == "tián jiàn gāng");
    CHECK(read("刘希政") == "liú xī zhèng");
    CHECK(read("许宏彬") == "xǔ hóng bīn");
    CHECK(read("许昆林") == "xǔ kūn lín");
    CHECK(read("杨自中") == "yáng zì zhōng");
    CHECK(read("张　燕") == "zhāng yàn");
    CHECK(read("胡熠烨") == "hú yì yè");
}

TEST_CASE("surnames that are read otherwise than in words") {
    const std::pair<const char*, const char*> readings[] = {
        {"曾", "zēng"}, {"查", "zhā"},   {"沈", "shěn"}, {"仇", "qiú"},   {"单", "shàn"}, {"翟", "zhái"},
        {"解", "xiè"},  {"朴", "piáo"},  {"区", "ōu"},   {"盖", "gě"},    {"任", "rén"},  {"华", "huà"},
        {"覃", "qín"},  {"缪", "miào"},  {"黑", "hè"},   {"祭", "zhài"},  {"郇", "xún"},  {"莘", "shēn"},
        {"洗", "xiǎn"}, {"冼", "xiǎn"},  {"句", "gōu"},  {"参", "shēn"},  {"乜", "niè"},  {"么", "yāo"},
        {"都", "dū"},   {"阚", "kàn"},   {"佴", "nài"},  {"乐", "yuè"},   {"牟", "móu"},  {"员", "yùn"},
        {"宓", "mì"},   {"曲", "qū"},    {"卜", "bǔ"},   {"翁", "wēng"},  {"谌", "chén"}, {"逄", "páng"},
        {"郗", "xī"},   {"种", "chóng"}, {"冯", "féng"}, {"隗", "wěi"},   {"哈", "hǎ"},   {"纪", "jǐ"},
        {"宁", "níng"}, {"朱", "zhū"},   {"繁", "pó"},   {"仉", "zhǎng"}, {"尉", "wèi"},  {"应", "yīng"},
        {"葛", "gě"},   {"乘", "chéng"}, {"幸", "xìng"}, {"车", "chē"},   {"过", "guō"},  {"盛", "shèng"},
        {"石", "shí"},  {"召", "shào"},  {"臧", "zāng"}, {"仝", "tóng"},  {"洪", "hóng"}, {"秘", "bì"},
        {"薄", "bó"},   {"折", "shé"},   {"那", "nā"},   {"能", "nài"},   {"燕", "yān"},  {"要", "yāo"},
        {"於", "yū"},   {"贲", "bēn"},   {"郄", "qiè"},  {"肖", "xiāo"},  {"罗", "luó"},  {"卓", "zhuó"},
        {"吕", "lǚ"},   {"万", "wàn"},   {"贾", "jiǎ"},  {"叶", "yè"},    {"占", "zhān"}};
    for (const auto& each : readings) {
        const NamePinyin pinyin = name_pinyin(std::string(each.first) + "明");
        CAPTURE(each.first);
        CHECK(pinyin.syllables.front() == each.second);
        CHECK(pinyin.syllables.size() == 2);
        CHECK(pinyin.surname_syllables == 1);
    }
}

TEST_CASE("compound surnames") {
    const std::pair<const char*, const char*> readings[] = {
        {"尉迟", "yù chí"},  {"欧阳", "ōu yáng"},    {"单于", "chán yú"}, {"长孙", "zhǎng sūn"},
        {"万俟", "mò qí"},   {"令狐", "líng hú"},    {"澹台", "tán tái"}, {"亓官", "qí guān"},
        {"鲜于", "xiān yú"}, {"上官", "shàng guān"}, {"夏侯", "xià hóu"}, {"慕容", "mù róng"},
        {"呼延", "hū yán"},  {"闾丘", "lǘ qiū"},     {"拓跋", "tuò bá"}};
    for (const auto& [surname, reading] : readings) {
        const NamePinyin pinyin = name_pinyin(std::string(surname) + "明");
        CHECK(join(std::vector(pinyin.syllables.begin(), pinyin.syllables.end() - 1), " ") == reading);
        CHECK(pinyin.surname_syllables == 2);
    }
}

TEST_CASE("the surname's reading holds for the surname alone") {
    CHECK(read("曾查单") == "zēng chá dān");
    CHECK(read("张华") == "zhāng huá");
    CHECK(read("单于明", "单") == "shàn yú míng");
    CHECK(read("单曾明", "单曾") == "shàn zēng míng");
}

TEST_CASE("given names: the norm's readings, no neutral tones") {
    CHECK(read("王子珩") == "wáng zǐ héng");
    CHECK(read("李长江") == "lǐ cháng jiāng");
    CHECK(read("刘少奇") == "liú shào qí");
    CHECK(read("陈晟焘") == "chén shèng tāo");
    CHECK(read("赵兴玚") == "zhào xīng yáng");
    CHECK(read("周绩地") == "zhōu jì dì");
}

TEST_CASE("names with a dot are read plainly, part by part") {
    const NamePinyin pinyin = name_pinyin("买买提·艾力");
    CHECK(join(pinyin.syllables, " ") == "mǎi mǎi tí ài lì");
    CHECK(pinyin.surname_syllables == 3);
    CHECK(read("单曾·华") == "dān céng huá");
    CHECK(display_pinyin(pinyin) == "Mǎimǎití Àilì");
    CHECK(display_pinyin(name_pinyin("阿·艾力·江")) == "Ā Àilì Jiāng");
}

TEST_CASE("rare characters: by Unihan, else by ICU, else for themselves") {
    CHECK(read("𫖯") == "fǔ");
    CHECK(read("王𬱖") == "wáng dí");
    CHECK(read("王㧛") == "wáng lǎn");  // ICU knows it, Unihan 15 gives no Mandarin reading
    CHECK(read("王\U00030EDD") == "wáng biáng");
    CHECK(read("王\U0002A6DF") == "wáng \U0002A6DF");
    CHECK(initials(name_pinyin("王\U0002A6DF明")) == "wm");
    CHECK(read("〇") == "líng");
}

TEST_CASE("letters stand in runs") {
    CHECK(read("样例01") == "yàng lì 01");
    CHECK(read("John Smith") == "john smith");
    CHECK(name_pinyin("John Smith").surname_syllables == 0);
    CHECK(read("") == "");
}

TEST_CASE("the profile's pinyin beats all, however it is typed") {
    CHECK(read("覃明", "", "Tán Míng") == "tán míng");
    CHECK(read("覃明", "", "tanming") == "tán míng");
    CHECK(read("盖建刚", "", "Gài Jiàngāng") == "gài jiàn gāng");
    CHECK(read("田建刚", "", "tian jian gang") == "tián jiàn gāng");
    CHECK(read("田建刚", "", "TIANJIANGANG") == "tián jiàn gāng");
    CHECK(read("吕绿", "", "lv lv") == "lǚ lǜ");
    CHECK(read("吕绿", "", "lu:lü") == "lǚ lǜ");
    CHECK(read("吕绿", "", "lǚlù") == "lǚ lù");
    CHECK(read("李西安", "", "Li Xi'an") == "lǐ xī ān");
    CHECK(read("李西安", "", "lixian") == "lǐ xī ān");
    CHECK(read("李先", "", "lixian") == "lǐ xiān");
    CHECK(read("方案", "", "fangan") == "fāng àn");
    CHECK(read("反感", "", "fangan") == "fǎn gǎn");
    CHECK(read("王伟", "", "wa\u0301ng wei") == "wáng wěi");
    CHECK(read("张三", "", "zhang xyz") == "zhang xyz");
    CHECK(read("张三", "", "   ") == "zhāng sān");
    CHECK(read("牟明", "", "Mù-Míng") == "mù míng");
    CHECK(name_pinyin("欧阳修", "", "ouyangxiu").surname_syllables == 2);
}

TEST_CASE("an override that is no reading of the characters is taken word by word") {
    const NamePinyin pinyin = name_pinyin("买买提·艾力", "", "Memet Eli");
    CHECK(pinyin.syllables == std::vector<std::string>{"memet", "eli"});
    CHECK(pinyin.surname_syllables == 1);
    CHECK(display_pinyin(pinyin) == "Memet Eli");
    CHECK(initials(pinyin) == "me");
}

TEST_CASE("without tones, as people type it") {
    CHECK(plain_pinyin("tián jiàn gāng") == "tian jian gang");
    CHECK(plain_pinyin("Lǚ Lüè nǖ") == "lv lve nv");
    CHECK(plain_pinyin("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü") == "aaaaeeeeiiiioooouuuuvvvvv");
    CHECK(plain_pinyin("ńg hm\u0300 lu\u0308\u030C Ǎ") == "ng hm lv a");  // beyond the usual vowels
    CHECK(plain_pinyin("") == "");
}

TEST_CASE("slugs") {
    CHECK(pinyin_slug("王样例") == "wang-yang-li");
    CHECK(pinyin_slug("2020年度 A组（一）") == "2020-nian-du-a-zu-yi");
    CHECK(pinyin_slug("“银发生辉”Wang_Yangli") == "yin-fa-sheng-hui-wang-yangli");
    CHECK(pinyin_slug("２０２０ＡＢ") == "2020ab");
    CHECK(pinyin_slug("绿色 Müller") == "lv-se-muller");
    CHECK(pinyin_slug("·—！") == "");
    CHECK(pinyin_slug("王\U0002A6DF") == "wang-u2a6df");  // nobody gives a reading
    CHECK(pinyin_slug("单位") == "dan-wei");
    CHECK(name_slug("单雄信") == "shan-xiong-xin");
    CHECK(name_slug("曾参议") == "zeng-can-yi");
    CHECK(name_slug("买买提·艾力") == "mai-mai-ti-ai-li");
    CHECK(name_slug("吕明") == "lv-ming");
    CHECK(name_slug("覃明", "", "tan ming") == "tan-ming");
    const std::string broken = pinyin_slug("张\xff三");
    CHECK(broken == "zhang-san");
}

TEST_CASE("initials and display") {
    CHECK(initials(name_pinyin("田建刚")) == "tjg");
    CHECK(initials(name_pinyin("欧阳修")) == "oyx");
    CHECK(display_pinyin(name_pinyin("田建刚")) == "Tián Jiàngāng");
    CHECK(display_pinyin(name_pinyin("欧阳修")) == "Ōuyáng Xiū");
    CHECK(display_pinyin(name_pinyin("李西安")) == "Lǐ Xī'ān");
    CHECK(display_pinyin(name_pinyin("张")) == "Zhāng");
    CHECK(display_pinyin(name_pinyin("")) == "");
}

TEST_CASE("in order of pinyin: letters, tone, character, one after another") {
    const std::vector<std::string> wanted = {"安明", "白一", "陈伟", "陈一", "程一", "鲁一",
                                             "陆一", "吕一", "栾一", "曾一", "张安", "张伟",
                                             "张一", "章安", "章一", "赵一", "甄一", "郑一"};
    std::vector<std::string> names = wanted;
    const auto by_key = [](const std::string& name) { return pinyin_sort_key(name_pinyin(name)); };
    std::ranges::reverse(names);
    std::ranges::sort(names, {}, by_key);
    CHECK(join(names, " ") == join(wanted, " "));
    CHECK(by_key("西安") < by_key("先"));
    CHECK(pinyin_sort_key(name_pinyin("覃明", "", "tan ming")) > by_key("覃明"));
}

TEST_CASE("a stated surname may cut a run of letters") {
    CHECK(name_pinyin("John", "Jo").syllables == std::vector<std::string>{"jo", "hn"});
    CHECK(name_pinyin("John", "Jo", "zhang").syllables == std::vector<std::string>{"zhang"});
    CHECK(display_pinyin(name_pinyin("John", "Jo")) == "Jo Hn");
}

bool fits_an_address(std::string_view slug) {
    return slug.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos &&
           !slug.starts_with('-') && !slug.ends_with('-') && slug.find("--") == std::string_view::npos;
}

TEST_CASE("every hanzi has a slug") {
    for (const hanzi_table::Run& run : hanzi_table::runs)
        for (char32_t c = run.first; c <= run.last; c += 7) {
            const std::string slug = pinyin_slug(to_utf8(std::u32string(1, c)));
            CAPTURE(slug);
            REQUIRE(!slug.empty());
            REQUIRE(fits_an_address(slug));
        }
}

TEST_CASE("no text whatever, broken ones included, does harm") {
    static constexpr std::string_view pieces[] = {
        "张", "·",  "\xff", "\xe5\xbc", "·",    "欧阳", " ", "'", "u:",         "ǚ", "\u0308",
        "a",  "ZH", "-",    "\xf0\x9f", "𪛟", "　",   "1", "•", "\U000E0100", "ng"};
    std::uint32_t state = 1;
    const auto next = [&state] { return (state = state * 1664525 + 1013904223) >> 8; };
    const auto text = [&] {
        std::string made;
        for (std::uint32_t left = next() % 9; left > 0; --left) made += pieces[next() % std::size(pieces)];
        return made;
    };
    for (int round = 0; round < 2000; ++round) {
        const std::string name = text(), surname = text(), own = text();
        const NamePinyin pinyin = name_pinyin(name, surname, own);
        REQUIRE(pinyin.surname_syllables <= pinyin.syllables.size());
        REQUIRE(fits_an_address(name_slug(name, surname, own)));
        REQUIRE(fits_an_address(pinyin_slug(name)));
        REQUIRE(!find_invalid_utf8(initials(pinyin)));
        REQUIRE(display_pinyin(pinyin) == display_pinyin(name_pinyin(name, surname, own)));
        REQUIRE(pinyin_sort_key(pinyin).ends_with(pinyin.name));
    }
}

}  // namespace
}  // namespace qunying
