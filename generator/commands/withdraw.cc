#include "release/withdraw.h"

#include <cstdio>

#include "base/failure.h"
#include "base/private_data.h"
#include "base/text.h"
#include "build/survey.h"
#include "commands/commands.h"
#include "commands/opened_site.h"
#include "load/publish_settings.h"

namespace qunying {
namespace {

void say(Language language, const std::string& chinese, const std::string& english) {
    std::fputs(language == Language::chinese ? chinese.c_str() : english.c_str(), stdout);
}

int complain(Language language, const std::string& chinese, const std::string& english) {
    std::fputs(language == Language::chinese ? chinese.c_str() : english.c_str(), stderr);
    return 2;
}

int complain_of_id(const std::string& wanted, const std::vector<std::string>& several, Language language) {
    const std::string shown = mask_private_data(wanted);
    if (several.empty())
        return complain(language,
                        "没有编号或姓名是“" + shown +
                            "”的资料，没有改动任何文件。编号见网址，如 people/wang-yangli.html "
                            "的 wang-yangli。\n",
                        "No record has the id or name “" + shown + "”; nothing was changed.\n");
    const std::string ids = join(several, "、");
    return complain(language, "“" + shown + "”不止一位，没有改动任何文件。请写编号：" + ids + "。\n",
                    "“" + shown + "” is the name of several: " + join(several, ", ") + ". Give the id.\n");
}

std::vector<std::string> hosts_of(const SourceTree& tree) {
    std::vector<std::string> hosts;
    const SourceFile* file = tree.find_text(publish_settings_path);
    Diagnostics said_elsewhere;
    if (!file) return hosts;
    for (const PublishTarget& target : load_publish_targets(*file, said_elsewhere))
        hosts.push_back(target.name);
    return hosts;
}

// Texts of others that still hold the name; the next build stops at each of them.
std::string names_left(const BuildResult& result, const std::string& name, Language language) {
    std::string text;
    for (const Diagnostic& each : result.diagnostics.items()) {
        if (each.kind == DiagnosticKind::name_of_unpublished && !each.words.empty() && each.words[0] == name)
            text += as_text(each, result.tree.sources, language);
    }
    return text;
}

class Withdrawal {
  public:
    Withdrawal(const WithdrawArguments& arguments, Language language)
        : arguments_(arguments),
          language_(language),
          bar_(language),
          opened_(open_site(arguments.common.site)) {
        options_ = options_of(arguments.common, bar_);
        options_.pictures = false;
    }

    int run() {
        const Survey survey = survey_site(*opened_.disk, *opened_.memo, options_);
        std::vector<std::string> several;
        const RecordId id = record_to_withdraw(survey.site, arguments_.id, several);
        if (id == no_record) return bar_.clear(), complain_of_id(arguments_.id, several, language_);
        const Record& record = survey.site[id];
        bar_.clear();
        if (choice_of(survey.site, id, "status") == "withdrawn")
            say(language_, "“" + record.title + "”早已撤下，文件没有改动。\n",
                record.title + " was withdrawn before; the file is as it was.\n");
        else if (!write(survey, id))
            return 1;
        list_copies(survey, id);
        list_names(record.title);
        bar_.clear();
        list_steps();
        return 0;
    }

  private:
    bool write(const Survey& survey, RecordId id) {
        const Record& record = survey.site[id];
        Diagnostics diagnostics;
        Sources sources;
        const std::string path = survey.tree.sources[record.where.source].path;
        const SourceId source = sources.add(path, opened_.disk->read_file(path));
        const auto text = withdrawn_text(sources[source], survey.site.kind_of(id), options_.as_of,
                                         arguments_.reason, diagnostics);
        if (!text) {
            for (const Diagnostic& each : diagnostics.items())
                std::fputs(as_text(each, sources, language_).c_str(), stdout);
            say(language_,
                "这份资料的开头有错误，没有改动。请改正后再运行一次；急着撤下的，先把整个文件移出网站。\n",
                "The front matter has mistakes, and the file is as it was. Mend them and run this again.\n");
            return false;
        }
        replace_text(*opened_.disk, path, *text);
        say(language_, "已撤下“" + record.title + "”：" + mask_private_data(path) + " 写上了“撤下”。\n",
            "Withdrew " + record.title + ": " + mask_private_data(path) + " says so.\n");
        return true;
    }

    void list_copies(const Survey& survey, RecordId id) const {
        say(language_, "\n网站以外还要逐项收回：\n", "\nTo be called back outside of the site:\n");
        for (const OutsideCopy& copy : outside_copies(survey.site, id, hosts_of(survey.tree)))
            say(language_, "  □ " + copy.chinese + "\n", "  [ ] " + copy.english + "\n");
    }

    // The state is locked by us; the memo is that of before the change, which only makes it look again.
    void list_names(const std::string& name) {
        const BuildResult result = check_site(*opened_.disk, *opened_.memo, options_);
        const std::string left = names_left(result, name, language_);
        bar_.clear();
        if (left.empty()) return;
        say(language_, "\n别处的文字里还有这个名字，改好以后才能生成：\n",
            "\nOther texts still hold the name; the site cannot be built before they are mended:\n");
        std::fputs(left.c_str(), stdout);
    }

    void list_steps() const {
        say(language_,
            "\n接下来：\n  1. qunying build     "
            "重新生成，页面、各种尺寸的照片、名单、检索、统计里就都没有了\n"
            "  2. qunying publish   更新网站；旧文件会从服务器上删除\n"
            "  3. qunying bundle    给每个场馆制作新的更新包并安装\n"
            "  原来的文字和照片还在 content "
            "里，供存档；要彻底删除时，文件请留着，只把内容删去，网址才会显示“已撤下”。"
            "\n  程序的缓存 .qunying 不会发布；要一并清除，可以删去整个 .qunying 文件夹。\n",
            "\nNext:\n  1. qunying build     no page, picture, list, index or number holds them any more\n"
            "  2. qunying publish   brings the host up to date and deletes old files\n"
            "  3. qunying bundle    a new pack for every venue, to be installed\n"
            "  Text and photographs stay in content/. The cache .qunying is never published and may be "
            "deleted.\n");
    }

    const WithdrawArguments& arguments_;
    Language language_;
    ProgressBar bar_;
    OpenedSite opened_;
    BuildOptions options_;
};

}  // namespace

int run_withdraw(const WithdrawArguments& arguments, Language language) {
    return Withdrawal(arguments, language).run();
}

}  // namespace qunying
