"""Raw text for silver trees, as JSON Lines on stdout: news and diplomatic texts whose licence allows it (the newswire of 1987 stays out)."""

import json
import lzma
import pathlib
import random
import sys


def texts(folder: pathlib.Path, name: str) -> list[str]:
    with lzma.open(folder / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    rng = random.Random(11)
    news = texts(folder, "wikipedia_current_events_2002-2026")
    rng.shuffle(news)
    speeches = texts(folder, "un_general_debate_2014-2024")
    rng.shuffle(speeches)
    chosen = news[:22_000] + [s[1000:4500] for s in speeches[:280]] + texts(folder, "us_historian_diplomatic_history")[:240]
    for number, text in enumerate(chosen):
        print(json.dumps({"id": str(number), "date": "2020-01-01", "text": text}))


if __name__ == "__main__":
    main()
