#pragma once
// A pack behind an address. The bytes come through the system's own `curl`: what a screen has installed knows
// its certificates, proxies and names better than a program that brings libraries of its own.
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "release/pack_source.h"

namespace qunying {

// http://… or https://…
bool is_web_address(std::string_view place);

struct FetchOptions {
    int attempts = 5;                       // in a row that bring nothing
    std::chrono::milliseconds pause{2000};  // before the second; twice that before the third …
    std::string program = "curl";
};

// `address` is that of a pack's folder, of its manifest, or of a folder with a pack in it. Ranges are asked
// for, many of them over one connection; where a connection breaks, the next one goes on from the last byte.
std::unique_ptr<PackSource> web_source(const std::string& address, FetchOptions options = {});

}  // namespace qunying
