"""Asks TA-Lib about every period, from the smallest to ones longer than the series, for every kind of series.

    python parity/indicators_live.py --seed N --out DIR

Writes DIR/live.json, which says what was asked, and DIR/live.bin, all numbers as 64-bit floats, little-endian:
`series` gives for each series its length and where its columns begin, `questions` for each call the function, the
series, the parameters and where the outputs begin; `inputs` the columns that each function takes. More than is worth
committing; `npm run parity` compares it.
"""

from __future__ import annotations

import argparse
import json
import pathlib

import numpy as np

import indicator_series as series
from indicator_functions import FUNCTIONS, MOVING_AVERAGES, Asked

SHORT = 60
LONG = 400
COMBINATIONS = 60
TYPES = [kind for kind in MOVING_AVERAGES if kind != "mama"]


def bars(rng: np.random.Generator) -> dict[str, series.Bars]:
    """The series by name: a scale beside the name multiplies prices."""
    seeds = iter(rng.integers(0, 2**31, 20))
    days = [f"{year}-{month:02}-01" for year in range(1999, 2017) for month in range(1, 13)]
    real = series.market(str(rng.choice(days)), LONG)
    walk = series.walk(SHORT, next(seeds))
    made = {
        "walk": walk,
        "S&P 500": series.first(real, SHORT),
        "coarse": series.coarse(SHORT, next(seeds)),
        "flat in the middle": series.flat_then_moving(SHORT, next(seeds)),
        "constant": series.constant(SHORT, float(np.round(rng.uniform(0.01, 1e5), 2))),
        "rising": series.straight(SHORT, 0.1),
        "falling": series.straight(SHORT, -0.1),
        "leading NaN": series.with_leading_nan(
            series.walk(SHORT, next(seeds)), {"open": 1, "high": 4, "low": 2, "close": 7, "volume": 3}
        ),
    }
    for factor in (1e-6, 1e6):
        made[f"walk × {factor:g}"] = series.scaled(series.walk(SHORT, next(seeds)), factor)
        made[f"S&P 500 × {factor:g}"] = series.scaled(made["S&P 500"], factor)
    made["long walk"] = series.walk(LONG, next(seeds))
    made["long S&P 500"] = real
    return made


def sweep(asked: Asked, length: int, rng: np.random.Generator) -> list[tuple]:
    """Parameters: each whole number from its minimum to beyond the length, the others drawn; then all of them drawn."""
    step = 1 if length == SHORT else 9
    whole = [k for k, p in enumerate(asked.default) if isinstance(p, int)]
    found = [asked.minimum, asked.default]
    kinds = TYPES if any(isinstance(p, str) for p in asked.default) else [None]
    for k in whole:
        for value in range(asked.minimum[k], length + 2, step):
            for kind in kinds if len(whole) == 1 else [None]:
                found.append(drawn(asked, rng, {k: value}, kind))
    if len(asked.default) > 1:
        found += [drawn(asked, rng, {}, None) for _ in range(COMBINATIONS)]
    return found


def drawn(asked: Asked, rng: np.random.Generator, given: dict[int, int], kind: str | None) -> tuple:
    """Parameters of which some are given and the others random."""

    def one(k: int, low: int | float | str) -> int | float | str:
        if k in given:
            return given[k]
        if isinstance(low, str):
            return kind or str(rng.choice(TYPES))
        if isinstance(low, int):
            return int(rng.integers(low, 25))
        return round(float(rng.uniform(low, low + 0.98)), 2)

    return tuple(one(k, low) for k, low in enumerate(asked.minimum))


class Numbers:
    """Arrays one after the other."""

    def __init__(self) -> None:
        self.parts: list[np.ndarray] = []
        self.count = 0

    def add(self, values: np.ndarray) -> int:
        """Where they begin."""
        begin = self.count
        self.parts.append(np.ascontiguousarray(values, dtype="<f8"))
        self.count += len(values)
        return begin


def ask(seed: int, out: pathlib.Path) -> None:
    """Asks everything and writes both files."""
    rng = np.random.default_rng(seed)
    numbers = Numbers()
    asked_about = bars(rng)
    rows = [
        {
            "name": name,
            "length": len(columns["close"]),
            "columns": {column: numbers.add(values) for column, values in columns.items()},
        }
        for name, columns in asked_about.items()
    ]
    questions = []
    for asked in FUNCTIONS.values():
        for index, columns in enumerate(asked_about.values()):
            for parameters in dict.fromkeys(sweep(asked, len(columns["close"]), rng)):
                answer = asked.answer(columns, parameters)
                begins = {name: numbers.add(values) for name, values in answer.items()}
                questions.append([asked.name, index, parameters, begins])
    out.mkdir(parents=True, exist_ok=True)
    np.concatenate(numbers.parts).tofile(out / "live.bin")
    inputs = {asked.name: asked.inputs for asked in FUNCTIONS.values()}
    text = json.dumps({"series": rows, "inputs": inputs, "questions": questions}, separators=(",", ":"))
    (out / "live.json").write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Asks TA-Lib about every period.")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    args = parser.parse_args()
    ask(args.seed, args.out)


if __name__ == "__main__":
    main()
