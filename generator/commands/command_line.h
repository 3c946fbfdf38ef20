#pragma once
// argv → what to do. Hides CLI11.
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "model/site.h"

namespace qunying {

enum class FindingsFormat { text, json, sarif };

// What check and build share.
struct SiteArguments {
    std::string site = ".";
    std::optional<PartialDate> as_of;
    unsigned threads = 0;  // 0: as many as the machine has
    bool strict = false;
};

struct CheckArguments {
    SiteArguments common;
    FindingsFormat format = FindingsFormat::text;
    bool pictures = true;
};

struct BuildArguments {
    SiteArguments common;
    std::string output;  // empty: SITE/public
    Audience audience = Audience::web;
    std::string venue;  // of site.yaml; makes the audience that of a venue
    std::string base_url;
    bool preview = false;
    bool precompress = false;
    bool explain = false;
    std::string report;  // a file for the summary as JSON, or empty
};

struct ServeArguments {
    SiteArguments common;
    Audience audience = Audience::web;
    std::optional<int> port;  // 8420 or the next one that is free unless given
    bool open = false;        // in the browser
};

struct ReportArguments {
    SiteArguments common;
    Audience audience = Audience::web;
    bool pictures = false;  // the contact sheet instead of the list
    std::string output;     // empty: standard output, or ./contact-sheet
    int days = 90;          // consents that end so soon are named
};

struct InitArguments {
    std::string folder;
};

struct NewArguments {
    std::string kind, name;
    std::string site = ".";
};

// What `kiosk setup` writes down for a machine with a touch screen.
struct KioskSetupArguments {
    std::string folder = "/opt/qunying-kiosk";
    std::string output = "kiosk-setup";
    std::string trust;  // file of the public key; empty: it is put there by hand
    std::string url, screen = "1920x1080", user = "kiosk";
    bool apply = false;  // to this machine, at once
};

struct PublishArguments {
    std::string target;  // of content/publish.yaml; empty: the only one
    std::string site = ".";
    std::string from;  // empty: SITE/public
    bool dry_run = false, verify_all = false, replace = false;
    unsigned wait = 10;  // seconds before old files are removed
};

struct KeygenArguments {
    std::string output;  // of the secret; the trust file is beside it, with .pub
    std::string rotate;  // the secret key that the new one follows, or empty
};

struct BundleArguments {
    SiteArguments common;
    std::string output, key, venue;
    std::uint64_t last_sequence = 0;  // of the pack before, where the site may not know it
};

struct WithdrawArguments {
    SiteArguments common;
    std::string id, reason;
};

// `install` takes the words of qunying-install.
struct InstallArguments {
    std::vector<std::string> words;
};

// Text to print, and the exit code: help, version, a wrong call.
struct PrintArguments {
    std::string text;
    int exit_code = 0;
};

struct CommandLine {
    Language language = Language::chinese;
    std::variant<PrintArguments, CheckArguments, BuildArguments, ServeArguments, ReportArguments,
                 InitArguments, NewArguments, KioskSetupArguments, PublishArguments, KeygenArguments,
                 BundleArguments, InstallArguments, WithdrawArguments>
        command;
};

// `environment_language` is LANG or what overrides it: English when it begins with en_, else Chinese.
CommandLine parse_command_line(const std::vector<std::string>& arguments,
                               const std::string& environment_language);

// 0.1.0
std::string_view program_version();

}  // namespace qunying
