#include "images/recipe.h"

#include <algorithm>
#include <bit>

#include "base/failure.h"

namespace qunying {
namespace {

// One kind of diagnostic a problem; none is what no caller asks for.
DiagnosticKind kind_of(PictureProblem problem) {
    switch (problem) {
        case PictureProblem::none:
            break;
        case PictureProblem::empty_file:
            return DiagnosticKind::picture_empty;
        case PictureProblem::not_a_picture:
            return DiagnosticKind::picture_not_a_picture;
        case PictureProblem::unsupported_format:
            return DiagnosticKind::picture_format;
        case PictureProblem::unsupported_heic:
            return DiagnosticKind::picture_heic;
        case PictureProblem::truncated:
            return DiagnosticKind::picture_truncated;
        case PictureProblem::damaged:
            return DiagnosticKind::picture_damaged;
        case PictureProblem::too_large:
            return DiagnosticKind::picture_too_large;
        case PictureProblem::out_of_memory:
            return DiagnosticKind::picture_out_of_memory;
        case PictureProblem::timed_out:
            return DiagnosticKind::picture_timed_out;
        case PictureProblem::crashed:
            return DiagnosticKind::picture_crashed;
        case PictureProblem::tiff_not_allowed:
            return DiagnosticKind::picture_tiff;
    }
    report_broken_invariant("a problem", __FILE__, __LINE__);
}

std::vector<int> sorted_widths(const Recipe& recipe) {
    std::vector<int> widths = recipe.widths;
    std::sort(widths.begin(), widths.end());
    widths.erase(std::unique(widths.begin(), widths.end()), widths.end());
    return widths;
}

int quality_of(const Recipe& recipe, PictureFormat format) {
    switch (format) {
        case PictureFormat::jpeg:
            return recipe.jpeg_quality;
        case PictureFormat::webp:
            return recipe.webp_quality;
        case PictureFormat::avif:
            return recipe.avif_quality;
    }
    return 0;
}

void add_number(DigestBuilder& builder, int number) {
    builder.add(static_cast<std::uint64_t>(static_cast<std::int64_t>(number)));
}

}  // namespace

std::string_view extension_of(PictureFormat format) {
    switch (format) {
        case PictureFormat::jpeg:
            return "jpg";
        case PictureFormat::webp:
            return "webp";
        case PictureFormat::avif:
            return "avif";
    }
    return "";
}

Recipe suited(Recipe recipe, const Treatment& treatment) {
    if (recipe.crop == Crop::portrait && !treatment.portrait) recipe.crop = Crop::focus;
    return recipe;
}

std::vector<PictureFormat> formats_of(const Recipe& recipe) {
    std::vector<PictureFormat> formats = recipe.formats;
    formats.push_back(PictureFormat::jpeg);
    std::sort(formats.begin(), formats.end());
    formats.erase(std::unique(formats.begin(), formats.end()), formats.end());
    return formats;
}

void add_to(DigestBuilder& builder, const Recipe& recipe) {
    const std::vector<int> widths = sorted_widths(recipe);
    builder.add(std::uint64_t{widths.size()});
    for (const int width : widths) add_number(builder, width);
    add_number(builder, recipe.ratio_width);
    add_number(builder, recipe.ratio_height);
    builder.add(static_cast<std::uint64_t>(recipe.crop));
    const std::vector<PictureFormat> formats = formats_of(recipe);
    builder.add(std::uint64_t{formats.size()});
    for (const PictureFormat format : formats) {
        builder.add(static_cast<std::uint64_t>(format));
        add_number(builder, quality_of(recipe, format));
    }
    builder.add(static_cast<std::uint64_t>(recipe.tone));
    if (recipe.tone == Tone::duotone)
        builder.add(std::uint64_t{recipe.dark}).add(std::uint64_t{recipe.light});
    builder.add(std::uint64_t{recipe.background});
    add_number(builder, recipe.sharpening);
    // Not where nothing is said: what was made before these could be said stays known.
    if (recipe.longest > 0 || recipe.least > 0) {
        add_number(builder, recipe.longest);
        add_number(builder, recipe.least);
    }
}

void add_to(DigestBuilder& builder, const Treatment& treatment) {
    const auto add = [&builder](double number) { builder.add(std::bit_cast<std::uint64_t>(number)); };
    builder.add(std::uint64_t{treatment.focus.has_value()});
    add(treatment.focus ? treatment.focus->x : 0);
    add(treatment.focus ? treatment.focus->y : 0);
    add(treatment.head);
    add(treatment.turn);
    builder.add(std::uint64_t{treatment.trim}).add(std::uint64_t{treatment.old_print});
    builder.add(std::uint64_t{treatment.portrait});
}

PictureResult failed_picture(PictureProblem problem, std::string detail) {
    PictureResult result;
    result.problem = problem;
    result.detail = std::move(detail);
    return result;
}

void report_picture(Diagnostics& diagnostics, Span where, const std::string& file,
                    const PictureResult& result, const std::vector<Recipe>& recipes) {
    if (result.problem != PictureProblem::none)
        return diagnostics.report(kind_of(result.problem), where, {file, result.detail});
    if (result.frames > 1)
        diagnostics.report(DiagnosticKind::picture_first_frame, where, {file, std::to_string(result.frames)});
    const auto wants_more = [&](const Recipe& recipe) {
        const auto widest = std::max_element(recipe.widths.begin(), recipe.widths.end());
        return recipe.crop == Crop::portrait && widest != recipe.widths.end() && *widest >= fair_width;
    };
    if (result.source_width < fair_width && std::any_of(recipes.begin(), recipes.end(), wants_more))
        diagnostics.report(DiagnosticKind::picture_small, where,
                           {file, std::to_string(result.source_width), std::to_string(fair_width)});
}

}  // namespace qunying
