"""Events of real news items, annotated as data/corpus is, without the items' text: their words stand as places in it.

    news_gold.py hide FOLDER_OF_NEWS annotated.corpus ... > news.gold
    news_gold.py show FOLDER_OF_NEWS news.gold > news.corpus

An id is y and the line (from 0) of wikipedia_current_events_2002-2026; words are begin+length in code points of the text, white space collapsed,
several pieces joined by a blank.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "data" / "generate"))
import check_corpus  # noqa: E402
from raw_text import texts  # noqa: E402

NEWS = "wikipedia_current_events_2002-2026"
WORD = r"[\w\x80-\U0010ffff]"  # as legation eval takes the limits of words
SEPARATORS = {"actor": " + ", "recipient": " + ", "speaker": " < "}


def hidden(text: str, words: str) -> str:
    """Places of the pieces of "a ... b"; ValueError where the text has them not."""
    places, at = [], 0
    for piece in words.split(" ... "):
        match = re.compile(f"(?<!{WORD})" + re.escape(piece.strip()) + f"(?!{WORD})").search(text, at)
        if match is None:
            raise ValueError(words)
        places.append(f"{match.start()}+{match.end() - match.start()}")
        at = match.end()
    return " ".join(places)


def shown(text: str, places: str) -> str:
    pieces = (place.split("+") for place in places.split())
    return " ... ".join(text[int(begin) : int(begin) + int(length)] for begin, length in pieces)


def event_line(event, change) -> str:
    """The line of an event with all quoted words changed."""
    cells = {name: event[name].strip() for name in ("actor", "recipient", "speaker")}
    for name, separator in SEPARATORS.items():
        parties = [party.rsplit(":", 2) for party in cells[name].split(separator)] if cells[name] else []
        cells[name] = separator.join(f"{words if words == '~' else change(words)}:{code}:{sectors}" for words, code, sectors in parties)
    kind = event["type"] + (f":{event['modes']}" if event["modes"] else "")
    words = change(event["words"]) if event["words"] else ""
    return (f"E {kind} aux={event['aux']} actor={cells['actor']} recipient={cells['recipient']} trigger={change(event['trigger'])} "
            f"date={words}>{event['date']} ctx={event['ctx']} speaker={cells['speaker']}")


def main() -> None:
    what, folder, *paths = sys.argv[1:]
    items = [" ".join(row["text"].split()) for row in texts(pathlib.Path(folder), NEWS)]
    left_out = 0
    blocks = [block for path in paths for block in check_corpus.parse(pathlib.Path(path), check_corpus.Report())]
    for block in sorted(blocks, key=lambda block: block.id):
        text = items[int(block.id[1:])]
        change = (lambda words: hidden(text, words)) if what == "hide" else (lambda places: shown(text, places))  # noqa: B023
        try:
            events = [event_line(event, change) for _, event in block.events]
        except ValueError:
            left_out += 1
            continue
        print("\n".join([f"# {block.id} {block.style} {block.date} {block.scope}", *([text] if what == "show" else []), *events, ""]))
    if left_out:
        print(f"{left_out} blocks left out: their words are not in the text", file=sys.stderr)


if __name__ == "__main__":
    main()
