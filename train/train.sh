#!/bin/sh
# Makes models/english/lang.bin anew from the treebanks in ../shared/data/ud (or in the folder given). About eight minutes of one core.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
data=${1:-$root/../shared/data}
build=$root/build/train
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake -G Ninja -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=Release -DLEGATION_TRAIN=ON -DLEGATION_TESTS=OFF > /dev/null
ninja -C "$build" train_lang measure_lang > /dev/null
for name in en_ewt-ud-train en_ewt-ud-dev en_ewt-ud-test en_gum-train-open en_gum-dev-open en_gum-test-open; do
  xz -dc "$data/ud/$name.conllu.xz" > "$work/$name.conllu"
done
"$build/train/train_lang" "$work/en_ewt-ud-train.conllu" "$work/en_gum-train-open.conllu" \
  --tables "$root/data/lang" --out "$root/models/english/lang.bin"
"$build/train/measure_lang" --model "$root/models/english/lang.bin" "$work/en_ewt-ud-test.conllu" "$work/en_gum-test-open.conllu"
