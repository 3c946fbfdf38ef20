#include <csignal>
#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <thread>

#include "commands/commands.h"
#include "commands/opened_site.h"
#include "serve/preview_loop.h"
#include "serve/server.h"
#include "system/process.h"

namespace qunying {
namespace {

// Kept from all threads, so that one place waits for them.
class EndingSignals {
  public:
    EndingSignals() {
        sigemptyset(&set_);
        for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set_, number);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    }
    // Returns at the first one; a second one then ends the program at once.
    void wait() const {
        int number = 0;
        sigwait(&set_, &number);
        pthread_sigmask(SIG_UNBLOCK, &set_, nullptr);
    }

  private:
    sigset_t set_;
};

// What the console shows of each build: one line, and the first errors when they differ from those before.
// All findings are on their page.
class BuildLog {
  public:
    explicit BuildLog(Language language) : chinese_(language == Language::chinese), language_(language) {}

    void built(const BuildResult& result, double seconds) {
        const std::string errors = first_errors(result);
        if (errors != said_) say(errors.empty() ? word("错误都改好了。\n", "All errors mended.\n") : errors);
        said_ = errors;
        say(line(result, seconds));
    }
    void failed(const Failure& failure) {
        said_ = failure.what();
        say(word("没有做成，稍后再试：", "failed, trying again: ") + said_ + "\n");
    }
    void say(const std::string& text) const {
        std::fputs(text.c_str(), stdout);
        std::fflush(stdout);
    }
    std::string word(const char* chinese, const char* english) const { return chinese_ ? chinese : english; }

  private:
    static constexpr std::size_t shown_errors = 5;

    std::string first_errors(const BuildResult& result) const {
        std::string out;
        std::size_t shown = 0;
        for (const Diagnostic& item : result.diagnostics.items()) {
            if (item.severity != Severity::error || shown == shown_errors) continue;
            ++shown;
            out += as_text(item, result.tree.sources, language_) + "\n";
        }
        return out;
    }

    std::string line(const BuildResult& result, double seconds) const {
        const std::size_t errors = result.diagnostics.count(Severity::error),
                          warnings = result.diagnostics.count(Severity::warning);
        const CommitReport& commit = result.summary.commit;
        const std::string changed =
            result.published ? fmt::format(fmt::runtime(word("已更新 {} 个文件", "{} files updated")),
                                           commit.written + commit.removed)
                             : word("有错误，页面没有更新", "errors, pages as they were");
        return fmt::format(fmt::runtime(word("{}；错误 {}，警告 {}；用时 {:.2f} 秒\n",
                                             "{}; errors {}, warnings {}; {:.2f} s\n")),
                           changed, errors, warnings, seconds);
    }

    const bool chinese_;
    const Language language_;
    std::string said_;
};

LoopOptions loop_options(const ServeArguments& arguments, Language language, ProgressBar& bar,
                         BuildLog& log) {
    LoopOptions options;
    options.language = language;
    options.build_options = [&arguments, &bar] {
        BuildOptions build = options_of(arguments.common, bar);
        build.audience = arguments.audience;
        build.font_quality = FontQuality::preview;
        build.posters = false;
        return build;
    };
    options.built = [&bar, &log](const BuildResult& result, double seconds) {
        bar.clear();
        log.built(result, seconds);
    };
    options.failed = [&bar, &log](const Failure& failure) {
        bar.clear();
        log.failed(failure);
    };
    return options;
}

void greet(const PreviewServer& server, const BuildLog& log) {
    log.say(fmt::format(
        fmt::runtime(log.word(
            "预览：{0}\n问题清单：{0}_qunying/\n照片裁切：{0}_qunying/pictures\n按 Ctrl+C 停止。\n",
            "preview: {0}\nfindings: {0}_qunying/\npictures: {0}_qunying/pictures\nCtrl+C stops it.\n")),
        server.address()));
}

}  // namespace

int run_serve(const ServeArguments& arguments, Language language) {
    const EndingSignals signals;
    ProgressBar bar(language);
    BuildLog log(language);
    const OpenedSite opened = open_site(arguments.common.site);
    EventHub hub;
    const auto watcher = watch_site(arguments.common.site, *opened.disk);
    PreviewLoop loop(*opened.disk, *watcher, hub, loop_options(arguments, language, bar, log));
    Darkroom darkroom(*opened.disk, loop.built_pictures(), options_of(arguments.common, bar).worker);
    PreviewServer server(hub, language, darkroom.tools());
    server.bind({arguments.port.value_or(default_port),
                 arguments.port ? PortChoice::IfTaken::fail : PortChoice::IfTaken::next});
    if (watcher->polls()) {
        log.say(log.word("系统的监视名额不够，改为每隔一会儿看一遍文件，更新会慢一些。\n",
                         "no more inotify watches: looking through the files from time to time instead.\n"));
    }
    greet(server, log);
    std::thread serving([&server] { server.run(); });
    std::thread building([&loop] { loop.run(); });
    if (arguments.open) open_in_browser(server.address());
    signals.wait();
    loop.stop();
    hub.close();
    server.stop();
    building.join();
    serving.join();
    return 0;
}

}  // namespace qunying
