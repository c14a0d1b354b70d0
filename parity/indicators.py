"""Indicators by TA-Lib: fixtures/indicators/*.json, a file for each family of `indicator_functions`; others by pandas.

A case is one function, one series and one list of parameters. The series of a file stand once, under `shared`.
Every function is asked with its defaults about every kind of series, and about a random walk with the smallest
parameters, with long ones, with ones longer than the series and with the choices it has. `parity/indicators_live.py`
asks with every period.
"""

from __future__ import annotations

import pathlib
from typing import Any, Iterator

import pandas
import talib

import fixture_io
import indicator_series as series
from indicator_beyond import BEYOND
from indicator_functions import FAMILIES, Asked

SEED = 20240816

WALK = series.walk(100, SEED)

# Asked with the defaults. "walk" is asked with everything else too.
SERIES = {
    "S&P 500": series.market("2008-07-01", 120),
    "golden": series.golden(60),
    "walk": WALK,
    "coarse": series.coarse(100, SEED + 1),
    "constant": series.constant(100),
    "flat in the middle": series.flat_then_moving(120, SEED + 2),
    "rising": series.straight(100, 0.25),
    "falling": series.straight(100, -0.25),
    "tiny": series.scaled(series.walk(100, SEED + 3), 1e-6),
    "huge": series.scaled(series.walk(100, SEED + 4), 1e7),
    "leading NaN": series.with_leading_nan(
        series.walk(100, SEED + 5), {"open": 1, "high": 2, "low": 4, "close": 3, "volume": 1}
    ),
    "one wild price": series.with_wild_price(series.walk(100, SEED + 6), 30),
    "short": series.first(WALK, 20),
    "one bar": series.first(WALK, 1),
    "a NaN inside": series.with_nan(series.first(WALK, 60), 45),
}

DEFAULTS = [name for name in SERIES if name not in ("one wild price", "short", "one bar", "a NaN inside")]

# Windows that a price a million times as high as the others enters and leaves.
WINDOWED = ("sma", "stddev", "variance", "correl", "linearReg", "stoch", "cci", "ultosc", "mfi")

# Where TA-Lib goes on after a NaN in a way of its own. The others give NaN from there on, as ours do.
AFTER_NAN = ("rsi", "atr", "adx", "obv", "cci", "stoch", "rollingMax", "sar")

TYPES = ("sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3")

# Parameters beside the smallest, the default and the long ones.
CHOICES: dict[str, list[tuple]] = {
    "bbands": [(9, 1.5, 2.5, kind) for kind in TYPES[1:]] + [(10, 2.0, 2.0, "sma"), (10, -1.0, 0.0, "sma")],
    "ma": [(8, kind) for kind in TYPES] + [(8, "mama"), (1, "wma")],
    "macd": [(12, 12, 9), (26, 12, 9), (3, 10, 16), (5, 8, 2)],
    "macdExt": [(5, kind, 9, "ema", 4, "sma") for kind in TYPES] + [(12, "ema", 26, "ema", 9, "ema"), (9, "wma", 5, "sma", 3, "kama")],
    "apo": [(5, 9, kind) for kind in TYPES] + [(26, 12, "ema"), (7, 7, "ema")],
    "ppo": [(5, 9, kind) for kind in TYPES] + [(26, 12, "ema"), (7, 7, "ema")],
    "stoch": [(14, 3, 3, kind, "sma") for kind in TYPES] + [(5, 3, 4, "sma", kind) for kind in TYPES[1:]],
    "stochF": [(5, 4, kind) for kind in TYPES],
    "stochRsi": [(9, 6, 4, kind) for kind in TYPES],
    "t3": [(3, 0.0), (4, 1.0)],
    "mama": [(0.99, 0.01), (0.3, 0.3)],
    "sar": [(0.2, 0.1), (0.05, 0.5)],
    "sarExt": [(98.0, 0.0, 0.02, 0.02, 0.2, 0.05, 0.03, 0.3), (-120.0, 0.01, 0.1, 0.05, 0.3, 0.02, 0.02, 0.2)],
    "vwap": [(1,), (14,)],
    "supertrend": [(7, 1.0), (3, 0.5)],
    "ichimoku": [(5, 9, 20, 0), (20, 9, 5, 7)],
    "keltner": [(5, 1.5, 20)],
    "adosc": [(10, 3), (4, 4)],
    "ultosc": [(28, 7, 14), (5, 5, 5)],
    "stddev": [(20, 2.5), (5, -1.0), (5, 0.0)],
    "variance": [(20,), (3,)],
}


def parameter_sets(asked: Asked) -> Iterator[tuple]:
    """The parameters that the random walk is asked with, beside the default ones."""
    yield asked.minimum
    if scaled(asked.default, 0.7) != asked.default:
        yield scaled(asked.default, 0.7)
    yield from CHOICES.get(asked.name, [])


def scaled(parameters: tuple, factor: float) -> tuple:
    """Whole numbers times a factor; the other parameters stay."""
    return tuple(round(p * factor) if isinstance(p, int) else p for p in parameters)


def case(asked: Asked, name: str, parameters: tuple) -> dict[str, Any]:
    """One question, and TA-Lib's answer."""
    words = ", ".join(str(p) for p in parameters)
    answer = asked.answer(SERIES[name], parameters)
    return {
        "case": f"{asked.name}({words}), {name}",
        "params": {"series": asked.inputs, "parameters": parameters},
        "inputs": {"shared": name},
        "expected": {asked.name: answer if len(answer) > 1 else answer[asked.outputs[0]]},
    }


def cases(asked: Asked) -> list[dict[str, Any]]:
    """Every question to one function."""
    questions = [(name, asked.default) for name in DEFAULTS]
    questions += [("walk", parameters) for parameters in parameter_sets(asked)]
    questions += [("short", scaled(asked.default, 3)), ("one bar", asked.minimum)]
    if asked.name in WINDOWED:
        questions.append(("one wild price", asked.default))
    if asked.name in AFTER_NAN:
        questions.append(("a NaN inside", asked.default))
    return [case(asked, *question) for question in dict.fromkeys(questions)]


def generate(out_dir: pathlib.Path) -> None:
    """Writes out_dir/indicators/*.json; the same bytes on every run."""
    files = [(family, functions, "TA-Lib", talib.__version__) for family, functions in FAMILIES.items()]
    files.append(("beyond", BEYOND, "pandas", pandas.__version__))
    for family, functions, reference, version in files:
        made = [each for asked in functions for each in cases(asked)]
        used = {column for asked in functions for column in asked.inputs}
        shared = {
            name: {column: values for column, values in bars.items() if column in used}
            for name, bars in SERIES.items()
            if any(each["inputs"]["shared"] == name for each in made)
        }
        fixture_io.write(
            out_dir,
            f"indicators/{family}.json",
            function=", ".join(asked.talib or asked.name for asked in functions),
            reference=reference,
            version=version,
            seed=SEED,
            shared=shared,
            cases=made,
        )
