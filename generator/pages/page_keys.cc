#include "pages/page_keys.h"

#include <algorithm>
#include <bit>
#include <concepts>
#include <string>

#include "base/failure.h"
#include "base/parallel.h"
#include "base/text.h"
#include "pages/list_view.h"
#include "pages/scope.h"
#include "pages/shared_views.h"

namespace qunying {
namespace {

// What goes into one digest. Texts and lists go in with their length.
class KeyText {
  public:
    explicit KeyText(std::size_t expected = 256) { text_.reserve(expected); }

    KeyText& add(std::string_view text) {
        add(text.size());
        text_ += text;
        return *this;
    }
    KeyText& add(const Digest& digest) {
        text_.append(reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size());
        return *this;
    }
    template <std::integral Number>
    KeyText& add(Number number) {
        text_.append(reinterpret_cast<const char*>(&number), sizeof number);
        return *this;
    }
    Digest digest() const { return digest_of(text_); }

  private:
    std::string text_;
};

void add_date(KeyText& key, PartialDate date) { key.add(date.year).add(date.month).add(date.day); }

// Everything that fields and stories hold. Of a record that they name only its card goes in.
class ContentKeys {
  public:
    ContentKeys(const PageContext& context, const std::vector<Digest>& cards)
        : context_(context), cards_(cards) {}

    Digest fields(RecordId id) const {
        const Record& record = context_.site[id];
        KeyText key(1024);
        key.add(cards_[static_cast<std::size_t>(id)]).add(record.slug).add(record.title);
        add(key, record.fields);
        return key.digest();
    }

    Digest story(const Story& story) const {
        KeyText key(512);
        key.add(story.parts.size()).add(story.headings.size()).add(story.opening);
        for (const StoryPart& part : story.parts) {
            key.add(part.index());
            std::visit([&](const auto& each) { add(key, each); }, part);
        }
        for (const auto& heading : story.headings) key.add(heading.level).add(heading.text).add(heading.id);
        return key.digest();
    }

  private:
    void add(KeyText& key, const FieldTable& fields) const {
        fields.each([&](std::size_t i, const FieldValue& value) {
            key.add(i);
            add(key, value);
        });
        key.add(fields.size());  // no index is as great: here they end
    }

    void add(KeyText& key, const FieldValue& value) const {
        key.add(static_cast<std::uint8_t>(value.content.index()));
        std::visit([&](const auto& each) { add(key, each); }, value.content);
    }
    void add(KeyText&, std::monostate) const {}
    void add(KeyText& key, const std::string& text) const { key.add(std::string_view(text)); }
    void add(KeyText& key, std::int64_t number) const { key.add(number); }
    void add(KeyText& key, bool flag) const { key.add(flag); }
    void add(KeyText& key, PartialDate date) const { add_date(key, date); }
    void add(KeyText& key, const ChoiceValue& choice) const { key.add(choice.index); }
    void add(KeyText& key, const GroupValue& group) const { add(key, group.fields); }
    void add(KeyText& key, const ListValue& list) const {
        key.add(list.items.size());
        for (const FieldValue& item : list.items) add(key, item);
    }
    // A picture with somebody who is not published is not shown.
    void add(KeyText& key, RecordId id) const {
        key.add(id != no_record);
        if (id == no_record) return;
        key.add(context_.site[id].live).add(cards_[static_cast<std::size_t>(id)]);
    }
    // With what became of the file, whatever it is.
    void add(KeyText& key, const FileValue& file) const {
        key.add(std::string_view(file.path));
        const auto published = context_.media.find(file.path);
        key.add(published == context_.media.end() ? std::string_view() : std::string_view(published->second));
        context_.images.each_of(file.path, [&](const Treatment& treatment, const ImageEntry& entry) {
            DigestBuilder told;
            add_to(told, treatment);
            key.add(told.finish());
            add(key, entry);
        });
    }
    void add(KeyText& key, const ImageEntry& entry) const {
        key.add(entry.broken).add(entry.width).add(entry.height).add(entry.average_rgb);
        key.add(entry.renditions.size());
        for (const std::vector<Rendition>& files : entry.renditions) {
            key.add(files.size());
            for (const Rendition& file : files)
                key.add(static_cast<int>(file.format)).add(file.width).add(file.height).add(file.path);
        }
        key.add(entry.download.has_value());
        if (entry.download)
            key.add(entry.download->path).add(entry.download->width).add(entry.download->height);
    }

    void add(KeyText& key, const StoryText& text) const {
        key.add(text.digest == Digest{} ? digest_of(text.html) : text.digest);
    }
    void add(KeyText& key, const StoryLink& link) const {
        add(key, link.target);
        key.add(std::string_view(link.text));
    }
    void add(KeyText& key, const StoryFigure& figure) const {
        add(key, figure.file);
        key.add(figure.alt).add(figure.caption).add(figure.block);
    }

    const PageContext& context_;
    const std::vector<Digest>& cards_;
};

// Every record that a value names.
void gather(const FieldValue& value, std::vector<RecordId>& ids) {
    if (const auto* id = std::get_if<RecordId>(&value.content)) ids.push_back(*id);
    if (const GroupValue* group = group_in(value)) {
        for (const FieldValue& part : group->fields) gather(part, ids);
    }
    for (const FieldValue& item : items_in(value)) gather(item, ids);
}

}  // namespace

PageKeys::PageKeys(const PageContext& context, const Digest& outside, unsigned threads) : context_(context) {
    QY_CHECK(context.shared);
    const Site& site = context.site;
    const std::size_t count = site.records.size();
    frame_ = frame(outside);
    if (context.title_face) title_face_ = digest_of(to_utf8(context.title_face->sorted()));
    cards_.resize(count);
    parallel_for(threads, count, [&](std::size_t i) {
        if (is_shown(site, static_cast<RecordId>(i))) cards_[i] = context.shared->cards[i].digest();
    });
    conferrals_.resize(site.conferrals.size());
    for (std::size_t i = 0; i < conferrals_.size(); ++i) conferrals_[i] = conferral(i);
    const ContentKeys content(context, cards_);
    std::vector<Digest> fields(count);
    said_.resize(count);
    around_.resize(count);
    parallel_for(threads, count, [&](std::size_t i) {
        const auto id = static_cast<RecordId>(i);
        if (!is_shown(site, id)) return;
        fields[i] = content.fields(id);
        KeyText said(64);
        said.add(fields[i]).add(content.story(site[id].story));
        said_[i] = said.digest();
        around_[i] = around_record(id, said_[i]);
    });
    data_ = data(fields);
    add_facets();
    add_wholes_of_parts();
}

// What all pages have in common.
Digest PageKeys::frame(const Digest& outside) const {
    KeyText key(1024);
    key.add(outside).add(static_cast<int>(context_.audience)).add(context_.preview);
    for (const auto& [where, value] : context_.shared->sites)
        key.add(where.first).add(where.second).add(value.digest());
    for (const auto& [root, value] : context_.shared->assets) key.add(root).add(value.digest());
    for (const std::string& path : context_.routes.list_of) key.add(path);
    for (const bool parts : context_.routes.parts_of) key.add(parts);
    return key.digest();
}

Digest PageKeys::conferral(std::size_t index) const {
    const Conferral& c = context_.site.conferrals[index];
    KeyText key;
    for (const RecordId id : {c.batch, c.recipient}) key.add(id == no_record ? Digest{} : card(id));
    key.add(c.batch == no_record).add(c.recipient == no_record);
    key.add(c.grade).add(c.number).add(c.post).add(c.revoked).add(c.revoked_by);
    key.add(c.claim).add(c.claim_level).add(c.claim_source);
    return key.digest();
}

Digest PageKeys::around_record(RecordId id, const Digest& said) const {
    const auto at = static_cast<std::size_t>(id);
    KeyText key(1024);
    key.add(said);
    for (const BackLink& link : context_.relations.to_record[at]) key.add(link.field).add(card(link.from));
    key.add(context_.relations.in_batch[at].size());
    for (const std::size_t index : context_.relations.in_batch[at]) key.add(conferrals_[index]);
    for (const std::size_t index : context_.index.conferrals_in(id)) key.add(conferrals_[index]);
    return key.digest();
}

// Whom a record names and who names it, in the site's order.
std::vector<RecordId> PageKeys::beside(RecordId id) const {
    const Site& site = context_.site;
    std::vector<RecordId> ids;
    for (const FieldValue& value : site[id].fields) gather(value, ids);
    for (const StoryPart& part : site[id].story.parts) {
        if (const auto* link = std::get_if<StoryLink>(&part)) ids.push_back(link->target);
    }
    for (const BackLink& link : context_.relations.to_record[static_cast<std::size_t>(id)])
        ids.push_back(link.from);
    std::erase_if(ids, [&](RecordId other) { return !is_shown(site, other); });
    const auto place = [&](RecordId other) {
        return std::pair(site[other].kind, context_.index.rank[static_cast<std::size_t>(other)]);
    };
    std::sort(ids.begin(), ids.end(), [&](RecordId a, RecordId b) { return place(a) < place(b); });
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

// Everything that the page of a record may show.
Digest PageKeys::whole(RecordId id) const {
    const auto at = static_cast<std::size_t>(id);
    KeyText key(1024);
    key.add(around(id));
    for (const RecordId other : beside(id)) key.add(around(other));
    for (const std::size_t index : context_.relations.received[at]) {
        const RecordId batch = context_.site.conferrals[index].batch;
        key.add(conferrals_[index]).add(batch == no_record ? Digest{} : around(batch));
    }
    const auto& list = context_.index.by_kind[static_cast<std::size_t>(context_.site[id].kind)];
    const std::size_t rank = context_.index.rank[at];
    key.add(rank > 0 ? card(list[rank - 1]) : Digest{});
    key.add(rank + 1 < list.size() ? card(list[rank + 1]) : Digest{});
    return key.digest();
}

void PageKeys::add_wholes_of_parts() {
    for (std::size_t kind = 0; kind < context_.routes.parts_of.size(); ++kind) {
        if (!context_.routes.parts_of[kind]) continue;
        for (const RecordId id : context_.index.by_kind[kind]) of_parts_.emplace(id, whole(id));
    }
}

void PageKeys::add_facets() {
    KeyText key;
    for (const auto& [root, facets] : context_.shared->facets) {
        key.add(root).add(facets.size());
        for (const Value& facet : facets) key.add(facet.digest());
    }
    facets_ = key.digest();
}

// A row of a list holds what the record says; that of a person is a card.
Digest PageKeys::list(const PageJob& job) const {
    const Site& site = context_.site;
    const bool people = site.kinds[job.kind].key == "person";
    const std::size_t size = page_size(site);
    const std::size_t begin = (job.number - 1) * size, end = begin + size;
    KeyText key(4096);
    std::size_t at = 0;  // of the group's first item in the whole list
    for (const ListGroup& group : context_.index.lists[static_cast<std::size_t>(job.kind)]) {
        key.add(group.title);
        const std::size_t behind = at + group.items.size();
        for (std::size_t i = std::max(at, begin); i < std::min(behind, end); ++i) {
            const RecordId id = group.items[i - at];
            key.add(people ? card(id) : around(id));
        }
        at = behind;
    }
    if (site.kinds[job.kind].key == "stat") key.add(facets_);
    return key.add(at).digest();
}

Digest PageKeys::roll(const PageJob& job) const {
    const auto& all = roll_items(context_.index, job.facet, job.option);
    const std::size_t size = page_size(context_.site);
    const std::size_t begin = std::min(all.size(), (job.number - 1) * size);
    KeyText key(4096);
    key.add(facets_).add(job.facet).add(job.option).add(all.size());
    for (std::size_t i = begin; i < std::min(all.size(), begin + size); ++i) key.add(card(all[i]));
    return key.digest();
}

// What records of every kind say beside their stories, in the order of their lists, and all honours.
Digest PageKeys::data(const std::vector<Digest>& fields) const {
    KeyText key((fields.size() + conferrals_.size()) * sizeof(Digest));
    key.add(frame_);
    for (const auto& list : context_.index.by_kind) {
        key.add(list.size());
        for (const RecordId id : list) key.add(fields[static_cast<std::size_t>(id)]);
    }
    for (const Digest& each : conferrals_) key.add(each);
    return key.digest();
}

Digest PageKeys::cards(std::span<const RecordId> records) const {
    KeyText key(records.size() * sizeof(Digest) + sizeof(Digest));
    key.add(frame_);
    for (const RecordId id : records) key.add(card(id));
    return key.digest();
}

Digest PageKeys::told(RecordId id) const {
    const auto at = static_cast<std::size_t>(id);
    KeyText key(512);
    key.add(frame_).add(said_[at]);
    for (const BackLink& link : context_.relations.to_record[at]) key.add(link.field).add(card(link.from));
    for (const std::size_t index : context_.relations.received[at]) {
        const RecordId batch = context_.site.conferrals[index].batch;
        key.add(conferrals_[index]);
        key.add(batch == no_record ? Digest{} : said_[static_cast<std::size_t>(batch)]);
    }
    return key.digest();
}

// A booklet says of everybody in its lists what the profile says.
Digest PageKeys::profiles(RecordId batch) const {
    KeyText key(1024);
    for (const std::size_t index : context_.relations.in_batch[static_cast<std::size_t>(batch)]) {
        const RecordId recipient = context_.site.conferrals[index].recipient;
        if (!is_shown(context_.site, recipient)) continue;
        for (const std::string_view field : {"quote", "citation", "summary"}) {
            if (context_.site.kind_of(recipient).find(field))
                key.add(text_of(context_.site, recipient, field));
        }
    }
    return key.digest();
}

// Its name holds a digest of its bytes.
std::string_view PageKeys::poster(RecordId id) const {
    const auto found = context_.posters->find(id);
    return found == context_.posters->end() ? std::string_view() : found->second.path;
}

std::optional<Digest> PageKeys::page(const PageJob& job) const {
    if (job.type == PageType::home || job.type == PageType::kiosk || job.type == PageType::kiosk_find)
        return std::nullopt;
    KeyText key;
    key.add(frame_).add(static_cast<int>(job.type)).add(job.path).add(job.number);
    // A venue's page says where it is on the web, if it is there: whoever is not has agreed to halls alone.
    if (context_.on_web && job.record != no_record)
        key.add((*context_.on_web)[static_cast<std::size_t>(job.record)]);
    // Of a record its card says how its heading is set; other headings may change with the title face.
    if (job.type != PageType::record) key.add(title_face_);
    if (job.type == PageType::record || job.type == PageType::booklet) {
        key.add(whole(job.record));
        if (context_.posters) key.add(poster(job.record));
    }
    if (job.type == PageType::booklet) key.add(profiles(job.record));
    if (job.type == PageType::exhibit || job.type == PageType::photo) key.add(of_parts_.at(job.record));
    if (job.type == PageType::forward) key.add(card(job.record));
    if (job.type == PageType::list) key.add(list(job));
    if (job.type == PageType::roll) key.add(roll(job));
    if (job.type == PageType::search) key.add(facets_);
    return key.digest();
}

}  // namespace qunying
