#pragma once
// A site on a MemoryDisk, with the hall theme of this repository, and builds of it as people run them.
#include <string>

#include "build/build.h"
#include "support/memory_disk.h"

namespace qunying {

// Puts the theme's files onto the disk. Tests run in the root of the repository.
void put_theme(MemoryDisk& disk, const std::string& name = "hall");

// Options of a build that is the same everywhere: 2026-07-01, the picture worker of this build.
BuildOptions test_options();

// The findings as check prints them, in Chinese.
std::string findings_of(const BuildResult& result);

}  // namespace qunying
