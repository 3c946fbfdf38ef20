#pragma once
// One font, cut and pressed. Inside the worker only.
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fonts/faces.h"

namespace qunying {

// A font of the machine, mapped into memory while it is cut, perhaps several times.
class OpenFont {
  public:
    // Nothing where it cannot be read.
    static std::optional<OpenFont> open(const FontFile& file);
    ~OpenFont();
    OpenFont(OpenFont&&) noexcept;
    OpenFont& operator=(OpenFont&&) = delete;

    Digest tables() const;
    // The woff2 with these characters and nothing else; empty where it fails.
    std::string cut(std::u32string_view characters, int quality) const;

  private:
    struct Face;
    explicit OpenFont(std::unique_ptr<Face> face);
    std::unique_ptr<Face> face_;
};

// hb 6.0.0, and the files of the libraries that decide the bytes.
std::string cutting_engine();
void add_cutting_libraries(std::vector<std::string>& paths);

}  // namespace qunying
