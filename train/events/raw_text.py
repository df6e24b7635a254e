"""News and diplomatic texts for the teacher to label, as JSON Lines on stdout: only those whose licence allows it."""

import json
import lzma
import pathlib
import random
import sys


def texts(folder: pathlib.Path, name: str) -> list[dict]:
    with lzma.open(folder / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    rng = random.Random(5)
    news = texts(folder, "wikipedia_current_events_2002-2026")
    rng.shuffle(news)
    rows = [{"date": row["date"], "text": row["text"]} for row in news[:56_000]]
    for name, count in (("un_general_debate_2014-2024", 250), ("us_historian_diplomatic_history", 250)):
        documents = texts(folder, name)
        rng.shuffle(documents)
        for document in documents[:count]:
            text = document["text"]
            start = text.find(". ", 800)
            rows.append({"date": None, "text": text[start + 2 : start + 1200] if start > 0 else text[:1000]})
    for number, row in enumerate(rows):
        print(json.dumps({"id": str(number)} | row))


if __name__ == "__main__":
    main()
