#!/bin/sh
# Beside the browser, as root: systemd stops this at once when the browser ends. A minute without that, from when launch
# started it, and the release counts as one that starts.
set -u
. "${QUNYING_KIOSK_CONF:-/etc/qunying-kiosk/kiosk.conf}"
run=${QUNYING_KIOSK_RUN:-/run/qunying-kiosk}

opened=${QUNYING_KIOSK_BROWSER_RUN:-/run/qunying-kiosk-browser}/opened
until [ -e "$opened" ]; do sleep 1; done
sleep "${QUNYING_KIOSK_MINUTE:-60}"
[ -f "$run/page" ] || exit 0
exec qunying-install confirm --to "$KIOSK_FOLDER"
