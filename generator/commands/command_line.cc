#include "commands/command_line.h"

#include <CLI/CLI.hpp>

#include "load/settings.h"

namespace qunying {
namespace {

bool is_english(const std::vector<std::string>& arguments, const std::string& environment_language) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--lang" && i + 1 < arguments.size()) return arguments[i + 1] == "en";
        if (arguments[i].starts_with("--lang=")) return arguments[i] == "--lang=en";
    }
    return environment_language.starts_with("en_");
}

// The frame of CLI11's help in the reader's language.
class HelpText : public CLI::Formatter {
  public:
    explicit HelpText(bool english) {
        column_width(34);
        if (english) return;
        label("OPTIONS", "选项");
        label("SUBCOMMAND", "命令");
        label("SUBCOMMANDS", "命令");
        label("Usage", "用法");
        label("Options", "选项");
        label("Subcommands", "命令");
        label("Positionals", "参数");
        label("REQUIRED", "必填");
        label("TEXT", "文字");
        label("UINT", "数目");
        label("ENUM", "选项");
        label("Print this help message and exit", "显示帮助");
    }
};

struct Parser {
    bool english;
    CLI::App app{""};
    CheckArguments check;
    BuildArguments build;
    ServeArguments serve;
    ReportArguments report;
    InitArguments init;
    NewArguments make;
    KeygenArguments keygen;
    BundleArguments bundle;
    std::vector<std::string> install_words;
    std::map<std::string, std::string> install_options;
    PublishArguments publish;
    WithdrawArguments withdraw;
    KioskSetupArguments kiosk_setup;
    std::string as_of, language;

    explicit Parser(bool in_english) : english(in_english) {
        app.description(say("群英：用 Markdown 和照片制作群英谱、风采录网站",
                            "Qunying: honour rolls and exhibitions from Markdown and photographs"));
        app.name("qunying");
        app.formatter(std::make_shared<HelpText>(english));
        app.option_defaults()->group(say("选项", "Options"));
        app.set_help_flag("-h,--help", say("显示帮助", "show this help"))->group(say("选项", "Options"));
        app.set_version_flag("--version", "qunying " + std::string(program_version()),
                             say("显示版本", "show the version"))
            ->group(say("选项", "Options"));
        app.add_option("--lang", language, say("消息语言：zh 或 en", "language of messages: zh or en"))
            ->check(CLI::IsMember({"zh", "en"}));
        app.require_subcommand(1);
        app.fallthrough();
        add_check();
        add_build();
        add_serve();
        add_report();
        add_init();
        add_new();
        add_keygen();
        add_bundle();
        add_install();
        add_publish();
        add_withdraw();
        add_kiosk();
    }

    std::string say(const char* chinese, const char* other) const { return english ? other : chinese; }

    void add_common(CLI::App* command, SiteArguments& common) {
        command->add_option("site", common.site,
                            say("网站文件夹，默认为当前文件夹", "folder of the site (default: here)"));
        command->add_option("--as-of", as_of,
                            say("当作今天的日期，如 2026-07-01", "the date to take for today"));
        command->add_option(
            "-j,--jobs", common.threads,
            say("同时做几件事，默认为处理器核数", "how many things at once (default: cores)"));
        command->add_flag("--strict", common.strict, say("警告也算错误", "warnings count as errors"));
    }

    void add_audience(CLI::App* command, Audience& audience) {
        const std::map<std::string, Audience> audiences = {{"web", Audience::web},
                                                           {"venue", Audience::venue}};
        command
            ->add_option("--audience", audience, say("给谁看：web（互联网）或 venue（场馆）", "web or venue"))
            ->transform(CLI::CheckedTransformer(audiences).description(""));
    }

    void add_check() {
        CLI::App* command =
            app.add_subcommand("check", say("检查全部内容，不写任何文件", "check everything, write nothing"));
        add_common(command, check.common);
        const std::map<std::string, FindingsFormat> formats = {
            {"text", FindingsFormat::text}, {"json", FindingsFormat::json}, {"sarif", FindingsFormat::sarif}};
        command
            ->add_option("--format", check.format, say("结果格式：text、json、sarif", "text, json or sarif"))
            ->transform(CLI::CheckedTransformer(formats).description(""));
        command->add_flag("!--no-pictures", check.pictures, say("不检查照片", "leave photographs out"));
    }

    void add_build() {
        CLI::App* command = app.add_subcommand("build", say("检查并生成网站", "check and make the site"));
        command->group(say("命令", "Commands"));
        add_common(command, build.common);
        command->add_option("-o,--output", build.output,
                            say("输出文件夹，默认为 public", "output folder (default: public)"));
        add_audience(command, build.audience);
        command->add_option("--venue", build.venue,
                            say("为 site.yaml 里的哪个场馆生成", "which venue of site.yaml it is for"));
        command->add_option("--base-url", build.base_url, say("网站的完整网址", "the site's whole address"));
        command->add_flag("--preview", build.preview,
                          say("草稿也生成，并加“预览”字样", "show drafts too, watermarked"));
        command->add_flag("--precompress", build.precompress,
                          say("文字类文件旁另存 .gz 和 .br，供网站服务器直接发送",
                              "put .gz and .br beside files of text, for the web server"));
        command->add_flag("--explain", build.explain,
                          say("说明每一页为什么重新生成", "say why each page was made anew"));
        command->add_option("--report", build.report,
                            say("把统计写入这个文件（JSON）", "write the summary to this file as JSON"));
    }

    void add_serve() {
        CLI::App* command = app.add_subcommand(
            "serve", say("边写边看：保存文件，网页自己更新", "live preview in the browser"));
        command->group(say("命令", "Commands"));
        add_common(command, serve.common);
        add_audience(command, serve.audience);
        command
            ->add_option(
                "--port", serve.port,
                say("端口，默认为 8420 或其后第一个空闲的", "port (default: 8420 or the next free one)"))
            ->check(CLI::Range(1, 65535).description(""));
        command->add_flag("--open", serve.open, say("在浏览器里打开", "open it in the browser"));
    }

    void add_report() {
        CLI::App* command = app.add_subcommand(
            "report",
            say("列出还缺什么：照片、简介、文号、授权……（CSV 表格）", "list what is missing, as CSV"));
        command->group(say("命令", "Commands"));
        add_common(command, report.common);
        add_audience(command, report.audience);
        command->add_flag("--pictures", report.pictures,
                          say("改为肖像裁切检查表；文件夹里也可以只有照片",
                              "a contact sheet of portraits instead; a plain folder of photographs will do"));
        command->add_option("-o,--output", report.output,
                            say("写入这个 .csv 文件或文件夹，默认显示在屏幕上；检查表默认写入 contact-sheet",
                                "this .csv file or folder (default: standard output, or contact-sheet)"));
        command
            ->add_option(
                "--days", report.days,
                say("多少天之内到期的授权也列出，默认为 90", "consents that end within so many days (90)"))
            ->check(CLI::Range(0, 36500).description(""));
    }

    void add_init() {
        CLI::App* command = app.add_subcommand("init", say("建立一个新网站", "start a new site"));
        command->group(say("命令", "Commands"));
        command->add_option("folder", init.folder, say("新网站的文件夹", "folder of the new site"))
            ->required();
    }

    void add_new() {
        CLI::App* command = app.add_subcommand(
            "new", say("新建一份资料，例如：qunying new 人物 王样例", "start a new record"));
        command->group(say("命令", "Commands"));
        command
            ->add_option("kind", make.kind,
                         say("类别，如 人物、集体、表彰批次（person、team、batch）", "kind, e.g. person"))
            ->required();
        command->add_option("name", make.name, say("名称", "name"))->required();
        command->add_option("--site", make.site,
                            say("网站文件夹，默认为当前文件夹", "folder of the site (default: here)"));
    }

    void add_kiosk() {
        CLI::App* kiosk = app.add_subcommand("kiosk", say("触摸屏机器", "machines with a touch screen"));
        kiosk->group(say("命令", "Commands"));
        kiosk->require_subcommand(1);
        CLI::App* command = kiosk->add_subcommand(
            "setup", say("写出一台触摸屏机器要用的全部设置", "everything that a kiosk's machine needs"));
        command->group(say("命令", "Commands"));
        command->add_option("--to", kiosk_setup.folder,
                            say("内容装在那台机器的哪个文件夹，默认为 /opt/qunying-kiosk",
                                "where content is installed there (/opt/qunying-kiosk)"));
        command->add_option("-o,--output", kiosk_setup.output,
                            say("写到这个文件夹，默认为 kiosk-setup", "output folder (kiosk-setup)"));
        command->add_option(
            "--trust", kiosk_setup.trust,
            say("信任文件（.pub）：那台机器只认它签的更新包", "the public key that the machine trusts"));
        command->add_option(
            "--url", kiosk_setup.url,
            say("每晚从这个网址更新；不写就只用 U 盘", "where to look for packs every night"));
        command->add_option(
            "--screen", kiosk_setup.screen,
            say("屏幕的宽x高，竖屏如 1080x1920", "the screen's width and height, upright e.g. 1080x1920"));
        command->add_option("--user", kiosk_setup.user,
                            say("浏览器用哪个用户运行，默认为 kiosk", "the browser's user (kiosk)"));
        command->add_flag(
            "--apply", kiosk_setup.apply,
            say("写出后马上装到这台机器上（要管理员）", "put it on this machine at once (root)"));
    }

    void add_withdraw() {
        CLI::App* command = app.add_subcommand(
            "withdraw", say("撤下一个人，并列出网站以外要收回的", "take somebody out everywhere"));
        command->group(say("命令", "Commands"));
        command
            ->add_option("id", withdraw.id, say("编号，如 wang-yangli；没有重名时可以写姓名", "id or name"))
            ->required();
        command->add_option("--reason", withdraw.reason,
                            say("原因，写进资料，不公开", "why; kept, not published"));
        command->add_option("--site", withdraw.common.site,
                            say("网站文件夹，默认为当前文件夹", "folder of the site (default: here)"));
        command->add_option("--as-of", as_of,
                            say("当作今天的日期，如 2026-07-01", "the date to take for today"));
    }

    void add_publish() {
        CLI::App* command = app.add_subcommand(
            "publish", say("把生成好的网站发布到网站主机或文件夹", "bring the finished site to its host"));
        command->group(say("命令", "Commands"));
        command->add_option("target", publish.target,
                            say("content/publish.yaml 里的名称；只有一个时可以不写",
                                "a name in content/publish.yaml; may be left out where there is but one"));
        command->add_option("--site", publish.site,
                            say("网站文件夹，默认为当前文件夹", "folder of the site (default: here)"));
        command->add_option("--from", publish.from,
                            say("生成好的文件夹，默认为 public", "the finished folder (default: public)"));
        command->add_flag("--dry-run", publish.dry_run,
                          say("只演练：列出要传、要删的文件", "only list what would be sent and removed"));
        command->add_flag("--verify-all", publish.verify_all,
                          say("目标上的每个文件都核对一遍", "look at every file over there"));
        command->add_flag("--replace", publish.replace,
                          say("目标上是别的网站，或会撤下大半网页时，也照做",
                              "also where another site lies, or most pages would go"));
        command
            ->add_option(
                "--wait", publish.wait,
                say("上线后等几秒再删旧文件，默认为 10", "seconds before old files are removed (10)"))
            ->check(CLI::Range(0, 3600).description(""));
    }

    void add_keygen() {
        CLI::App* command = app.add_subcommand(
            "keygen", say("生成签发更新包的密钥", "make the key that signs packs for screens"));
        command->group(say("命令", "Commands"));
        command
            ->add_option("-o,--output", keygen.output,
                         say("私钥文件；信任文件写在旁边，多加 .pub",
                             "file for the secret; the trust file goes beside it, with .pub"))
            ->required();
        command->add_option(
            "--rotate", keygen.rotate,
            say("接替这个旧私钥：大屏凭新旧两个签名换用新密钥",
                "the old secret that this one follows; screens learn of it from the next pack"));
    }

    void add_bundle() {
        CLI::App* command =
            app.add_subcommand("bundle", say("制作给场馆大屏的更新包，和给人看的压缩包",
                                             "make a signed pack for screens, and a zip for people"));
        command->group(say("命令", "Commands"));
        add_common(command, bundle.common);
        command->add_option("-o,--output", bundle.output, say("写到这个文件夹", "output folder"))->required();
        command
            ->add_option("--key", bundle.key,
                         say("私钥文件（qunying keygen）", "secret key file (qunying keygen)"))
            ->required();
        command->add_option("--venue", bundle.venue,
                            say("site.yaml 里的哪个场馆", "which venue of site.yaml it is for"));
        command->add_option(
            "--after", bundle.last_sequence,
            say("上一个更新包的版本号；换了电脑、时钟不准时才需要",
                "sequence of the pack before, where the clock or a new computer cannot tell"));
    }

    void add_install() {
        CLI::App* command = app.add_subcommand(
            "install", say("在大屏机器上安装更新包（与 qunying-install 相同）",
                           "install a pack on a screen's machine (the same as qunying-install)"));
        command->group(say("命令", "Commands"));
        command->add_option(
            "pack", install_words,
            say("更新包：U 盘、文件夹或网址；前面可写 verify、choose、confirm、status",
                "a stick, a folder or an address; verify, choose, confirm or status before it"));
        command->add_option("--to", install_options["--to"], say("展示内容的文件夹", "the screen's folder"));
        command->add_option("--trust", install_options["--trust"],
                            say("信任文件（.pub）", "trust file (.pub)"));
        command->add_option("--max-size", install_options["--max-size"],
                            say("更新包最大多少 GB，默认为 32", "GB that a pack may have (32)"));
        command->add_option(
            "--retries", install_options["--retries"],
            say("下载中断后再试几次，默认为 4", "how often a broken download is tried again (4)"));
        command->add_option("--venue", install_options["--venue"],
                            say("从现在起改用这个场馆的更新包", "take the packs of this venue from now on"));
    }

    InstallArguments install() const {
        InstallArguments arguments{install_words};
        for (const auto& [name, value] : install_options) {
            if (value.empty()) continue;
            arguments.words.push_back(name);
            arguments.words.push_back(value);
        }
        return arguments;
    }

    std::optional<PrintArguments> read_base_url() {
        if (build.base_url.empty()) return std::nullopt;
        const auto url = whole_base_url(build.base_url);
        if (!url) {
            return PrintArguments{
                say("--base-url 请写完整网址，例如 https://www.example.gov.cn/qunying/。\n",
                    "--base-url wants a whole address, e.g. https://example.org/qunying/.\n"),
                2};
        }
        build.base_url = *url;
        return std::nullopt;
    }

    // A venue's site is for a venue.
    std::optional<PrintArguments> read_venue() {
        if (build.venue.empty()) return std::nullopt;
        if (build.audience == Audience::web && app.get_subcommand("build")->count("--audience") > 0) {
            return PrintArguments{say("--venue 是给场馆生成的，不能与 --audience web 同用。\n",
                                      "--venue makes a venue's site: leave --audience web out.\n"),
                                  2};
        }
        build.audience = Audience::venue;
        return std::nullopt;
    }

    std::optional<PrintArguments> read_as_of() {
        if (as_of.empty()) return std::nullopt;
        const DateReading reading = read_date(as_of);
        if (!reading.date || !reading.date->day || !reading.date->year) {
            return PrintArguments{say("--as-of 请写完整日期，例如 2026-07-01。\n",
                                      "--as-of wants a whole date, e.g. 2026-07-01.\n"),
                                  2};
        }
        check.common.as_of = build.common.as_of = bundle.common.as_of = serve.common.as_of =
            report.common.as_of = withdraw.common.as_of = reading.date;
        return std::nullopt;
    }
};

PrintArguments explain_failure(const Parser& parser, const CLI::ParseError& error) {
    std::ostringstream out, complaint;
    const int code = parser.app.exit(error, out, complaint);
    if (code == 0) return {out.str(), 0};
    if (parser.english) return {complaint.str(), 2};
    return {"命令写得不对：" + std::string(error.what()) + "\n运行 qunying --help 查看用法。\n", 2};
}

}  // namespace

std::string_view program_version() { return QUNYING_VERSION; }

CommandLine parse_command_line(const std::vector<std::string>& arguments,
                               const std::string& environment_language) {
    CommandLine line;
    const bool english = is_english(arguments, environment_language);
    line.language = english ? Language::english : Language::chinese;
    Parser parser(english);
    try {
        parser.app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::ParseError& error) {
        line.command = explain_failure(parser, error);
        return line;
    }
    if (auto wrong = parser.read_as_of())
        line.command = *wrong;
    else if (auto bad_url = parser.read_base_url())
        line.command = *bad_url;
    else if (auto bad_venue = parser.read_venue())
        line.command = *bad_venue;
    else if (parser.app.got_subcommand("check"))
        line.command = parser.check;
    else if (parser.app.got_subcommand("build"))
        line.command = parser.build;
    else if (parser.app.got_subcommand("serve"))
        line.command = parser.serve;
    else if (parser.app.got_subcommand("report"))
        line.command = parser.report;
    else if (parser.app.got_subcommand("keygen"))
        line.command = parser.keygen;
    else if (parser.app.got_subcommand("bundle"))
        line.command = parser.bundle;
    else if (parser.app.got_subcommand("install"))
        line.command = parser.install();
    else if (parser.app.got_subcommand("init"))
        line.command = parser.init;
    else if (parser.app.got_subcommand("kiosk"))
        line.command = parser.kiosk_setup;
    else if (parser.app.got_subcommand("withdraw"))
        line.command = parser.withdraw;
    else if (parser.app.got_subcommand("publish"))
        line.command = parser.publish;
    else
        line.command = parser.make;
    return line;
}

}  // namespace qunying
