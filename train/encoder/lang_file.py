"""The encoder of models/english/lang.bin as a network that can learn on, and back into the file (docs/model-format.md)."""

from __future__ import annotations

import pathlib
import struct

import numpy as np
import torch
import xxhash

import encoder as enc
import treebank as tb

NAME, ENCODER, WORDS, DEPRELS, TAGS, FEATS = 1, 20, 21, 22, 23, 24
HEADER, ENTRY = 32, 24
LAYERS = ("arc_dep", "arc_head", "lab_dep", "lab_head", "label", "tag_hidden", "tag", "feat")
LEARNED = 886  # rows at the end of the word vectors that had none of their own (models/english/README.md)


def sections(file: bytes) -> dict[int, tuple[int, int]]:
    """Offset and size of each section."""
    count = struct.unpack_from("<I", file, 24)[0]
    rows = (struct.unpack_from("<IIQQ", file, HEADER + ENTRY * i) for i in range(count))
    return {number: (offset, size) for number, _, offset, size in rows}


class WordRows:
    """Rows of the word vectors, as a dictionary of lower-cased forms."""

    def __init__(self, slots: np.ndarray):
        self.rows = {int(key): int(row) for key, row in slots if key}

    def get(self, word: str, default: int = 0) -> int:
        return self.rows.get(tb.hash_bytes(word.encode()), default)


def tensors(sizes: list[int]):
    """Name, type and shape of each tensor, in the order of the file."""
    words, word, affixes, affix, layers, hidden, arc, label, tag_hidden, tags, feats, deprels = sizes
    yield "words", np.int8, (words, word)
    yield "affixes", np.int8, (affixes, affix)
    dense = [(f"lstm.{i}.{way}", 4 * hidden, (word + affix if i == 0 else 2 * hidden) + hidden) for i in range(layers) for way in ("fw", "bw")]
    d = 2 * hidden
    dense += zip(LAYERS, (arc - 1, arc, label, label, deprels, tag_hidden, tags, feats), (d, d, d, d, label, d, tag_hidden, tag_hidden))
    for name, rows, columns in dense:
        yield f"{name}.weight", np.int8, (rows, columns)
        yield f"{name}.scale", np.float32, (rows,)
        yield f"{name}.bias", np.float32, (rows,)
    yield "root_arc", np.int8, (arc,)
    yield "arc_scale", np.float32, (1,)
    yield "root_lab", np.float32, (label,)


def places(file: bytes) -> dict[str, tuple[int, type, tuple]]:
    """Offset in the file, type and shape of each tensor of the encoder."""
    start = sections(file)[ENCODER][0]
    at, out = start + 12 * 4, {}
    for name, kind, shape in tensors(list(struct.unpack_from("<12I", file, start))):
        at = start + (at - start + 63) // 64 * 64
        out[name] = (at, kind, shape)
        at += int(np.prod(shape, dtype=np.int64)) * np.dtype(kind).itemsize
    return out


def read(path: pathlib.Path) -> tuple[enc.Student, WordRows]:
    """The network with its weights as floats, and the rows of its words."""
    file = path.read_bytes()
    where = sections(file)
    lines = lambda section: file[where[section][0] : sum(where[section])].decode().split("\n")[:-1]  # noqa: E731
    raw = {name: np.frombuffer(file, kind, int(np.prod(shape, dtype=np.int64)), at).reshape(shape) for name, (at, kind, shape) in places(file).items()}
    hidden = len(raw["lstm.0.fw.scale"]) // 4
    layers = sum(name.startswith("lstm.") and name.endswith("fw.scale") for name in raw)
    model = enc.Student(raw["words"], lines(TAGS), lines(FEATS), lines(DEPRELS), hidden, layers, LEARNED)
    t = lambda array: torch.from_numpy(np.array(array, np.float32))  # noqa: E731
    dense = lambda name: t(raw[f"{name}.weight"]) * t(raw[f"{name}.scale"])[:, None]  # noqa: E731
    with torch.no_grad():
        model.unknown.copy_(t(raw["words"][0]) / 127)
        model.learned.copy_(t(raw["words"][-LEARNED:]) / 127)
        model.affixes.weight.copy_(t(raw["affixes"]) / 127)
        for i, lstm in enumerate(model.lstms):
            for way, suffix in (("fw", ""), ("bw", "_reverse")):
                weight = dense(f"lstm.{i}.{way}")
                getattr(lstm, f"weight_ih_l0{suffix}").copy_(weight[:, :-hidden])
                getattr(lstm, f"weight_hh_l0{suffix}").copy_(weight[:, -hidden:])
                getattr(lstm, f"bias_ih_l0{suffix}").copy_(t(raw[f"lstm.{i}.{way}.bias"]))
                getattr(lstm, f"bias_hh_l0{suffix}").zero_()
        for name in LAYERS:
            layer = getattr(model, name)
            layer.weight.copy_(dense(name))
            if layer.bias is not None:
                layer.bias.copy_(t(raw[f"{name}.bias"]))
        model.root_arc.copy_(torch.atanh((t(raw["root_arc"]) / 127).clamp(-0.995, 0.995)))
        model.arc_scale.copy_(t(raw["arc_scale"]))
        model.root_lab.copy_(t(raw["root_lab"]))
    slots = np.frombuffer(file, np.uint32, where[WORDS][1] // 4, where[WORDS][0]).reshape(-1, 2)
    return model, WordRows(slots)


def write(model: enc.Student, base: pathlib.Path, out: pathlib.Path, name: str) -> None:
    """`base` with the network's weights and this name in place of its own; sizes must be the same."""
    file = bytearray(base.read_bytes())
    at, size = sections(bytes(file))[NAME]
    assert len(name) == size, name
    file[at : at + size] = name.encode()
    numbers = enc.rounded(model)
    for tensor, (at, kind, shape) in places(bytes(file)).items():
        array = numbers[tensor]
        assert array.dtype == kind and array.shape == shape, tensor
        file[at : at + array.nbytes] = array.tobytes()
    struct.pack_into("<Q", file, 8, xxhash.xxh3_64_intdigest(bytes(file[HEADER:])))
    out.write_bytes(file)
