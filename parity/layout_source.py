"""The bars behind the files of fixtures/layouts, and what a reader must find in them.

Prices come from fixtures/market as decimals. A layout may print them in its own way (a 32-bit float with six decimals,
a binary float with all its digits); then the printed number is the price. Ticks are worked out from these decimals
with `decimal` and days with `datetime`, before a file is written and never from the file.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime
import gzip
import pathlib
import struct
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

MARKET = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "market"
EPOCH = datetime.date(1970, 1, 1)
FIELDS = ("close", "open", "high", "low")
BAR_COUNT = 80
Price = Decimal | None


@dataclasses.dataclass(frozen=True)
class Bars:
    """Bars of one symbol. `adjusted` is its adjusted close, where the layout has one."""

    days: list[datetime.date]
    open: list[Price]
    high: list[Price]
    low: list[Price]
    close: list[Price]
    volume: list[int]
    adjusted: list[Price] | None = None

    def prices(self, change: Callable[[Decimal], Decimal]) -> Bars:
        """The same bars with every price changed."""
        names = ("open", "high", "low", "close") + (("adjusted",) if self.adjusted else ())
        values = {name: [None if p is None else change(p) for p in getattr(self, name)] for name in names}
        return dataclasses.replace(self, **values)

    def head(self, count: int) -> Bars:
        """The first bars."""
        fields = ((f.name, getattr(self, f.name)) for f in dataclasses.fields(self))
        return Bars(**{name: None if value is None else value[:count] for name, value in fields})


@dataclasses.dataclass(frozen=True)
class Panel:
    """What a reader must find: fields of days × symbols."""

    days: list[datetime.date]
    symbols: list[str]
    fields: dict[str, list[list[Price]]]


@dataclasses.dataclass(frozen=True)
class Golden:
    """One file, and what is in it. `options` are those of the reader, `note` a sentence for the manifest."""

    data: bytes
    panel: Panel
    note: str
    options: dict[str, Any] = dataclasses.field(default_factory=dict)


def market_rows(name: str) -> list[list[str]]:
    with gzip.open(MARKET / name, "rt", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def bars_of(index: str, start: str, count: int = BAR_COUNT) -> Bars:
    """Bars of an index, `nasdaq` or `sp500`, from the first day at or after `start`."""
    rows = [row for row in market_rows(f"{index}-ohlcv-1999-2018.csv.gz")[1:] if row[0] >= start][:count]
    columns = list(zip(*rows))
    days = [datetime.date.fromisoformat(text) for text in columns[0]]
    first, high, low, close = ([Decimal(text) for text in columns[i]] for i in (1, 2, 3, 4))
    return Bars(days, first, high, low, close, [int(text) for text in columns[6]])


def closes_of(symbols: list[str], start: str, count: int = BAR_COUNT) -> Panel:
    """Closes of some of the 20 stocks."""
    header, *body = market_rows("sp500-20-stocks-1990-2022.csv.gz")
    rows = [row for row in body if row[0] >= start][:count]
    at = [header.index(symbol) for symbol in symbols]
    days = [datetime.date.fromisoformat(row[0]) for row in rows]
    return Panel(days, symbols, {"close": [[Decimal(row[i]) for i in at] for row in rows]})


def one(bars: Bars, symbol: str, fields: tuple[str, ...] = FIELDS) -> Panel:
    """The panel of one symbol. With `fields` of ("adjusted",) its close is the adjusted one."""
    if fields == ("adjusted",):
        return Panel(bars.days, [symbol], {"close": [[p] for p in bars.adjusted or []]})
    return Panel(bars.days, [symbol], {name: [[p] for p in getattr(bars, name)] for name in fields})


def several(parts: dict[str, Bars], fields: tuple[str, ...] = FIELDS) -> Panel:
    """The panel of symbols that have the same days."""
    first = next(iter(parts.values()))
    if any(bars.days != first.days for bars in parts.values()):
        raise ValueError("the symbols have other days")
    columns = {name: [getattr(bars, name) for bars in parts.values()] for name in fields}
    return Panel(first.days, list(parts), {name: [list(row) for row in zip(*of)] for name, of in columns.items()})


def float32(value: Decimal) -> float:
    return struct.unpack("<f", struct.pack("<f", float(value)))[0]


def yahoo_digits(value: Decimal) -> Decimal:
    """A price as Yahoo's files print it: a 32-bit float with six decimals, 2207.54 as 2207.540039."""
    return Decimal(format(float32(value), ".6f"))


def float_digits(value: Decimal) -> Decimal:
    """A price as yfinance prints it: a 32-bit float with all its digits, 2207.54 as 2207.5400390625."""
    return Decimal(repr(float32(value)))


def with_dividend(bars: Bars, digits: Callable[[Decimal], Decimal]) -> Bars:
    """Bars with an adjusted close: as if 2 % had been paid out before the bar in the middle."""
    middle = len(bars.days) // 2
    scaled = [p * Decimal("0.98") if i < middle and p is not None else p for i, p in enumerate(bars.close)]
    return dataclasses.replace(bars, adjusted=[None if p is None else digits(p) for p in scaled])


def epoch_day(day: datetime.date) -> int:
    return (day - EPOCH).days


def to_grid(value: Price) -> tuple[Price, bool]:
    """A price at no more than six decimals, half to even, and whether digits went."""
    if value is None or -value.normalize().as_tuple().exponent <= 6:
        return value, False
    return value.quantize(Decimal("0.000001"), rounding=ROUND_HALF_EVEN), True


def expectation(golden: Golden) -> dict[str, Any]:
    """Symbols, days, price scale and ticks (a list for each field, days × symbols) of one file."""
    panel = golden.panel
    forced = golden.options.get("priceScale")
    grids = {name: [to_grid(p) for row in rows for p in row] for name, rows in panel.fields.items()}
    known = [p for cells in grids.values() for p, _ in cells if p is not None]
    decimals = max(-p.normalize().as_tuple().exponent for p in known)
    scale = forced or 10 ** max(2, decimals)

    def ticks(price: Price) -> int | None:
        if price is None:
            return None
        product = price * scale
        if product != product.to_integral_value() or product <= 0:
            raise ValueError(f"{price} is no positive number of ticks at {scale}")
        return int(product)

    return {
        "symbols": panel.symbols,
        "days": [epoch_day(day) for day in panel.days],
        "priceScale": scale,
        "roundedCells": sum(rounded for cells in grids.values() for _, rounded in cells),
        "ticks": {name: [ticks(price) for price, _ in cells] for name, cells in grids.items()},
    }
