#!/bin/sh
# Compares search with Pagefind and MiniSearch on the same site.
#   bench/search/run.sh QUNYING SCRATCH [PEOPLE]
set -eu
qunying=$(realpath "$1")
mkdir -p "$2"
scratch=$(realpath "$2")
people=${3:-10000}
here=$(cd "$(dirname "$0")" && pwd)

python3 -B "$here/corpus.py" --people "$people" --out "$scratch/site"
"$qunying" build "$scratch/site" --report "$scratch/report.json"
mkdir -p "$scratch/packages"
cp "$here/package.json" "$scratch/packages/"
npm install --prefix "$scratch/packages" --no-audit --no-fund
# Pages of records alone, which is what ours searches.
node "$scratch/packages/node_modules/pagefind/lib/runner/bin.cjs" --site "$scratch/site/public" \
  --glob '{people,teams,batches,awards,exhibitions}/*.html'
node --max-old-space-size=6000 "$here/answers.mjs" "$scratch/site" "$scratch/packages" "$scratch/results.json"
