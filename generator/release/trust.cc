#include "release/trust.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace qunying {
namespace {

constexpr std::string_view trust_line = "qunying trust 1";
constexpr std::string_view secret_line = "qunying secret key 1";

// What both keys sign: no other text that they ever sign begins so.
std::string change_text(const TrustLink& old, const TrustLink& next) {
    return "qunying key change 1\n" + std::to_string(old.epoch) + " " + hex_of(old.key) + "\n" +
           std::to_string(next.epoch) + " " + hex_of(next.key) + "\n";
}

bool follows(const TrustLink& old, const TrustLink& next) {
    const std::string text = change_text(old, next);
    return next.epoch == old.epoch + 1 && is_signed_by(old.key, text, next.by_old) &&
           is_signed_by(next.key, text, next.by_new);
}

// Lines that say something, without carriage returns: Windows may have touched the file.
std::vector<std::string_view> telling_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::string_view line : split(text, '\n')) {
        line = trim(line);
        if (!line.empty() && !line.starts_with('#')) lines.push_back(line);
    }
    return lines;
}

std::optional<std::uint32_t> epoch_of(std::string_view text) {
    std::uint32_t epoch = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), epoch);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole && epoch > 0 && text[0] != '0' ? std::optional(epoch) : std::nullopt;
}

std::optional<TrustLink> link_of(std::string_view line) {
    const std::vector<std::string_view> words = split(line, ' ');
    if ((words.size() != 3 && words.size() != 5) || words[0] != "key") return std::nullopt;
    const auto epoch = epoch_of(words[1]);
    const auto key = public_key_from_hex(words[2]);
    if (!epoch || !key) return std::nullopt;
    TrustLink link{*epoch, *key, {}, {}};
    if (words.size() == 3) return link;
    const auto by_old = signature_from_hex(words[3]), by_new = signature_from_hex(words[4]);
    if (!by_old || !by_new) return std::nullopt;
    link.by_old = *by_old;
    link.by_new = *by_new;
    return link;
}

// The first link stands by itself; every other one follows.
bool may_come_next(const Trust& trust, const TrustLink& link, std::string_view line) {
    const bool has_signatures = std::count(line.begin(), line.end(), ' ') == 4;
    if (trust.links.empty()) return !has_signatures && link.epoch == 1;
    return has_signatures && follows(trust.newest(), link);
}

std::optional<Trust> trust_of(const std::vector<std::string_view>& lines) {
    Trust trust;
    if (lines.size() < 2 || lines[0] != trust_line) return std::nullopt;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto link = link_of(lines[i]);
        if (!link || !may_come_next(trust, *link, lines[i])) return std::nullopt;
        trust.links.push_back(*link);
    }
    return trust;
}

bool continues(const Trust& longer, const Trust& shorter) {
    return longer.links.size() >= shorter.links.size() &&
           std::equal(shorter.links.begin(), shorter.links.end(), longer.links.begin(),
                      [](const TrustLink& a, const TrustLink& b) { return a.key == b.key; });
}

}  // namespace

bool Trust::knows(const PublicKey& key) const {
    return std::any_of(links.begin(), links.end(), [&](const TrustLink& link) { return link.key == key; });
}

std::string write_trust(const Trust& trust) {
    std::string text = std::string(trust_line) + "\n";
    for (const TrustLink& link : trust.links) {
        text += "key " + std::to_string(link.epoch) + " " + hex_of(link.key);
        if (link.epoch > 1) text += " " + hex_of(link.by_old) + " " + hex_of(link.by_new);
        text += "\n";
    }
    return text;
}

std::optional<Trust> read_trust(std::string_view text) {
    if (text.size() > longest_key_file) return std::nullopt;
    return trust_of(telling_lines(text));
}

std::optional<Trust> joined(const Trust& known, const Trust& offered) {
    if (continues(offered, known)) return offered;
    if (continues(known, offered)) return known;
    return std::nullopt;
}

SigningKey first_signing_key() {
    const KeyPair pair = new_key_pair();
    return {{{{1, pair.open, {}, {}}}}, pair.secret};
}

SigningKey rotated(const SigningKey& old) {
    const KeyPair pair = new_key_pair();
    TrustLink next{old.trust.newest().epoch + 1, pair.open, {}, {}};
    const std::string text = change_text(old.trust.newest(), next);
    next.by_old = sign(old.secret, text);
    next.by_new = sign(pair.secret, text);
    SigningKey key{old.trust, pair.secret};
    key.trust.links.push_back(next);
    return key;
}

std::string write_signing_key(const SigningKey& key) {
    return "# 这是签发更新包的私钥：请勿外传，勿放进网站文件夹、U 盘和更新包。\n"
           "# The secret key that signs packs: keep it to yourself.\n" +
           std::string(secret_line) + "\nsecret " + hex_of(key.secret) + "\n" + write_trust(key.trust);
}

std::optional<SigningKey> read_signing_key(std::string_view text) {
    if (text.size() > longest_key_file) return std::nullopt;
    std::vector<std::string_view> lines = telling_lines(text);
    constexpr std::string_view label = "secret ";
    if (lines.size() < 3 || lines[0] != secret_line || !lines[1].starts_with(label)) return std::nullopt;
    const auto secret = secret_key_from_hex(lines[1].substr(label.size()));
    lines.erase(lines.begin(), lines.begin() + 2);
    const auto trust = trust_of(lines);
    if (!secret || !trust || public_key_of(*secret) != trust->newest().key) return std::nullopt;
    return SigningKey{*trust, *secret};
}

}  // namespace qunying
