#!/bin/sh
# Asks the address of the settings for a newer pack, as root. What was fetched before a break is not fetched again.
set -u
. "${QUNYING_KIOSK_CONF:-/etc/qunying-kiosk/kiosk.conf}"

if [ -z "$KIOSK_URL" ]; then
    echo "没有写更新的网址，不更新。"
    exit 0
fi
exec qunying-install install "$KIOSK_URL" --to "$KIOSK_FOLDER" --trust "$KIOSK_TRUST"
