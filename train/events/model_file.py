"""Writes the model files that src/lang/model_file.h opens: a header of 64 bytes, then the body."""

from __future__ import annotations

import pathlib
import struct

import numpy as np
import xxhash


def quantize(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Eight bits a weight, and what a row's weights are worth."""
    scale = np.maximum(np.abs(w).max(1), 1e-8) / 127
    return np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8), scale.astype(np.float32)


def write_body(path: pathlib.Path, magic: bytes, version: int, body: bytes, own: bytes = b"") -> None:
    header = struct.pack("<4sIQQ", magic, version, xxhash.xxh3_64_intdigest(body), 64 + len(body)) + own
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(header.ljust(64, b"\0") + body)


def write(path: pathlib.Path, magic: bytes, version: int, sizes: list[int], tensors: list[np.ndarray]) -> None:
    """Sizes as u32, then each tensor at a multiple of 64 bytes from the body's start."""
    body = bytearray(struct.pack(f"<{len(sizes)}I", *sizes))
    for tensor in tensors:
        body.extend(b"\0" * (-len(body) % 64))
        body.extend(tensor.tobytes())
    write_body(path, magic, version, bytes(body))
