#include <cstdio>

#include "base/diagnostic.h"
#include "base/text.h"
#include "commands/commands.h"
#include "commands/opened_site.h"
#include "commands/scaffold.h"
#include "hanzi/pinyin.h"
#include "load/settings.h"

namespace qunying {
namespace {

// The site's own kinds count too; a site without settings has the built-in ones.
Kinds kinds_of(Disk& disk) {
    const auto text = disk.read_if_there(std::string(settings_path));
    if (!text) return built_in_kinds();
    Sources sources;
    Diagnostics ignored;  // check says them
    return load_settings(sources[sources.add(std::string(settings_path), *text)], ignored).kinds;
}

std::string free_slug(Disk& disk, const std::string& folder, const std::string& wanted) {
    std::string slug = wanted;
    for (int n = 2; disk.status(folder + "/" + slug) || disk.status(folder + "/" + slug + ".md"); ++n)
        slug = wanted + "-" + std::to_string(n);
    return slug;
}

int complain_of_kind(const Kinds& kinds, const std::string& wanted, Language language) {
    std::vector<std::string> names;
    for (const Kind& kind : kinds.all()) {
        if (!kind.folder.empty()) names.push_back(kind.label + "（" + kind.key + "）");
    }
    std::fprintf(
        stderr,
        language == Language::chinese ? "没有“%s”这一类。可用的有：%s。\n" : "There is no kind “%s”: %s.\n",
        wanted.c_str(), join(names, "、").c_str());
    return 2;
}

}  // namespace

int run_new(const NewArguments& arguments, Language language) {
    const auto disk = real_disk(arguments.site);
    const Kinds kinds = kinds_of(*disk);
    auto id = kinds.find(arguments.kind);
    if (!id) id = kinds.of_folder(arguments.kind);
    if (!id || kinds[*id].folder.empty()) return complain_of_kind(kinds, arguments.kind, language);
    const Kind& kind = kinds[*id];
    const std::string folder = "content/" + kind.folder;
    const std::string slug = kind.key == "person" ? name_slug(arguments.name) : pinyin_slug(arguments.name);
    const std::string place = folder + "/" + free_slug(*disk, folder, slug.empty() ? kind.key : slug);
    create_folders(*disk, place);
    disk->write_new_file(place + "/index.md", scaffold(kind, arguments.name));
    std::printf(
        language == Language::chinese ? "已建立 %s。请填写后把照片放在同一个文件夹里。\n" : "Made %s.\n",
        (place + "/index.md").c_str());
    return 0;
}

}  // namespace qunying
