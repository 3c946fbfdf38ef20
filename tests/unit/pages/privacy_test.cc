// Nothing private leaves the machine: the mark stands in every private text of every kind, and in no byte of
// what is written.
#include "base/text.h"
#include "unit/pages/built_site.h"
#include "unit/pages/full_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

std::size_t count_marks(const FieldValue& value) {
    std::size_t count = text_in(value).find(private_mark) != std::string_view::npos;
    count += file_in(value).find(private_mark) != std::string_view::npos;
    for (const FieldValue& item : items_in(value)) count += count_marks(item);
    if (const GroupValue* group = group_in(value)) {
        for (const FieldValue& part : group->fields) count += count_marks(part);
    }
    return count;
}

}  // namespace

TEST_CASE("the mark is in private fields of every kind") {
    const Site site = full_site();
    std::size_t marks = 0;
    for (const Record& record : site.records) {
        for (const FieldValue& value : record.fields) marks += count_marks(value);
    }
    CHECK(marks > 50);
}

TEST_CASE("no view, no file and no address holds anything private") {
    const BuiltSite built(full_site());
    for (const PageJob& job : built.jobs) {
        CHECK_MESSAGE(job.path.find(private_mark) == std::string::npos, job.path);
        CHECK_MESSAGE(all_text(view_of(built.context, job)).find(private_mark) == std::string::npos,
                      job.path);
    }
    for (const OutputText& file : plain_files(built.context, built.jobs))
        CHECK_MESSAGE(file.bytes.find(private_mark) == std::string::npos, file.path);
    for (const auto& published : built.context.media)
        CHECK_MESSAGE(published.first.find(private_mark) == std::string::npos, published.first);
}

TEST_CASE("a person who is not published is in no view, whatever still points there") {
    Site site = full_site();
    const RecordId person = named(site, "full-person");
    const Record kept = site[person];
    site[person] = Record{};
    site[person].kind = kept.kind;
    site[person].slug = kept.slug;
    site[person].live = false;
    const BuiltSite built(site);
    CHECK(built.job("people/full-person.html") == nullptr);
    for (const PageJob& job : built.jobs) {
        const std::string text = all_text(view_of(built.context, job));
        CHECK_MESSAGE(text.find("full-person") == std::string::npos, job.path);
        CHECK_MESSAGE(text.find("样例人物\n") == std::string::npos, job.path);
    }
    for (const OutputText& file : plain_files(built.context, built.jobs))
        CHECK_MESSAGE(file.bytes.find("full-person") == std::string::npos, file.path);
}
