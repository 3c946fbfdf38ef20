#include "build/picture_facts.h"

#include <cmath>

#include "base/json.h"

namespace qunying {
namespace {

constexpr double millionths = 1e6;

Head read_head(const JsonValue& places) {
    const auto place = [&](std::size_t i) {
        return static_cast<double>(places.items.at(i).integer) / millionths;
    };
    return {static_cast<Head::Source>(places.items.at(0).integer), {place(1), place(2)}, place(3)};
}

}  // namespace

std::string write_facts(const PictureFacts& facts) {
    JsonWriter json(JsonWriter::Layout::compact);
    const PictureResult& r = facts.result;
    json.begin_object().key("decoded").boolean(r.decoded).key("problem").number(static_cast<int>(r.problem));
    json.key("detail")
        .text(r.detail)
        .key("width")
        .number(r.source_width)
        .key("height")
        .number(r.source_height);
    json.key("frames").number(r.frames).key("rgb").number(r.average_rgb);
    // Places are kept in millionths: a picture has fewer pixels across.
    json.key("head").begin_array().number(static_cast<int>(r.head.source));
    for (const double place : {r.head.eyes.x, r.head.eyes.y, r.head.height})
        json.number(std::llround(place * millionths));
    json.end_array().key("outputs").begin_array();
    for (std::size_t i = 0; i < r.outputs.size(); ++i) {
        json.begin_array();
        for (std::size_t j = 0; j < r.outputs[i].size(); ++j) {
            const PictureOutput& o = r.outputs[i][j];
            json.begin_array().number(static_cast<int>(o.format)).number(o.width).number(o.height);
            json.text(facts.files[i][j].blake2b.hex())
                .number(static_cast<std::int64_t>(facts.files[i][j].size))
                .end_array();
        }
        json.end_array();
    }
    json.end_array().end_object();
    return json.finish();
}

std::optional<PictureFacts> read_facts(std::string_view text) {
    const auto json = read_json(text);
    const JsonValue* outputs = json ? json->find("outputs") : nullptr;
    const JsonValue* head = json ? json->find("head") : nullptr;
    if (!outputs || !head || head->items.size() != 4) return std::nullopt;
    PictureFacts facts;
    PictureResult& r = facts.result;
    r.decoded = json->find("decoded")->boolean;
    r.problem = static_cast<PictureProblem>(json->find("problem")->integer);
    r.detail = json->find("detail")->text;
    r.frames = static_cast<int>(json->find("frames")->integer);
    r.source_width = static_cast<int>(json->find("width")->integer);
    r.source_height = static_cast<int>(json->find("height")->integer);
    r.average_rgb = static_cast<std::uint32_t>(json->find("rgb")->integer);
    r.head = read_head(*head);
    for (const JsonValue& recipe : outputs->items) {
        r.outputs.emplace_back();
        facts.files.emplace_back();
        for (const JsonValue& o : recipe.items) {
            r.outputs.back().push_back({static_cast<PictureFormat>(o.items[0].integer),
                                        static_cast<int>(o.items[1].integer),
                                        static_cast<int>(o.items[2].integer),
                                        {}});
            const auto blake2b = blake2b_from_hex(o.items[3].text);
            if (!blake2b) return std::nullopt;
            facts.files.back().push_back({*blake2b, static_cast<std::uint64_t>(o.items[4].integer)});
        }
    }
    return facts;
}

PictureFacts facts_of(const PictureResult& result) {
    PictureFacts facts;
    facts.result = result;
    for (auto& recipe : facts.result.outputs) {
        facts.files.emplace_back();
        for (PictureOutput& output : recipe) {
            facts.files.back().push_back({blake2b_of(output.bytes), output.bytes.size()});
            output.bytes.clear();
        }
    }
    return facts;
}

}  // namespace qunying
