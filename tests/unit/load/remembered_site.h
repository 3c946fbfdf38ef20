#pragma once
// Sites that are loaded again and again, with a memory of records and without.
#include <map>
#include <string>
#include <utility>

#include "load/load.h"
#include "support/told_site.h"

namespace qunying {

using Files = std::map<std::string, std::string>;

// What a load found: the site and the findings, as text.
struct Found {
    std::string site, findings;
    bool operator==(const Found&) const = default;
};

// Remembers by path and bytes, as build/ does.
class TestMemory final : public RecordMemory {
  public:
    std::map<std::pair<std::string, std::string>, std::string> known;
    std::size_t remembered = 0, read_again = 0, recalled = 0;

    Found load(const Files& files, unsigned threads = 1) {
        remembered = read_again = recalled = 0;
        Sources sources;
        FileSet names;
        std::vector<SourceId> texts;
        for (const auto& file : files) {
            names.insert(file.first);
            if (file.first.ends_with(".md") || file.first.ends_with(".yaml"))
                texts.push_back(sources.add(file.first, file.second));
        }
        sources_ = &sources;
        files_ = record_files(sources, texts);
        Diagnostics diagnostics;
        std::vector<ContentFile> content;
        for (const SourceId id : files_) content.push_back(file_of(sources[id], diagnostics));
        const Site site = load_site({sources, texts, names, threads}, std::move(content), *this, diagnostics);
        diagnostics.settle(sources);
        std::string findings;
        for (const Diagnostic& item : diagnostics.items())
            findings += as_text(item, sources, Language::chinese);
        return {told(site), findings};
    }

    ParsedRecord parse(std::size_t file) override {
        ++read_again;
        Diagnostics said_before;
        return parsed((*sources_)[files_[file]], said_before);
    }
    void remember(std::size_t file, std::string_view bytes) override {
        ++remembered;
        known[key((*sources_)[files_[file]])] = bytes;
    }

  private:
    static std::pair<std::string, std::string> key(const SourceFile& file) { return {file.path, file.text}; }
    static ParsedRecord parsed(const SourceFile& file, Diagnostics& diagnostics) {
        ParsedRecord record = parse_record(file, diagnostics);
        put_by_story(record);
        return record;
    }
    ContentFile file_of(const SourceFile& file, Diagnostics& diagnostics) {
        if (const auto at = known.find(key(file)); at != known.end()) {
            ++recalled;
            return {file.id, std::nullopt, at->second};
        }
        Diagnostics own;
        ContentFile made{file.id, parsed(file, own)};
        made.silent = own.empty();
        diagnostics.merge(std::move(own));
        return made;
    }

    const Sources* sources_ = nullptr;
    std::vector<SourceId> files_;
};

inline Found load_fresh(const Files& files) { return TestMemory().load(files); }

}  // namespace qunying
