"""The series of the GARCH fixtures: real prices by file and column, simulated ones by seed and parameters.

`simulate` uses only operations that every IEEE machine rounds alike, so that the other side makes the same numbers.
"""

from __future__ import annotations

import csv
import gzip
import io
import math
import pathlib
from typing import Any

import numpy as np

Simulated = tuple[int, float, float, float, int, dict[str, Any]]
FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "fixtures"
STOCKS = "market/sp500-20-stocks-1990-2022.csv.gz"
BURN = 250
DRAWN = 164


def simulate(seed: int, n: int, alpha: float, beta: float, gamma: float, freedom: int) -> np.ndarray:
    """GARCH(1, 1) of variance 1 by a linear congruential generator; a normal is twelve uniform numbers less 6."""
    state = seed

    def normal() -> float:
        nonlocal state
        total = 0.0
        for _ in range(12):
            state = (state * 1664525 + 1013904223) % 4294967296
            total += state / 4294967296
        return total - 6

    values = np.empty(n)
    omega = 1 - alpha - beta - 0.5 * gamma
    variance = 1.0
    for t in range(-BURN, n):
        z = normal()
        if freedom > 0:
            squares = 0.0
            for _ in range(freedom):
                y = normal()
                squares += y * y
            z = z * math.sqrt((freedom - 2) / squares)
        e = z * math.sqrt(variance)
        if t >= 0:
            values[t] = e
        variance = omega + (alpha + gamma if e < 0 else alpha) * (e * e) + beta * variance
    return values


def stocks() -> list[str]:
    """Symbols of the file of stocks."""
    text = gzip.decompress((FIXTURES / STOCKS).read_bytes()).decode("utf-8")
    return text.split("\n", 1)[0].split(",")[1:]


def market(path: str, column: str) -> np.ndarray:
    """Changes of a column of prices in percent."""
    rows = list(csv.DictReader(io.StringIO(gzip.decompress((FIXTURES / path).read_bytes()).decode("utf-8"))))
    prices = np.array([float(row[column]) for row in rows])
    return (prices[1:] / prices[:-1] - 1) * 100


def chosen() -> list[Simulated]:
    """Series and models picked by hand: bounds, laws, means and lags."""
    # n, alpha, beta, gamma, degrees of freedom (0: normal), options
    return [
        (100, 0.1, 0.8, 0, 0, {}),
        (100, 0.05, 0.15, 0, 5, {}),
        (250, 0.05, 0.94, 0, 0, {}),
        (250, 0.2, 0, 0, 0, {}),
        (500, 0, 0, 0, 0, {}),
        (500, 0.1, 0.899, 0, 3, {}),
        (500, 0.3, 0.3, 0, 10, {}),
        (1000, 0.05, 0.9, 0, 0, {}),
        (1000, 0, 0, 0, 4, {}),
        (1000, 0.4, 0, 0, 0, {}),
        (1000, 0.099, 0.9, 0, 30, {}),
        (2000, 0.08, 0.9, 0, 6, {}),
        (2000, 0.02, 0.97, 0, 0, {}),
        (5000, 0.1, 0.1, 0, 0, {}),
        (5000, 0.05, 0.949, 0, 5, {}),
        (20000, 0.08, 0.9, 0, 0, {}),
        (20000, 0.2, 0, 0, 8, {}),
        (500, 0.1, 0.8, 0, 0, {"mean": "constant"}),
        (1000, 0.05, 0.9, 0, 5, {"mean": "ar1"}),
        (1000, 0.08, 0.9, 0, 5, {"dist": "t"}),
        (2000, 0.05, 0.9, 0, 3, {"dist": "t", "mean": "constant"}),
        (1000, 0.1, 0.85, 0, 8, {"dist": "skewt"}),
        (1000, 0.03, 0.9, 0.08, 0, {"o": 1}),
        (2000, 0, 0.9, 0.15, 6, {"o": 1, "dist": "t"}),
        (1000, 0.1, 0.8, -0.05, 0, {"o": 1}),
        (500, 0.3, 0, 0, 0, {"q": 0}),
        (1000, 0.3, 0.2, 0, 0, {"p": 2, "q": 0}),
        (500, 0.1, 0.8, 0, 0, {"p": 2, "q": 1}),
        (1000, 0.1, 0.8, 0, 0, {"p": 1, "q": 2}),
        (1000, 0.05, 0.9, 0, 5, {"p": 2, "q": 2}),
        (2000, 0.1, 0.85, 0, 0, {"p": 3, "q": 3}),
        (500, 0.2, 0.5, 0, 0, {"p": 3, "q": 3}),
        (1000, 0.05, 0.85, 0.1, 0, {"p": 2, "o": 2, "q": 2}),
        (5000, 0.1, 0.88, 0, 0, {"p": 3, "q": 1}),
        (5000, 0.05, 0.9, 0, 6, {"p": 1, "q": 3}),
        (2000, 0, 0, 0, 0, {"p": 2, "q": 2}),
    ]


def drawn(rng: np.random.Generator) -> list[Simulated]:
    """More series, drawn: n 100 to 20,000, persistence 0.2 to 0.999, 3 to 30 degrees of freedom, p and q to 3."""
    made: list[Simulated] = []
    for i in range(DRAWN):
        n = (100, 150, 250, 400, 600, 1000, 1500, 2500)[i % 8] if i % 40 else (5000, 8000, 20000)[i // 40 % 3]
        persistence = (0.2, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999)[int(rng.integers(8))]
        alpha = round(float(rng.uniform(0.02, min(0.3, persistence))), 3)
        beta = round(persistence - alpha, 3)
        gamma = 0
        options: dict[str, Any] = {}
        if i % 3 == 1:
            options = {"p": int(rng.integers(1, 4)), "q": int(rng.integers(1, 4))}
        elif i % 6 == 2:
            options = {"dist": "t", "mean": ("zero", "constant", "ar1")[i % 4 % 3]}
        elif i % 6 == 5:
            options = {"o": 1, "dist": ("normal", "skewt")[i % 4 // 2]}
            gamma = round(min(0.1, 2 * (0.999 - persistence)), 4)
        freedom = (0, 3, 4, 5, 8, 30)[int(rng.integers(6))]
        if i % 17 == 4:
            alpha, beta = 0, 0
        if i % 17 == 9:
            beta = 0
        made.append((n, alpha, beta, gamma, freedom, options))
    return made
