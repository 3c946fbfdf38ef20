#include "build/fonts.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>

#include "base/packed_bytes.h"
#include "base/text.h"
#include "system/file_stamp.h"

namespace qunying {
namespace {

// Full-width in every font of ours, whatever quotation marks the visitor's has.
constexpr std::u32string_view quotation_marks = U"‘’“”";

struct FaceWork {
    const ThemeFace* face = nullptr;
    FacePlanJob job;
    Digest key;
    std::string made_with;  // stamps of the files that the plan was made with
    std::optional<FacePlan> plan;
};

std::u32string sorted_union(std::u32string_view a, std::u32string_view b) {
    std::u32string all(a);
    all += b;
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

// A font of 80 kB never holds more characters than this many bytes each would make; those behind cannot
// matter, and a new one among them must not have everything planned anew.
constexpr std::size_t smallest_glyph = 150;

FacePlanJob job_of(const ThemeFace& face, const SiteCharacters& characters, Audience audience) {
    FacePlanJob job{face.family, face.weight, {}, {}, 0, false};
    switch (face.role) {
        case FaceRole::title:
            if (audience == Audience::venue) {
                job.needed = sorted_union(characters.titles, {});
            } else {
                job.limit = static_cast<std::size_t>(face.limit) * 1000;
                job.wanted = characters.titles.substr(0, job.limit / smallest_glyph);
            }
            break;
        case FaceRole::rare:
            job.needed = sorted_union(characters.texts.sorted(), quotation_marks);
            job.borrow = true;
            break;
        case FaceRole::rare_title:
            job.needed = characters.rare_titles.sorted();
            break;
    }
    return job;
}

std::string stamps_of(const std::vector<std::string>& paths) {
    std::string all;
    BytePacker packer(all);
    for (const std::string& path : paths) packer.text(file_stamp(path));
    return all;
}

// A plan stands as long as the fonts and libraries that it was made with.
void recall(FaceWork& work, const FontShop& shop) {
    const auto bytes = shop.memo.cache().get("font-plan", work.key);
    if (!bytes) return;
    ByteUnpacker unpacker(*bytes, no_source);
    const std::string stamps(unpacker.text());
    auto plan = decode_plan(unpacker.rest());
    if (unpacker.broken() || !plan || stamps_of(plan->made_with) != stamps) return;
    work.made_with = stamps;
    work.plan = std::move(plan);
}

void remember(FaceWork& work, const std::string& reply, const FontShop& shop) {
    work.made_with = stamps_of(work.plan->made_with);
    if (work.plan->problem != FontProblem::none || !work.plan->missing.empty()) return;  // may be mended
    std::string bytes;
    BytePacker packer(bytes);
    packer.text(work.made_with);
    shop.memo.cache().put("font-plan", work.key, bytes + reply);
}

FacePlan failed_plan(const WorkerReply& reply) {
    FacePlan plan;
    plan.problem = FontProblem::failed;
    plan.detail =
        reply.outcome == WorkerOutcome::timed_out ? "timeout" : fmt::format("signal {}", reply.signal);
    return plan;
}

WorkerPool pool_for(const FontShop& shop, std::size_t jobs) {
    WorkerLimits limits;
    limits.deadline = std::chrono::minutes(2);  // a venue's fonts hold thousands of characters
    const auto workers = std::min<std::size_t>(std::max(1U, shop.threads), jobs);
    return WorkerPool(shop.worker, static_cast<unsigned>(workers), limits);
}

void plan_missing(std::vector<FaceWork>& all, const FontShop& shop) {
    std::vector<FaceWork*> missing;
    for (FaceWork& work : all) {
        if (!work.plan) missing.push_back(&work);
    }
    if (missing.empty()) return;
    if (shop.worker.argv.empty()) {
        for (FaceWork* work : missing)
            work->plan = FacePlan{FontProblem::failed, "no font worker", {}, {}, {}};
        return;
    }
    WorkerPool pool = pool_for(shop, missing.size());
    pool.run(
        missing.size(), [&](std::size_t i) { return encode_job(missing[i]->job); },
        [&](std::size_t i, WorkerReply reply) {
            missing[i]->plan = decode_plan(reply.bytes);
            if (!missing[i]->plan) missing[i]->plan = failed_plan(reply);
            remember(*missing[i], reply.bytes, shop);
        });
}

std::string code_of(char32_t c) { return fmt::format("U+{:04X}", static_cast<std::uint32_t>(c)); }

void report_missing(const FacePlan& plan, const Site& site, Diagnostics& diagnostics) {
    for (const char32_t c : plan.missing) {
        const CharacterPlace place = find_character(site, c);
        if (!place.where.known() && !place.in_title) continue;  // of the theme, whose author sees it
        const DiagnosticKind kind =
            place.in_title ? DiagnosticKind::glyph_missing : DiagnosticKind::glyph_missing_in_text;
        std::string character;
        append_utf8(character, c);
        diagnostics.report(kind, place.where, {place.title, character, code_of(c)});
    }
}

// False where the site must go without that face.
bool is_usable(const FaceWork& work, SiteFonts& fonts, Diagnostics& diagnostics) {
    if (work.plan->problem == FontProblem::none) return true;
    fonts.complete = false;
    const bool installed = work.plan->problem == FontProblem::failed;
    if (installed) {
        diagnostics.report(DiagnosticKind::font_failed, work.face->where,
                           {work.face->family, work.plan->detail});
    } else {
        const std::string weight = work.face->weight == 400 ? "" : " " + std::to_string(work.face->weight);
        diagnostics.report(DiagnosticKind::font_not_installed, work.face->where,
                           {work.face->family + weight});
    }
    return false;
}

PlannedFace planned(const FaceWork& work, const FontShop& shop) {
    PlannedFace made{*work.face, {}};
    for (const FontPart& part : work.plan->parts) {
        DigestBuilder key;
        key.add("cut 1").add(shop.generator).add(work.made_with).add(part.tables);
        key.add(to_utf8(part.characters)).add(static_cast<std::uint64_t>(shop.quality));
        made.fonts.push_back({part, key.finish()});
    }
    return made;
}

// A heading may be set in the title face where all its characters are of that very font.
void add_title_face(SiteFonts& fonts) {
    const auto title = std::find_if(fonts.faces.begin(), fonts.faces.end(), [](const PlannedFace& each) {
        return each.face.role == FaceRole::title;
    });
    if (title == fonts.faces.end()) return;
    fonts.has_title_face = true;
    for (const PlannedFace& each : fonts.faces) {
        const bool same_font =
            each.face.family == title->face.family && each.face.weight == title->face.weight;
        if (!same_font || each.fonts.empty() || each.face.role == FaceRole::rare) continue;
        for (const char32_t c : each.fonts.front().part.characters) fonts.title_face.add(c);
    }
}

// The bytes of one font: remembered, or cut now.
struct Cut {
    const PlannedFace* face = nullptr;
    const PlannedFont* font = nullptr;
    OutputFile file;
    std::string bytes;  // where they were made or had to be read
    bool known = false;
};

void recall(Cut& cut, const FontShop& shop) {
    const auto facts = shop.memo.cache().get("font-facts", cut.font->key);
    if (!facts || facts->size() < cut.file.blake2b.bytes.size()) return;
    std::memcpy(cut.file.blake2b.bytes.data(), facts->data(), cut.file.blake2b.bytes.size());
    ByteUnpacker unpacker(std::string_view(*facts).substr(cut.file.blake2b.bytes.size()), no_source);
    cut.file.size = unpacker.number(std::uint64_t{1} << 40);
    cut.known = unpacker.whole();
}

void remember(Cut& cut, std::string woff2, const FontShop& shop) {
    cut.bytes = std::move(woff2);
    cut.file = {blake2b_of(cut.bytes), cut.bytes.size()};
    cut.known = true;
    std::string facts(cut.file.blake2b.raw());
    BytePacker(facts).number(cut.file.size);
    shop.memo.cache().put("font-bytes", cut.font->key, cut.bytes);
    shop.memo.cache().put("font-facts", cut.font->key, facts);
}

void cut_all(const std::vector<Cut*>& wanted, const FontShop& shop, Diagnostics& diagnostics) {
    if (wanted.empty()) return;
    WorkerPool pool = pool_for(shop, wanted.size());
    const auto make_job = [&](std::size_t i) {
        const FontPart& part = wanted[i]->font->part;
        return encode_job(FontCutJob{part.file, part.characters, static_cast<int>(shop.quality)});
    };
    pool.run(wanted.size(), make_job, [&](std::size_t i, WorkerReply reply) {
        auto made = decode_cut(reply.bytes);
        if (!made) made = FontCut{{}, failed_plan(reply).detail};
        if (!made->woff2.empty()) return remember(*wanted[i], std::move(made->woff2), shop);
        diagnostics.report(DiagnosticKind::font_failed, wanted[i]->face->face.where,
                           {wanted[i]->face->face.family, made->detail});
    });
}

std::string path_of(const Cut& cut) {
    return "static/" + cut.face->face.name + "-" + cut.file.blake2b.hex().substr(0, 8) + ".woff2";
}

void append_face(std::string& css, const Cut& cut, const std::string& path) {
    const ThemeFace& face = cut.face->face;
    css +=
        fmt::format("@font-face{{font-family:{};font-weight:{};font-display:swap;", face.name, face.weight);
    css += fmt::format("src:url({}) format(\"woff2\")", path.substr(std::string_view("static/").size()));
    // The title face serves every page; the others are fetched where one of their characters stands.
    if (face.role != FaceRole::title) css += ";unicode-range:" + unicode_range(cut.font->part.characters);
    css += "}\n";
}

bool holds_quotation_marks(const std::vector<Cut>& cuts) {
    return std::any_of(cuts.begin(), cuts.end(), [](const Cut& cut) {
        const std::u32string& all = cut.font->part.characters;
        return cut.known && cut.face->face.role == FaceRole::rare &&
               std::includes(all.begin(), all.end(), quotation_marks.begin(), quotation_marks.end());
    });
}

}  // namespace

std::string unicode_range(std::u32string_view sorted) {
    std::string ranges;
    for (std::size_t i = 0; i < sorted.size();) {
        std::size_t end = i + 1;
        while (end < sorted.size() && sorted[end] == sorted[end - 1] + 1) ++end;
        if (!ranges.empty()) ranges += ',';
        ranges += fmt::format("U+{:X}", static_cast<std::uint32_t>(sorted[i]));
        if (end - i > 1) ranges += fmt::format("-{:X}", static_cast<std::uint32_t>(sorted[end - 1]));
        i = end;
    }
    return ranges;
}

SiteFonts plan_fonts(const ThemeConfig& theme, const Site& site, const SiteCharacters& characters,
                     Audience audience, const FontShop& shop, Diagnostics& diagnostics) {
    std::vector<FaceWork> all;
    for (const ThemeFace& face : theme.faces) {
        FaceWork work{&face, job_of(face, characters, audience), {}, {}, std::nullopt};
        DigestBuilder key;
        work.key = key.add("plan 1").add(shop.generator).add(encode_job(work.job)).finish();
        recall(work, shop);
        all.push_back(std::move(work));
    }
    plan_missing(all, shop);
    SiteFonts fonts;
    fonts.declared = !theme.faces.empty();
    for (const FaceWork& work : all) {
        if (!is_usable(work, fonts, diagnostics)) continue;
        if (work.face->role == FaceRole::rare) report_missing(*work.plan, site, diagnostics);
        if (work.face->role == FaceRole::rare && !work.plan->missing.empty()) fonts.complete = false;
        fonts.faces.push_back(planned(work, shop));
    }
    add_title_face(fonts);
    return fonts;
}

std::vector<FontFacts> stage_fonts(const SiteFonts& fonts, const FontShop& shop, OutputStage& stage,
                                   Diagnostics& diagnostics) {
    std::vector<FontFacts> facts;
    if (!fonts.declared) return facts;
    std::vector<Cut> cuts;
    for (const PlannedFace& face : fonts.faces) {
        for (const PlannedFont& font : face.fonts) cuts.push_back({&face, &font, {}, {}, false});
    }
    std::vector<Cut*> wanted;
    for (Cut& cut : cuts) {
        recall(cut, shop);
        if (cut.known && stage.keep(path_of(cut), cut.file)) continue;
        if (cut.known) cut.bytes = shop.memo.cache().get("font-bytes", cut.font->key).value_or("");
        if (cut.bytes.empty()) wanted.push_back(&cut), cut.known = false;
    }
    cut_all(wanted, shop, diagnostics);
    std::string css;
    for (Cut& cut : cuts) {
        if (!cut.known) continue;
        const std::string path = path_of(cut);
        if (!cut.bytes.empty()) stage.add(path, cut.bytes);
        append_face(css, cut, path);
        facts.push_back({cut.face->face.name, path, cut.font->part.characters.size(), cut.file.size});
    }
    // Only where these marks are as wide as hanzi may their empty halves be taken away.
    if (holds_quotation_marks(cuts)) css += ".half-q{letter-spacing:-.5em}\n.half-lq{margin-left:-.5em}\n";
    stage.add("static/fonts.css", css);
    return facts;
}

}  // namespace qunying
