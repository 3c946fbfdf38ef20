#include "pages/search_files.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/failure.h"
#include "pages/list_view.h"
#include "pages/shared_views.h"

namespace qunying {
namespace {

constexpr std::string_view format = "2";  // of the files; part of every key

std::string texts_name(std::uint32_t segment) { return fmt::format("search/texts-{}", segment); }

// What the texts of a segment are made of. Who else is there matters only as far as it moves their numbers.
Digest key_of_segment(const SiteSearch& search, const PageKeys& keys, std::uint32_t segment) {
    const SearchShape& shape = search.shape();
    DigestBuilder builder;
    builder.add(format).add(std::uint64_t{shape.segment_width}).add(std::uint64_t{shape.text_buckets});
    builder.add(std::uint64_t{shape.texts_per_file}).add(std::uint64_t{shape.segments});
    for (const std::uint32_t document : shape.documents_of(segment)) {
        builder.add(std::uint64_t{shape.numbers.numbers[document]});
        builder.add(keys.told(search.records()[document]));
    }
    return builder.finish();
}

SearchPart part_of_segment(const std::shared_ptr<const SiteSearch>& search, std::uint32_t segment,
                           const Digest& key) {
    return {texts_name(segment), key, [search, segment](const TakeShard& take) {
                write_texts(*search, search->folding(), search->shape(), segment, take);
            }};
}

Digest key_of_all(const SiteSearch& search, const PageKeys& keys, std::string_view part) {
    DigestBuilder builder;
    builder.add(format).add(part).add(keys.data()).add(std::uint64_t{search.shape().numbers.capacity});
    return builder.finish();
}

Value list_value_of(const Scope& scope, KindId kind) {
    Value::Map map;
    map.set("label", list_label(scope.site(), kind)).set("url", scope.url(scope.context.routes.list(kind)));
    return std::move(map).build();
}

}  // namespace

std::string search_page(const ThemeConfig& theme) {
    return theme.has("search") ? "search.html" : std::string();
}

SearchPart texts_part(const std::shared_ptr<const SiteSearch>& search, const std::string& name) {
    for (std::uint32_t segment = 0; segment < search->shape().segments; ++segment) {
        if (texts_name(segment) == name) return part_of_segment(search, segment, {});
    }
    QY_CHECK(false);
    return {};
}

std::vector<SearchPart> plan_search(const std::shared_ptr<const SiteSearch>& search, const PageKeys& keys) {
    std::vector<SearchPart> parts;
    for (std::uint32_t segment = 0; segment < search->shape().segments; ++segment)
        parts.push_back(part_of_segment(search, segment, key_of_segment(*search, keys, segment)));
    const auto add = [&](std::string_view name, void (*write)(const SearchSource&, const Folding&,
                                                              const SearchShape&, const TakeShard&)) {
        parts.push_back({fmt::format("search/{}", name), key_of_all(*search, keys, name),
                         [search, write](const TakeShard& take) {
                             write(*search, search->folding(), search->shape(), take);
                         }});
    };
    add("names", write_names);
    add("titles", write_titles);
    DigestBuilder variants;
    variants.add(format)
        .add(std::uint64_t{variant_buckets})
        .add(std::uint64_t{search->folding().variants().size()});
    for (const FoldedPair& pair : search->folding().variants())
        variants.add(std::uint64_t{pair.from}).add(std::uint64_t{pair.to});
    parts.push_back({"search/variants", variants.finish(),
                     [search](const TakeShard& take) { write_variants(search->folding(), take); }});
    return parts;
}

std::string search_part_of(const SiteSearch& search, RecordId id) {
    const auto found = std::lower_bound(search.records().begin(), search.records().end(), id);
    if (found == search.records().end() || *found != id) return {};
    const auto document = static_cast<std::size_t>(found - search.records().begin());
    const SearchShape& shape = search.shape();
    return texts_name(std::min(shape.numbers.numbers[document] / shape.segment_width, shape.segments - 1));
}

Value search_value(const Scope& scope) {
    const SiteIndex& index = scope.context.index;
    std::vector<Value> indexes = roll_facets(scope);
    indexes.erase(indexes.begin(), indexes.begin() + static_cast<std::ptrdiff_t>(index.facets.size()));
    std::vector<Value> lists;
    for (std::size_t kind = 0; kind < scope.context.routes.list_of.size(); ++kind) {
        if (!scope.context.routes.list_of[kind].empty())
            lists.push_back(list_value_of(scope, static_cast<KindId>(kind)));
    }
    Value::Map map;
    map.set("index_url", scope.url("search/index.js"));
    map.set("indexes", std::move(indexes)).set("lists", std::move(lists));
    return std::move(map).build();
}

}  // namespace qunying
