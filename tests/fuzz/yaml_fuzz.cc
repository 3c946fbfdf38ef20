// YAML as a setting file is read, once as it is written and once mended.
#include <cstddef>
#include <cstdint>

#include "syntax/yaml.h"

using namespace qunying;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Sources sources;
    Diagnostics found;
    parse_yaml(sources[sources.add("site.yaml", {reinterpret_cast<const char*>(data), size})], found);
    found.settle(sources);
    return 0;
}
