#include "hanzi/names.h"

#include <doctest/doctest.h>

namespace qunying {
namespace {

TEST_CASE("surname and given name") {
    CHECK(split_name("田建刚") == NameParts{"田", "建刚"});
    CHECK(split_name("张　燕") == NameParts{"张", "燕"});
    CHECK(split_name("张") == NameParts{"张", ""});
    CHECK(split_name("") == NameParts{"", ""});
    CHECK(split_name("𠮷田") == NameParts{"𠮷", "田"});
}

TEST_CASE("compound surnames leave something for the given name") {
    CHECK(split_name("欧阳修") == NameParts{"欧阳", "修"});
    CHECK(split_name("欧阳") == NameParts{"欧", "阳"});
    CHECK(split_name("尉迟敬德") == NameParts{"尉迟", "敬德"});
    CHECK(split_name("爱新觉罗溥杰") == NameParts{"爱新觉罗", "溥杰"});
    for (const char* surname :
         {"单于", "长孙", "万俟", "令狐", "澹台", "亓官", "鲜于", "司马", "诸葛", "侯莫陈"})
        CHECK(split_name(std::string(surname) + "明").surname == surname);
}

TEST_CASE("a stated surname decides where the name begins with it") {
    CHECK(split_name("欧阳修", "欧") == NameParts{"欧", "阳修"});
    CHECK(split_name("陈方安生", "陈方") == NameParts{"陈方", "安生"});
    CHECK(split_name("陈 方安生", "陈　方") == NameParts{"陈方", "安生"});
    CHECK(split_name("田建刚", "李") == NameParts{"田", "建刚"});
    CHECK(split_name("田", "田") == NameParts{"田", ""});
    CHECK(split_name("买买提·艾力", "买买提") == NameParts{"买买提", "艾力"});
}

TEST_CASE("names with a dot are filed under the part before it") {
    CHECK(split_name("买买提·艾力") == NameParts{"买买提", "艾力"});
    CHECK(split_name("买买提•艾力") == NameParts{"买买提", "艾力"});
    CHECK(split_name("迪丽热巴·迪力木拉提·江") == NameParts{"迪丽热巴", "迪力木拉提·江"});
    CHECK(split_name("·艾力").given == "·艾力");
}

TEST_CASE("what is no hanzi is given name; a selector stays with its character") {
    CHECK(split_name("John Smith") == NameParts{"", "John Smith"});
    CHECK(split_name("葛\U000E0100明") == NameParts{"葛\U000E0100", "明"});
}

TEST_CASE("only white space goes from a name, and only where it is none of the spelling") {
    CHECK(normal_name("张　燕") == "张燕");
    CHECK(normal_name("  张 \t燕\r\n") == "张燕");
    CHECK(normal_name("王\u00A0伟\u200B") == "王伟");
    CHECK(normal_name("买买提 · 艾力") == "买买提·艾力");
    CHECK(normal_name(" John  Smith ") == "John Smith");
    CHECK(normal_name("张 John") == "张John");
    CHECK(normal_name("\uF9D1\uFA0E") == "\uF9D1\uFA0E");  // no NFC
    CHECK(normal_name("再出发•再接力") == "再出发•再接力");
    CHECK(normal_name("　") == "");
}

TEST_CASE("look-alikes of the separator") {
    for (const char32_t dot : {U'•', U'・', U'．', U'‧', U'･', U'∙', U'⋅', U'.', U'ㆍ', U'●'}) {
        CHECK(is_separator_lookalike(dot));
        CHECK(is_name_separator(dot));
    }
    for (const char32_t other : {U'·', U',', U'、', U'-', U'一', U' '})
        CHECK_FALSE(is_separator_lookalike(other));
    CHECK(is_name_separator(U'·'));
}

}  // namespace
}  // namespace qunying
