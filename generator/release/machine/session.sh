#!/bin/sh
# What the unit starts on its terminal: a display that shows nothing but the browser, by cage (Wayland) or xinit (X11).
set -u
. "${QUNYING_KIOSK_CONF:-/etc/qunying-kiosk/kiosk.conf}"
launch=${QUNYING_KIOSK_HERE:-/usr/local/lib/qunying-kiosk}/launch

way=$KIOSK_DISPLAY
if [ "$way" = auto ]; then
    if command -v cage >/dev/null; then way=cage; else way=xinit; fi
fi
if ! command -v "$way" >/dev/null; then
    echo "没有找到 $way。请安装 cage，或 xinit 与 xserver-xorg。" >&2
    exit 1
fi
case $way in
cage)
    # It knows no sizes: a turn is asked for outright. -r is 90 degrees clockwise, and may be said up to three times.
    case $KIOSK_ROTATE in
    right) exec cage -r -- "$launch" ;;
    inverted) exec cage -r -r -- "$launch" ;;
    left) exec cage -r -r -r -- "$launch" ;;
    *) exec cage -- "$launch" ;;
    esac
    ;;
xinit)
    exec xinit "$launch" -- :0 "vt${XDG_VTNR:-1}" -nolisten tcp -nocursor -s 0 -dpms
    ;;
*)
    echo "KIOSK_DISPLAY 只能是 auto、cage 或 xinit：$way" >&2
    exit 1
    ;;
esac
