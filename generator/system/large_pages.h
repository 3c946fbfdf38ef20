#pragma once
// How this program takes memory from the kernel.

namespace qunying {

// From now on in large pages, where allocator and kernel have them (transparent huge pages of Linux, mimalloc
// of the program that builds). A program that fills hundreds of megabytes is faster by a tenth or two: it
// meets the kernel for every two megabytes and not for every four kilobytes, and finds what it looks for with
// fewer steps. What a large page has over is taken, too, and freed parts of it do not go back, which a small
// site would pay with a tenth of its memory.
void use_large_pages();

}  // namespace qunying
