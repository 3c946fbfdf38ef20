// A record that is remembered is the record that would be read.
#include "load/loaded_record.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <random>
#include <sstream>

#include "remembered_site.h"

using namespace qunying;

namespace {

const std::string settings =
    "title: 样例群英谱\norganisation: 样例单位\nregions: [样例区]\n"
    "defaults: {status: approved, visibility: public}\n";

Files sample_site() {
    Files files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator("content")) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::ostringstream bytes;
        bytes << in.rdbuf();
        files[entry.path().generic_string()] = bytes.str();
    }
    return files;
}

// A value for every field of the table, as an author writes it; the seed decides.
class FieldWriter {
  public:
    explicit FieldWriter(unsigned seed) : random_(seed) {}

    std::string record(const Kind& kind) {
        std::string out = "---\n";
        for (const FieldSpec& spec : kind.fields) {
            if (spec.key == "id" || spec.key == "review" || random_() % 8 == 0) continue;
            out += spec.key + ": " + (spec.key == "name" ? "\"样例" + kind.key + "\"" : field(spec)) + "\n";
        }
        return out + fmt::format(
                         "---\n\n## 标题{}\n\n见[[award:one|所获]]，又见[[award:one]]。\n\n"
                         "![图](/assets/a.jpg \"题\")\n\n一行![](/assets/a.jpg)内\n\n* 星 *\n",
                         random_() % 9);
    }

  private:
    std::string field(const FieldSpec& spec) {
        if (spec.key == "focus") return "[0.5, 0.25]";
        if (spec.key == "head") return "0.5";
        if (spec.key == "turn") return "2";
        if (!spec.list) return random_() % 12 == 0 ? "" : value(spec);
        std::string out = "[" + value(spec);
        for (auto i = random_() % 3; i > 0; --i) out += ", " + value(spec);
        return out + "]";
    }
    std::string value(const FieldSpec& spec) {
        switch (spec.type) {
            case FieldType::number:
                return std::to_string(static_cast<std::int64_t>(random_() % 2000) - 1000);
            case FieldType::boolean:
                return random_() % 2 ? "是" : "否";
            case FieldType::date:
                return std::array{"1949", "1949-09", "1949-09-30", "6月27日"}[random_() % 4];
            case FieldType::choice:
                return "\"" + spec.choices[random_() % spec.choices.size()].label + "\"";
            case FieldType::reference:
                return spec.targets.empty() ? "\"award:one\"" : "\"" + spec.targets[0] + ":one\"";
            case FieldType::file:
                return "/assets/a.jpg";
            case FieldType::group:
            case FieldType::picture:
                return group(spec);
            default:
                return fmt::format("\"字{}\"", random_() % 1000);
        }
    }
    std::string group(const FieldSpec& spec) {
        std::string out;
        for (const FieldSpec& part : spec.fields) {
            if (part.need == FieldNeed::required || random_() % 2 == 0)
                out += (out.empty() ? "" : ", ") + part.key + ": " + field(part);
        }
        return "{" + out + "}";
    }

    std::mt19937 random_;
};

Files site_of_all_fields(unsigned seed) {
    const Kinds kinds = built_in_kinds();
    FieldWriter writer(seed);
    Files files{{"content/site.yaml", settings}, {"assets/a.jpg", ""}};
    for (const Kind& kind : kinds.all()) {
        if (kind.folder.empty()) continue;
        for (const char* name : {"one", "two"})
            files[fmt::format("content/{}/{}.md", kind.folder, name)] = writer.record(kind);
    }
    return files;
}

std::string person(const std::string& name, const std::string& more = "",
                   const std::string& story = "事迹。") {
    return "---\nname: " + name +
           "\nretire_kind: 退休\nformer_post: 样例局干部\nlife: living\nsource: 样例\n"
           "consent: {basis: 本人授权, text: yes, signer: 本人, date: 2025-03-01, scope: [互联网]}\n" +
           more + "---\n\n" + story + "\n";
}

Files two_people() {
    return {{"content/site.yaml", settings},
            {"content/people/jia.md", person("样例甲", "", "与[[样例乙]]共事。")},
            {"content/people/yi.md", person("样例乙")}};
}

}  // namespace

TEST_CASE("the sample site comes out of the memory as it was read") {
    const Files files = sample_site();
    TestMemory memory;
    const Found read = memory.load(files);
    REQUIRE(memory.remembered > 50);
    const std::size_t spoken_of = memory.recalled;
    CHECK(spoken_of == 0);
    const std::size_t remembered = memory.remembered;
    CHECK(memory.load(files, 2) == read);
    CHECK(memory.recalled == remembered);
    CHECK(memory.read_again == 0);
}

TEST_CASE("so does a site that states every field of every kind") {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        const Files files = site_of_all_fields(seed);
        TestMemory memory;
        const Found read = memory.load(files);
        INFO(read.findings);
        CHECK(memory.remembered > 20);
        CHECK(memory.load(files) == read);
        CHECK(memory.recalled > 20);
        CHECK(memory.read_again == 0);
    }
}

TEST_CASE("what nobody remembers is read: other records, other names, other files, other settings") {
    Files files = two_people();
    files["content/people/jia/a.jpg"] = "";
    TestMemory memory;
    const auto loads_alike = [&] {
        const Found fresh = load_fresh(files);
        CHECK(memory.load(files) == fresh);
        return fresh;
    };
    SUBCASE("a title that another record names is gone") {
        loads_alike();
        files["content/people/yi.md"] = person("样例丙");
        CHECK(loads_alike().findings.find("样例乙") != std::string::npos);
    }
    SUBCASE("an id that another record names is gone, and no record changes its place") {
        files["content/people/jia.md"] = person("样例甲", "", "与[[yi]]共事。");
        CHECK(loads_alike().findings.empty());
        files["content/people/yi.md"] = person("样例乙", "id: yi-er\n");
        CHECK(loads_alike().findings.find("yi") != std::string::npos);
    }
    SUBCASE("a title that another record names comes a second time") {
        loads_alike();
        files["content/people/yi-er.md"] = person("样例乙");
        CHECK(loads_alike().findings.find("样例乙") != std::string::npos);
    }
    SUBCASE("a new record takes a place before others") {
        loads_alike();
        files["content/people/aaa.md"] = person("样例丁");
        loads_alike();
        CHECK(memory.read_again == 2);
    }
    SUBCASE("a record gets another id, so that the order changes") {
        loads_alike();
        files["content/people/yi.md"] = person("样例乙", "id: aaa\n");
        loads_alike();
    }
    SUBCASE("a picture is gone") {
        files["content/people/jia.md"] = person("样例甲", "portrait: /assets/a.jpg\n");
        files["assets/a.jpg"] = "";
        CHECK(loads_alike().findings.empty());
        files.erase("assets/a.jpg");
        CHECK(loads_alike().findings.find("assets/a.jpg") != std::string::npos);
    }
    SUBCASE("what is missing must be there once records are approved by default") {
        files["content/teams/one.md"] = "---\nname: 样例队\n---\n\n队史。\n";
        files["content/site.yaml"] = settings.substr(0, settings.find("defaults"));
        const std::string before = loads_alike().findings;
        files["content/site.yaml"] = settings;
        CHECK(loads_alike().findings != before);
    }
    SUBCASE("the choices of a field of the site's own change places") {
        const auto with = [](const std::string& choices) {
            return settings +
                   "fields: [{kind: person, fields: [{key: shift, label: 班次, type: choice, choices: [" +
                   choices + "]}]}]\n";
        };
        files["content/people/yi.md"] = person("样例乙", "shift: 早\n");
        files["content/site.yaml"] = with("早, 晚");
        CHECK(loads_alike().findings.empty());
        files["content/site.yaml"] = with("晚, 早");
        loads_alike();
    }
    SUBCASE("a kind of the site's own goes elsewhere in the table") {
        const auto with = [](const std::string& kinds) { return settings + "kinds: [" + kinds + "]\n"; };
        const std::string band = "{key: band, label: 乐队, folder: bands}",
                          choir = "{key: choir, label: 合唱团, folder: choirs}";
        files["content/choirs/one.md"] = "---\ntitle: 样例团\nsource: 样例\n---\n\n团史。\n";
        files["content/site.yaml"] = with(choir);
        loads_alike();
        files["content/site.yaml"] = with(band + ", " + choir);
        loads_alike();
    }
    SUBCASE("the unit that is taken from the settings is another") {
        loads_alike();
        files["content/site.yaml"] = "title: 样例\norganisation: 别的单位\n";
        CHECK(loads_alike().site.find("别的单位") != std::string::npos);
    }
    SUBCASE("a review comes, changes, breaks and goes") {
        loads_alike();
        const std::string path = "content/people/jia.review.yaml";
        for (const char* review : {"steps: [{step: 初审, person: 样例丙}]\n",
                                   "steps: [{step: 终审, person: 样例丁}]\n", "steps: [{step: 错}]\n"}) {
            files[path] = review;
            loads_alike();
        }
        files.erase(path);
        loads_alike();
        files["content/people/wu.review.yaml"] = "steps: []\n";
        loads_alike();
    }
    SUBCASE("a draft's review is asked for less") {
        files["content/people/jia.md"] = person("样例甲", "status: 草稿\n");
        files["content/people/jia.review.yaml"] = "steps: [{step: 初审}]\n";
        loads_alike();
        loads_alike();
        CHECK(memory.recalled == 2);
        files["content/people/jia.md"] = person("样例甲", "status: approved\n");
        const std::string asked = loads_alike().findings;
        CHECK(asked.find("审核人") != std::string::npos);
        CHECK(loads_alike().findings == asked);
    }
}

TEST_CASE("what was said of a file is said again") {
    for (const std::string& text : {person("样例甲", "", "#标题\n"), person("样例甲", "id: 样例编号\n"),
                                    person("样例甲", "birth: 错\n"), person("样例甲", "", "[[无此人]]"),
                                    std::string("---\nname: [样例甲\n---\n文\n"),
                                    std::string("---\nname: 样例甲\nstatus: approved\n---\n文\n")}) {
        CAPTURE(text);
        Files files = two_people();
        files["content/people/jia.md"] = text;
        TestMemory memory;
        const Found fresh = memory.load(files);
        REQUIRE_FALSE(fresh.findings.empty());
        CHECK(memory.remembered == 1);
        CHECK(memory.load(files) == fresh);
        CHECK(memory.recalled == 1);
    }
}

TEST_CASE("of two files with one id the second is no more remembered than told") {
    Files files = two_people();
    files["content/people/bing.md"] = person("样例丙", "id: yi\n");
    TestMemory memory;
    const Found fresh = memory.load(files);
    CHECK(memory.load(files) == fresh);
    files.erase("content/people/yi.md");
    CHECK(memory.load(files) == load_fresh(files));
}

TEST_CASE("torn bytes are read anew, and no bytes lead anywhere that is not there") {
    const Files files = site_of_all_fields(5);
    TestMemory whole;
    const Found read = whole.load(files);
    SUBCASE("cut short anywhere") {
        for (std::size_t part = 0; part < 40; ++part) {
            TestMemory torn = whole;
            for (auto& each : torn.known) each.second.resize(each.second.size() * part / 40);
            CHECK(torn.load(files) == read);
        }
    }
    SUBCASE("with more behind") {
        TestMemory longer = whole;
        for (auto& each : longer.known) each.second += '\0';
        CHECK(longer.load(files) == read);
        CHECK(longer.read_again == longer.recalled);
    }
    SUBCASE("of another version, of other settings, of other names") {
        for (const std::size_t at : {std::size_t{0}, std::size_t{1}, std::size_t{16}}) {
            TestMemory other = whole;
            for (auto& each : other.known) each.second[at] = static_cast<char>(each.second[at] ^ 1);
            CHECK(other.load(files) == read);
            CHECK(other.read_again == other.recalled);
        }
    }
    SUBCASE("rotten") {  // whoever keeps the bytes finds that; here nothing may break
        std::mt19937 random(3);
        constexpr std::size_t header = 17;
        for (int round = 0; round < 150; ++round) {
            TestMemory rotten = whole;
            for (auto& each : rotten.known) {
                std::string& bytes = each.second;
                bytes[header + random() % (bytes.size() - header)] = static_cast<char>(random());
            }
            CHECK(rotten.load(files).site.size() < 10 * read.site.size());
        }
    }
}

namespace {

// A small site that random edits change in every way that one record may show in another.
class EditedFiles {
  public:
    explicit EditedFiles(unsigned seed) : random_(seed), files_(two_people()) {
        for (int i = 0; i < 6; ++i) write(i);
        files_["content/awards/a.md"] =
            "---\nname: 样例奖\nlevel: 省级\ncategory: 先进个人\nsource: 样例\n---\n";
        files_["content/batches/b.md"] =
            "---\naward: a\nyear: 2020\nauthorities: [样例省委]\nsource: 样例\nconferrals: [{to: p1, no: 2, "
            "grade: 一等}, {to: p2}]\n---\n";
    }
    const Files& files() const { return files_; }

    void edit() {
        const int id = static_cast<int>(random_() % 6);
        const std::string path = fmt::format("content/people/p{}", id);
        switch (random_() % 9) {
            case 0:
                files_.erase(path + ".md");
                break;
            case 1:
                files_["content/site.yaml"] =
                    settings +
                    (random_() % 2 ? "fields: [{kind: person, fields: [{key: club, label: 社团}]}]\n" : "");
                break;
            case 2:
                files_[path + ".review.yaml"] =
                    random_() % 3 ? "steps: [{step: 初审, person: 样例乙}]\n" : "steps: [{step: 初}]\n";
                break;
            case 3:
                files_.erase(path + ".review.yaml");
                break;
            case 4:
                random_() % 2 ? void(files_["assets/a.jpg"] = "") : void(files_.erase("assets/a.jpg"));
                break;
            case 5:
                files_[fmt::format("content/{}/x.md", random_() % 2 ? "teams" : "clubs")] =
                    "---\nname: 样例队\nkind: 其他\nsource: 样例\n---\n\n队史。\n";
                break;
            default:
                write(id);
        }
    }

  private:
    void write(int id) {
        const auto some = [&](unsigned of) { return random_() % of; };
        std::string more;
        if (some(3) == 0) more += fmt::format("id: q{}\n", some(4));
        if (some(3) == 0) more += "club: 样例社\n";
        if (some(3) == 0) more += "portrait: /assets/a.jpg\n";
        if (some(2) == 0)
            more += fmt::format("honors: [{{batch: b, grade: {}}}]\n", some(2) ? "一等" : "二等");
        if (some(6) == 0) more += "birth: 不知\n";
        files_[fmt::format("content/people/p{}.md", id)] =
            person(fmt::format("样例{}", some(4)), more,
                   fmt::format("与[[样例{}]]、[[p{}]]、[[q{}]]。", some(5), some(6), some(4)));
    }

    std::mt19937 random_;
    Files files_;
};

}  // namespace

TEST_CASE("after random edits a load with a memory equals one without") {
    std::size_t recalled = 0;
    for (unsigned seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        EditedFiles site(seed);
        TestMemory memory;
        for (int round = 0; round < 60; ++round) {
            CAPTURE(round);
            CHECK(memory.load(site.files(), 1 + seed % 2) == load_fresh(site.files()));
            recalled += memory.recalled - memory.read_again;
            site.edit();
        }
    }
    CHECK(recalled > 100);
}
