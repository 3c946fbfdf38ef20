#include "fonts/engine.h"

#include <algorithm>

#include "base/text.h"
#include "fonts/cut.h"
#include "fonts/find.h"
#include "fonts/letter.h"

namespace qunying {
namespace {

// As many of `wanted`, in their order, as fit beside what is needed. A step or two towards the line that
// sizes lie on; the last size that fits wins.
std::u32string fitting(const OpenFont& font, const std::u32string& needed, const std::u32string& wanted,
                       std::size_t limit) {
    constexpr std::size_t usual_glyph = 400;  // bytes
    constexpr int steps = 7;
    const auto with = [&](std::size_t count) { return needed + wanted.substr(0, count); };
    std::size_t fits = 0, too_many = wanted.size() + 1;
    std::size_t count = std::min(wanted.size(), limit / usual_glyph);
    for (int step = 0; step < steps && too_many - fits > 1; ++step) {
        count = std::clamp(count, fits + 1, too_many - 1);
        const std::size_t size = font.cut(with(count), planning_quality).size();
        const bool good = size > 0 && size <= limit;
        (good ? fits : too_many) = count;
        const std::size_t one = std::max<std::size_t>(1, size / (count + needed.size()));
        count = good ? count + (limit - size) / one : count - std::min(count, (size - limit) / one + 1);
    }
    return with(fits);
}

std::u32string sorted(std::u32string characters) {
    std::sort(characters.begin(), characters.end());
    characters.erase(std::unique(characters.begin(), characters.end()), characters.end());
    return characters;
}

std::u32string without(std::u32string_view all, std::u32string_view taken) {
    std::u32string left;
    for (const char32_t c : all) {
        if (taken.find(c) == std::u32string_view::npos) left.push_back(c);
    }
    return left;
}

FacePlan failed(std::string detail) { return {FontProblem::failed, std::move(detail), {}, {}, {}}; }

// False where the font cannot be opened.
bool add_part(FacePlan& plan, const FontFile& file, std::u32string characters) {
    const auto font = OpenFont::open(file);
    if (!font) return false;
    plan.made_with.push_back(file.path);
    if (!characters.empty()) plan.parts.push_back({file, font->tables(), sorted(std::move(characters))});
    return true;
}

FacePlan plan_face(const FacePlanJob& job) {
    const auto own = find_font(job.family, job.weight, job.needed + job.wanted);
    if (!own) return {FontProblem::not_installed, {}, {}, {}, {}};
    const std::u32string has = sorted(own->has);
    const auto drawn = [&](std::u32string_view asked) {
        std::u32string kept;
        for (const char32_t c : asked) {
            if (std::binary_search(has.begin(), has.end(), c)) kept.push_back(c);
        }
        return kept;
    };
    const std::u32string needed = drawn(job.needed), wanted = without(drawn(job.wanted), needed);
    std::u32string chosen = needed + wanted;
    if (job.limit > 0 && !wanted.empty()) {
        const auto font = OpenFont::open(own->file);
        if (!font) return failed("cannot read " + own->file.path);
        chosen = fitting(*font, needed, wanted, job.limit);
    }
    FacePlan plan;
    if (!add_part(plan, own->file, std::move(chosen))) return failed("cannot read " + own->file.path);
    plan.missing = without(job.needed, needed);
    if (job.borrow && !plan.missing.empty()) {
        for (const FoundFont& other : find_others(plan.missing)) {
            if (add_part(plan, other.file, other.has)) plan.missing = without(plan.missing, other.has);
        }
    }
    add_cutting_libraries(plan.made_with);
    return plan;
}

FontCut cut_font(const FontCutJob& job) {
    const auto font = OpenFont::open(job.file);
    if (!font) return {{}, "cannot read " + job.file.path};
    FontCut cut{font->cut(job.characters, job.quality), {}};
    if (cut.woff2.empty()) cut.detail = cutting_engine() + " cannot cut " + job.file.path;
    // Pressed harder, it is smaller; should it ever not be, what was planned for still holds.
    if (job.quality > planning_quality) {
        std::string planned = font->cut(job.characters, planning_quality);
        if (planned.size() < cut.woff2.size()) cut.woff2 = std::move(planned);
    }
    return cut;
}

}  // namespace

std::string start_font_engine() { return cutting_engine() + ", " + finding_engine(); }

std::string answer_font_job(std::string_view job) {
    if (const auto plan = decode_plan_job(job)) return encode_result(plan_face(*plan));
    if (const auto cut = decode_cut_job(job)) return encode_result(cut_font(*cut));
    if (const auto lettering = decode_lettering_job(job)) return encode_result(letter(*lettering));
    return encode_result(failed("an unknown job"));
}

}  // namespace qunying
