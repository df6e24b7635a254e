"""Trees and tags beside UDPipe 1, in one run on the same text: accuracy, words a second (median of five), and the ratio.

    pip install ufal.udpipe==1.4.0.1
    python3 bench/lang_peers.py --measure build/train/train/measure_lang \
        --legation build/release/src/cli/legation --model models/english/lang.bin \
        --udpipe english.udpipe --gold en_ewt-ud-test.conllu en_gum-test-open.conllu

Both read the same raw text and give trees; loading is left out. Scores are those of `measure_lang` and `legation eval` (CoNLL 2018 definitions).
"""

from __future__ import annotations

import argparse
import pathlib
import re
import statistics
import subprocess
import tempfile
import time

from ufal.udpipe import InputFormat, Model, OutputFormat, ProcessingError, Sentence


def raw_text(conllu: str) -> str:
    """The text of a CoNLL-U file: a blank line between paragraphs, a blank between sentences."""
    out: list[str] = []
    for line in conllu.splitlines():
        if line.startswith("# newpar") or line.startswith("# newdoc"):
            out.append("\n\n")
        elif line.startswith("# text = "):
            out.append(line[9:] + " ")
    return "".join(out)


def udpipe_pass(model: Model, text: str) -> tuple[list[Sentence], int]:
    reader = model.newTokenizer("")
    reader.setText(text)
    sentences, words, error = [], 0, ProcessingError()
    sentence = Sentence()
    while reader.nextSentence(sentence, error):
        model.tag(sentence, Model.DEFAULT)
        model.parse(sentence, Model.DEFAULT)
        words += len(sentence.words) - 1
        sentences.append(sentence)
        sentence = Sentence()
    return sentences, words


def udpipe_with_gold_tokens(model: Model, conllu: str) -> str:
    reader, writer = InputFormat.newConlluInputFormat(), OutputFormat.newConlluOutputFormat()
    reader.setText(conllu)
    out, error, sentence = [], ProcessingError(), Sentence()
    while reader.nextSentence(sentence, error):
        model.tag(sentence, Model.DEFAULT)
        model.parse(sentence, Model.DEFAULT)
        out.append(writer.writeSentence(sentence))
        sentence = Sentence()
    return "".join(out)


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--measure", required=True)
    args.add_argument("--legation", required=True)
    args.add_argument("--model", required=True)
    args.add_argument("--udpipe", required=True)
    args.add_argument("--gold", nargs="+", required=True)
    o = args.parse_args()
    peer = Model.load(o.udpipe)
    for path in o.gold:
        conllu = pathlib.Path(path).read_text()
        text = raw_text(conllu)
        ours, theirs = [], []
        report = ""
        for _ in range(5):  # in turns, so that a busy machine hits both
            report = subprocess.run([o.measure, "--model", o.model, path], capture_output=True, text=True, check=True).stdout
            ours.append(float(re.search(r"text to trees (\d+) words/s", report).group(1)))
            begin = time.perf_counter()
            _, words = udpipe_pass(peer, text)
            theirs.append(words / (time.perf_counter() - begin))
        a, b = statistics.median(ours), statistics.median(theirs)
        print(f"{pathlib.Path(path).name}: legation {a:.0f} words/s, UDPipe 1 {b:.0f} words/s, ratio {a / b:.0f}")
        print(report)
        with tempfile.NamedTemporaryFile("w", suffix=".conllu") as system:
            system.write(udpipe_with_gold_tokens(peer, conllu))
            system.flush()
            print("UDPipe 1, gold tokens")
            print(subprocess.run([o.legation, "eval", path, "--input", system.name], capture_output=True, text=True,
                                 check=True).stdout)


if __name__ == "__main__":
    main()
