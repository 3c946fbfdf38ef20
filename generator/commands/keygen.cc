#include <cstdio>
#include <filesystem>

#include "base/failure.h"
#include "base/text.h"
#include "commands/commands.h"
#include "release/trust.h"
#include "system/disk.h"

namespace qunying {
namespace {

namespace fs = std::filesystem;

std::string words(Language language, const std::string& chinese, const std::string& english) {
    return language == Language::chinese ? chinese : english;
}

int refuse(const std::string& text) { return std::fputs(text.c_str(), stderr), 2; }

// What lies below a site's folder may be published, copied or sent along by mistake.
bool is_inside_a_site(const fs::path& file) {
    std::error_code none;
    for (fs::path folder = file.parent_path(); folder.has_relative_path(); folder = folder.parent_path()) {
        if (fs::exists(folder / "content" / "site.yaml", none)) return true;
    }
    return false;
}

std::optional<SigningKey> old_key(const std::string& place) {
    const RootedPath at = rooted_path(place);
    return read_signing_key(real_disk(at.root)->read_if_there(at.name, longest_key_file).value_or(""));
}

std::string made_text(const std::string& file, const SigningKey& key, Language language) {
    const std::string epoch = std::to_string(key.trust.newest().epoch);
    std::string text = words(language,
                             "已生成第 " + epoch + " 任密钥：\n  " + file +
                                 "  私钥，只留在制作内容的电脑上，请另存一份备份\n  " + file +
                                 ".pub  信任文件，装到每台大屏机器上\n",
                             "Made the keys of epoch " + epoch + ":\n  " + file +
                                 "  secret: keep it on this computer, with a backup\n  " + file +
                                 ".pub  trust file: goes to every screen\n");
    if (key.trust.links.size() > 1) {
        text += words(language,
                      "从现在起用新私钥制作更新包；大屏装上第一个新包以后，就不再接受旧密钥签发的包。旧私钥请"
                      "妥善销毁。\n",
                      "Sign packs with the new key from now on; a screen that has installed one takes no "
                      "pack of the old "
                      "key any more. Destroy the old secret.\n");
    }
    return text;
}

// Neither file takes the place of another.
void write_both(Disk& disk, const std::string& name, const SigningKey& key) {
    const std::string open = name + ".pub";
    if (disk.status(open)) throw Failure("create", open, std::make_error_code(std::errc::file_exists));
    disk.write_private_file(name, write_signing_key(key));
    try {
        disk.write_new_file(open, write_trust(key.trust));
        for (const std::string& file : {name, open}) disk.sync_file(file);
        disk.sync_folder("");
    } catch (const Failure&) {
        disk.remove_file(name);
        throw;
    }
}

}  // namespace

int run_keygen(const KeygenArguments& arguments, Language language) {
    const RootedPath at = rooted_path(arguments.output);
    const auto disk = real_disk(at.root);
    if (disk->status(at.name) || disk->status(at.name + ".pub")) {
        return refuse(words(language,
                            "“" + arguments.output + "”或“" + arguments.output +
                                ".pub”已经有了，没有改动。密钥从不覆盖，请换一个文件名。\n",
                            arguments.output + " or " + arguments.output +
                                ".pub is there already: keys are never overwritten.\n"));
    }
    std::optional<SigningKey> key = first_signing_key();
    if (!arguments.rotate.empty()) {
        const auto old = old_key(arguments.rotate);
        if (!old)
            return refuse(words(language, "“" + arguments.rotate + "”不是私钥文件，或者已经损坏。\n",
                                arguments.rotate + " is no secret key file, or a damaged one.\n"));
        key = rotated(*old);
    }
    write_both(*disk, at.name, *key);
    std::fputs(made_text(arguments.output, *key, language).c_str(), stdout);
    if (is_inside_a_site(fs::path(at.root) / at.name)) {
        std::fputs(words(language,
                         "提醒：私钥放在了网站文件夹里，容易随网站一起被拷走。请移到别处，例如只有您能打开的"
                         "个人文件夹。\n",
                         "Mind: the secret key lies inside a site's folder and may be copied along with it. "
                         "Move it.\n")
                       .c_str(),
                   stderr);
    }
    return 0;
}

}  // namespace qunying
