#include "hanzi/phrases.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <memory>
#include <mutex>
#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/utext.h>

#include "base/failure.h"
#include "base/text.h"
#include "base/typography.h"

namespace qunying {
namespace {

constexpr std::size_t shortest_with_phrases = 18;  // bytes: six hanzi

struct TextCloser {
    void operator()(UText* text) const { utext_close(text); }
};

// Offsets in UTF-8 at which a word or mark ends.
std::vector<std::size_t> word_ends(std::string_view text) {
    // One for all threads: it is slow to make, and headings that need it are few.
    static std::mutex mutex;
    static std::unique_ptr<icu::BreakIterator> words;
    const std::lock_guard lock(mutex);
    UErrorCode error = U_ZERO_ERROR;
    if (!words)
        words.reset(icu::BreakIterator::createWordInstance(icu::Locale::getSimplifiedChinese(), error));
    const std::unique_ptr<UText, TextCloser> bytes(
        utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &error));
    words->setText(bytes.get(), error);
    QY_CHECK(U_SUCCESS(error));
    std::vector<std::size_t> ends;
    for (auto end = words->next(); end != icu::BreakIterator::DONE; end = words->next())
        ends.push_back(static_cast<std::size_t>(end));
    return ends;
}

// Words of this field that the dictionary has not: 老 would go to what stands in front of it.
constexpr std::array<std::string_view, 6> own_words = {"老干部", "老同志", "老党员",
                                                       "离退休", "风采录", "群英谱"};

std::vector<std::size_t> with_own_words(std::string_view text, std::vector<std::size_t> ends) {
    for (const std::string_view word : own_words) {
        for (auto at = text.find(word); at != std::string_view::npos;
             at = text.find(word, at + word.size())) {
            const std::size_t end = at + word.size();
            std::erase_if(ends, [&](std::size_t each) { return each >= at && each <= end; });
            ends.insert(ends.end(), {at, end});
        }
    }
    std::sort(ends.begin(), ends.end());
    return ends;
}

// A word of its own: two hanzi and more, or letters.
bool stands_alone(std::string_view word) {
    const CodePoint first = decode_first(word);
    return is_hanzi(first.value) ? word.size() > first.bytes : first.value < 0x80 && first.value != U' ';
}

bool opens(std::string_view word) {
    constexpr std::string_view marks[] = {"“", "‘", "（", "《", "〈", "「", "『", "【", "〔"};
    return std::find(std::begin(marks), std::end(marks), word) != std::end(marks);
}

char32_t last_of(std::string_view text) {
    std::size_t begin = text.size() - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
    return decode_first(text.substr(begin)).value;
}

}  // namespace

std::vector<std::string_view> phrases_of(std::string_view text) {
    std::vector<std::string_view> phrases;
    std::size_t begin = 0, last = 0;
    bool complete = false;  // what has been gathered holds a word
    for (const std::size_t end : with_own_words(text, word_ends(text))) {
        const std::string_view word = text.substr(last, end - last);
        const bool starts = stands_alone(word) || opens(word);
        if (starts && complete) {
            phrases.push_back(text.substr(begin, last - begin));
            begin = last;
            complete = false;
        }
        complete = complete || stands_alone(word);
        last = end;
    }
    if (begin < text.size()) phrases.push_back(text.substr(begin));
    return phrases;
}

std::string typeset_heading(std::string_view heading) {
    if (heading.size() < shortest_with_phrases) return typeset(heading);
    std::string html;
    const std::vector<std::string_view> phrases = phrases_of(heading);
    for (std::size_t i = 0; i < phrases.size(); ++i) {
        if (i > 0) html += "<wbr>";
        const char32_t before = i > 0 ? last_of(phrases[i - 1]) : block_edge;
        const char32_t after = i + 1 < phrases.size() ? decode_first(phrases[i + 1]).value : block_edge;
        append_typeset(html, phrases[i], {before, after, false});
    }
    return html;
}

}  // namespace qunying
