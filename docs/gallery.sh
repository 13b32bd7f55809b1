#!/bin/sh
# Draws the pictures of docs/gallery.md again, by the commands that stand there.
set -eu
cd "$(dirname "$0")/.."
grep '^keiretsu ' docs/gallery.md | while IFS= read -r line; do
    eval "cargo run --quiet -- ${line#keiretsu }" </dev/null
done
