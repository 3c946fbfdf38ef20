#!/bin/sh
# A stick was put in (as root): reads it without writing to it, installs the pack that it carries, and tells the screen.
#   stick DEVICE      sdb1, as udev calls it; a folder will do too
#   stick --gone      it was pulled
set -u
. "${QUNYING_KIOSK_CONF:-/etc/qunying-kiosk/kiosk.conf}"
run=${QUNYING_KIOSK_RUN:-/run/qunying-kiosk}
mounted=$run/mounted

# $1: reading, done, same, refused, nothing or gone; $2: a sentence. Written beside and renamed: the page reads any time.
tell() {
    sentence=$(printf '%s' "$2" | tr -d '\000-\037"\\<>&')
    printf 'QunyingStick({"step":"%s","text":"%s"});\n' "$1" "$sentence" >"$run/stick.new"
    mv "$run/stick.new" "$run/stick.js"
    echo "$2"
}

mount_stick() {
    case $(blkid -o value -s TYPE "/dev/$1") in
    vfat) options=,utf8 ;;
    *) options= ;;
    esac
    mkdir -p "$mounted"
    mount -o "ro,nosuid,nodev,noexec,noatime$options" "/dev/$1" "$mounted"
}

# Packs lie at the top of the stick, or in a folder or two there: one for each venue. One a line.
packs_on() {
    for manifest in "$1"/manifest.qy "$1"/*/manifest.qy "$1"/*/*/manifest.qy; do
        [ -f "$manifest" ] && echo "${manifest%/manifest.qy}"
    done
}

mkdir -p "$run"
if [ "$1" = --gone ]; then
    if grep -q '"step":"reading"' "$run/stick.js" 2>/dev/null; then
        tell gone "U盘拔早了，新内容没有装上，屏幕仍显示原来的内容。请重新插上，等屏幕说可以拔下。"
    else
        tell gone "U盘已拔下。"
    fi
    sleep "${QUNYING_KIOSK_PAUSE:-10}" # the window closes meanwhile
    rm -f "$run/stick.js"
    exit 0
fi

trap 'exit 143' TERM INT HUP
tell reading "正在读取U盘，请不要拔下……"
place=$1
if [ ! -d "$place" ]; then
    if ! mount_stick "$1"; then
        tell refused "读不了这只U盘。屏幕仍显示原来的内容。请换一只U盘。"
        exit 0
    fi
    place=$mounted
    trap 'umount -l "$mounted" 2>/dev/null' EXIT
fi

packs=$run/packs
packs_on "$place" >"$packs"
if [ ! -s "$packs" ]; then
    tell nothing "这只U盘里没有触摸屏的更新包，可以拔下。"
    exit 0
fi
# Once something is installed, the packs of other venues are refused; before that nobody could tell them apart.
if [ ! -e "$KIOSK_FOLDER/current.js" ] && [ "$(wc -l <"$packs")" -gt 1 ]; then
    tell refused "U盘里有几个场馆的更新包。第一次安装，请只放本场馆的那一个。可以拔下U盘。"
    exit 0
fi

# Of a refusal the last line is the sentence to show; lines before it are progress.
tell reading "正在安装新内容，请不要拔下U盘……"
answer=$run/answer
code=1
while IFS= read -r pack; do
    qunying-install install "$pack" --to "$KIOSK_FOLDER" --trust "$KIOSK_TRUST" >"$answer" 2>&1 </dev/null
    code=$?
    cat "$answer"
    [ "$code" -ne 0 ] || break
done <"$packs"
if [ "$code" -eq 0 ]; then
    tell 'done' "新内容已装好，可以拔下U盘。屏幕空闲时会自己换成新内容。"
else
    tell refused "$(tail -n 1 "$answer")可以拔下U盘。"
fi
exit 0
