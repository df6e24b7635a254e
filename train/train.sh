#!/bin/sh
# Makes models/english/lang.bin anew from ../shared/data (or the folder given): about five minutes of one core.
# Seeds are fixed: the same data and compiler give the same file.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
data=${1:-$root/../shared/data}
build=$root/build/train
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake -G Ninja -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=Release -DLEGATION_TRAIN=ON -DLEGATION_TESTS=OFF > /dev/null
ninja -C "$build" train_lang measure_lang cluster_words > /dev/null
for name in en_ewt-ud-train en_ewt-ud-test en_gum-train-open en_gum-test-open; do
  xz -dc "$data/ud/$name.conllu.xz" > "$work/$name.conllu"
done

# Word classes: raw text whose licence allows it (the newswire of 1987 is for research only and stays out).
python3 "$root/train/plain_text.py" "$data/news/wikipedia_current_events_2002-2026.jsonl.xz" \
  "$data/news/un_general_debate_2014-2024.jsonl.xz" "$data/news/us_historian_diplomatic_history.jsonl.xz" > "$work/raw.txt"
sed -n 's/^# text = //p' "$work/en_ewt-ud-train.conllu" "$work/en_gum-train-open.conllu" >> "$work/raw.txt"
"$build/train/cluster_words" "$work/raw.txt" --tables "$root/data/lang" --out "$work/clusters.tsv" --classes 512 --rounds 8

"$build/train/train_lang" "$work/en_ewt-ud-train.conllu" "$work/en_gum-train-open.conllu" --clusters "$work/clusters.tsv" \
  --tables "$root/data/lang" --out "$root/models/english/lang.bin"
"$build/train/measure_lang" --model "$root/models/english/lang.bin" "$work/en_ewt-ud-test.conllu" "$work/en_gum-test-open.conllu"
