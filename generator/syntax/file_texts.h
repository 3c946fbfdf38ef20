#pragma once
// Words that a file carries where nobody sees them at first sight: what a photograph says of itself (EXIF,
// XMP, IPTC), the pages, notes and properties of a PDF or an Office document. Read from the bytes by us, for
// whoever looks for personal data in them. Any bytes may come in: lengths are checked against what is there,
// and neither memory nor time grows beyond a bound however small a bomb is.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

// Where in the file words stand, as part of a sentence: “批注里”, “ in a comment”.
struct PlaceInFile {
    std::string_view chinese, english;

    bool operator==(const PlaceInFile&) const = default;
};

struct FileText {
    PlaceInFile place;
    std::string text;  // UTF-8 as far as it can be told; digits always are
};

enum class FileReading {
    whole,    // all words that we know to look for
    no_text,  // pages without words: a scan
    locked,   // encrypted
    damaged,
};

struct FileTexts {
    std::vector<FileText> texts;
    std::optional<PlaceInFile> location;  // where it tells the place at which a picture was taken
    FileReading reading = FileReading::whole;

    void add(PlaceInFile place, std::string text);
};

// Nothing for a file of any other type. What a file is, its bytes say, not its name.
std::optional<FileTexts> read_file_texts(std::string_view bytes);

namespace file_texts {

inline constexpr PlaceInFile photograph{"照片的拍摄信息里", " in what the photograph says of itself"};
inline constexpr PlaceInFile pages{"正文里", " on its pages"};
inline constexpr PlaceInFile comments{"批注里", " in a comment"};
inline constexpr PlaceInFile properties{"文档属性里", " in its properties"};
inline constexpr PlaceInFile margins{"页眉页脚里", " in a header or footer"};
inline constexpr PlaceInFile illustration{"插图的拍摄信息里", " in what an illustration says of itself"};

// All that a file may be inflated to, and any part of it.
inline constexpr std::size_t largest = std::size_t{96} << 20, largest_part = std::size_t{24} << 20;

// For the readers alone.
FileTexts of_picture(std::string_view bytes);
bool is_picture(std::string_view bytes);
FileTexts of_office(std::string_view bytes, int depth);  // a zip, or the older container
FileTexts of_pdf(std::string_view bytes);
// Out of UTF-16; broken units become U+FFFD.
std::string from_utf16(std::string_view bytes, bool big_endian);

}  // namespace file_texts

}  // namespace qunying
