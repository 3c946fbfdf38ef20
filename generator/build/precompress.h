#pragma once
// .gz and .br beside files of text, so that a web server need not press them for each visitor
// (docs/hosting.md): gzip at 9 and Brotli at 11, once per content ever, wherever they are smaller.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "system/blob_cache.h"
#include "system/output_stage.h"

namespace qunying {

// How files are pressed, with the versions of both libraries: part of what a release was made with.
std::string precompression();
inline constexpr const char* precompression_fact = "precompressed";

// Whether a file of that name and length gets other forms: text of a kilobyte at least.
bool is_precompressed(std::string_view path, std::uint64_t size);

// The same bytes for the same bytes.
std::string gzip_of(std::string_view bytes);
std::string brotli_of(std::string_view bytes);

// Hands everything on to another stage, and the forms of it too. May be called from several threads, as that
// one may.
class PrecompressingStage final : public OutputStage {
  public:
    // Both must outlive it.
    PrecompressingStage(OutputStage& inner, BlobCache& cache);

    void open() override { inner_.open(); }
    const Release* previous() const override { return inner_.previous(); }
    OutputFile add(const std::string& path, std::string_view bytes) override;
    bool keep(const std::string& path, const OutputFile& expected) override;
    CommitReport commit(const ReleaseFacts& facts) override { return inner_.commit(facts); }

  private:
    struct Forms;
    Digest key_of(const Blake2b& content) const;
    std::optional<Forms> remembered(const Blake2b& content) const;
    bool keep_with_forms_before(const std::string& path, const OutputFile& expected);
    void add_forms(const std::string& path, const Forms& forms);

    OutputStage& inner_;
    BlobCache& cache_;
    std::string way_;
};

}  // namespace qunying
