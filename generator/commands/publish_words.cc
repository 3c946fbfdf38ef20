#include "commands/publish_words.h"

#include <fmt/format.h>

#include "base/text.h"
#include "commands/console.h"

namespace qunying {
namespace {

bool is_english(Language language) { return language == Language::english; }

const char* pick(Language language, const char* chinese, const char* english) {
    return is_english(language) ? english : chinese;
}

std::string indented(const std::string& lines) { return "    " + replace_all(lines, "\n", "\n    ") + "\n"; }

struct TroubleWords {
    Trouble trouble;
    const char *chinese, *english;
};

// {0} is the target's place, or the program that is missing.
constexpr TroubleWords trouble_words[] = {
    {Trouble::program_missing, "这台电脑没有安装 {0}。请先安装，例如：sudo apt install {0}。",
     "{0} is not installed here. Install it first, e.g. sudo apt install {0}."},
    {Trouble::remote_program_missing,
     "“{0}”那台主机上没有 rsync。请网站管理员安装 rsync，或改用 rclone 的 sftp 方式发布。",
     "There is no rsync on the host of {0}. Have it installed, or publish by rclone's sftp."},
    {Trouble::host_unknown, "找不到“{0}”的主机。请核对主机名有没有写错，网络是否已连接。",
     "The host of {0} is unknown. Check its name and the network."},
    {Trouble::unreachable, "连不上“{0}”，或者传到一半断了线。请检查网络、端口和防火墙后再试。",
     "{0} cannot be reached, or the line broke. Check the network, the port and the firewall."},
    {Trouble::host_key,
     "“{0}”的主机密钥没有登记，或与登记的不一样。请先用 ssh 手工登录一次，向管理员核对指纹后再确认。",
     "The host key of {0} is not known, or has changed. Log in by ssh once and check its fingerprint with "
     "the "
     "administrator."},
    {Trouble::login,
     "“{0}”不让登录。请核对用户名；ssh 请用 ssh-copy-id 登记密钥，rclone 请用 rclone config 重设口令。",
     "{0} refuses the login. Check the user; register a key with ssh-copy-id, or set the password with "
     "rclone "
     "config."},
    {Trouble::no_permission, "“{0}”不允许写入。请网站管理员把这个文件夹的写权限给发布用的账号。",
     "{0} may not be written. Ask for the right to write in that folder."},
    {Trouble::disk_full, "“{0}”的空间满了。请腾出空间，或请网站管理员扩大配额。",
     "{0} is full. Make room there, or ask for a larger quota."},
    {Trouble::place_missing, "“{0}”的上级文件夹不存在。请核对地址，或先在那边建好文件夹。",
     "The folder that shall hold {0} does not exist. Check the address, or create it."},
    {Trouble::unknown_remote,
     "rclone 里没有名为“{0}”的远端。请先运行 rclone config 建立它，名称与冒号前一致。",
     "rclone knows no remote for {0}. Create it with rclone config, by the name before the colon."},
    {Trouble::not_as_sent,
     "传上去的“{0}”与本地的不一样，重传一次后仍然如此。请检查那边的磁盘，或有没有程序改写网页。",
     "What lies there as {0} is not what was sent, twice. Check the disk there, or whether something "
     "rewrites "
     "files."},
    {Trouble::someone_else, "另一台电脑或另一个窗口正在向同一个目标发布。请等它结束后再运行。{0}",
     "Somebody else is publishing to the same place. Run this again when they are done. {0}"},
    {Trouble::other, "“{0}”没有做成，原因见下。", "{0} failed, for the reason below."},
};

std::string trouble_text(const RemoteFailure& failure, Language language) {
    for (const TroubleWords& words : trouble_words) {
        if (words.trouble != failure.trouble()) continue;
        const char* text = pick(language, words.chinese, words.english);
        return fmt::format(fmt::runtime(text), failure.path());
    }
    return {};
}

const char* phase_words(UploadPhase phase, Language language) {
    switch (phase) {
        case UploadPhase::assets:
            return pick(language, "图片、样式等", "pictures, styles and the like");
        case UploadPhase::styles:
            return pick(language, "名称不变的素材", "assets of fixed names");
        case UploadPhase::new_pages:
            return pick(language, "新页面", "new pages");
        case UploadPhase::new_entries:
            return pick(language, "新的入口文件", "new entries");
        case UploadPhase::changed_pages:
            return pick(language, "有改动的页面", "changed pages");
        case UploadPhase::entries:
            return pick(language, "首页、站点地图等入口", "the entrance, sitemap and the like");
    }
    return "";
}

// 新增页面 2 个，改动页面 1 个…: what is none is not said.
std::string counts_text(const PublishReport& report, Language language) {
    const PublishCounts& c = report.counts;
    std::vector<std::string> parts;
    const auto add = [&](std::size_t count, const char* chinese, const char* english) {
        if (count > 0) parts.push_back(fmt::format(fmt::runtime(pick(language, chinese, english)), count));
    };
    add(c.new_pages, "新页面 {} 个", "{} new pages");
    add(c.changed_pages, "有改动的页面 {} 个", "{} changed pages");
    add(c.new_lists, "新列表页 {} 个", "{} new lists");
    add(c.changed_lists, "列表页随之变动 {} 个", "{} lists that shift");
    add(c.assets, "图片等素材 {} 个", "{} pictures and other assets");
    add(c.others, "数据、检索等 {} 个", "{} files of data and search");
    return join(parts, pick(language, "，", ", "));
}

std::string takedown_text(const PublishReport& report, const PublishTelling& telling, Language language) {
    const std::vector<std::string>& paths = report.counts.taken_down;
    if (paths.empty()) return {};
    const char* head = telling.dry_run
                           ? pick(language, "将要撤下 {} 个网页：\n", "{} pages will be taken down:\n")
                           : pick(language, "撤下了 {} 个网页（别处若有转载，请一并联系撤下）：\n",
                                  "{} pages were taken down (copies elsewhere are to be recalled):\n");
    std::string text = fmt::format(fmt::runtime(head), paths.size());
    for (const std::string& path : paths) text += "    " + telling.base_url + path + "\n";
    return text;
}

// Every file by name, as a dry run lists them.
std::string files_text(const PublishReport& report) {
    std::string text;
    for (const UploadStep& step : report.plan.uploads) {
        for (const std::string& path : step.paths) text += fmt::format("+ {}\n", path);
    }
    for (const auto& step : report.plan.removals) {
        for (const std::string& path : step) text += fmt::format("- {}\n", path);
    }
    return text;
}

}  // namespace

std::string no_targets_text(Language language) {
    const char* sample =
        "targets:\n  - {name: web, kind: rsync, to: web@www.example.gov.cn:/srv/www/qunying}\n";
    return std::string(pick(language,
                            "还没有写发布到哪里。请建立 content/publish.yaml，例如（口令不写在这里，见 "
                            "docs/publishing.md）：\n",
                            "There is no content/publish.yaml. Write one, such as (no passwords in it, see "
                            "docs/publishing.md):\n")) +
           sample;
}

std::string which_target_text(const std::vector<PublishTarget>& targets, const std::string& wanted,
                              Language language) {
    std::vector<std::string> names;
    for (const PublishTarget& each : targets) names.push_back(each.name);
    const std::string all = join(names, pick(language, "、", ", "));
    if (targets.empty()) return no_targets_text(language);
    if (wanted.empty())
        return fmt::format(fmt::runtime(pick(language, "请写明发布到哪里：{}。例如：qunying publish {}\n",
                                             "Say where to publish: {}. For example: qunying publish {}\n")),
                           all, names.front());
    return fmt::format(fmt::runtime(pick(language, "没有名为“{}”的发布目标。现有：{}。\n",
                                         "There is no target “{}”: {}.\n")),
                       wanted, all);
}

std::string release_fault_text(ReleaseFault fault, const std::string& folder, Language language) {
    const auto say = [&](const char* chinese, const char* english) {
        return fmt::format(fmt::runtime(pick(language, chinese, english)), folder);
    };
    switch (fault) {
        case ReleaseFault::missing:
            return say("“{}”里没有生成好的网站。请先运行 qunying build。\n",
                       "There is no finished site in “{}”. Run qunying build first.\n");
        case ReleaseFault::not_whole:
            return say(
                "“{}”里的文件与清单对不上：有的缺少、被改过，或是多出来的。请再运行一次 qunying build。\n",
                "The files in “{}” are not those of its manifest. Run qunying build again.\n");
        case ReleaseFault::for_a_venue:
            return say(
                "“{}”是给场馆用的，其中有不能上互联网的内容，没有发布。请用 qunying build 生成互联网版。\n",
                "“{}” was made for a venue and holds what may not go on the web. Run qunying build.\n");
        case ReleaseFault::preview:
            return say("“{}”是预览版，含有草稿，没有发布。请不加 --preview 再生成一次。\n",
                       "“{}” is a preview with drafts. Build it again without --preview.\n");
        case ReleaseFault::none:
            break;
    }
    return {};
}

std::string own_folder_text(const PublishTarget& target, Language language) {
    return fmt::format(
        fmt::runtime(pick(language,
                          "发布目标“{}”（{}）就在本网站自己的文件夹里，或者包着它。请换一个文件夹。\n",
                          "The target “{}” ({}) lies in the site's own folders, or around them. Choose "
                          "another.\n")),
        target.name, target.to);
}

std::string uploading_text(UploadPhase phase, std::size_t files, Language language) {
    return fmt::format(fmt::runtime(pick(language, "上传{} {} 个…\n", "uploading {}: {}…\n")),
                       phase_words(phase, language), files);
}

std::string verifying_text(Language language) {
    return pick(language, "核对目标上的文件…\n", "looking at what lies there…\n");
}

std::string waiting_text(unsigned seconds, Language language) {
    return fmt::format(
        fmt::runtime(pick(language, "新网站已上线。等 {} 秒再清理旧文件，免得正在浏览的人看到缺图…\n",
                          "The new site is up. Waiting {} s before removing old files…\n")),
        seconds);
}

std::string removing_text(std::size_t files, Language language) {
    return fmt::format(fmt::runtime(pick(language, "清理旧文件 {} 个…\n", "removing {} old files…\n")),
                       files);
}

std::string publish_refusal_text(const PublishReport& report, const PublishTelling& telling,
                                 Language language) {
    if (report.refusal == PublishRefusal::other_site) {
        return fmt::format(
            fmt::runtime(
                pick(language,
                     "“{}”里已有一个不是由本程序发布的网站，没有改动。请核对地址；确实要换成本网站的，"
                     "加上 --replace（同名文件会被替换，其余的不动）。\n",
                     "In {} lies a site that was not published by this program; nothing was changed. "
                     "Check the address, or add --replace: files of the same names will be "
                     "replaced.\n")),
            telling.target.to);
    }
    return fmt::format(
        fmt::runtime(
            pick(language,
                 "这次发布会撤下“{}”上一半以上的网页（{} 个），没有改动。请核对目标和内容；确实要这样，"
                 "加上 --replace。\n",
                 "This would take down more than half of the pages in {} ({}); nothing was changed. "
                 "Check target and content, or add --replace.\n")),
        telling.target.to, report.counts.taken_down.size());
}

std::string publish_report_text(const PublishReport& report, const PublishTelling& telling,
                                Language language) {
    const std::string& name = telling.target.name;
    if (report.nothing_to_do)
        return fmt::format(fmt::runtime(pick(language, "“{}”已是最新，什么也没有传。用时 {:.1f} 秒\n",
                                             "{} is up to date; nothing was sent; {:.1f} s\n")),
                           name, telling.seconds);
    std::string text = telling.dry_run ? files_text(report) : std::string();
    if (report.first)
        text += pick(language, "目标上以前没有本网站，这是第一次发布。\n",
                     "This is the first time it is published there.\n");
    if (report.continued)
        text += pick(language, "上次没有传完，从断开处接着做。\n",
                     "An earlier run was broken off; this one goes on.\n");
    const std::string counts = counts_text(report, language);
    text += fmt::format(
        fmt::runtime(telling.dry_run ? pick(language, "将上传 {} 个文件（{}）到“{}”{}{}；将删除 {} 个。\n",
                                            "{} files ({}) would be sent to {}{}{}; {} removed.\n")
                                     : pick(language, "上传了 {} 个文件（{}）到“{}”{}{}；删除了 {} 个。\n",
                                            "{} files ({}) sent to {}{}{}; {} removed.\n")),
        report.plan.upload_count(), size_text(report.plan.bytes), name,
        counts.empty() ? "" : pick(language, "：", ": "), counts, report.plan.removal_count());
    text += takedown_text(report, telling, language);
    if (telling.dry_run)
        return text + pick(language, "这是演练，什么也没有改动。\n", "A dry run: nothing was changed.\n");
    text += fmt::format(
        fmt::runtime(pick(language, "核对了 {} 个文件{}，与本地一致。用时 {:.1f} 秒\n",
                          "{} files looked at{}: as they are here; {:.1f} s\n")),
        report.verified,
        report.by_length ? pick(language, "（其中有的只能核对大小）", " (some by their length alone)") : "",
        telling.seconds);
    if (report.bit_by_bit)
        text +=
            pick(language, "提示：这个目标不能一步替换文件，发布的几秒里，访客可能遇到没有传完的网页。\n",
                 "Note: this place cannot replace a file in one step; for moments visitors may have met half "
                 "a page.\n");
    return text;
}

std::string remote_failure_text(const RemoteFailure& failure, Language language) {
    std::string text = trouble_text(failure, language) + "\n";
    if (!failure.said().empty()) text += indented(failure.said());
    const bool begun =
        failure.trouble() != Trouble::program_missing && failure.trouble() != Trouble::someone_else;
    if (begun)
        text +=
            pick(language, "目标上的网站照常可看。排除问题后再运行同一条命令，会从断开处接着做。\n",
                 "The site there can be visited as before. Run the same command again to go on from here.\n");
    return text;
}

RemoteFailure as_remote_failure(const Failure& failure) {
    const auto is = [&](std::errc code) { return failure.code() == code; };
    const Trouble trouble = is(std::errc::no_space_on_device) ? Trouble::disk_full
                            : is(std::errc::permission_denied) || is(std::errc::read_only_file_system)
                                ? Trouble::no_permission
                                : Trouble::other;
    return RemoteFailure(trouble, failure.path(), failure.what());
}

}  // namespace qunying
