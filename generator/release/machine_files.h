#pragma once
// The files of machine/, put into the program when it is built (generator/cmake/files_inside.cmake). Words
// between at signs are filled in by kiosk_setup.cc.
#include <string_view>

namespace qunying {

extern const std::string_view machine_apply, machine_choose, machine_confirm, machine_launch, machine_session,
    machine_stick, machine_update;
extern const std::string_view machine_kiosk_unit, machine_confirm_unit, machine_stick_unit,
    machine_update_unit, machine_update_timer, machine_stick_rules;
extern const std::string_view machine_settings, machine_policy, machine_xorg, machine_readme;
extern const std::string_view machine_waiting_page, machine_waiting_script, machine_stick_page,
    machine_stick_script, machine_screen_style;
extern const std::string_view machine_windows_start, machine_windows_policy;

}  // namespace qunying
