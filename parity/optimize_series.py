"""The returns of the optimizer fixtures: real ones by file and rows, made ones by seed and shape.

`made` uses only operations that every IEEE machine rounds alike, so that the other side makes the same numbers; a fixture
has the digest of its returns.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import pathlib
from typing import Any

import numpy as np

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "fixtures"
STOCKS = "market/sp500-20-stocks-1990-2022.csv.gz"


def uniform(seed: int, stream: int, count: int) -> np.ndarray:
    """`count` numbers in [0, 1): mulberry32 of a counter."""
    step = np.arange(1, count + 1, dtype=np.uint64) * 0x6D2B79F5
    state = (step + (seed * 0x9E3779B1 + stream * 0x85EBCA6B) % 2**32).astype(np.uint32)
    z = (state ^ (state >> np.uint32(15))) * (state | np.uint32(1))
    z ^= z + (z ^ (z >> np.uint32(7))) * (z | np.uint32(61))
    return (z ^ (z >> np.uint32(14))) / 4294967296


def bell(seed: int, stream: int, count: int) -> np.ndarray:
    """Mean 0 and variance 1: the sum of four uniform numbers."""
    u = uniform(seed, stream, 4 * count).reshape(count, 4)
    return (((u[:, 0] + u[:, 1]) + u[:, 2]) + u[:, 3] - 2) * 1.7320508075688772


@functools.cache
def made(seed: int, rows: int, cols: int, factors: int = 3, kind: str = "plain") -> np.ndarray:
    """A factor model whose volatility moves from row to row.

    kind  plain; duplicate: the last quarter of the assets repeats the first; multiple: the last asset moves half as much
          as the first; dominant: the first moves a tenth and gains; rounded: to a thousandth; losing: all means below 0
    """
    factor = bell(seed, 1, rows * factors).reshape(rows, factors)
    beta = uniform(seed, 2, cols * factors).reshape(cols, factors)
    own = 0.004 + 0.016 * uniform(seed, 3, cols)
    noise = bell(seed, 4, rows * cols).reshape(rows, cols)
    calm = uniform(seed, 5, rows)
    drift = 0.0008 * (uniform(seed, 6, cols) - 0.25)
    move = np.zeros((rows, cols))
    for k in range(factors):
        size, shift = (0.01, 0.5) if k == 0 else (0.006, -0.5)
        move = move + (beta[:, k] + shift) * (size * factor[:, k])[:, None]
    move = move + own * noise
    returns = drift + (0.6 + 2.4 * ((calm * calm) * (calm * calm)))[:, None] * move
    if kind == "duplicate":
        copies = (cols + 3) // 4
        returns[:, cols - copies :] = returns[:, :copies]
    elif kind == "multiple":
        returns[:, -1] = 0.5 * returns[:, 0]
    elif kind == "dominant":
        returns[:, 0] = 0.1 * returns[:, 0] + 0.001
    elif kind == "rounded":
        returns = np.floor(returns * 1000 + 0.5) / 1000
    elif kind == "losing":
        returns = returns - 0.01
    elif kind != "plain":
        raise ValueError(kind)
    return returns


@functools.cache
def prices() -> np.ndarray:
    text = gzip.decompress((FIXTURES / STOCKS).read_bytes()).decode("utf-8")
    return np.array([[float(cell) for cell in line.split(",")[1:]] for line in text.splitlines()[1:]])


def market(begin: int, rows: int, cols: int = 20) -> np.ndarray:
    """Returns of the first stocks as decimals, from the price row `begin` on."""
    part = prices()[begin : begin + rows + 1, :cols]
    if part.shape != (rows + 1, cols):
        raise ValueError(f"the prices end before row {begin + rows}")
    return part[1:] / part[:-1] - 1


def returns_of(inputs: dict[str, Any]) -> np.ndarray:
    given = {key: value for key, value in inputs.items() if key != "digest"}
    return market(**given) if "begin" in given else made(**given)


def with_digest(inputs: dict[str, Any]) -> dict[str, Any]:
    data = np.ascontiguousarray(returns_of(inputs), dtype="<f8").tobytes()
    return {**inputs, "digest": hashlib.sha256(data).hexdigest()[:16]}
