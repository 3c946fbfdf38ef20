#include <cstdio>

#include "base/failure.h"
#include "commands/commands.h"
#include "commands/opened_site.h"

namespace qunying {
namespace {

constexpr const char* first_settings =
    R"(# 网站设置。改好后运行 qunying build，结果在 public 文件夹里。
title: 我们的群英谱
subtitle: 离退休干部风采录
organisation: 样例单位
# base_url: https://www.example.gov.cn/qunying/
theme: hall
list_order: 姓氏笔画          # 姓氏笔画 / 姓名笔画 / 拼音
regions: [样例区]
defaults: {status: approved, visibility: public}
footer: {host_unit: 样例单位, contact: 010-00000000}
)";

constexpr const char* first_person =
    R"(---
姓名: 王样例
性别: 女
出生: 1949-09
类别: 退休
原单位职务: 样例局退休干部
在世状态: 在世
称号: 社区好管家
金句: 能帮一把是一把。
来源: 样例，人物为虚构
授权: {依据: 本人授权, 文字: 是, 肖像: 否, 声音: 否, 签署人: 本人, 签署日期: 2026-01-05, 范围: [互联网, 场馆]}
状态: 终审通过
公开范围: 互联网
---

这是一份样例，人物为虚构。请照着它填写第一位老同志的资料，再删去这一份。

退休以后，她每天到社区活动室，帮邻居写信、读报、修理小电器。
)";

constexpr const char* first_page =
    R"(---
标题: 关于授权与撤下
列入导航: 是
---

本站人物资料均经本人或近亲属授权，或引自公开材料。如需更正或撤下，请与我们联系，我们会尽快办理。
)";

void copy_tree(Disk& from, Disk& to, const std::string& path) {
    create_folders(to, path);
    for (const FolderEntry& entry : from.list_folder(path)) {
        const std::string inside = join_path(path, entry.name);
        if (entry.status.kind == FileKind::folder) copy_tree(from, to, inside);
        if (entry.status.kind == FileKind::file) to.write_new_file(inside, from.read_file(inside));
    }
}

bool is_empty(Disk& disk) { return disk.list_folder("").empty(); }

}  // namespace

int run_init(const InitArguments& arguments, Language language) {
    const RootedPath place = rooted_path(arguments.folder);
    const auto parent = real_disk(place.root);
    if (!parent->status(place.name)) parent->create_folder(place.name);
    const auto disk = real_disk(join_path(place.root, place.name));
    if (!is_empty(*disk)) {
        std::fprintf(stderr,
                     language == Language::chinese ? "文件夹“%s”不是空的，没有改动。请换一个新文件夹。\n"
                                                   : "“%s” is not empty; nothing was done.\n",
                     arguments.folder.c_str());
        return 2;
    }
    const auto shipped = real_disk(shipped_folder());
    copy_tree(*shipped, *disk, "themes/hall");
    create_folders(*disk, "content/people");
    create_folders(*disk, "content/pages");
    disk->write_new_file("content/site.yaml", first_settings);
    disk->write_new_file("content/people/wang-yangli.md", first_person);
    disk->write_new_file("content/pages/about.md", first_page);
    std::printf(language == Language::chinese ? "新网站已建立在 %s。\n接下来运行：qunying build %s\n"
                                              : "A new site is in %s.\nNext: qunying build %s\n",
                arguments.folder.c_str(), arguments.folder.c_str());
    return 0;
}

}  // namespace qunying
