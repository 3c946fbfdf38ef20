#!/bin/sh
# Puts the kiosk's files in place on this machine; as root.
#   sh apply.sh                 installs, and says what is missing
#   sh apply.sh --root FOLDER   the same into the root of a disk image: nothing is started
#   sh apply.sh --remove        takes everything away again but the installed content
set -eu
here=$(cd "$(dirname "$0")" && pwd)
user=@USER@
folder=@FOLDER@
root=
do=install
while [ $# -gt 0 ]; do
    case $1 in
    --root)
        [ $# -ge 2 ] || { echo "--root 后面请写文件夹。" >&2; exit 2; }
        root=${2%/}
        shift
        ;;
    --remove) do=remove ;;
    *)
        echo "用法：sh apply.sh [--root 文件夹] [--remove]" >&2
        exit 2
        ;;
    esac
    shift
done
if [ -z "$root" ] && [ "$(id -u)" -ne 0 ]; then
    echo "请用管理员运行：sudo sh apply.sh" >&2
    exit 2
fi

live() { [ -z "$root" ]; }
each_file() { (cd "$here/files" && find . -type f | sed 's,^\./,,' | LC_ALL=C sort); }
before=$root/etc/qunying-kiosk/target-before
url=@URL@

if [ "$do" = remove ]; then
    if live; then
        systemctl disable --now qunying-kiosk.service qunying-kiosk-update.timer 2>/dev/null || true
        [ -f "$before" ] && systemctl set-default "$(cat "$before")"
    fi
    rm -f "$before"
    each_file | while read -r file; do rm -f "$root/$file"; done
    rmdir "$root/usr/local/lib/qunying-kiosk" "$root/usr/local/share/qunying-kiosk" "$root/etc/qunying-kiosk" \
        2>/dev/null || true
    if live; then
        systemctl daemon-reload
        udevadm control --reload
    fi
    echo "已撤去触摸屏的设置。内容还在 $folder，用户 $user 还在。重新启动后生效。"
    exit 0
fi

each_file | while read -r file; do
    case $file in
    usr/local/lib/* | usr/local/bin/*) mode=755 ;;
    *) mode=644 ;;
    esac
    mkdir -p "$root/$(dirname "$file")"
    # Beside and renamed: what runs now keeps its own copy.
    cp "$here/files/$file" "$root/$file.new"
    chmod "$mode" "$root/$file.new"
    mv "$root/$file.new" "$root/$file"
done
mkdir -p "$root$folder"
chmod 755 "$root$folder"

if ! live; then
    echo "文件已放进 $root。第一次启动前，请在那个系统里运行一次：sh apply.sh"
    exit 0
fi

if ! id "$user" >/dev/null 2>&1; then
    useradd --system --user-group --home-dir /var/lib/qunying-kiosk --create-home --shell /usr/sbin/nologin "$user"
fi
for group in video audio input render; do
    if getent group "$group" >/dev/null; then usermod -aG "$group" "$user"; fi
done

systemctl daemon-reload
udevadm control --reload
[ -f "$before" ] || systemctl get-default >"$before"
systemctl set-default multi-user.target
systemctl enable qunying-kiosk.service
if [ -n "$url" ]; then systemctl enable --now qunying-kiosk-update.timer; fi

missing=
if ! command -v cage >/dev/null && ! command -v xinit >/dev/null; then missing="$missing cage"; fi
found=
for name in chromium chromium-browser google-chrome-stable google-chrome browser qaxbrowser-safe-stable \
    qaxbrowser-safe; do
    if command -v "$name" >/dev/null; then found=$name; fi
done
[ -n "$found" ] || missing="$missing chromium"
fc-list :lang=zh-cn family 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk"
if [ -n "$url" ] && ! command -v curl >/dev/null; then missing="$missing curl"; fi
command -v qunying-install >/dev/null || missing="$missing qunying-install"
[ -f /etc/qunying-kiosk/trust.key ] || missing="$missing /etc/qunying-kiosk/trust.key"
if [ -n "$missing" ]; then
    echo "文件都已放好，但还缺：$missing"
    echo "装好以后再运行一次 sh apply.sh。"
    exit 1
fi
echo "装好了。重新启动这台机器，屏幕就是展览；还没有内容的话，插入 U 盘即可。"
