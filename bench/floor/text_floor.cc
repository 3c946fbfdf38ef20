// The floor of reading: what the libraries cost that we call, and nothing else.
//
//   text_floor FOLDER THREADS read|nodes|events|markdown|all
//
// Reads every *.md below FOLDER; `nodes` parses the front matter into yaml-cpp's nodes (what most programs
// call), `events` into its events (what we call), `markdown` renders the body with cmark-gfm and the
// extensions we use, `all` is read + events + markdown. Prints how much it saw, so that nothing can be
// optimised away.
#include <atomic>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>
#include <yaml-cpp/yaml.h>

namespace {

constexpr std::size_t files_a_turn = 64;
constexpr const char* extensions[] = {"table", "strikethrough", "autolink", "tasklist"};

struct Work {
    bool nodes = false, events = false, markdown = false;
};

// Counts scalars, keeps nothing.
class Counter : public YAML::EventHandler {
  public:
    std::size_t count = 0;

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override { ++count; }
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override { ++count; }
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {
        ++count;
    }
    void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}
};

std::string content_of(const std::string& path) {
    const int file = open(path.c_str(), O_RDONLY);
    if (file < 0) return {};
    struct stat status {};
    fstat(file, &status);
    std::string text(static_cast<std::size_t>(status.st_size), '\0');
    if (read(file, text.data(), text.size()) != status.st_size) text.clear();
    close(file);
    return text;
}

std::size_t count_events(std::string_view text) {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    Counter counter;
    parser.HandleNextDocument(counter);
    return counter.count;
}

std::size_t render(std::string_view text) {
    cmark_parser* parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    for (const char* name : extensions)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name));
    cmark_parser_feed(parser, text.data(), text.size());
    cmark_node* root = cmark_parser_finish(parser);
    char* html = cmark_render_html(root, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser));
    const std::size_t size = std::strlen(html);
    std::free(html);
    cmark_node_free(root);
    cmark_parser_free(parser);
    return size;
}

std::size_t treat(const std::string& path, const Work& work) {
    const std::string text = content_of(path);
    const std::size_t end = text.find("\n---\n", 3);
    if (end == std::string::npos) return text.size();
    const std::string_view front(text.data() + 4, end - 3), body = std::string_view(text).substr(end + 5);
    std::size_t seen = text.size();
    if (work.nodes) seen += YAML::Load(std::string(front)).size();
    if (work.events) seen += count_events(front);
    if (work.markdown) seen += render(body);
    return seen;
}

std::vector<std::string> files_below(const char* folder) {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".md") files.push_back(entry.path());
    return files;
}

std::size_t treat_all(const std::vector<std::string>& files, unsigned threads, const Work& work) {
    std::atomic<std::size_t> next{0}, seen{0};
    const auto run = [&] {
        for (std::size_t first; (first = next.fetch_add(files_a_turn)) < files.size();)
            for (std::size_t i = first; i < files.size() && i < first + files_a_turn; ++i)
                seen += treat(files[i], work);
    };
    std::vector<std::thread> running;
    for (unsigned i = 0; i < threads; ++i) running.emplace_back(run);
    for (std::thread& thread : running) thread.join();
    return seen;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4)
        return std::fputs("text_floor FOLDER THREADS read|nodes|events|markdown|all\n", stderr), 2;
    const std::string_view mode = arguments[3];
    Work work;
    work.nodes = mode == "nodes";
    work.events = mode == "events" || mode == "all";
    work.markdown = mode == "markdown" || mode == "all";
    cmark_gfm_core_extensions_ensure_registered();
    const std::vector<std::string> files = files_below(arguments[1]);
    const auto threads = static_cast<unsigned>(std::atoi(arguments[2]));
    std::printf("files %zu seen %zu\n", files.size(), treat_all(files, threads, work));
}
