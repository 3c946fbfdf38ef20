#!/bin/sh
# Before each start of the browser, as root: lets qunying-install verify the releases, count this start and say which
# one to open. Writes the page for launch; where nothing may be opened there is none, and launch shows waiting.html.
set -u
. "${QUNYING_KIOSK_CONF:-/etc/qunying-kiosk/kiosk.conf}"
run=${QUNYING_KIOSK_RUN:-/run/qunying-kiosk}

mkdir -p "$run"
# A start that never came as far as the browser says nothing about the release: no display, no browser, no terminal.
# It is not counted, or three of them would put good content away.
opened=${QUNYING_KIOSK_BROWSER_RUN:-/run/qunying-kiosk-browser}/opened
if [ ! -e "$opened" ] && page=$(cat "$run/page" 2>/dev/null) && [ -f "$page" ]; then
    echo "上次没有走到打开浏览器这一步，再打开 $page"
    exit 0
fi
rm -f "$opened" "$run/page"
release=$(qunying-install choose --to "$KIOSK_FOLDER" --trust "$KIOSK_TRUST") || exit 0
page=$release/kiosk/index.html
if [ ! -f "$page" ]; then
    echo "没有触摸屏首页：$page" >&2
    exit 0
fi
printf '%s\n' "$page" >"$run/page.new"
mv "$run/page.new" "$run/page"
echo "打开 $page"
