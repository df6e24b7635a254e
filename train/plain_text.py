"""Writes the texts of JSON Lines records (.jsonl.xz) as plain text, one paragraph a line: food for cluster_words."""
import json
import lzma
import sys

for path in sys.argv[1:]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for paragraph in json.loads(line)["text"].split("\n"):
                if paragraph.strip():
                    print(paragraph.strip())
