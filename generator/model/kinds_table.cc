// The table itself. To add a kind: one entry here and one template.
#include "model/kinds.h"

namespace qunying {
namespace {

// ---- small words that make the table read like a table
// -------------------------------------------------------

struct F {
    FieldSpec spec;
    F(FieldType type, std::string key, std::string label) {
        spec.type = type;
        spec.key = std::move(key);
        spec.label = std::move(label);
    }
    F&& required() && { return spec.need = FieldNeed::required, std::move(*this); }
    // Stated by the person or the family; under 公开材料 an absent value means “not stated”.
    F&& personal() && { return spec.need = FieldNeed::required_unless_published, std::move(*this); }
    F&& secret() && { return spec.visibility = FieldVisibility::secret, std::move(*this); }
    F&& several() && { return spec.list = true, std::move(*this); }
    F&& between(double least, double most) && {
        return spec.least = least, spec.most = most, std::move(*this);
    }
    F&& at_most(std::size_t n) && { return spec.longest = n, std::move(*this); }
    F&& also(std::vector<std::string> keys) && { return spec.other_keys = std::move(keys), std::move(*this); }
    F&& to(std::vector<std::string> kinds) && { return spec.targets = std::move(kinds), std::move(*this); }
    F&& of(std::vector<FieldSpec> fields) && { return spec.fields = std::move(fields), std::move(*this); }
    F&& short_for(std::string key) && { return spec.shorthand = std::move(key), std::move(*this); }
    F&& one_of(std::vector<Choice> choices) && { return spec.choices = std::move(choices), std::move(*this); }
    F&& help(std::string text) && { return spec.help = std::move(text), std::move(*this); }
    operator FieldSpec() && { return std::move(spec); }  // NOLINT: a row is a field
};

F text(std::string key, std::string label) { return {FieldType::text, std::move(key), std::move(label)}; }
F prose(std::string key, std::string label) { return {FieldType::prose, std::move(key), std::move(label)}; }
F number(std::string key, std::string label) { return {FieldType::number, std::move(key), std::move(label)}; }
F boolean(std::string key, std::string label) {
    return {FieldType::boolean, std::move(key), std::move(label)};
}
F date(std::string key, std::string label) { return {FieldType::date, std::move(key), std::move(label)}; }
F choice(std::string key, std::string label) { return {FieldType::choice, std::move(key), std::move(label)}; }
F reference(std::string key, std::string label) {
    return {FieldType::reference, std::move(key), std::move(label)};
}
F file(std::string key, std::string label) { return {FieldType::file, std::move(key), std::move(label)}; }
F group(std::string key, std::string label) { return {FieldType::group, std::move(key), std::move(label)}; }

const std::vector<std::string> recipients = {"person", "team", "project"};

std::vector<Choice> levels() {
    return {{"national", "国家级", {"国家", "全国", "全国级"}},
            {"provincial", "省级", {"省", "全省", "省部级"}},
            {"municipal", "市级", {"市", "全市", "地市级"}},
            {"county", "县级", {"县", "区级", "县区级", "县（市、区）级"}},
            {"unit", "单位/系统", {"单位", "系统", "单位级", "系统级"}}};
}

// A photograph: the fields of domain §1.7 “photo” that any picture has. A bare file name is allowed.
std::vector<FieldSpec> photograph() {
    return {file("file", "文件").required().help("图片文件名，与本文件放在一起"),
            text("alt", "替代文字").also({"说明"}).at_most(120).help("给看不见图的人：图里是什么"),
            text("photographer", "拍摄者").at_most(50),
            date("year", "年份").also({"拍摄时间", "taken"}),
            text("caption", "图注").at_most(200),
            text("focus", "焦点")
                .help("肖像取两眼之间，[横, 纵]，各取 0 到 1，如 [0.50, 0.33]；不写则由程序找")
                .several(),
            text("head", "头高").between(0.02, 1).help("头顶到下巴占照片高度的几分之几，如 0.45"),
            text("turn", "转正").between(-15, 15).help("扫描歪了，顺时针转几度，如 -1.5"),
            boolean("trim", "裁边").help("裁去扫描件四周的白边或黑边"),
            boolean("old_print", "旧照").help("老照片：调成暖色，略增反差；原件不动"),
            boolean("download", "下载").help("放出下载链接：全尺寸，已清除拍摄信息；原件从不发布"),
            reference("people", "人物").several().to({"person"}).help("左起依次")};
}

F picture(std::string key, std::string label) {
    return F(FieldType::picture, std::move(key), std::move(label)).of(photograph()).short_for("file");
}

FieldSpec consent() {
    const auto permission = [](std::string key, std::string label) {
        return boolean(std::move(key), std::move(label));
    };
    return group("consent", "授权")
        .secret()
        .help("发布依据；不公开")
        .of({choice("basis", "依据")
                 .one_of({{"self", "本人授权", {"本人"}},
                          {"kin", "近亲属授权", {"近亲属"}},
                          {"published", "公开材料", {"公开报道"}}}),
             permission("text", "文字"), permission("portrait", "肖像"), permission("voice", "声音"),
             text("signer", "签署人").help("本人，或近亲属姓名加关系"), text("relation", "关系"),
             date("date", "签署日期").also({"签署时间"}),
             choice("scope", "范围")
                 .several()
                 .one_of({{"internet", "互联网", {"网站", "web"}},
                          {"venue", "场馆", {"大屏", "kiosk"}},
                          {"print", "印刷", {}}}),
             date("until", "期限").also({"有效期至", "expires"}), date("withdrawn", "撤回日期"),
             text("file_no", "附件号")});
}

// ---- fields of every kind
// -------------------------------------------------------------------------------------

std::vector<FieldSpec> common() {
    return {
        text("id", "编号").at_most(80).help("网址用的编号：小写字母、数字和连字符；不写则取文件名"),
        text("title", "标题").at_most(100),
        choice("status", "状态")
            .one_of({{"draft", "草稿", {}},
                     {"reviewing", "审核中", {"待审"}},
                     {"approved", "终审通过", {"通过", "已审"}},
                     {"withdrawn", "撤下", {"撤回"}}})
            .help("终审通过才会发布"),
        choice("visibility", "公开范围")
            .one_of({{"public", "互联网", {"公开", "web"}},
                     {"kiosk", "场馆大屏", {"场馆", "venue"}},
                     {"internal", "内部", {}}}),
        text("org", "所属单位").also({"单位"}).at_most(100),
        text("region", "区划").also({"地区"}).at_most(50),
        prose("summary", "摘要").at_most(80).help("不超过 80 字"),
        text("source", "来源").at_most(200),
        date("updated", "更新").also({"更新日期"}),
        number("order", "排序").help("数字小的排在前面"),
        text("aliases", "曾用编号").several().help("旧网址仍能打开"),
        boolean("featured", "置顶"),
        boolean("noindex", "不供检索").help("不出现在 data/ 的机读清单里"),
        boolean("download", "下载").help("这份资料里的照片都放出下载链接：全尺寸，已清除拍摄信息"),
        date("publish_on", "发布日期"),
        date("publish_until", "截止日期"),
        date("withdrawn_on", "撤下日期").secret(),
        text("withdrawn_reason", "撤下原因").secret(),
        group("review", "三审")
            .secret()
            .several()
            .of({choice("step", "环节")
                     .one_of({{"first", "初审", {}}, {"second", "复审", {}}, {"final", "终审", {}}})
                     .required(),
                 text("person", "审核人").required(), date("date", "日期"), text("content", "内容摘要值")}),
    };
}

Kind kind(std::string key, std::string label, std::string folder, std::vector<FieldSpec> own) {
    Kind made;
    made.key = std::move(key);
    made.label = label;
    made.folder = std::move(folder);
    made.folder_label = std::move(label);
    made.fields = common();
    for (FieldSpec& field : own) made.fields.push_back(std::move(field));
    return made;
}

Kind drafted(Kind made) {
    made.draft_by_default = true;
    return made;
}

Kind within(Kind made) {
    made.pages = KindPages::within;
    return made;
}

// ---- kinds
// ------------------------------------------------------------------------------------------------------

Kind person() {
    return drafted(kind(
        "person", "人物", "people",
        {text("name", "姓名").required().at_most(50),
         text("pinyin", "拼音").at_most(100).help("多音字读错时填写，如 zēng"),
         text("surname", "姓").at_most(20).help("复姓或少数民族姓名，程序断错时填写"),
         text("stroke_key", "笔画覆盖").at_most(50).help("排序时当作这个名字"),
         choice("sex", "性别").one_of({{"male", "男", {}}, {"female", "女", {}}}),
         text("ethnicity", "民族").at_most(10),
         text("native_place", "籍贯").at_most(30),
         date("birth", "出生").also({"出生年月"}).help("公开时只写到年或年月"),
         choice("retire_kind", "类别")
             .one_of(
                 {{"lixiu", "离休", {}}, {"tuixiu", "退休", {}}, {"other", "其他", {"企业", "军休", "农村"}}})
             .personal(),
         date("work_since", "参加工作时间").also({"参加革命工作时间"}),
         date("party_since", "入党时间"),
         date("retired_on", "离退休时间").also({"离休时间", "退休时间"}),
         text("former_post", "原单位职务").at_most(100).personal(),
         choice("life", "在世状态")
             .one_of({{"living", "在世", {"健在"}},
                      {"deceased", "已故", {"去世", "逝世"}},
                      {"unknown", "不详", {}}})
             .personal(),
         date("died", "逝世时间").also({"去世时间"}),
         text("epithet", "称号").at_most(30),
         text("quote", "人物金句").also({"金句"}).at_most(40),
         prose("citation", "颁奖词").at_most(150),
         group("timeline", "履历")
             .several()
             .of({text("time", "时间").required(), text("text", "内容").required()}),
         picture("portrait", "照片").also({"肖像"}),
         picture("gallery", "图集").several(),
         reference("videos", "视频").several().to({"video"}),
         group("works", "作品")
             .several()
             .short_for("title")
             .of({text("title", "名称").required(), text("form", "形式"), date("date", "时间"),
                  text("note", "说明")}),
         group("honors", "荣誉")
             .several()
             .also({"honours"})
             .of({reference("batch", "批次").to({"batch"}), text("grade", "等次"), number("no", "序号"),
                  text("claim", "表述").help("只见于材料、查不到批次的荣誉，照原文写"),
                  choice("level", "级别").one_of(levels()), text("source", "来源")}),
         group("teams", "集体")
             .several()
             .short_for("team")
             .of({reference("team", "集体").to({"team"}).required(), text("role", "职务").at_most(30)}),
         file("reading", "朗读").help("录音文件；须有声音授权"),
         consent()}));
}

Kind team() {
    return kind(
        "team", "集体", "teams",
        {text("name", "名称").required().at_most(100),
         choice("kind", "类型")
             .one_of({{"party_branch", "党支部", {}},
                      {"silver_branch", "银发支部", {}},
                      {"party_committee", "党工委", {}},
                      {"studio", "工作室", {}},
                      {"workshop", "工作坊", {}},
                      {"volunteers", "志愿服务队", {"志愿服务团队"}},
                      {"association", "协会", {}},
                      {"lecturers", "宣讲团/讲师团", {"宣讲团", "讲师团"}},
                      {"artists", "艺术团", {}},
                      {"foundation", "基金会", {}},
                      {"alliance", "联盟/共同体", {"联盟", "共同体"}},
                      {"other", "其他", {}}})
             .required(),
         reference("leader", "负责人").to({"person"}), date("since", "成立时间"),
         group("size", "人数")
             .short_for("value")
             .of({text("value", "数量").required(), date("as_of", "截至")}),
         reference("parent", "上级").to({"team"}), reference("brand", "品牌").to({"brand"}),
         text("services", "服务内容").several(), text("when_where", "服务时间地点").at_most(100),
         picture("photo", "集体照"),
         group("honors", "荣誉")
             .several()
             .also({"honours"})
             .of({reference("batch", "批次").to({"batch"}), text("grade", "等次"), number("no", "序号"),
                  text("claim", "表述"), choice("level", "级别").one_of(levels()), text("source", "来源")})});
}

Kind award() {
    return kind("award", "荣誉项目", "awards",
                {text("name", "名称").required().also({"规范名称"}).at_most(100),
                 choice("level", "级别").one_of(levels()).required(),
                 choice("category", "类别")
                     .one_of({{"collective", "先进集体", {}},
                              {"individual", "先进个人", {}},
                              {"most_beautiful", "最美系列", {}},
                              {"project", "优秀项目", {}},
                              {"model_site", "示范点", {}},
                              {"other", "其他", {}}})
                     .required(),
                 choice("target", "表彰对象")
                     .one_of({{"retirees", "离退休干部", {}},
                              {"staff", "老干部工作者/部门", {"老干部工作者", "老干部工作部门"}},
                              {"society", "社会", {}}})
                     .required(),
                 text("grades", "等次").several(), date("since", "首次")});
}

Kind conferral() {
    return within(kind(
        "conferral", "授予", "",
        {reference("batch", "批次").to({"batch"}),
         reference("to", "受表彰者").to(recipients).also({"recipient"}).required(), text("grade", "等次"),
         number("no", "序号"),
         choice("state", "状态").one_of({{"valid", "有效", {}}, {"revoked", "撤销", {}}}),
         text("revoked_by", "撤销依据"), text("post", "单位职务").at_most(100).help("决定原文中的单位职务"),
         file("proof", "证书").secret()}));
}

Kind batch() {
    std::vector<FieldSpec> row;
    for (const FieldSpec& field : conferral().fields) {
        if (field.key == "to" || field.key == "grade" || field.key == "no" || field.key == "state" ||
            field.key == "revoked_by" || field.key == "post" || field.key == "proof")
            row.push_back(field);
    }
    return kind(
        "batch", "表彰批次", "batches",
        {reference("award", "荣誉项目").to({"award"}).required(),
         date("year", "年份").also({"年度"}).required(), text("authorities", "授予机关").several().required(),
         text("doc_no", "文号"), date("date", "表彰日期"), prose("decision", "决定全文"),
         number("quota", "名额"),
         choice("list_order", "名单顺序")
             .one_of({{"document", "文件顺序", {}},
                      {"stroke", "姓氏笔画", {}},
                      {"stroke-fullname", "姓名笔画", {}},
                      {"region", "行政区划", {}}}),
         text("notice_period", "公示期"), group("conferrals", "名单").several().also({"授予"}).of(row)});
}

Kind brand() {
    return kind(
        "brand", "品牌", "brands",
        {text("name", "名称").required().at_most(50), text("owner", "所有单位").required().at_most(100),
         reference("parent", "上级品牌").to({"brand"}), text("slogan", "口号").at_most(60),
         date("since", "创立时间"), picture("mark", "标识")});
}

Kind project() {
    return kind(
        "project", "项目", "projects",
        {text("name", "名称").required().at_most(100), reference("brand", "品牌").to({"brand"}),
         text("partners", "合作单位").several(), date("start", "开始"), date("end", "结束"),
         text("beneficiaries", "受益对象").at_most(100), reference("stats", "成效").several().to({"stat"}),
         reference("award", "所获荣誉").to({"award"}), reference("teams", "实施集体").several().to({"team"}),
         picture("photo", "照片"),
         group("honors", "荣誉")
             .several()
             .also({"honours"})
             .of({reference("batch", "批次").to({"batch"}), text("grade", "等次"), number("no", "序号"),
                  text("claim", "表述"), choice("level", "级别").one_of(levels()), text("source", "来源")})});
}

Kind exhibition() {
    std::vector<FieldSpec> exhibit = {reference("person", "人物").to({"person"}),
                                      file("photo", "照片"),
                                      text("label", "展签").at_most(200),
                                      text("alt", "替代文字").at_most(120),
                                      text("photographer", "拍摄者"),
                                      text("focus", "焦点").several(),
                                      reference("people", "照片人物").several().to({"person"}),
                                      prose("text", "说明")};
    return kind(
        "exhibition", "展览", "exhibitions",
        {choice("kind", "类型")
             .one_of({{"portraits", "肖像展", {}}, {"pictures", "图片展", {}}, {"theme", "主题展", {}}})
             .required(),
         text("curator", "策展单位").required().at_most(100), date("opened", "开展日期").also({"dates"}),
         date("closed", "闭展日期"), text("venue", "展出地点").at_most(100),
         group("sections", "展区")
             .several()
             .required()
             .of({text("title", "标题").at_most(50), prose("text", "说明"),
                  group("exhibits", "展品").several().of(exhibit)}),
         prose("closing", "结束语"), number("kiosk_loop", "循环秒数")});
}

Kind photo() {
    std::vector<FieldSpec> own = photograph();
    own.push_back(boolean("permission", "授权"));
    // The record says that of itself.
    std::erase_if(own, [](const FieldSpec& field) { return field.key == "download"; });
    return within(drafted(kind("photo", "照片", "", std::move(own))));
}

Kind album() {
    std::vector<FieldSpec> photos = photograph();
    photos.push_back(group("rows", "各排")
                         .several()
                         .of({text("label", "排").help("如：前排、后排"),
                              reference("people", "左起").several().to({"person"})}));
    photos.push_back(boolean("permission", "授权").also({"ok"}));
    return kind(
        "album", "影集", "albums",
        {date("date", "时间"), text("place", "地点").at_most(100), reference("about", "相关").several(),
         group("photos", "照片").several().required().of(std::move(photos))});
}

Kind video() {
    return drafted(kind(
        "video", "视频", "videos",
        {file("file", "文件").required(), picture("poster", "封面").help("不写则由 ffmpeg 从片中截取一幅"),
         text("duration", "时长").help("如 3:25；不写则从文件里读出"),
         file("subtitles", "字幕").also({"vtt"}).required(), prose("transcript", "文字稿"),
         reference("about", "相关").several(), text("external_url", "外部网址").at_most(300),
         date("date", "时间"), text("maker", "摄制").at_most(100)}));
}

Kind oral() {
    return drafted(kind(
        "oral", "口述历史", "oral",
        {reference("narrator", "口述者").to({"person"}).required(), text("collector", "采集者").required(),
         text("collected_by", "采集单位").required(), date("date", "时间").required(),
         text("place", "地点").required(), text("topic", "主题").required().at_most(100),
         file("audio", "录音"), reference("video", "视频").to({"video"}),
         group("transcript", "整理稿")
             .several()
             .of({text("time", "时间").help("分:秒"), text("speaker", "说话人"),
                  prose("text", "内容").required()})
             .short_for("text")
             .required(),
         boolean("checked", "口述者核定").required(), text("release", "授权书").secret().required()}));
}

Kind event() {
    return kind("event", "活动", "events",
                {choice("kind", "类型")
                     .one_of({{"retirement", "荣誉退休仪式", {}},
                              {"party_day", "主题党日", {}},
                              {"lecture", "宣讲", {}},
                              {"report", "汇报会", {}},
                              {"visit", "走访", {}},
                              {"memorial", "纪念活动", {}},
                              {"other", "其他", {}}})
                     .required(),
                 date("date", "时间"), date("end", "结束"), text("place", "地点").at_most(100),
                 text("sessions", "场次").at_most(50), reference("people", "人物").several().to({"person"}),
                 reference("of", "所属").several().to({"project", "brand", "team"}),
                 reference("at", "基地").to({"base"}), picture("photo", "照片")});
}

Kind base() {
    return kind(
        "base", "基地", "bases",
        {text("name", "名称").required().at_most(100),
         choice("kind", "类型")
             .one_of({{"teaching", "现场教学基地", {}},
                      {"practice", "文明实践基地", {"新时代文明实践基地"}},
                      {"station", "驿站", {}},
                      {"centre", "活动中心", {}},
                      {"other", "其他", {}}})
             .required(),
         choice("level", "级别").one_of(levels()), reference("batch", "批次").to({"batch"}),
         reference("tutors", "兼职导师").several().to({"person"}), text("opening", "开放时间").at_most(100),
         text("address", "地址").at_most(100).help("只写公共场所的地址"),
         text("capacity", "容量").at_most(50), text("booking", "预约须知").at_most(200),
         reference("brand", "品牌").to({"brand"}), picture("photo", "照片")});
}

Kind lecture() {
    return kind("lecture", "宣讲菜单", "lectures",
                {text("topic", "题目").required().at_most(100),
                 reference("lecturer", "主讲").to({"person", "team"}).required(),
                 choice("audience", "对象")
                     .several()
                     .one_of({{"offices", "机关", {}},
                              {"companies", "企业", {}},
                              {"schools", "学校", {}},
                              {"communities", "社区", {}},
                              {"barracks", "军营", {}}})
                     .required(),
                 text("duration", "时长").required(),
                 choice("way", "方式")
                     .several()
                     .one_of({{"door", "送学上门", {}}, {"booking", "预约", {}}})
                     .required(),
                 text("phone", "预约电话").help("只写单位电话").at_most(40)});
}

Kind column() {
    return kind(
        "column", "专栏", "columns",
        {text("outlet", "媒体").required().at_most(50), date("since", "开设时间"), prose("text", "说明")});
}

Kind coverage() {
    return kind(
        "coverage", "报道", "coverage",
        {text("outlet", "媒体").required().at_most(50),
         choice("outlet_level", "媒体级别")
             .one_of({{"central", "中央", {}},
                      {"provincial", "省", {"省级"}},
                      {"municipal", "市", {"市级"}},
                      {"county", "县", {"县级"}}})
             .required(),
         text("headline", "报道标题").required().at_most(100), date("date", "时间"),
         text("url", "网址").at_most(300), picture("scan", "扫描件"), prose("quote", "摘录").at_most(100),
         reference("column", "专栏").to({"column"}), reference("about", "相关").several().required()});
}

Kind stat() {
    return within(kind(
        "stat", "数据", "stats",
        {text("label", "指标").required().at_most(60), text("value", "数值").required(),
         text("unit", "单位").required().also({"计量单位"}),
         choice("approx", "约数")
             .one_of(
                 {{"exact", "exact", {"精确"}}, {"over", "余", {}}, {"many", "多", {}}, {"near", "近", {}}}),
         date("as_of", "截至"), text("scope", "范围").required().at_most(60),
         reference("about", "相关").several()}));
}

Kind page() { return kind("page", "页面", "pages", {boolean("in_nav", "列入导航")}); }

}  // namespace

std::vector<FieldSpec> common_fields() { return common(); }

Kinds built_in_kinds() {
    return Kinds({person(), team(), award(), batch(), conferral(), brand(), project(), exhibition(), album(),
                  photo(), video(), oral(), column(), coverage(), event(), base(), lecture(), stat(),
                  page()});
}

}  // namespace qunying
