#include "load/settings_table.h"

#include "load/settings_kiosk.h"

namespace qunying {
namespace {

FieldSpec field(FieldType type, std::string key, std::string label,
                std::vector<std::string> other_keys = {}) {
    FieldSpec spec;
    spec.type = type;
    spec.key = std::move(key);
    spec.label = std::move(label);
    spec.other_keys = std::move(other_keys);
    return spec;
}

FieldSpec text(std::string key, std::string label, std::vector<std::string> other_keys = {}) {
    return field(FieldType::text, std::move(key), std::move(label), std::move(other_keys));
}

FieldSpec flag(std::string key, std::string label, std::vector<std::string> other_keys = {}) {
    return field(FieldType::boolean, std::move(key), std::move(label), std::move(other_keys));
}

FieldSpec required(FieldSpec spec) {
    spec.need = FieldNeed::required;
    return spec;
}

FieldSpec several(FieldSpec spec) {
    spec.list = true;
    return spec;
}

FieldSpec choice(std::string key, std::string label, std::vector<Choice> choices) {
    FieldSpec spec = field(FieldType::choice, std::move(key), std::move(label));
    spec.choices = std::move(choices);
    return spec;
}

FieldSpec group(std::string key, std::string label, std::vector<FieldSpec> fields,
                std::string shorthand = {}) {
    FieldSpec spec = field(FieldType::group, std::move(key), std::move(label));
    spec.fields = std::move(fields);
    spec.shorthand = std::move(shorthand);
    return spec;
}

FieldSpec own_field() {
    return several(
        group("fields", "项目",
              {required(text("key", "键")), required(text("label", "名称")),
               choice("type", "类型",
                      {{"text", "文字", {}},
                       {"prose", "长文", {}},
                       {"number", "整数", {}},
                       {"boolean", "是否", {}},
                       {"date", "日期", {}},
                       {"choice", "选项", {}},
                       {"reference", "引用", {}},
                       {"picture", "图片", {}},
                       {"file", "文件", {}}}),
               flag("list", "可多个"), flag("required", "必填"), flag("private", "不公开"),
               several(text("choices", "可选值")), several(text("targets", "指向")), text("help", "说明")}));
}

FieldSpec own_fields_by_kind() {
    FieldSpec more = own_field();
    return several(group("fields", "自定义项目", {required(text("kind", "类别")), std::move(more)}));
}

FieldSpec own_kinds() {
    return several(group("kinds", "自定义类别",
                         {required(text("key", "键")), required(text("label", "名称")),
                          required(text("folder", "文件夹")), text("help", "说明"), own_field()}));
}

}  // namespace

std::vector<FieldSpec> settings_fields() {
    return {
        required(text("title", "网站名称", {"标题"})),
        text("subtitle", "副题"),
        text("description", "简介"),
        text("id", "网站编号"),
        text("base_url", "网址"),
        text("organisation", "单位", {"organization", "org", "主办单位"}),
        text("theme", "主题"),
        text("language", "语言"),
        choice("list_order", "名单顺序",
               {{"stroke", "姓氏笔画", {}},
                {"stroke-fullname", "姓名笔画", {}},
                {"pinyin", "拼音", {}},
                {"document", "文件顺序", {}},
                {"year", "年份", {}},
                {"region", "行政区划", {}}}),
        several(group("regions", "区划", {required(text("name", "名称")), text("key", "键")}, "name")),
        several(
            group("navigation", "导航", {required(text("label", "名称")), required(text("target", "去处"))})),
        several(text("home", "首页")),
        group("footer", "页脚",
              {text("host_unit", "主办单位"), text("contact", "联系方式", {"内容有误"}),
               text("icp", "ICP备案号"), text("police", "公安备案号"), text("site_code", "网站标识码"),
               text("party_mark", "党政机关标识")}),
        choice("review", "三审", {{"required", "必须", {}}, {"none", "不要求", {}}}),
        group("defaults", "默认",
              {choice("status", "状态",
                      {{"draft", "草稿", {}}, {"reviewing", "审核中", {}}, {"approved", "终审通过", {}}}),
               choice("visibility", "公开范围",
                      {{"public", "互联网", {}}, {"kiosk", "场馆大屏", {}}, {"internal", "内部", {}}})}),
        flag("mourning", "公祭"),
        flag("gov_meta", "政府网站标签"),
        flag("exports", "机读数据"),
        several(choice("posters", "海报", {{"person", "人物", {}}, {"exhibition", "展览", {}}})),
        field(FieldType::number, "page_size", "每页人数"),
        field(FieldType::number, "deceased_frame_years", "示亡号年数"),
        group("pictures", "照片",
              {flag("tiff", "扫描件"), text("memory", "内存"), text("credit", "署名"),
               text("copyright", "版权")}),
        group("wordlists", "词表", {several(text("allowed", "放行"))}),
        group("kiosk", "大屏", kiosk_fields()),
        several(group("venues", "场馆", venue_fields())),
        own_fields_by_kind(),
        own_kinds(),
    };
}

}  // namespace qunying
