#include "build/precompress.h"

#include <doctest/doctest.h>
#include <map>

#include "support/memory_disk.h"
#include "system/memory_stage.h"

using namespace qunying;

namespace {

const std::string page = "<!doctype html>" + std::string(4000, 'a') + "</html>\n";
const std::string other = "<!doctype html>" + std::string(5000, 'b') + "</html>\n";

// One build after another, as a site would make them; a file is kept where the release before has it so.
struct Builds {
    MemoryDisk disk;
    BlobCache cache{disk};
    std::shared_ptr<const MemoryTree> tree;
    int made = 0;  // files whose bytes were asked for

    void build(const std::map<std::string, std::string>& files, ReleaseFacts facts = {}) {
        MemoryStage inner(tree);
        PrecompressingStage stage(inner, cache);
        for (const auto& [path, bytes] : files) {
            const OutputFile file{blake2b_of(bytes), bytes.size()};
            if (stage.keep(path, file)) continue;
            ++made;
            stage.add(path, bytes);
        }
        facts.emplace_back(precompression_fact, precompression());
        stage.commit(facts);
        tree = inner.tree();
    }
    std::string paths() const {
        std::string all;
        for (const OutputTree::Item item : tree->release.manifest.files) all += std::string(item.path) + " ";
        return all;
    }
};

}  // namespace

TEST_CASE("texts get both forms, and nothing else gets any") {
    Builds builds;
    builds.build({{"a.html", page}, {"b.jpg", page}, {"c.html", "<p>short"}, {"d.css", page}});
    CHECK(builds.paths() == "a.html a.html.br a.html.gz b.jpg c.html d.css d.css.br d.css.gz ");
    CHECK(builds.tree->find("a.html.gz")->size() < page.size());
    CHECK(*builds.tree->find("a.html.gz") == gzip_of(page));
    CHECK(*builds.tree->find("a.html.br") == brotli_of(page));
}

TEST_CASE("the same bytes press to the same bytes, without a time") {
    const std::string pressed = gzip_of(page);
    CHECK(pressed == gzip_of(page));
    CHECK(pressed.substr(0, 4) == std::string("\x1f\x8b\x08\x00", 4));
    CHECK(pressed.substr(4, 4) == std::string(4, '\0'));
    CHECK(brotli_of(page) == brotli_of(page));
}

TEST_CASE("what does not get smaller is left out") {
    std::string noise;
    Digest digest = digest_of("noise");
    while (noise.size() < 4096) {
        digest = digest_of(digest.hex());
        noise.append(reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size());
    }
    Builds builds;
    builds.build({{"a.txt", noise}});
    CHECK(builds.paths() == "a.txt ");
    builds.build({{"a.txt", noise}});
    CHECK(builds.made == 1);
}

TEST_CASE("what is kept keeps its forms, and is not made again") {
    Builds builds;
    builds.build({{"a.html", page}, {"b.html", other}});
    const auto first = builds.tree;
    builds.build({{"a.html", page}, {"b.html", page}});
    CHECK(builds.made == 3);
    CHECK(builds.paths() == "a.html a.html.br a.html.gz b.html b.html.br b.html.gz ");
    CHECK(*builds.tree->find("b.html.gz") == gzip_of(page));
    builds.build({{"a.html", page}});
    CHECK(builds.paths() == "a.html a.html.br a.html.gz ");
    CHECK(builds.made == 3);
}

TEST_CASE("a file without forms gets them, once they are known, without being made") {
    Builds builds;
    builds.build({{"a.html", page}});
    MemoryStage plain(builds.tree);
    REQUIRE(plain.keep("a.html", {blake2b_of(page), page.size()}));
    plain.commit({});
    const auto bare = plain.tree();
    builds.tree = bare;
    CHECK(builds.paths() == "a.html ");
    builds.build({{"a.html", page}});
    CHECK(builds.paths() == "a.html a.html.br a.html.gz ");
    CHECK(builds.made == 1);
    // Where nobody remembers them the file is made anew.
    builds.tree = bare;
    remove_tree(builds.disk, ".qunying/cache/precompress");
    builds.build({{"a.html", page}});
    CHECK(builds.paths() == "a.html a.html.br a.html.gz ");
    CHECK(builds.made == 2);
}

TEST_CASE("forms that another library pressed are pressed anew") {
    Builds builds;
    MemoryStage before(nullptr);
    before.add("a.html", page);
    before.add("a.html.gz", "pressed by another");
    before.commit({{precompression_fact, "another"}});
    builds.tree = before.tree();
    builds.build({{"a.html", page}});
    CHECK(*builds.tree->find("a.html.gz") == gzip_of(page));
}
