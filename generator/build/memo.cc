#include "build/memo.h"

#include <optional>

#include "base/failure.h"

namespace qunying {
namespace {

constexpr std::string_view state_folder = ".qunying/cache";

Digest page_records_key(std::string_view edition) {
    return digest_of(edition.empty() ? std::string("pages 2") : "pages 2 of " + std::string(edition));
}
Digest file_index_key() { return digest_of("files 1"); }

}  // namespace

Memo::Memo(Disk& site)
    : site_(site), cache_(site), parsed_(site, std::string(state_folder), "parsed"), since_(reading_time()) {
    if (const auto stored = cache_.get("files", file_index_key())) files_ = FileIndex::unpack(*stored);
}

void Memo::note_files(const SourceTree& tree, std::int64_t since) {
    since_ = since;
    for (std::size_t i = 0; i < tree.texts.size(); ++i) {
        const std::string& path = tree.sources[tree.texts[i]].path;
        if (tree.digests[i]) files_.note(path, tree.statuses[i], *tree.digests[i], since);
    }
    files_.keep_only([&](std::string_view path) { return tree.find_text(path) || tree.find_media(path); },
                     tree.texts.size() + tree.media.size());
}

Digest Memo::file_digest(const MediaFile& file) {
    if (const auto known = files_.digest(file.path, file.status)) return *known;
    const Digest digest = digest_of(site_.read_file(file.path));
    files_.note(file.path, file.status, digest, since_);
    return digest;
}

Digest Memo::content_digest(const SourceTree& tree) {
    DigestBuilder builder;
    builder.add(tree.texts.size());
    for (std::size_t i = 0; i < tree.texts.size(); ++i) {
        QY_CHECK(tree.digests[i].has_value());
        builder.add(tree.sources[tree.texts[i]].path).add(*tree.digests[i]);
    }
    for (const MediaFile& file : tree.media) builder.add(file.path).add(file_digest(file));
    return builder.finish();
}

std::optional<std::vector<Diagnostic>> Memo::load_findings(const Digest& inputs) const {
    const auto stored = cache_.get("findings", inputs);
    return stored ? unpack_diagnostics(*stored) : std::nullopt;
}

void Memo::store_findings(const Digest& inputs, const std::vector<Diagnostic>& findings) {
    cache_.put("findings", inputs, pack_diagnostics(findings));
}

PackedCache& Memo::loaded() {
    if (!loaded_) loaded_.emplace(site_, std::string(state_folder), "loaded");
    return *loaded_;
}

void Memo::save() {
    parsed_.save();
    if (loaded_) loaded_->save();
    if (!files_.changed()) return;
    cache_.put("files", file_index_key(), files_.pack());
    files_.kept();
}

OutputFile Memo::output_file(const MediaFile& file) {
    const Digest digest = file_digest(file);
    const auto stored = cache_.get("blake2b", digest);
    if (const auto known = blake2b_from_hex(stored.value_or(""))) return {*known, file.status.size};
    const std::string bytes = site_.read_file(file.path);
    const OutputFile made{blake2b_of(bytes), bytes.size()};
    cache_.put("blake2b", digest, made.blake2b.hex());
    return made;
}

PageRecords Memo::load_pages(std::string_view edition) {
    const auto stored = cache_.get("pages", page_records_key(edition));
    auto pages = stored ? PageRecords::unpack(*stored) : std::nullopt;
    if (!pages) return {};
    stored_pages_ = digest_of(*stored);
    return std::move(*pages);
}

void Memo::store_pages(const PageRecords& pages, std::string_view edition) {
    const std::string bytes = pages.pack();
    const Digest digest = digest_of(bytes);
    if (stored_pages_ == digest) return;
    cache_.put("pages", page_records_key(edition), bytes);
    stored_pages_ = digest;
}

}  // namespace qunying
