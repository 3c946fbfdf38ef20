#include "system/program_build.h"

#include <elf.h>
#include <link.h>
#include <string_view>

#include "base/digest.h"

namespace qunying {
namespace {

std::size_t padded(std::size_t size) { return (size + 3) & ~std::size_t{3}; }

// The build id among the notes of a segment, as raw bytes.
std::string_view build_id(std::string_view notes) {
    while (notes.size() >= sizeof(ElfW(Nhdr))) {
        const auto* note = reinterpret_cast<const ElfW(Nhdr)*>(notes.data());
        const std::size_t name = padded(note->n_namesz), content = padded(note->n_descsz);
        if (sizeof *note + name + content > notes.size()) return {};
        if (note->n_type == NT_GNU_BUILD_ID) return notes.substr(sizeof *note + name, note->n_descsz);
        notes.remove_prefix(sizeof *note + name + content);
    }
    return {};
}

// The first object is the program itself.
int visit(dl_phdr_info* object, std::size_t, void* target) {
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const ElfW(Phdr)& segment = object->dlpi_phdr[i];
        if (segment.p_type != PT_NOTE) continue;
        const auto* begin = reinterpret_cast<const char*>(object->dlpi_addr + segment.p_vaddr);
        const std::string_view id = build_id({begin, segment.p_memsz});
        if (!id.empty()) *static_cast<std::string*>(target) = digest_of(id).hex();
    }
    return 1;
}

}  // namespace

std::string program_build() {
    std::string id;
    dl_iterate_phdr(visit, &id);
    return id;
}

}  // namespace qunying
