#!/bin/sh
# In the kiosk's session: finds the browser and lets it show the release that choose named, over the whole screen and
# without a window manager. Ends with the browser; systemd starts all anew then.
set -u
. "${QUNYING_KIOSK_CONF:-/etc/qunying-kiosk/kiosk.conf}"
run=${QUNYING_KIOSK_RUN:-/run/qunying-kiosk}
share=${QUNYING_KIOSK_SHARE:-/usr/local/share/qunying-kiosk}
# A profile that lives as long as this session: nothing of a visitor stays, and none that broke is met again.
own=${RUNTIME_DIRECTORY:-$(mktemp -d)}
profile=$own/profile
rm -rf "$profile"

# Browsers out of a snap see neither /opt nor /run.
in_snap() {
    case $(readlink -f "$1") in
    /snap/* | */bin/snap) return 0 ;;
    esac
    head -c 4096 "$1" | grep -q /snap/bin
}

find_browser() {
    for name in $KIOSK_BROWSER chromium chromium-browser google-chrome-stable google-chrome browser \
        qaxbrowser-safe-stable qaxbrowser-safe; do
        path=$(command -v "$name") || continue
        if in_snap "$path"; then
            echo "$path 是 snap 版，读不到 $KIOSK_FOLDER，没有用它。" >&2
            continue
        fi
        echo "$path"
        return
    done
    return 1
}

# Where X11 says what the screen is: turns it when it lies and shall stand (or the other way), fingers with it.
turn_screen() {
    command -v xrandr >/dev/null || return 0
    # shellcheck disable=SC2046 # a name a word
    set -- $(xrandr --current | sed -n 's/^\([^ ]*\) connected .*/\1/p')
    [ $# -gt 0 ] || return 0
    output=$1
    turn=$KIOSK_ROTATE
    if [ "$turn" = auto ]; then
        xrandr --output "$output" --auto --rotate normal
        screen_size
        turn=normal
        wanted_width=${KIOSK_SCREEN%x*} wanted_height=${KIOSK_SCREEN#*x}
        if [ "$width" -gt "$height" ] && [ "$wanted_width" -lt "$wanted_height" ]; then turn=right; fi
        if [ "$width" -lt "$height" ] && [ "$wanted_width" -gt "$wanted_height" ]; then turn=right; fi
    fi
    xrandr --output "$output" --auto --rotate "$turn"
    command -v xinput >/dev/null || return 0
    for device in $(xinput list --id-only); do
        if xinput list-props "$device" 2>/dev/null | grep -q 'Coordinate Transformation Matrix'; then
            xinput map-to-output "$device" "$output" 2>/dev/null
        fi
    done
    return 0
}

# As it is now; as it was set where nobody can say.
screen_size() {
    width=${KIOSK_SCREEN%x*} height=${KIOSK_SCREEN#*x}
    [ -n "${DISPLAY:-}" ] && command -v xrandr >/dev/null || return 0
    size=$(xrandr --current | sed -n 's/.* current \([0-9]*\) x \([0-9]*\),.*/\1x\2/p')
    [ -n "$size" ] && width=${size%x*} height=${size#*x}
}

if [ -n "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then turn_screen; fi
screen_size

if ! browser=$(find_browser); then
    echo "没有找到浏览器。请安装 chromium，或在 /etc/qunying-kiosk/kiosk.conf 里写明 KIOSK_BROWSER。" >&2
    exit 1
fi

# --kiosk alone has no size without a window manager. Names are resolved nowhere: nothing leaves the machine even where
# it has a network.
set -- --user-data-dir="$profile" --password-store=basic \
    --kiosk --window-position=0,0 --window-size="$width,$height" --force-device-scale-factor=1 \
    --no-first-run --no-default-browser-check --noerrdialogs --disable-infobars --hide-crash-restore-bubble \
    --disable-session-crashed-bubble --disable-breakpad --disable-logging \
    --disable-background-networking --disable-component-update --disable-sync --disable-domain-reliability \
    --disable-client-side-phishing-detection --disable-default-apps --disable-extensions --no-pings \
    --host-resolver-rules='MAP * ~NOTFOUND' --disable-quic \
    --disable-features=Translate,TranslateUI,OverscrollHistoryNavigation,MediaRouter,OptimizationHints \
    --overscroll-history-navigation=0 --disable-pinch --disable-translate --disable-print-preview \
    --autoplay-policy=no-user-gesture-required --lang=zh-CN
if [ -n "${WAYLAND_DISPLAY:-}" ]; then set -- "$@" --ozone-platform=wayland; fi

# The window that tells what becomes of a stick, above the exhibition, once for each stick.
tell_of_sticks() {
    told=no
    while sleep 1; do
        if [ ! -e "$run/stick.js" ]; then
            told=no
        elif [ "$told" = no ]; then
            told=yes
            "$browser" "$@" --app="file://$share/stick.html" >/dev/null 2>&1
        fi
    done
}

tell_of_sticks "$@" &
teller=$!
trap 'kill "$teller" 2>/dev/null' EXIT
trap 'exit 143' TERM INT HUP

page=$(cat "$run/page" 2>/dev/null) || page=$share/waiting.html
: >"$own/opened" # from here on it is the content's start: see choose and confirm
# shellcheck disable=SC2086 # flags of the administrator are words
"$browser" "$@" $KIOSK_FLAGS "file://$page"
