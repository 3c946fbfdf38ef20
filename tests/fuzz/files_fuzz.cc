// Files that lie beside a record: what they say in words and metadata, how long a recording is, its
// subtitles.
#include <cstddef>
#include <cstdint>

#include "syntax/file_texts.h"
#include "syntax/recording.h"
#include "syntax/subtitles.h"

using namespace qunying;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    read_file_texts(bytes);
    read_recording(bytes);
    Sources sources;
    Diagnostics found;
    read_subtitles(sources[sources.add("a.vtt", std::string(bytes))], found);
    return 0;
}
