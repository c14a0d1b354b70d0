"""Writing cells: the ways in which services print dates, prices and tables."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def plain(value: Decimal | None, missing: str = "") -> str:
    """All digits, no exponent, no zeros at the end."""
    return missing if value is None else format(value.normalize(), "f")


def fixed(value: Decimal, decimals: int) -> str:
    """A number of decimals that holds the value exactly."""
    text = format(value, f".{decimals}f")
    if Decimal(text) != value:
        raise ValueError(f"{value} has more than {decimals} decimals")
    return text


def grouped(value: Decimal, decimals: int, group: str, point: str) -> str:
    """`1.234,56`: a mark between thousands, and another for decimals."""
    whole, fraction = fixed(value, decimals).split(".")
    groups = format(int(whole), ",").replace(",", group)
    return groups + point + fraction


def table(rows: Iterable[Iterable[str]], separator: str = ",", end: str = "\n") -> bytes:
    return "".join(separator.join(row) + end for row in rows).encode("utf-8")


def month_first(day: datetime.date, pad: bool = True) -> str:
    return f"{day:%m/%d/%Y}" if pad else f"{day.month}/{day.day}/{day.year}"


def new_york_offset(day: datetime.date) -> int:
    """Hours east of Greenwich at New York: -4 from the second Sunday of March to the first of November, else -5."""

    def sunday(month: int, which: int) -> datetime.date:
        first = datetime.date(day.year, month, 1)
        return first + datetime.timedelta(days=(6 - first.weekday()) % 7 + 7 * (which - 1))

    return -4 if sunday(3, 2) <= day < sunday(11, 1) else -5


def epoch_seconds(day: datetime.date, hour: int = 0) -> int:
    """Seconds since 1970 of an hour (UTC) of a day."""
    return (day - datetime.date(1970, 1, 1)).days * 86_400 + hour * 3_600
