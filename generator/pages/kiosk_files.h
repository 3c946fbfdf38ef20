#pragma once
// The files in kiosk/ that are no pages: what a screen is like, people by letter, codes for telephones.
#include <string>
#include <vector>

#include "pages/page_keys.h"
#include "pages/plain_files.h"

namespace qunying {

// kiosk/settings.js: how this kiosk behaves.
//   window.qunyingKiosk = {"name": "", "idle": 120, "volume": 60, "open": [[127, 510, 1020]], "width": 1080,
//                          "height": 1920, "density": 2.017, "code": "2580", "version": "…", "built":
//                          "2026-11-21"}
// `open`: days (bit 0: Monday), from and to in minutes since midnight. The staff's code stands in venue
// builds alone.
std::string kiosk_settings_script(const PageContext& context);

// kiosk/screen.css: custom properties that say where on this screen hands reach, for it and the same turned
// by a quarter.
std::string screen_stylesheet(const KioskSettings& kiosk);

// All of them, with kiosk/people-LETTER.js, and for a venue kiosk/codes/NAME.svg (qr_code.h) of every address
// that leads out of the site and of every page that is on the web too. Nothing where the theme goes without
// `kiosk`. `context`, `pages` and `keys` must outlive the files.
std::vector<PlainFile> plan_kiosk_files(const PageContext& context, const std::vector<PageJob>& pages,
                                        const PageKeys& keys);

}  // namespace qunying
