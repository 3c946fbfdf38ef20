#include "load/publish_settings.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "load/field_reader.h"
#include "load/settings_reader.h"

namespace qunying {
namespace {

FieldSpec text(std::string key, std::string label, FieldNeed need) {
    FieldSpec spec;
    spec.key = std::move(key);
    spec.label = std::move(label);
    spec.need = need;
    return spec;
}

std::vector<FieldSpec> publish_fields() {
    FieldSpec kind = text("kind", "方式", FieldNeed::required);
    kind.type = FieldType::choice;
    kind.choices = {{"directory", "文件夹", {}}, {"rsync", "rsync", {}}, {"rclone", "rclone", {}}};
    FieldSpec targets = text("targets", "发布目标", FieldNeed::optional);
    targets.type = FieldType::group;
    targets.list = true;
    targets.fields = {text("name", "名称", FieldNeed::required), std::move(kind),
                      text("to", "地址", FieldNeed::required), text("note", "说明", FieldNeed::optional)};
    return {std::move(targets)};
}

// pass, ftp_password, access_key, 口令…
bool names_a_secret(std::string_view key) {
    const std::string name = ascii_lower(key);
    constexpr std::array<std::string_view, 9> parts = {
        "password", "passwd", "passphrase", "secret", "token", "credential", "密码", "口令", "密钥"};
    constexpr std::array<std::string_view, 3> wholes = {"pass", "pwd", "key"};
    constexpr std::array<std::string_view, 4> ends = {"_key", "-key", "_pass", "-pass"};
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return name.find(part) != std::string::npos; }) ||
           std::find(wholes.begin(), wholes.end(), name) != wholes.end() ||
           std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return name.ends_with(end); });
}

// web:secret@host, ftp://web:secret@host, :ftp,pass=x:
bool holds_a_secret(std::string_view to) {
    const std::size_t scheme = to.find("://");
    const std::string_view rest = scheme == std::string_view::npos ? to : to.substr(scheme + 3);
    const std::string_view user = rest.substr(0, std::min(rest.find('@'), rest.find('/')));
    if (rest.find('@') < rest.find('/') && user.find(':') != std::string_view::npos) return true;
    for (const std::string_view part : split(to, ',')) {
        const std::size_t equals = part.find('=');
        if (equals != std::string_view::npos && names_a_secret(part.substr(0, equals))) return true;
    }
    return false;
}

// Reports secrets, without what they are, for messages end up in logs, and takes them out, so that nothing
// else is said of them.
void refuse_secrets(YamlNode& node, Diagnostics& diagnostics) {
    std::erase_if(node.entries, [&](const YamlEntry& entry) {
        const bool named = names_a_secret(entry.key);
        const bool secret =
            named || (entry.value.type == YamlType::scalar && holds_a_secret(entry.value.text));
        if (secret)
            diagnostics.report(DiagnosticKind::publish_secret, entry.key_span,
                               {named ? entry.key : entry.key + ": ***"});
        node.failed |= secret;
        return secret;
    });
    for (YamlEntry& entry : node.entries) refuse_secrets(entry.value, diagnostics);
    for (YamlNode& item : node.items) refuse_secrets(item, diagnostics);
    // An entry without its address would be asked for it.
    std::erase_if(node.items, [](const YamlNode& item) { return item.failed; });
}

bool is_made_of(std::string_view text, std::string_view others) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        return plain || others.find(c) != std::string_view::npos;
    });
}

bool has_controls(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

// A host that ssh does not take for an option, with or without a user, and a folder there.
bool is_rsync_place(std::string_view to) {
    const std::size_t bracket = to.find(']');
    const std::size_t colon = to.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon == std::string_view::npos) return false;
    std::string_view host = to.substr(0, colon);
    const std::string_view folder = to.substr(colon + 1);
    const std::size_t at = host.find('@');
    if (at != std::string_view::npos) {
        if (!is_made_of(host.substr(0, at), "._-") || host.front() == '-') return false;
        host.remove_prefix(at + 1);
    }
    const bool in_brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
    const bool good_host = in_brackets ? is_made_of(host.substr(1, host.size() - 2), ":.")
                                       : is_made_of(host, "._-") && host.front() != '-';
    const bool good_folder = !folder.empty() && folder.front() != ':' && folder.front() != '-' &&
                             folder.front() != '~' &&
                             !folder.starts_with("//");  // rsync://…, which rsync's own servers speak
    return good_host && good_folder;
}

// A remote that rclone's own settings name; never one that is described on the spot.
bool is_rclone_place(std::string_view to) {
    const std::size_t colon = to.find(':');
    if (colon == std::string_view::npos || to.substr(colon).starts_with("://")) return false;
    return is_made_of(to.substr(0, colon), "_.+@-") && to.front() != '-';
}

bool is_place(TargetKind kind, std::string_view to) {
    if (has_controls(to)) return false;
    if (kind == TargetKind::rsync) return is_rsync_place(to);
    if (kind == TargetKind::rclone) return is_rclone_place(to);
    return to.front() != '~' && to.front() != '-' && to.find("://") == std::string_view::npos;
}

const char* example_of(TargetKind kind) {
    switch (kind) {
        case TargetKind::directory:
            return "/srv/www/qunying";
        case TargetKind::rsync:
            return "web@www.example.gov.cn:/srv/www/qunying";
        case TargetKind::rclone:
            return "wangzhan:qunying";
    }
    return "";
}

bool is_target_name(std::string_view name) {
    return name.front() != '-' && name.find_first_of(" \t/") == std::string_view::npos && !has_controls(name);
}

TargetKind kind_of(std::string_view key) {
    if (key == "rsync") return TargetKind::rsync;
    return key == "rclone" ? TargetKind::rclone : TargetKind::directory;
}

}  // namespace

std::vector<PublishTarget> load_publish_targets(const SourceFile& file, Diagnostics& diagnostics) {
    YamlNode tree = parse_yaml(file, diagnostics);
    refuse_secrets(tree, diagnostics);
    const Kinds kinds = built_in_kinds();
    const Sources no_sources;
    const NameIndex nobody(kinds, no_sources);
    const FileSet no_files;
    const ReadContext context{kinds, nobody, no_files, "content", diagnostics};
    const std::vector<FieldSpec> specs = publish_fields();
    const FieldTable fields =
        read_fields(tree, {specs, {}}, "publish.yaml 里", {file.id, 0, 0}, Completeness::whole, context);
    std::vector<PublishTarget> targets;
    std::set<std::string> names;
    SettingsReader{specs, fields}.groups("targets", [&](const SettingsReader& in, Span) {
        const PublishTarget target{in.text("name"), kind_of(in.choice("kind")), in.text("to")};
        if (target.name.empty() || in.choice("kind").empty() || target.to.empty()) return;  // reported
        if (!is_target_name(target.name))
            return diagnostics.report(DiagnosticKind::bad_publish_name, in.value("name").span, {target.name});
        if (!names.insert(target.name).second)
            return diagnostics.report(DiagnosticKind::publish_name_twice, in.value("name").span,
                                      {target.name});
        if (!is_place(target.kind, target.to))
            return diagnostics.report(DiagnosticKind::bad_publish_place, in.value("to").span,
                                      {target.name, target.to, example_of(target.kind)});
        targets.push_back(target);
    });
    return targets;
}

}  // namespace qunying
