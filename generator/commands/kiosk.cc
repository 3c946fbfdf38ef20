#include <cstdio>
#include <filesystem>

#include "base/failure.h"
#include "commands/commands.h"
#include "release/kiosk_setup.h"
#include "release/trust.h"
#include "system/disk.h"
#include "system/process.h"

namespace qunying {
namespace {

const char* fault_text(SetupFault fault, Language language) {
    const bool chinese = language == Language::chinese;
    switch (fault) {
        case SetupFault::folder:
            return chinese ? "--to 请写从根开始的文件夹，只用字母、数字和 . _ -，例如 /opt/qunying-kiosk。\n"
                           : "--to wants a folder named from the root, of letters, digits and . _ -.\n";
        case SetupFault::screen:
            return chinese ? "--screen 请写宽x高，例如 1080x1920。\n" : "--screen wants e.g. 1080x1920.\n";
        case SetupFault::user:
            return chinese ? "--user 请写小写字母的用户名，例如 kiosk。\n"
                           : "--user wants a name of small letters.\n";
        case SetupFault::url:
            return chinese ? "--url 请写完整网址，例如 https://www.example.gov.cn/kiosk/。\n"
                           : "--url wants a whole address, e.g. https://example.org/kiosk/.\n";
    }
    return "";
}

// The file's bytes as the user named it.
std::string read_outside(const std::string& path) {
    const RootedPath place = rooted_path(path);
    return real_disk(place.root)->read_file(place.name, longest_key_file);
}

int complain_of_trust(const std::string& path, Language language) {
    std::fprintf(
        stderr,
        language == Language::chinese
            ? "%s 不是信任文件，没有改动。请用 qunying keygen 写出的 .pub 文件。\n"
            : "%s is no file of a public key; nothing was done. Use the .pub file of qunying keygen.\n",
        path.c_str());
    return 2;
}

// The small program for machines without our libraries, which lies beside this one, or where it was
// installed.
std::optional<std::string> installer_bytes() {
    const std::filesystem::path here = std::filesystem::canonical("/proc/self/exe").parent_path();
    for (const char* way : {".", "../bin", "../libexec/qunying"}) {
        const std::filesystem::path folder = here / way;
        if (!std::filesystem::is_directory(folder)) continue;
        if (auto bytes = real_disk(folder.string())->read_if_there("qunying-install")) return bytes;
    }
    return std::nullopt;
}

// An earlier setup may be written anew; anything else in the folder is somebody's.
bool may_write_into(Disk& disk) {
    return disk.list_folder("").empty() || disk.status(setup_apply_path).has_value();
}

void write_files(Disk& disk, const std::vector<SetupFile>& files) {
    for (const SetupFile& file : files) {
        create_folders(disk, split_path(file.path).folder);
        disk.write_new_file(file.path, file.text);
    }
}

void say_next(const KioskSetupArguments& arguments, bool installer, Language language) {
    const bool chinese = language == Language::chinese;
    std::printf(chinese ? "触摸屏的设置已写在 %s。\n" : "The kiosk's setup is in %s.\n",
                arguments.output.c_str());
    if (arguments.trust.empty())
        std::printf(chinese ? "没有写 --trust：请把信任文件（.pub）放进 %s/%s。\n"
                            : "No --trust: put the public key at %s/%s.\n",
                    arguments.output.c_str(), setup_trust_path);
    if (!installer)
        std::printf(chinese ? "没有找到 qunying-install：请把它放进 %s/%s。\n"
                            : "qunying-install was not found: put it at %s/%s.\n",
                    arguments.output.c_str(), setup_installer_path);
    if (!arguments.apply)
        std::printf("%s", chinese ? "把这个文件夹拷到触摸屏机器上，在里面运行：sudo sh apply.sh\n"
                                  : "Copy that folder to the machine and run there: sudo sh apply.sh\n");
}

}  // namespace

int run_kiosk_setup(const KioskSetupArguments& arguments, Language language) {
    const KioskSetup setup{arguments.folder, arguments.screen, arguments.user, arguments.url};
    if (const auto fault = fault_of(setup)) {
        std::fputs(fault_text(*fault, language), stderr);
        return 2;
    }
    std::vector<SetupFile> files = kiosk_setup_files(setup);
    if (!arguments.trust.empty()) {
        // A secret key given by mistake must not be carried to a machine in a hall.
        const std::string text = read_outside(arguments.trust);
        if (!read_trust(text)) return complain_of_trust(arguments.trust, language);
        files.push_back({setup_trust_path, text});
    }
    const auto installer = installer_bytes();
    if (installer) files.push_back({setup_installer_path, *installer});

    const RootedPath place = rooted_path(arguments.output);
    const auto parent = real_disk(place.root);
    if (!parent->status(place.name)) parent->create_folder(place.name);
    const auto disk = real_disk(join_path(place.root, place.name));
    if (!may_write_into(*disk)) {
        std::fprintf(stderr,
                     language == Language::chinese ? "文件夹“%s”里有别的文件，没有改动。请换一个文件夹。\n"
                                                   : "“%s” holds other files; nothing was done.\n",
                     arguments.output.c_str());
        return 2;
    }
    for (const char* part : {setup_apply_path, "README.txt", "files", "windows"}) remove_tree(*disk, part);
    write_files(*disk, files);
    say_next(arguments, installer.has_value(), language);
    return arguments.apply ? run_attached("sh", {join_path(arguments.output, setup_apply_path)}) : 0;
}

}  // namespace qunying
