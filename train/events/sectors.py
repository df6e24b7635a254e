"""Trains models/events/sectors.bin, the chooser of sectors (src/events/sector_choice.h), on what `dump_events --homes` wrote of the corpus.

    sectors.py --dump corpus news --corpus data/corpus/*.corpus news.corpus --out models/events/sectors.bin

As countries.py: a question is a party, its answers are the tables' sector and those that the scorer does not rule out.
"""

from __future__ import annotations

import corpus
from countries import Questions, gold_event, train_chooser

WAY = 5  # the feature that is the tables' sector


def gold_sector(document: corpus.Document, party: dict) -> int | None:
    gold = gold_event(document, party)
    if gold is None:
        return None
    return next((sector for token, _, sector, role in gold.parties if token == party["head"] and role == party["role"]), None)


def questions(documents) -> Questions:
    out = Questions(WAY)
    for document in documents:
        for party in document.standings:
            if (sector := gold_sector(document, party)) is not None:
                out.add(party["candidates"], sector, corpus.SECTORS.index(party["rule"]) if party["rule"] in corpus.SECTORS else -1)
    return out.done()


if __name__ == "__main__":
    train_chooser(__doc__, "sectors", questions, b"LGS1", numbers=1, epochs=1, keep=0.7)
