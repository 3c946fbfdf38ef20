#include "rules/gap_words.h"

#include <array>

namespace qunying {
namespace {

using Table = std::array<GapWords, gap_count>;  // by Gap

constexpr Table chinese_words = {{
    {"读不出", "这份资料的格式有误，读不出来", "请运行 qunying check，按提示改正"},
    {"授权到期", "授权已于 {} 到期，本人不再发布", "请联系本人或近亲属续签，改写授权里的期限"},
    {"授权将到期", "授权将于 {} 到期，过后不再发布", "请提前联系本人或近亲属续签"},
    {"授权撤回", "授权已于 {} 撤回，不再发布", "请把状态改为“撤下”，并收回已发出的印刷品和转载"},
    {"缺授权", "资料里没有授权", "请取得书面授权，填写授权一项"},
    {"缺照片", "没有照片", "请补一张照片，放在同一个文件夹里"},
    {"照片不在", "写了照片 {}，文件夹里没有", "请放入这张照片，或改正文件名"},
    {"缺简介", "没有摘要，也没有正文", "请写一段不超过 80 字的摘要，并补写正文"},
    {"缺正文", "只有摘要，没有正文", "请补写正文"},
    {"缺文号", "没有表彰决定的文号", "请查表彰决定，填写文号"},
    {"缺表彰日期", "没有表彰日期", "请查表彰决定，填写落款日期"},
    {"缺名单", "没有受表彰的名单", "请按表彰决定填写名单"},
    {"缺荣誉依据", "“{}”只见于材料，查不到批次", "请查表彰决定，建立批次后改为引用"},
    {"缺荣誉", "没有写任何荣誉", "请在荣誉一项或批次的名单里填写"},
    {"缺来源", "没有写材料来源", "请填写来源，如文件、报道或本人提供"},
    {"缺替代文字", "照片 {} 没有替代文字", "请用一句话写明照片里是谁、在做什么"},
    {"草稿", "还是草稿，不发布", "写好后送审；终审通过后把状态改为“终审通过”"},
    {"审核中", "正在审核，不发布", "请催办审核；终审通过后把状态改为“终审通过”"},
    {"限内部", "公开范围是“内部”，不发布", "确认可以公开后，修改公开范围"},
    {"未到日期", "发布日期 {} 未到", "到期会自动发布，不用处理"},
    {"已过日期", "截止日期 {} 已过，不再发布", "仍要发布的，请修改或删去截止日期"},
    {"不在此公开", "公开范围或授权范围不含本次的公开对象", "确需在此公开的，请补授权并修改范围"},
    {"随人物暂缓", "文中有尚未发布的人物，一并暂缓", "请先完成该人物的资料和审核"},
    {"已撤下", "已撤下 {}", "请确认印刷品、公众号等处也已收回"},
}};

constexpr Table english_words = {{
    {"unreadable", "the record cannot be read", "Run qunying check and mend what it names"},
    {"consent expired", "the consent ended on {}; the person is no longer published",
     "Ask the person or the family to renew it"},
    {"consent expiring", "the consent ends on {}", "Ask the person or the family to renew it in time"},
    {"consent withdrawn", "the consent was withdrawn on {}",
     "Set the status to withdrawn and recall what was printed"},
    {"no consent", "the profile holds no consent", "Obtain it in writing and fill in consent"},
    {"no picture", "there is no picture", "Put one into the same folder"},
    {"picture missing", "the picture {} is not in the folder", "Add the file or correct its name"},
    {"no summary", "neither a summary nor a story", "Write a summary of up to 80 characters, and a story"},
    {"no story", "a summary, but no story", "Write the story"},
    {"no document number", "the decision has no document number", "Look it up in the decision"},
    {"no decision date", "the decision has no date", "Look it up in the decision"},
    {"no names", "nobody is listed", "Fill in the list of the decision"},
    {"honour unproved", "“{}” is known from a text alone",
     "Find the decision, make its batch and refer to it"},
    {"no honour", "no honour is written", "Fill in honors, or the list of the batch"},
    {"no source", "no source is written", "Fill in source: a document, a report, the person"},
    {"no alternative text", "the picture {} has no alternative text", "Say in one sentence what it shows"},
    {"draft", "a draft, not published", "Finish it and have it reviewed"},
    {"under review", "under review, not published", "Have the review finished"},
    {"internal", "for internal use, not published", "Change its visibility once it may be shown"},
    {"not yet", "its day, {}, has not come", "Nothing: it is published by itself"},
    {"no longer", "its last day, {}, has passed", "Change or remove it if it shall still be shown"},
    {"out of scope", "not for this audience",
     "Obtain consent and change the scope if it shall be shown here"},
    {"held", "held back with a person who is not published", "Finish that person first"},
    {"withdrawn", "withdrawn {}", "See that printed and copied versions were recalled"},
}};

}  // namespace

const GapWords& words_of(Gap gap, Language language) {
    const Table& table = language == Language::chinese ? chinese_words : english_words;
    return table[static_cast<std::size_t>(gap)];
}

}  // namespace qunying
