#include "build/review_seal.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace qunying {
namespace {

constexpr std::array<std::string_view, 8> not_signed = {"status",   "visibility", "order",         "review",
                                                        "featured", "publish_on", "publish_until", "updated"};

struct Sealer {
    const Site& site;
    const SourceTree& tree;
    Memo& memo;
    std::string canonical;

    // Each value as its type's index and its text, so that no two different values look alike.
    void value(const FieldValue& v) {
        canonical += std::to_string(v.content.index()) + ":";
        std::visit([this](const auto& content) { add(content); }, v.content);
        canonical += "\n";
    }
    void add(std::monostate) {}
    void add(const std::string& text) { canonical += text; }
    void add(std::int64_t number) { canonical += std::to_string(number); }
    void add(bool flag) { canonical += flag ? "1" : "0"; }
    void add(PartialDate date) { canonical += iso_date(date); }
    void add(ChoiceValue choice) { canonical += std::to_string(choice.index); }
    void add(RecordId id) { canonical += id == no_record ? "" : site[id].slug; }
    void add(const FileValue& file) {
        canonical += file.path;
        if (const MediaFile* media = tree.find_media(file.path))
            canonical += " " + memo.file_digest(*media).hex();
    }
    void add(const GroupValue& group) {
        for (std::size_t i = 0; i < group.fields.size(); ++i) value(group.fields[i]);
    }
    void add(const ListValue& list) {
        for (const FieldValue& item : list.items) value(item);
    }
};

std::string seal(const Site& site, const Record& record, const SourceTree& tree, Memo& memo) {
    Sealer sealer{site, tree, memo, {}};
    const Kind& kind = site.kinds[record.kind];
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        const bool is_signed =
            std::find(not_signed.begin(), not_signed.end(), kind.fields[i].key) == not_signed.end();
        if (!is_signed || !record.fields[i].present()) continue;
        sealer.canonical += kind.fields[i].key + "=";
        sealer.value(record.fields[i]);
    }
    const Span story = record.story.span;
    const std::string_view body =
        std::string_view(tree.sources[story.source].text).substr(story.begin, story.end - story.begin);
    sealer.canonical += replace_all(trim(body), "\r\n", "\n");
    for (const StoryPart& part : record.story.parts) {
        if (const auto* figure = std::get_if<StoryFigure>(&part)) sealer.add(figure->file);
    }
    return blake2b_hex(sealer.canonical, 16);
}

}  // namespace

void seal_reviewed_records(Site& site, const SourceTree& tree, Memo& memo) {
    for (Record& record : site.records) {
        const bool reviewed =
            record.readable && field_of(site.kinds, std::as_const(record), "review").present();
        if (reviewed && record.story.span.known()) record.content_digest = seal(site, record, tree, memo);
    }
}

}  // namespace qunying
