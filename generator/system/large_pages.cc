#include "system/large_pages.h"

#if __has_include(<mimalloc.h>)
#include <mimalloc.h>
// Workers, sanitized programs and the installer have other allocators.
#pragma weak mi_option_enable
#define QY_MAY_HAVE_MIMALLOC
#endif

namespace qunying {

void use_large_pages() {
#ifdef QY_MAY_HAVE_MIMALLOC
    if (&mi_option_enable != nullptr) mi_option_enable(mi_option_large_os_pages);
#endif
}

}  // namespace qunying
