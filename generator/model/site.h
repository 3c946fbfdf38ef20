#pragma once
// The whole site as plain data: settings, records, conferrals.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kinds.h"
#include "model/record.h"

namespace qunying {

enum class Audience { web, venue };

// How lists of people and teams are ordered.
enum class ListOrder { stroke, stroke_fullname, pinyin, document, year, region };

struct NavigationItem {
    std::string label;
    std::string target;  // a kind's folder, "honors", or a page's path such as pages/about.html
    Span span = {};      // of the target
};

// A region of the site, in official order.
struct Region {
    std::string name;
    std::string key;  // for addresses: [a-z0-9-]
    Span span;
};

struct FooterSettings {
    std::string host_unit, contact, icp, police, site_code, party_mark;  // empty ones are not printed
};

// When a hall is open: on these days of the week, between these minutes of the day.
struct OpeningHours {
    std::uint8_t days = 127;  // bit 0: Monday … bit 6: Sunday
    int from = 0, to = 1440;  // minutes since midnight

    bool operator==(const OpeningHours&) const = default;
};

// A screen that visitors touch, and how it behaves (docs/kiosk-face.md).
struct KioskSettings {
    std::string venue;                     // key of the venue; empty: the site's own settings
    std::string name;                      // of the hall, may be empty
    double diagonal = 43;                  // of the screen, inches
    int width = 1080, height = 1920;       // pixels, as it hangs
    int lower_edge = 600;                  // of the screen, millimetres above the floor
    std::vector<OpeningHours> open;        // dark at other times; empty: always open
    int volume = 60;                       // of films and recordings, percent
    int idle = 120;                        // seconds without a touch, until it asks
    std::string code;                      // of the staff's screen: digits; empty: it asks for none
    std::vector<std::string> exhibitions;  // ids, in the order of the loop; empty: all with `kiosk_loop`
    Span span;                             // where the screen is described
    std::vector<Span> exhibition_spans;    // of each of `exhibitions`
};

struct SiteSettings {
    SourceId source = no_source;
    std::string id;  // [a-z0-9.-]; what the packs of this site are known by, or empty
    std::string title;
    std::string subtitle;
    std::string description;
    std::string base_url;      // https://example.gov.cn/qunying/, ends with '/', or empty
    std::string organisation;  // the unit the site belongs to
    std::string theme = "hall";
    Span theme_span;  // where it is named; unknown when it is not
    std::string language = "zh-CN";
    ListOrder list_order = ListOrder::stroke;
    std::vector<Region> regions;
    std::vector<NavigationItem> navigation;
    std::vector<std::string> home_blocks;  // order of blocks on the home page
    FooterSettings footer;
    bool review_required = false;
    bool mourning = false;
    bool government_meta = false;
    bool exports = true;                   // data/*.json and data/*.csv
    std::vector<std::string> posters;      // kinds whose records get a poster: person, exhibition
    Span posters_span;                     // where they are asked for
    bool takes_tiff = false;               // photographs may be TIFF scans
    std::uint64_t picture_memory = 0;      // bytes that all picture workers together may take; 0: not said
    std::string picture_credit;            // written into every picture as its author; empty: not
    std::string picture_copyright;         // and as its copyright
    int page_size = 60;                    // people on a page of the roll
    int deceased_frame_years = 0;          // 0: the frame is always used
    std::string default_status = "draft";  // of kinds that are not draft by default
    std::string default_visibility = "internal";
    std::map<std::string, std::string> theme_settings;  // handed to the theme as they are
    std::vector<std::string> allowed_words;             // words that the wording rules shall pass over
    KioskSettings kiosk;                                // of the venue that is built for, if one is chosen
    std::vector<KioskSettings> venues;                  // each with what it does not say from `kiosk`
};

// An honour given. Written in the batch's list or on the recipient's profile; both sides merged.
struct Conferral {
    RecordId batch = no_record;  // no_record: known only from a text (`claim`)
    RecordId recipient = no_record;
    std::string grade;
    std::int64_t number = 0;  // position in the document; 0 when not stated
    std::string post;         // unit and post as the decision words it
    bool revoked = false;
    std::string revoked_by;
    std::string claim;        // the honour in the text's words
    std::string claim_level;  // key of the level choice, may be empty
    std::string claim_source;
    Span in_batch, in_profile;  // where it is written; unknown when it is not
};

struct Site {
    Kinds kinds = built_in_kinds();
    SiteSettings settings;
    std::vector<Record> records;        // by kind, then slug
    std::vector<Conferral> conferrals;  // batch by batch in document order, then claims

    const Record& operator[](RecordId id) const { return records[static_cast<std::size_t>(id)]; }
    Record& operator[](RecordId id) { return records[static_cast<std::size_t>(id)]; }
    const Kind& kind_of(RecordId id) const { return kinds[(*this)[id].kind]; }
    // Live and readable records of a kind, by slug.
    std::vector<RecordId> of_kind(KindId kind) const;
    std::vector<RecordId> of_kind(std::string_view kind_key) const;
    std::optional<RecordId> find(KindId kind, std::string_view slug) const;  // live or not
};

// The field of a record by English key, with kinds taken from the site.
inline std::string_view text_of(const Site& s, RecordId id, std::string_view key) {
    return text_of(s.kinds, s[id], key);
}
inline PartialDate date_of(const Site& s, RecordId id, std::string_view key) {
    return date_of(s.kinds, s[id], key);
}
inline std::string_view choice_of(const Site& s, RecordId id, std::string_view key) {
    return choice_of(s.kinds, s[id], key);
}
inline RecordId reference_of(const Site& s, RecordId id, std::string_view key) {
    return reference_of(s.kinds, s[id], key);
}
inline const FieldValue& field_of(const Site& s, RecordId id, std::string_view key) {
    return field_of(s.kinds, s[id], key);
}

}  // namespace qunying
