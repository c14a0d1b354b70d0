"""Bars that the indicators are asked about: real ones, and made ones with one trait each. Needs numpy alone."""

from __future__ import annotations

import csv
import gzip
import pathlib

import numpy as np

MARKET = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "market"
COLUMNS = ("open", "high", "low", "close", "volume")

Bars = dict[str, np.ndarray]


def market(first: str, count: int) -> Bars:
    """Bars of the S&P 500 from a day on."""
    with gzip.open(MARKET / "sp500-ohlcv-1999-2018.csv.gz", "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["Date"] >= first][:count]
    return {name: np.array([float(row[name.capitalize()]) for row in rows]) for name in COLUMNS}


def golden(count: int) -> Bars:
    """Closes that visit 100.0, 100.1 … 110.0 in a scrambled order."""
    i = np.arange(count)
    close = 100 + ((7919 * i) % 101) / 10
    high, low = close + 1 + (i % 3) / 4, close - 1 - (i % 5) / 8
    return {"open": np.roll(close, 1), "high": high, "low": low, "close": close, "volume": 1e6 + 1e4 * (i % 7)}


def walk(count: int, seed: int, start: float = 100.0, step: float = 0.01, digits: int = 2) -> Bars:
    """A random walk of `step` a bar, all prices with so many digits; wicks and volumes are drawn too."""
    rng = np.random.default_rng(seed)
    close = start * np.cumprod(1 + rng.normal(0, step, count + 1))
    opened, close = np.round(close[:-1], digits), np.round(close[1:], digits)
    wick = np.abs(rng.normal(0, step / 2, (2, count))) * close
    high = np.round(np.maximum(opened, close) + wick[0], digits)
    low = np.maximum(np.round(np.minimum(opened, close) - wick[1], digits), 10.0**-digits)
    return {"open": opened, "high": high, "low": low, "close": close, "volume": np.round(rng.lognormal(13, 1, count))}


def constant(count: int, price: float = 42.1) -> Bars:
    """Nothing moves, and something is traded."""
    same = np.full(count, price)
    return {"open": same, "high": same, "low": same, "close": same, "volume": np.full(count, 1000.0)}


def straight(count: int, step: float) -> Bars:
    """A line: every bar as long as the one before."""
    close = 50 + step * np.arange(count)
    return {"open": close - step, "high": close + 0.5, "low": close - 0.75, "close": close, "volume": 500.0 + np.arange(count)}


def coarse(count: int, seed: int) -> Bars:
    """Few different prices: many bars repeat the one before, many extremes come twice."""
    rng = np.random.default_rng(seed)
    close = 20 + rng.integers(-1, 2, count).cumsum() * 0.5
    opened = np.concatenate(([20.0], close[:-1]))
    high = np.maximum(opened, close) + rng.integers(0, 2, count) * 0.5
    low = np.minimum(opened, close) - rng.integers(0, 2, count) * 0.5
    return {"open": opened, "high": high, "low": low, "close": close, "volume": rng.integers(0, 4, count) * 100.0}


def flat_then_moving(count: int, seed: int) -> Bars:
    """A walk that stands still for its middle third."""
    bars = walk(count, seed)
    first, last = count // 3, 2 * count // 3
    for name in ("open", "high", "low", "close"):
        bars[name][first:last] = bars["close"][first - 1]
    return bars


def scaled(bars: Bars, factor: float) -> Bars:
    """The same bars at another price."""
    return {name: values if name == "volume" else values * factor for name, values in bars.items()}


def with_leading_nan(bars: Bars, counts: dict[str, int]) -> Bars:
    """The columns named begin later than the others."""
    late = {name: values.copy() for name, values in bars.items()}
    for name, count in counts.items():
        late[name][:count] = np.nan
    return late


def with_wild_price(bars: Bars, at: int) -> Bars:
    """One bar is a billion."""
    wild = {name: values.copy() for name, values in bars.items()}
    for name in ("open", "high", "low", "close"):
        wild[name][at] = 1e9
    return wild


def with_nan(bars: Bars, at: int) -> Bars:
    """One bar is missing."""
    gap = {name: values.copy() for name, values in bars.items()}
    for values in gap.values():
        values[at] = np.nan
    return gap


def first(bars: Bars, count: int) -> Bars:
    """The first bars."""
    return {name: values[:count] for name, values in bars.items()}
