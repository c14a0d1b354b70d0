"""Indicators that TA-Lib does not have, from their definitions: pandas for the windows, TA-Lib for the averages."""

from __future__ import annotations

from typing import Callable

import numpy as np
import pandas as pd
import talib

from indicator_functions import HL, HLC, Asked

Columns = tuple[np.ndarray, ...]


def _channel(high: np.ndarray, low: np.ndarray, period: int) -> tuple[pd.Series, pd.Series]:
    """Largest high and smallest low of the last bars."""
    return pd.Series(high).rolling(period).max(), pd.Series(low).rolling(period).min()


def donchian(high: np.ndarray, low: np.ndarray, period: int) -> Columns:
    """The channel and its middle."""
    upper, lower = _channel(high, low, period)
    return upper, (upper + lower) / 2, lower


def keltner(high: np.ndarray, low: np.ndarray, close: np.ndarray, period: int, factor: float, atr_period: int) -> Columns:
    """EMA, and so many ATR beside it; all three from where both are there."""
    middle, reach = talib.EMA(close, period), factor * talib.ATR(high, low, close, atr_period)
    return middle + reach, middle + 0 * reach, middle - reach


def ichimoku(high: np.ndarray, low: np.ndarray, short: int, base: int, long: int, ahead: int) -> Columns:
    """Middles of three windows, two lines of them drawn ahead."""
    middles = [sum(_channel(high, low, period)) / 2 for period in (short, base, long)]
    return middles[0], middles[1], ((middles[0] + middles[1]) / 2).shift(ahead), middles[2].shift(ahead)


def supertrend(high: np.ndarray, low: np.ndarray, close: np.ndarray, period: int, factor: float) -> Columns:
    """TradingView's rule, bar by bar, on TA-Lib's ATR."""
    atr = talib.ATR(high, low, close, period)
    middle = (high + low) / 2
    line, direction = np.full(len(close), np.nan), np.full(len(close), np.nan)
    upper = lower = before = None
    for i in range(period, len(close)):
        above, below = middle[i] + factor * atr[i], middle[i] - factor * atr[i]
        upper = above if upper is None or above < upper or close[i - 1] > upper else upper
        lower = below if lower is None or below > lower or close[i - 1] < lower else lower
        if before is None:
            rises = False
        elif before:
            rises = not close[i] < lower
        else:
            rises = bool(close[i] > upper)
        before = rises
        line[i], direction[i] = (lower, 1) if rises else (upper, -1)
    return line, direction


def vwap(high: np.ndarray, low: np.ndarray, close: np.ndarray, volume: np.ndarray, period: int) -> Columns:
    """Mean of the typical price with the volumes as weights, over all bars so far or the last ones."""
    volumes, traded = pd.Series(volume), pd.Series((high + low + close) / 3 * volume)
    if period == 0:
        return (traded.cumsum() / volumes.cumsum(),)
    return (traded.rolling(period).sum() / volumes.rolling(period).sum(),)


def heikinAshi(opened: np.ndarray, high: np.ndarray, low: np.ndarray, close: np.ndarray) -> Columns:
    """Bars whose open is the middle of the body before."""
    closes = (opened + high + low + close) / 4
    opens = np.full(len(close), np.nan)
    for i in range(len(close)):
        opens[i] = (opened[0] + close[0]) / 2 if i == 0 else (opens[i - 1] + closes[i - 1]) / 2
    return opens, np.maximum(high, np.maximum(opens, closes)), np.minimum(low, np.minimum(opens, closes)), closes


class Defined(Asked):
    """A function of this module."""

    def answer(self, bars: dict[str, np.ndarray], parameters: tuple) -> dict[str, np.ndarray]:
        columns = np.array([bars[name] for name in self.inputs], dtype=float)
        start = int(np.argmax(~np.isnan(columns).any(axis=0)))
        definition: Callable[..., Columns] = globals()[self.name]
        found = definition(*(np.ascontiguousarray(column[start:]) for column in columns), *parameters)
        return {
            name: np.concatenate((np.full(start, np.nan), np.asarray(values, dtype=float)))
            for name, values in zip(self.outputs, found)
        }


BANDS = ("upper", "middle", "lower")

BEYOND = (
    Defined("donchian", "", HL, BANDS, (1,), (20,)),
    Defined("keltner", "", HLC, BANDS, (1, 0.0, 1), (20, 2.0, 10)),
    Defined("ichimoku", "", HL, ("conversion", "base", "spanA", "spanB"), (1, 1, 1, 0), (9, 26, 52, 26)),
    Defined("supertrend", "", HLC, ("line", "direction"), (1, 0.0), (10, 3.0)),
    Defined("heikinAshi", "", ("open", *HLC), ("open", *HLC), (), ()),
    Defined("vwap", "", (*HLC, "volume"), ("vwap",), (0,), (0,)),
)
