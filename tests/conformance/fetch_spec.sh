#!/bin/sh
# Puts the CommonMark specification that cmark-gfm follows into FOLDER/spec.txt. Its text is under a licence of its
# own (CC BY-SA 4.0) and never committed; the npm package commonmark-spec carries it.
set -eu
folder=${1:?usage: fetch_spec.sh FOLDER}
version=0.29.0
digest=1df16455b3585f02cbd49a46d04509f6f92abab0dcd0ceea18f35f2ffb9076f1

correct() { [ -f "$1" ] && [ "$(sha256sum "$1" | cut -d' ' -f1)" = "$digest" ]; }

correct "$folder/spec.txt" && exit 0
mkdir -p "$folder"
npm install --silent --no-save --no-audit --no-fund --ignore-scripts --prefix "$folder" "commonmark-spec@$version" </dev/null
correct "$folder/node_modules/commonmark-spec/spec.txt" || {
    echo "fetch_spec.sh: commonmark-spec $version is not what it should be" >&2
    exit 1
}
cp "$folder/node_modules/commonmark-spec/spec.txt" "$folder/spec.txt"
