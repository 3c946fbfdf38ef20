// The words of a PDF (ISO 32000-1): pages, notes, properties, what its pictures say of themselves. Objects
// are looked for from front to back, whatever the cross-reference says, so that what an editor of PDFs only
// crossed out is found as well.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <map>

#include "base/text.h"
#include "syntax/file_texts.h"
#include "syntax/inflate.h"
#include "syntax/pdf_code_map.h"
#include "syntax/pdf_syntax.h"

namespace qunying {
namespace {

using namespace pdf;
using file_texts::comments;
using file_texts::pages;
using file_texts::properties;

// ---- objects

struct Object {
    std::uint32_t number = 0;
    std::string_view dict, stream;
};

// Where a word comes next, looked for once however often it is asked.
class NextWord {
  public:
    NextWord(std::string_view text, std::string_view word) : text_(text), word_(word) {}
    // The size of the text where it comes no more. Never goes back.
    std::size_t from(std::size_t at) {
        if (at > next_ || !looked_) next_ = std::min(text_.find(word_, at), text_.size());
        looked_ = true;
        return next_;
    }

  private:
    std::string_view text_, word_;
    std::size_t next_ = 0;
    bool looked_ = false;
};

class Pdf {
  public:
    explicit Pdf(std::string_view bytes) : bytes_(bytes) {}

    FileTexts read() {
        find_objects();
        if (is_encrypted()) {
            out_.reading = FileReading::locked;
            return std::move(out_);
        }
        open_object_streams();
        for (const Object& object : objects_) add_strings(object);
        gather_fonts();
        for (const Object& object : objects_) {
            if (!object.stream.empty()) read_stream(object);
        }
        if (objects_.empty() || spent_ >= file_texts::largest)
            out_.reading = FileReading::damaged;
        else if (unread_ > 0 || letters_ == 0)
            out_.reading = FileReading::no_text;
        return std::move(out_);
    }

  private:
    // ---- finding them

    void find_objects() {
        for (std::size_t at = bytes_.find("obj"); at != std::string_view::npos; at = bytes_.find("obj", at)) {
            const auto number = number_before(at);
            at += 3;
            if (!number || (at < bytes_.size() && !is_delimiter(bytes_[at]))) continue;
            at = add_object(*number, at);
        }
    }

    // 12 0 obj
    std::optional<std::uint32_t> number_before(std::size_t at) const {
        const auto back = [&](std::size_t from, bool digits) {
            while (from > 0 && (digits ? is_digit(bytes_[from - 1]) : is_blank(bytes_[from - 1]))) --from;
            return from;
        };
        const std::size_t generation_end = back(at, false), generation = back(generation_end, true);
        const std::size_t number_end = back(generation, false), number = back(number_end, true);
        if (generation == generation_end || number == number_end || number_end == generation)
            return std::nullopt;
        std::size_t from = number;
        return number_at(bytes_, from);
    }

    std::size_t add_object(std::uint32_t number, std::size_t at) {
        const std::size_t end = endobj_.from(at);
        const std::size_t stream = stream_.from(at);
        if (stream >= end) {
            objects_.push_back({number, bytes_.substr(at, end - at), {}});
            return end;
        }
        std::size_t data = stream + 6;
        if (data < bytes_.size() && bytes_[data] == '\r') ++data;
        if (data < bytes_.size() && bytes_[data] == '\n') ++data;
        const std::string_view dict = bytes_.substr(at, stream - at);
        const std::size_t behind = end_of_stream(dict, data);
        objects_.push_back({number, dict, bytes_.substr(data, behind - data)});
        return behind;
    }

    std::size_t end_of_stream(std::string_view dict, std::size_t data) {
        std::size_t at = value_of(dict, "/Length");
        if (at != std::string_view::npos && !reference_at(dict, at)) {
            const auto length = number_at(dict, at);
            if (length && data + *length <= bytes_.size() &&
                bytes_.substr(data + *length, 12).find("endstream") != std::string_view::npos)
                return data + *length;
        }
        return endstream_.from(data);
    }

    bool is_encrypted() const {
        const std::size_t trailer = bytes_.rfind("trailer");
        if (trailer != std::string_view::npos &&
            value_of(bytes_.substr(trailer), "/Encrypt") != std::string_view::npos)
            return true;
        return std::any_of(objects_.begin(), objects_.end(), [](const Object& object) {
            return has_name(object.dict, "/Type", "/XRef") &&
                   value_of(object.dict, "/Encrypt") != std::string_view::npos;
        });
    }

    // Nothing where it is packed in a way that only pictures and old programs use.
    std::optional<std::string> data_of(const Object& object) {
        const std::size_t filter = value_of(object.dict, "/Filter");
        if (filter == std::string_view::npos) return std::string(object.stream);
        std::string_view names = object.dict.substr(filter);
        names = names.substr(0, names.find_first_of(names.starts_with("[") ? "]" : " \r\n>", 1));
        if (names.find("/FlateDecode") == std::string_view::npos &&
            names.find("/Fl ") == std::string_view::npos)
            return std::nullopt;
        if (std::count(names.begin(), names.end(), '/') != 1) return std::nullopt;
        const std::size_t left = file_texts::largest - std::min(spent_, file_texts::largest);
        std::string data = inflated(object.stream, std::min(left, file_texts::largest_part));
        spent_ += data.size();
        return data;
    }

    // Objects that lie packed together.
    void open_object_streams() {
        for (std::size_t i = 0, count = objects_.size(); i < count; ++i) {
            if (!has_name(objects_[i].dict, "/Type", "/ObjStm")) continue;
            auto data = data_of(objects_[i]);
            std::size_t first_at = value_of(objects_[i].dict, "/First");
            const auto first =
                first_at == std::string_view::npos ? std::nullopt : number_at(objects_[i].dict, first_at);
            if (!data || !first) continue;
            kept_.push_back(std::move(*data));
            add_packed(kept_.back(), *first);
        }
    }

    void add_packed(std::string_view data, std::size_t first) {
        std::vector<std::pair<std::uint32_t, std::size_t>> places;
        for (std::size_t at = 0; at < std::min(first, data.size());) {
            const auto number = number_at(data, at);
            const auto offset = number ? number_at(data, at) : std::nullopt;
            if (!offset) break;
            places.emplace_back(*number, first + *offset);
        }
        for (std::size_t i = 0; i < places.size(); ++i) {
            const std::size_t begin = std::min(places[i].second, data.size());
            const std::size_t end =
                i + 1 < places.size() ? std::clamp(places[i + 1].second, begin, data.size()) : data.size();
            objects_.push_back({places[i].first, data.substr(begin, end - begin), {}});
        }
    }

    // ---- dictionaries

    void add_strings(const Object& object) {
        constexpr std::size_t longest = 1 << 20;  // what is longer is a signature
        const std::string_view dict = object.dict;
        if (dict.size() > longest) return;
        std::string words;
        for (std::size_t at = 0; at < dict.size();) {
            if (dict[at] == '(') {
                words += text_string(literal_string(dict, at)) + "\n";
            } else if (dict[at] == '<' && (at + 1 >= dict.size() || dict[at + 1] != '<')) {
                words += text_string(hex_string(dict, at)) + "\n";
            } else {
                at += dict[at] == '<' ? 2 : 1;
            }
        }
        const bool note = value_of(dict, "/Subtype") != std::string_view::npos &&
                          value_of(dict, "/Rect") != std::string_view::npos;
        out_.add(note ? comments : properties, std::move(words));
    }

    // ---- fonts

    void gather_fonts() {
        for (const Object& object : objects_) by_number_[object.number] = &object;
        for (const Object& object : objects_) {
            const std::size_t at = value_of(object.dict, "/Font");
            if (at == std::string_view::npos) continue;
            if (const auto reference = reference_at(object.dict, at)) {
                const auto found = by_number_.find(*reference);
                if (found != by_number_.end()) name_fonts(found->second->dict);
            } else if (object.dict.substr(at).starts_with("<<")) {
                name_fonts(object.dict.substr(at));
            }
        }
    }

    // << /F1 5 0 R /F2 6 0 R >>
    void name_fonts(std::string_view dict) {
        const std::string_view names = dict.substr(0, dict.find(">>"));
        for (std::size_t at = names.find('/'); at != std::string_view::npos; at = names.find('/', at + 1)) {
            std::size_t end = at + 1;
            while (end < names.size() && !is_delimiter(names[end])) ++end;
            const auto font = reference_at(names, end);
            if (!font) continue;
            auto& fonts = fonts_[std::string(names.substr(at + 1, end - at - 1))];
            constexpr std::size_t most = 4;
            if (fonts.size() < most && std::find(fonts.begin(), fonts.end(), *font) == fonts.end())
                fonts.push_back(*font);
        }
    }

    const CodeMap& map_of(std::uint32_t font) {
        const auto [found, fresh] = maps_.try_emplace(font);
        if (fresh) read_font(font, found->second);
        return found->second;
    }

    void read_font(std::uint32_t font, CodeMap& map) {
        const auto object = by_number_.find(font);
        if (object == by_number_.end()) return;
        const std::string_view dict = object->second->dict;
        const auto to_unicode = reference_at(dict, value_of(dict, "/ToUnicode"));
        const auto stream = to_unicode ? by_number_.find(*to_unicode) : by_number_.end();
        if (stream != by_number_.end()) {
            if (const auto text = data_of(*stream->second)) read_code_map(*text, map);
        }
        if (!map.texts.empty()) return;
        if (!has_name(dict, "/Subtype", "/Type0")) return;
        const std::size_t encoding = value_of(dict, "/Encoding");
        const std::string_view name =
            encoding == std::string_view::npos ? std::string_view() : dict.substr(encoding, 24);
        map.utf16 = name.starts_with("/Uni");
        map.unknown = name.starts_with("/Identity") || name.empty() || !name.starts_with("/");
    }

    std::string decoded(const std::string& bytes, const CodeMap* map) {
        if (!map || (map->texts.empty() && !map->utf16 && !map->unknown)) return from_latin(bytes);
        if (map->utf16) return file_texts::from_utf16(bytes, true);
        if (map->unknown) return ++unread_, std::string();
        std::string text;
        const std::size_t step = std::max<std::size_t>(map->code_bytes, 1);
        for (std::size_t at = 0; at + step <= bytes.size(); at += step) {
            const auto found = map->texts.find(code_of(std::string_view(bytes).substr(at, step)));
            text += found == map->texts.end() ? std::string("\n") : found->second;
        }
        return text;
    }

    // ---- streams

    void read_stream(const Object& object) {
        if (has_name(object.dict, "/Subtype", "/Image")) return read_image(object);
        for (const std::string_view type : {"/ObjStm", "/XRef"}) {
            if (has_name(object.dict, "/Type", type)) return;
        }
        const auto data = data_of(object);
        if (!data) return;
        if (has_name(object.dict, "/Type", "/Metadata")) {
            if (data->find("GPSLatitude") != std::string::npos) out_.location = properties;
            return out_.add(properties, *data);
        }
        if (has_name(object.dict, "/Type", "/EmbeddedFile")) return read_attachment(*data);
        if (data->find("Tj") == std::string::npos && data->find("TJ") == std::string::npos) return;
        std::size_t passes = 1;
        for (std::size_t pass = 0; pass < passes; ++pass) read_page(*data, pass, passes);
    }

    void read_image(const Object& object) {
        if (!file_texts::is_picture(object.stream)) return;
        FileTexts inner = file_texts::of_picture(object.stream);
        for (FileText& text : inner.texts) out_.add(file_texts::illustration, std::move(text.text));
        if (inner.location) out_.location = file_texts::illustration;
    }

    void read_attachment(const std::string& data) {
        constexpr PlaceInFile attachment{"附件里", " in an attachment"};
        FileTexts inner;
        if (file_texts::is_picture(data))
            inner = file_texts::of_picture(data);
        else if (data.starts_with("PK\x03\x04") || data.starts_with("\xD0\xCF\x11\xE0"))
            inner = file_texts::of_office(data, 1);
        else
            inner.add(attachment, data);
        for (FileText& text : inner.texts) out_.add(attachment, std::move(text.text));
        if (inner.location) out_.location = attachment;
    }

    struct Operands {
        std::vector<double> numbers;
        std::string name;
        std::string shown;  // what the strings say, `gap` where they are far apart
        bool in_array = false;
    };
    // Stands where two pieces on one line may belong together or not.
    static constexpr char gap = '\x01';

    // A font's name may stand for another font on another page: each pass takes the next one.
    void read_page(std::string_view data, std::size_t pass, std::size_t& passes) {
        std::string words;
        const CodeMap* map = nullptr;
        Operands operands;
        double line = 0;
        for (std::size_t at = 0; at < data.size();) {
            const char c = data[at];
            if (is_blank(c)) {
                ++at;
            } else if (c == '%') {
                at = std::min(data.find_first_of("\r\n", at), data.size());
            } else if (c == '(') {
                operands.shown += decoded(literal_string(data, at), map);
            } else if (c == '<' && (at + 1 >= data.size() || data[at + 1] != '<')) {
                operands.shown += decoded(hex_string(data, at), map);
            } else if (c == '[' || c == ']') {
                operands.in_array = c == '[';
                ++at;
            } else if (is_delimiter(c) && c != '/') {
                ++at;
            } else {
                std::size_t end = at + 1;
                while (end < data.size() && !is_delimiter(data[end])) ++end;
                const std::string_view token = data.substr(at, end - at);
                at = end;
                if (token[0] == '/')
                    operands.name = token.substr(1);
                else if (is_digit(token[0]) || token[0] == '-' || token[0] == '.' || token[0] == '+')
                    add_number(std::string(token), operands);
                else if (token == "ID")
                    at = end_of_inline_image(data, at), operands = {};
                else
                    operate(token, operands, map, line, words, pass, passes);
            }
        }
        add_page(words);
    }

    static std::size_t end_of_inline_image(std::string_view data, std::size_t at) {
        for (std::size_t end = data.find("EI", at); end != std::string_view::npos;
             end = data.find("EI", end + 1)) {
            if (is_blank(data[end - 1]) && (end + 2 >= data.size() || is_blank(data[end + 2])))
                return end + 2;
        }
        return data.size();
    }

    static void add_number(const std::string& token, Operands& operands) {
        const double value = std::strtod(token.c_str(), nullptr);
        constexpr double far = -180;  // thousandths of an em, to the right
        if (operands.in_array) {
            if (value < far) operands.shown += gap;
        } else {
            operands.numbers.push_back(value);
        }
    }

    void operate(std::string_view token, Operands& operands, const CodeMap*& map, double& line,
                 std::string& words, std::size_t pass, std::size_t& passes) {
        const std::vector<double>& n = operands.numbers;
        if (token == "Tf") {
            const auto fonts = fonts_.find(operands.name);
            map = nullptr;
            if (fonts != fonts_.end()) {
                passes = std::max(passes, fonts->second.size());
                map = &map_of(fonts->second[std::min(pass, fonts->second.size() - 1)]);
            }
        } else if (token == "Tj" || token == "TJ") {
            words += operands.shown;
        } else if (token == "'" || token == "\"") {
            words += "\n" + operands.shown;
        } else if (token == "T*") {
            words += '\n';
        } else if (token == "Td" || token == "TD") {
            words += n.size() >= 2 && n[n.size() - 1] == 0 ? gap : '\n';
        } else if (token == "Tm") {
            const double now = n.size() >= 6 ? n[n.size() - 1] : line + 1;
            words += now == line ? gap : '\n';
            line = now;
        } else if (token == "ET" || token == "Do") {
            words += gap;
        }
        operands = {};
    }

    // Once with such pieces set together, once apart.
    void add_page(const std::string& words) {
        letters_ += static_cast<std::size_t>(
            std::count_if(words.begin(), words.end(), [](char c) { return c != gap && !is_blank(c); }));
        std::string together, apart = words;
        for (const char c : words) {
            if (c != gap) together += c;
        }
        std::replace(apart.begin(), apart.end(), gap, ' ');
        if (together.size() != words.size()) out_.add(pages, std::move(apart));
        out_.add(pages, std::move(together));
    }

    std::string_view bytes_;
    NextWord endobj_{bytes_, "endobj"}, stream_{bytes_, "stream"}, endstream_{bytes_, "endstream"};
    FileTexts out_;
    std::vector<Object> objects_;
    std::deque<std::string> kept_;                      // opened object streams: their addresses stay
    std::map<std::uint32_t, const Object*> by_number_;  // the last of each number
    std::map<std::string, std::vector<std::uint32_t>, std::less<>> fonts_;
    std::map<std::uint32_t, CodeMap> maps_;
    std::size_t spent_ = 0, letters_ = 0, unread_ = 0;
};

}  // namespace

FileTexts file_texts::of_pdf(std::string_view bytes) { return Pdf(bytes).read(); }

}  // namespace qunying
