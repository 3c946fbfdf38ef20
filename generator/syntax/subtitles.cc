#include "syntax/subtitles.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>

#include "base/text.h"

namespace qunying {
namespace {

enum class SubtitleForm { vtt, srt };

constexpr std::string_view arrow = "-->";
constexpr std::string_view wide_bracket = "＜v";

struct TextLine {
    std::string_view text;
    std::uint32_t begin = 0;  // byte offset in the file
};

std::vector<TextLine> lines_of(std::string_view text) {
    std::vector<TextLine> lines;
    std::size_t at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
        lines.push_back({text.substr(at, end - at), static_cast<std::uint32_t>(at)});
        at = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
    }
    return lines;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::int64_t small_number(std::string_view digits) {
    std::int64_t value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

// 00:01:02.500; SubRip writes a comma, and both leave out what is not needed.
std::optional<std::int64_t> time_in(std::string_view text, SubtitleForm form) {
    const std::size_t dot = text.find_first_of(form == SubtitleForm::srt ? ".," : ".");
    const std::string_view fraction =
        dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
    const std::size_t most = form == SubtitleForm::srt ? 1 : 3;
    if (dot == std::string_view::npos
            ? form == SubtitleForm::vtt
            : !all_digits(fraction) || fraction.size() < most || fraction.size() > 3)
        return std::nullopt;
    const auto parts = split(text.substr(0, dot), ':');
    if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
    std::int64_t seconds = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::size_t longest = i == 0 && parts.size() == 3 ? 4 : 2;
        if (!all_digits(parts[i]) || parts[i].size() > longest) return std::nullopt;
        const std::int64_t number = small_number(parts[i]);
        if (i > 0 && number > 59) return std::nullopt;
        seconds = seconds * 60 + number;
    }
    std::string thousandths(fraction);
    thousandths.resize(3, '0');
    return seconds * 1000 + small_number(thousandths);
}

// A line that somebody meant to be times: two of 12:34 in it.
bool looks_like_times(std::string_view line) {
    std::size_t pairs = 0;
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
        const bool colon = line[i] == ':' || line.substr(i).starts_with("：");
        const std::size_t behind = i + (line[i] == ':' ? 1 : 3);
        if (colon && is_digit(line[i - 1]) && behind < line.size() && is_digit(line[behind])) ++pairs;
    }
    constexpr std::array<std::string_view, 9> arrows = {"->", "=>", "→", "—>", "–>", "－>", "＞", "—", "~"};
    const auto stands_in = [line](std::string_view each) {
        return line.find(each) != std::string_view::npos;
    };
    return pairs >= 2 && std::any_of(arrows.begin(), arrows.end(), stands_in);
}

bool is_times(std::string_view line) {
    return line.find(arrow) != std::string_view::npos || looks_like_times(line);
}

bool is_header(std::string_view line) {
    constexpr std::string_view word = "WEBVTT";
    return line.starts_with(word) &&
           (line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == '\t');
}

bool is_remark(std::string_view line) {
    for (const std::string_view word : {"NOTE", "STYLE", "REGION"}) {
        if (line.starts_with(word) && (line.size() == word.size() || line[word.size()] == ' ')) return true;
    }
    return false;
}

// A number above a line of times, or a comma in one: nothing else writes so.
SubtitleForm form_of(const std::vector<TextLine>& lines) {
    if (!lines.empty() && is_header(lines.front().text)) return SubtitleForm::vtt;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view line = lines[i].text;
        if (line.find(arrow) == std::string_view::npos) continue;
        const bool comma = line.substr(0, line.find(arrow)).find(',') != std::string_view::npos;
        return comma || (i > 0 && all_digits(trim(lines[i - 1].text))) ? SubtitleForm::srt
                                                                       : SubtitleForm::vtt;
    }
    return SubtitleForm::vtt;
}

std::string vtt_time(std::int64_t ms) {
    return fmt::format("{:02}:{:02}:{:02}.{:03}", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

// What SubRip writes between < and >, as WebVTT has it: bold, italic and underlined stay, fonts go.
std::string tag_of_srt(std::string_view tag) {
    const std::string lower = ascii_lower(tag);
    for (const char* kept : {"<b>", "</b>", "<i>", "</i>", "<u>", "</u>"}) {
        if (lower == kept) return lower;
    }
    return lower.starts_with("<font") || lower == "</font>" ? "" : "&lt;";
}

std::string text_of_srt(std::string_view line) {
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const std::size_t close = line.find(line[i] == '{' ? '}' : '>', i);
        if (line[i] == '{' && line.substr(i).starts_with("{\\") && close != std::string_view::npos) {
            i = close;  // {\an8}: a place on the screen
        } else if (line[i] == '<' && close != std::string_view::npos) {
            const std::string tag = tag_of_srt(line.substr(i, close - i + 1));
            out += tag;
            if (!tag.starts_with('&')) i = close;
        } else if (line[i] == '<') {
            out += "&lt;";
        } else if (line[i] == '&') {
            out += "&amp;";
        } else {
            out += line[i];
        }
    }
    return out;
}

bool has_text(std::string_view line) {
    bool inside = false;
    for (const char c : line) {
        if (c == '<') inside = true;
        if (!inside && c != ' ' && c != '\t') return true;
        if (c == '>') inside = false;
    }
    return false;
}

class SubtitleReader {
  public:
    SubtitleReader(const SourceFile& file, Diagnostics& diagnostics)
        : file_(file), diagnostics_(diagnostics), lines_(lines_of(file.text)), form_(form_of(lines_)) {}

    Subtitles read() {
        if (form_ == SubtitleForm::srt) {
            result_.vtt = "WEBVTT\n";
            if (ascii_lower(file_.path).ends_with(".vtt"))
                report(DiagnosticKind::subtitles_srt, lines_.front(), {file_.path});
        } else {
            result_.vtt = file_.text;
            read_header();
        }
        while (at_ < lines_.size()) read_block();
        if (result_.cues.empty() && !failed_) report(DiagnosticKind::subtitles_no_cue, {{}, 0});
        return std::move(result_);
    }

  private:
    void report(DiagnosticKind kind, const TextLine& line, std::vector<std::string> words = {},
                DiagnosticExtras extras = {}) {
        diagnostics_.report(kind, span_of(line), std::move(words), std::move(extras));
    }
    Span span_of(const TextLine& line) const {
        return {file_.id, line.begin, line.begin + static_cast<std::uint32_t>(line.text.size())};
    }
    bool at_text() const { return at_ < lines_.size() && !trim(lines_[at_].text).empty(); }

    // The header may have more lines, up to the first empty one.
    void read_header() {
        if (lines_.empty() || !is_header(lines_.front().text)) {
            failed_ = true;
            return report(DiagnosticKind::subtitles_no_header, lines_.empty() ? TextLine{} : lines_.front());
        }
        ++at_;
        while (at_text() && !is_times(lines_[at_].text)) ++at_;
    }

    void read_block() {
        if (!at_text()) {
            ++at_;
            return;
        }
        const TextLine& first = lines_[at_];
        if (is_times(first.text)) return read_cue();
        if (at_ + 1 < lines_.size() && is_times(lines_[at_ + 1].text)) {
            ++at_;  // the cue's name or number
            return read_cue();
        }
        if (!is_remark(first.text))
            report(DiagnosticKind::subtitles_without_time, first,
                   {std::string(first_code_points(first.text, 20))});
        while (at_text() && !is_times(lines_[at_].text)) ++at_;
    }

    void read_cue() {
        const TextLine times = lines_[at_++];
        const std::optional<Cue> cue = cue_of(times);
        if (!cue) {
            failed_ = true;
            report(DiagnosticKind::subtitles_bad_time, times, {std::string(trim(times.text))});
        }
        const std::size_t from = at_;
        while (at_text() && !is_times(lines_[at_].text)) ++at_;
        if (cue) add(*cue, times, from);
        check_speakers(from);
    }

    std::optional<Cue> cue_of(const TextLine& times) const {
        const std::size_t middle = times.text.find(arrow);
        if (middle == std::string_view::npos) return std::nullopt;
        const std::string_view behind = trim(times.text.substr(middle + arrow.size()));
        const auto begin = time_in(trim(times.text.substr(0, middle)), form_);
        const auto end = time_in(behind.substr(0, behind.find_first_of(" \t")), form_);
        if (!begin || !end) return std::nullopt;
        return Cue{*begin, *end, span_of(times)};
    }

    void add(const Cue& cue, const TextLine& times, std::size_t from) {
        const Cue* before = result_.cues.empty() ? nullptr : &result_.cues.back();
        const DiagnosticExtras beside{.related = before ? std::optional(before->where) : std::nullopt};
        if (cue.end <= cue.begin) {
            report(DiagnosticKind::subtitles_backwards, times);
        } else if (before && cue.begin < before->begin) {
            report(DiagnosticKind::subtitles_order, times, {}, beside);
        } else if (before && cue.begin < before->end) {
            report(DiagnosticKind::subtitles_overlap, times, {vtt_time(cue.begin)}, beside);
        }
        const auto empty = [this](std::size_t i) { return !has_text(lines_[i].text); };
        bool silent = true;
        for (std::size_t i = from; i < at_; ++i) silent = silent && empty(i);
        if (silent) report(DiagnosticKind::subtitles_empty_cue, times);
        if (form_ == SubtitleForm::srt) write(cue, from);
        result_.cues.push_back(cue);
    }

    void write(const Cue& cue, std::size_t from) {
        result_.vtt += fmt::format("\n{} {} {}\n", vtt_time(cue.begin), arrow, vtt_time(cue.end));
        for (std::size_t i = from; i < at_; ++i) result_.vtt += text_of_srt(lines_[i].text) + "\n";
    }

    // <v 王样例>; what is not closed or has no name shows nobody, and wide brackets are shown as they are.
    void check_speakers(std::size_t from) {
        if (form_ == SubtitleForm::srt) return;
        for (std::size_t i = from; i < at_; ++i) {
            const std::string_view line = lines_[i].text;
            for (std::size_t at = line.find("<v"); at != std::string_view::npos; at = line.find("<v", at + 2))
                check_speaker(lines_[i], at);
            if (const std::size_t at = line.find(wide_bracket); at != std::string_view::npos)
                report_speaker(lines_[i], at);
        }
    }

    void check_speaker(const TextLine& line, std::size_t at) {
        const std::string_view tag = line.text.substr(at);
        const std::size_t close = tag.find('>');
        const char behind = tag.size() > 2 ? tag[2] : '>';
        if ((behind >= 'a' && behind <= 'z') || is_digit(behind)) return;  // some other tag
        if (close == std::string_view::npos) return report_speaker(line, at);
        const std::string_view inside = tag.substr(2, close - 2);
        const std::size_t space = inside.find_first_of(" \t");
        const bool named = space != std::string_view::npos && !trim(inside.substr(space)).empty();
        if (!named || (behind != ' ' && behind != '\t' && behind != '.')) report_speaker(line, at);
    }

    void report_speaker(const TextLine& line, std::size_t at) {
        const std::string_view tag = line.text.substr(at);
        const std::string_view shown = first_code_points(tag.substr(0, tag.find('>') + 1), 20);
        const TextLine place{shown.empty() ? first_code_points(tag, 20) : shown,
                             line.begin + static_cast<std::uint32_t>(at)};
        report(DiagnosticKind::subtitles_speaker, place, {std::string(place.text)});
    }

    const SourceFile& file_;
    Diagnostics& diagnostics_;
    std::vector<TextLine> lines_;
    SubtitleForm form_;
    std::size_t at_ = 0;
    bool failed_ = false;
    Subtitles result_;
};

}  // namespace

Subtitles read_subtitles(const SourceFile& file, Diagnostics& diagnostics) {
    if (const auto broken = find_invalid_utf8(file.text)) {
        const auto at = static_cast<std::uint32_t>(*broken);
        diagnostics.report(DiagnosticKind::bad_utf8, {file.id, at, at + 1});
        return {{}, file.text};
    }
    return SubtitleReader(file, diagnostics).read();
}

void check_against_film(const Subtitles& subtitles, std::int64_t length, Diagnostics& diagnostics) {
    constexpr std::int64_t slack = 1000;  // players round, and the last cue may outlast the sound a little
    for (const Cue& cue : subtitles.cues) {
        if (cue.begin >= length || cue.end > length + slack)
            diagnostics.report(DiagnosticKind::subtitles_past_end, cue.where, {length_text(length)});
    }
}

std::string length_text(std::int64_t milliseconds) {
    const std::int64_t seconds = (milliseconds + 500) / 1000;
    if (seconds < 3600) return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
    return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::int64_t length_in(std::string_view text) {
    // Every unit ends a number; the largest comes first.
    std::string plain(trim(text));
    for (const std::string_view unit : {"小时", "时", "分钟", "分", "：", "′", "'"})
        plain = replace_all(plain, unit, ":");
    for (const std::string_view unit : {"秒", "″", "\""}) plain = replace_all(plain, unit, "");
    const bool hours_alone = text.find("时") != std::string_view::npos && plain.ends_with(':') &&
                             text.find("分") == std::string_view::npos;
    if (plain.ends_with(':')) plain += hours_alone ? "00:00" : "00";
    const bool seconds_alone =
        text.find("秒") != std::string_view::npos && plain.find(':') == std::string::npos;
    if (seconds_alone) plain.insert(0, "0:");
    const auto parts = split(plain, ':');
    if (parts.size() < 2 || parts.size() > 3) return -1;
    std::int64_t seconds = 0;
    for (const std::string_view part : parts) {
        const std::string_view digits = trim(part);
        if (!all_digits(digits) || digits.size() > 4) return -1;
        seconds = seconds * 60 + small_number(digits);
    }
    return seconds * 1000;
}

bool is_subtitles_name(std::string_view name) {
    const std::string lower = ascii_lower(name);
    return lower.ends_with(".vtt") || lower.ends_with(".srt");
}

}  // namespace qunying
