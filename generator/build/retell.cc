// The short way for a preview: where a change touches nothing but the words of stories, everything that was
// found out about the site still holds, and only the pages of those records are printed again. The record is
// compared with what it was; whatever a rule, a list, a card or another page could see of it must be as
// before.
#include <algorithm>
#include <variant>

#include "build/run.h"
#include "load/declaration.h"
#include "rules/rules.h"

namespace qunying {

// One file whose story reads differently now.
struct Run::Retold {
    SourceId source = no_source;
    RecordId record = no_record;
    Digest digest;
    ParsedRecord parsed;
};

namespace {

bool alike(const StoryHtml&, const StoryHtml&) { return true; }
bool alike(const StoryReference& a, const StoryReference& b) {
    return a.kind == b.kind && a.target == b.target && a.text == b.text;
}
bool alike(const StoryPicture& a, const StoryPicture& b) {
    return a.file == b.file && a.alt == b.alt && a.caption == b.caption && a.block == b.block;
}
template <class A, class B>
bool alike(const A&, const B&) {
    return false;
}

bool same_pieces(const MarkdownStory& a, const MarkdownStory& b) {
    const auto same = [](const StoryPiece& one, const StoryPiece& other) {
        return std::visit([](const auto& x, const auto& y) { return alike(x, y); }, one, other);
    };
    return std::equal(a.pieces.begin(), a.pieces.end(), b.pieces.begin(), b.pieces.end(), same);
}

// The front matter with its places, without where the story ends.
std::string front_of(const ParsedRecord& record) {
    ParsedFile file{document_of(record), {}};
    file.document.body_end = file.document.body_begin;
    return pack(file);
}

// `plain_text` is what cards and lists quote.
bool differs_in_words_alone(const ParsedRecord& before, const ParsedRecord& now) {
    return before.story.plain_text == now.story.plain_text && before.stars_left == now.stars_left &&
           before.story.uncommon == now.story.uncommon && same_pieces(before.story, now.story) &&
           front_of(before) == front_of(now);
}

// Stories that have just been told, by where they are written.
class ToldStories final : public StoryTexts {
  public:
    void tell(const ParsedRecord& record) { runs_[record.source] = qunying::html_runs(record); }
    std::vector<std::string> html_runs(Span place) const override { return runs_.at(place.source); }

  private:
    std::map<SourceId, std::vector<std::string>> runs_;
};

// All stories of the site: those just told, those told since the build, and the rest where they were packed.
class RetoldStories final : public StoryTexts {
  public:
    template <class Retold>
    RetoldStories(const std::map<SourceId, ParsedRecord>& before, const std::vector<Retold>& now,
                  const StoryTexts& others)
        : others_(others) {
        for (const auto& told : before) told_[told.first] = &told.second;
        for (const Retold& each : now) told_[each.source] = &each.parsed;
    }
    std::vector<std::string> html_runs(Span place) const override {
        const auto told = told_.find(place.source);
        return told == told_.end() ? others_.html_runs(place) : qunying::html_runs(*told->second);
    }

  private:
    std::map<SourceId, const ParsedRecord*> told_;
    const StoryTexts& others_;
};

// Every file of the tree before that this one has not, but for what the index had and has no more.
void keep_others(MemoryStage& stage, const std::set<std::string>& shards_before,
                 const std::set<std::string>& shards_now, const std::set<std::string>& fresh) {
    for (const auto& [path, file] : stage.previous()->manifest.files) {
        const std::string name(path);
        const bool gone = shards_before.contains(name) && !shards_now.contains(name);
        if (!gone && !fresh.contains(name)) stage.keep(name, file);
    }
}

}  // namespace

// As it was parsed for the site that stands; nothing where somebody wanted its text, or it was not
// remembered.
std::optional<ParsedRecord> Run::parsed_before(SourceId source) const {
    if (result_.tree.sources[source].loaded) return std::nullopt;
    if (const auto told = retold_.find(source); told != retold_.end()) return told->second;
    return recall_record(result_.tree, source, memo_, options_.generator);
}

// The live record that this file alone tells.
RecordId Run::record_of(SourceId source) const {
    const std::vector<Record>& records = checked_.site.records;
    const auto found = std::find_if(records.begin(), records.end(), [&](const Record& record) {
        return record.live && record.story.span.known() && record.story.span.source == source;
    });
    return found == records.end() ? no_record : static_cast<RecordId>(found - records.begin());
}

std::optional<Run::Retold> Run::look_again(const std::string& path) const {
    const SourceFile* known = result_.tree.find_text(path);
    const auto status = disk_.status(path);
    const bool readable =
        status && status->kind == FileKind::file && status->size <= SourceTreeOptions().longest_text;
    if (!known || !readable || !is_record_path(path)) return std::nullopt;
    const auto before = parsed_before(known->id);
    const RecordId record = record_of(known->id);
    if (!before || record == no_record) return std::nullopt;

    Diagnostics said;
    const SourceFile file{known->id, path, read_text(disk_, result_.tree, known->id), true};
    ParsedRecord now = parse_record(file, said);
    const std::string_view text = file.text;
    const bool plain = said.empty() && !concerns_wording(text.substr(0, now.body_begin),
                                                         text.substr(now.body_begin), now.stars_left);
    if (!plain || !differs_in_words_alone(*before, now)) return std::nullopt;
    return Retold{known->id, record, digest_of(text), std::move(now)};
}

void Run::put_in_place(const Retold& retold) {
    Story& story = checked_.site[retold.record].story;
    story.span.end = retold.parsed.body_end;
    for (std::size_t i = 0; i < story.parts.size(); ++i) {
        const StoryPiece& piece = retold.parsed.story.pieces[i];
        if (auto* run = std::get_if<StoryText>(&story.parts[i]))
            run->digest = digest_of(std::get<StoryHtml>(piece).html);
        else if (auto* link = std::get_if<StoryLink>(&story.parts[i]))
            link->span = std::get<StoryReference>(piece).span;
        else
            std::get<StoryFigure>(story.parts[i]).span = std::get<StoryPicture>(piece).span;
    }
    story.headings.clear();
    for (const StoryHeading& heading : retold.parsed.story.headings)
        story.headings.push_back({heading.level, heading.text, heading.id});
    result_.tree.digests[result_.tree.text_index(retold.source)] = retold.digest;
}

// The index of search with these stories; false where its measures change, for then all of it does.
bool Run::index_again(const std::vector<Retold>& retold, MemoryStage& stage, std::set<std::string>& fresh) {
    const RetoldStories stories(retold_, retold, stories_);
    PageContext pages = *pages_;
    pages.stories = &stories;
    const auto search = std::make_shared<const SiteSearch>(pages);
    if (!search->shape().same_measures(search_->shape())) return false;
    std::set<std::string> parts;
    for (const Retold& each : retold) parts.insert(search_part_of(*search, each.record));
    parts.erase("");
    ShardPress press(stage, shards_, fresh);
    for (const std::string& name : parts) press.remake(texts_part(search, name));
    if (!parts.empty()) press.rewrite_head(*search);
    return true;
}

// The pages that tell these stories; nothing where a template had something to say.
std::optional<std::vector<OutputText>> Run::print_again(const std::vector<Retold>& retold) const {
    ToldStories stories;
    for (const Retold& each : retold) stories.tell(each.parsed);
    PageContext pages = *pages_;
    pages.stories = &stories;
    Diagnostics said;
    std::vector<OutputText> printed;
    for (const PageJob& job : jobs_) {
        const auto concerns = [&](const Retold& each) { return each.record == job.record; };
        if (!tells_story(job) || std::none_of(retold.begin(), retold.end(), concerns)) continue;
        const auto program = checked_.programs.find(job.program);
        printed.push_back(
            {job.path, qunying::render(checked_.programs, *program, view_of(pages, job), said)});
    }
    if (!said.empty()) return std::nullopt;
    return printed;
}

bool Run::retell(const std::set<std::string>& paths, MemoryStage& stage) {
    if (!pages_ || !result_.published || hides_names_) return false;
    if (checked_.fonts.declared && options_.audience == Audience::venue)
        return false;  // fonts hold every word
    std::vector<Retold> retold;
    for (const std::string& path : paths) {
        auto one = look_again(path);
        if (!one) return false;
        retold.push_back(std::move(*one));
    }
    // From here the site that stands is another one: whoever gets `false` builds it anew.
    for (const Retold& each : retold) put_in_place(each);
    const auto printed = print_again(retold);
    if (!printed) return false;
    std::set<std::string> fresh;
    const std::set<std::string> before = shard_paths(shards_);
    if (search_ && !index_again(retold, stage, fresh)) return false;
    for (const OutputText& page : *printed) fresh.insert(page.path);
    result_.explanations.clear();
    for (const OutputText& page : *printed) {
        stage.add(page.path, page.bytes);
        result_.explanations.push_back({page.path, Reason::content_changed});
    }
    if (search_) {
        keep_others(stage, before, shard_paths(shards_), fresh);
    } else {
        stage.keep_others();
    }
    result_.summary.pages_rendered = result_.explanations.size();
    result_.summary.commit = stage.commit(facts());
    for (Retold& each : retold) retold_[each.source] = std::move(each.parsed);
    return true;
}

KeptBuild::KeptBuild(Disk& site, Memo& memo) : site_(site), memo_(memo) {}
KeptBuild::~KeptBuild() = default;

std::unique_ptr<Run> KeptBuild::begin(const BuildOptions& options) {
    run_.reset();
    options_ = options;
    return std::make_unique<Run>(site_, memo_, options_);
}

const BuildResult& KeptBuild::check(const BuildOptions& options) {
    auto run = begin(options);
    run->check_all();
    run_ = std::move(run);
    return run_->result();
}

const BuildResult& KeptBuild::build(OutputStage& stage, const BuildOptions& options) {
    auto run = begin(options);
    run->build(stage);
    run_ = std::move(run);
    return run_->result();
}

std::optional<PictureList> KeptBuild::pictures() const {
    if (!run_ || !run_->has_pictures()) return std::nullopt;
    return run_->pictures();
}

const BuildResult* KeptBuild::retell(const std::set<std::string>& paths, MemoryStage& stage) {
    if (!run_) return nullptr;
    auto run = std::move(run_);  // gone, should it stumble
    if (!run->retell(paths, stage)) return nullptr;
    run_ = std::move(run);
    return &run_->result();
}

}  // namespace qunying
