#!/usr/bin/env bash
# Installs the package on a Debian 12 that has nothing yet, as apt does it, and builds a site there as a plain user.
#   tests/packaging/clean_debian.sh PACKAGE.deb FOLDER      as root; FOLDER becomes the root (about 1.5 GB)
# Needs debootstrap and a mirror; a FOLDER with a fresh system in it already is used as it is.
set -euo pipefail
[ $# -eq 2 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
package=$(realpath "$1")
root=$(realpath -m "$2")

[ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase --include=ca-certificates bookworm "$root"
cp "$package" "$root/tmp/qunying.deb"
cp /etc/resolv.conf "$root/etc/resolv.conf"

# Mounts live and end with this namespace.
unshare --mount --propagation private bash -euo pipefail -s "$root" <<'INSIDE'
root=$1
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
in_root() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8 "$@"; }

if in_root sh -c 'command -v qunying'; then echo "$root is not clean" >&2; exit 1; fi
in_root apt-get update -qq
in_root apt-get install -y -qq --no-install-recommends /tmp/qunying.deb >/dev/null
in_root userdel --remove editor 2>/dev/null || true  # of an earlier try
in_root useradd --create-home editor
as_editor() { in_root runuser -u editor -- sh -euc "cd; $1"; }
as_editor 'qunying --version'
as_editor 'qunying init 我的网站 && qunying build 我的网站'
as_editor 'test -s 我的网站/public/people/wang-yangli.html && ls 我的网站/public/static/*.woff2 >/dev/null'
as_editor 'qunying-install --help >/dev/null'
# A photograph goes through the worker and its sandbox.
in_root apt-get install -y -qq --no-install-recommends imagemagick >/dev/null
as_editor 'cd 我的网站 && convert -size 1200x1600 plasma:fractal content/people/近照.jpg
  sed -i "s/^称号: .*/照片: {文件: 近照.jpg, 说明: 王样例近照}/; s/肖像: 否/肖像: 是/" content/people/wang-yangli.md
  qunying build && ls public/media/*-480.jpg >/dev/null'
# As from the editor'"'"'s desk to a kiosk.
as_editor 'qunying keygen -o 钥匙 && qunying bundle 我的网站 --key 钥匙 -o 给触摸屏 && qunying kiosk setup --trust 钥匙.pub
  test -x /usr/bin/qunying-install && test -s kiosk-setup/files/usr/local/bin/qunying-install
  qunying-install install 给触摸屏 --to 触摸屏 --trust 钥匙.pub && ls 触摸屏/releases/*/kiosk/index.html'
as_editor 'man -w qunying 2>/dev/null || test -s /usr/share/man/man1/qunying.1'
in_root apt-get remove -y -qq qunying >/dev/null
if in_root sh -c 'ls -d /usr/share/qunying /usr/libexec/qunying 2>/dev/null'; then echo "left behind" >&2; exit 1; fi
INSIDE
echo "a clean Debian took the package, and built a site with it"
