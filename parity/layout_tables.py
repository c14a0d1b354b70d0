"""Tables that people and pandas write themselves: wide, long, JSON; and the JSON of services."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from layout_services import BARS, NASDAQ, SP500, START, kline, rows_of
from layout_source import Bars, Golden, Panel, closes_of, float_digits, one, several, to_grid, with_dividend
from layout_text import MONTHS, epoch_seconds, fixed, new_york_offset, plain, table
from market import gzip_bytes

SYMBOLS = ["AAPL", "BAC", "GE", "KO", "XOM"]
WIDE = closes_of(SYMBOLS, START)


def wide_rows(panel: Panel) -> list[list[str]]:
    rows = zip(panel.days, panel.fields["close"])
    return [["Date", *panel.symbols], *([f"{day}", *(plain(p) for p in prices)] for day, prices in rows)]


def wide() -> Iterator[tuple[str, Golden]]:
    rows = wide_rows(WIDE)
    yield "wide.csv", Golden(table(rows), WIDE, "Wide")
    yield "wide.csv.gz", Golden(gzip_bytes(table(rows).decode()), WIDE, "Wide, compressed")
    yield "wide-tab.tsv", Golden(table(rows, "\t"), WIDE, "Wide, tabs")
    yield "wide-pipe.txt", Golden(table(rows, "|"), WIDE, "Wide, bars between the columns")
    commas = [rows[0], *([row[0], *(cell.replace(".", ",") for cell in row[1:])] for row in rows[1:])]
    yield "wide-semicolon.csv", Golden(table(commas, ";"), WIDE, "Wide, semicolons and decimal comma")
    yield "pandas-index.csv", Golden(table([["", *SYMBOLS], *rows[1:]]), WIDE, "Wide, a pandas index without a name")

    words = ["", "NaN", "null", "NA", "#N/A", "-", "N/A", "nan"]
    cells = [list(prices) for prices in WIDE.fields["close"]]
    holes = [row[:] for row in rows]
    for i, word in enumerate(words):
        holes[3 + 9 * i][1 + i % 5] = word
        cells[2 + 9 * i][i % 5] = None
    panel = Panel(WIDE.days, SYMBOLS, {"close": cells})
    yield "wide-missing.csv", Golden(table(holes), panel, "Wide, the words for a missing price")

    named = [rows[0], *([f"{d.day:02d}-{MONTHS[d.month - 1]}-{d.year}", *row[1:]] for d, row in zip(WIDE.days, rows[1:]))]
    yield "wide-month-names.csv", Golden(table(named), WIDE, "Wide, days as 04-Jan-2016")
    seconds = [rows[0], *([str(epoch_seconds(day)), *row[1:]] for day, row in zip(WIDE.days, rows[1:]))]
    yield "wide-epoch-seconds.csv", Golden(table(seconds), WIDE, "Wide, days as seconds since 1970")
    nanos = [rows[0], *([f"{epoch_seconds(day)}000000000", *row[1:]] for day, row in zip(WIDE.days, rows[1:]))]
    yield "wide-epoch-nanoseconds.csv", Golden(table(nanos), WIDE, "Wide, days as nanoseconds since 1970")

    stretch = closes_of(SYMBOLS, "2010-01-01", 2_000)
    firsts = [i for i, d in enumerate(stretch.days) if i == 0 or d.month != stretch.days[i - 1].month][:72]
    monthly = Panel([stretch.days[i] for i in firsts], SYMBOLS, {"close": [stretch.fields["close"][i] for i in firsts]})
    body = [[f"{d:%d/%m/%Y}", *row[1:]] for d, row in zip(monthly.days, wide_rows(monthly)[1:])]
    note = "Wide, first days of months as DD/MM/YYYY: the order of day and month has to be said"
    yield "wide-day-first.csv", Golden(table([rows[0], *body]), monthly, note, {"dateOrder": "dmy"})


def long() -> Iterator[tuple[str, Golden]]:
    body = [
        [f"{day}", symbol, plain(p)]
        for day, prices in zip(WIDE.days, WIDE.fields["close"])
        for symbol, p in zip(SYMBOLS, prices)
    ]
    yield "long.csv", Golden(table([["date", "symbol", "close"], *body]), WIDE, "Long, sorted by date")
    parts = {"^GSPC": SP500, "^IXIC": NASDAQ}
    body = [
        [symbol, f"{day}", *map(plain, prices), str(v)]
        for symbol, bars in parts.items()
        for day, *prices, v in rows_of(bars, *BARS, "volume")
    ]
    head = ["Ticker", "Date", "Open", "High", "Low", "Close", "Volume"]
    yield "long-bars.csv", Golden(table([head, *body]), several(parts), "Long with whole bars, sorted by symbol")


def dump(value: object, indent: int | None = None) -> bytes:
    return (json.dumps(value, indent=indent, ensure_ascii=False) + "\n").encode("utf-8")


def number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def own_json() -> Iterator[tuple[str, Golden]]:
    names = ("date", *BARS, "volume")
    rows = [[f"{day}", *map(number, ps), v] for day, *ps, v in rows_of(NASDAQ, *BARS, "volume")]
    records = [dict(zip(names, row)) for row in rows]
    yield "json-records.json", Golden(dump(records, 1), one(NASDAQ, "json-records"), "JSON, a list of records")
    lines = b"".join(map(dump, records))
    yield "json-lines.jsonl", Golden(lines, one(NASDAQ, "json-lines"), "JSON, a record on each line")
    columns = {"date": [f"{day}" for day in WIDE.days]}
    columns |= {s: [number(row[j]) for row in WIDE.fields["close"]] for j, s in enumerate(SYMBOLS)}
    yield "json-columns.json", Golden(dump(columns), WIDE, "JSON, a list for each column, wide")


def pandas_json() -> Iterator[tuple[str, Golden]]:
    columns = {s: [number(row[j]) for row in WIDE.fields["close"]] for j, s in enumerate(SYMBOLS)}
    frame = pd.DataFrame(columns, index=pd.DatetimeIndex(WIDE.days, name="Date"))
    for orient in ("columns", "index", "split"):
        text = frame.to_json(orient=orient, date_format="epoch", date_unit="ms")
        yield f"pandas-{orient}.json", Golden(text.encode(), WIDE, f"pandas, to_json orient {orient}, wide")
    bars = {name.capitalize(): [number(p) for p in getattr(NASDAQ, name)] for name in BARS}
    frame = pd.DataFrame(bars, index=pd.DatetimeIndex(NASDAQ.days, name="Date"))
    text = frame.to_json(orient="table", date_unit="ms")
    yield "pandas-table.json", Golden(text.encode(), one(NASDAQ, "pandas-table"), "pandas, to_json orient table")
    text = frame.reset_index().to_json(orient="columns", date_format="iso", date_unit="ms")
    note = "pandas, to_json after reset_index: numbered rows, dates in a column"
    yield "pandas-numbered.json", Golden(text.encode(), one(NASDAQ, "pandas-numbered"), note)


def chart(bars: Bars, symbol: str, offsets: list[int], zone: str) -> bytes:
    """Yahoo's chart document; each bar's time is 09:30 (New York) or 10:00 (Sydney) of its day."""
    open_at = 34_200 if zone.startswith("America") else 36_000
    times = [epoch_seconds(day) + open_at - offset * 3_600 for day, offset in zip(bars.days, offsets)]
    quote = {name: [number(p) for p in getattr(bars, name)] for name in BARS}
    quote["volume"] = [None if p is None else v for p, v in zip(bars.close, bars.volume)]
    adjusted = [{"adjclose": [number(p) for p in bars.adjusted or bars.close]}]
    meta = {"currency": "USD", "symbol": symbol, "instrumentType": "INDEX", "gmtoffset": offsets[-1] * 3_600}
    meta |= {"exchangeTimezoneName": zone, "dataGranularity": "1d", "range": ""}
    result = {"meta": meta, "timestamp": times, "indicators": {"quote": [quote], "adjclose": adjusted}}
    return dump({"chart": {"result": [result], "error": None}})


def service_json() -> Iterator[tuple[str, Golden]]:
    rows = [kline(NASDAQ, i, 1_000) for i in range(len(NASDAQ.days))]
    whole = {0, 6, 8}
    data = dump([[int(cell) if j in whole else cell for j, cell in enumerate(row)] for row in rows])
    yield "binance-api.json", Golden(data, one(NASDAQ, "binance-api"), "Binance, the answer of klines: a list of lists")

    about = {"1. Information": "Daily Prices (open, high, low, close) and Volumes", "2. Symbol": "IXIC"}
    about |= {"3. Last Refreshed": f"{NASDAQ.days[-1]}", "4. Output Size": "Compact", "5. Time Zone": "US/Eastern"}
    series = {}
    for day, *prices, v in reversed(list(rows_of(NASDAQ, *BARS, "volume"))):
        series[f"{day}"] = {f"{k}. {n}": fixed(p, 4) for k, (n, p) in enumerate(zip(BARS, prices), 1)}
        series[f"{day}"]["5. volume"] = str(v)
    data = dump({"Meta Data": about, "Time Series (Daily)": series}, 4)
    yield "alphavantage.json", Golden(data, one(NASDAQ, "IXIC"), "Alpha Vantage JSON, newest first")

    halves = NASDAQ.prices(lambda p: p / 2)
    records = []
    for i, day in enumerate(NASDAQ.days):
        record = {"date": f"{day}T00:00:00.000Z"}
        record |= {n: number(getattr(NASDAQ, n)[i]) for n in ("close", "high", "low", "open")}
        record |= {"volume": NASDAQ.volume[i]}
        record |= {f"adj{n.capitalize()}": number(getattr(halves, n)[i]) for n in ("close", "high", "low", "open")}
        records.append(record | {"adjVolume": 2 * NASDAQ.volume[i], "divCash": 0.0, "splitFactor": 1.0})
    note = "Tiingo JSON, adjusted by a made-up split of two for one"
    yield "tiingo.json", Golden(dump(records), one(halves, "tiingo"), note)

    bars = NASDAQ.prices(float_digits)
    hole = 7
    gaps = {name: [None if i == hole else p for i, p in enumerate(getattr(bars, name))] for name in BARS}
    holed = Bars(bars.days, volume=bars.volume, **gaps)
    data = chart(holed, "^IXIC", [new_york_offset(day) for day in bars.days], "America/New_York")
    yield "yahoo-chart.json", Golden(data, one(holed, "^IXIC"), "Yahoo's chart document, one bar of null")
    paid = with_dividend(bars, float_digits)
    sydney = [11 if day < datetime.date(2016, 4, 3) else 10 for day in bars.days]
    data = chart(paid, "^AXJO", sydney, "Australia/Sydney")
    note = "Yahoo's chart document, adjusted by a made-up payout of 2 %, at Sydney: the day before in UTC"
    yield "yahoo-chart-sydney.json", Golden(data, one(paid, "^AXJO", ("adjusted",)), note)

    pairs = [[epoch_seconds(day) * 1_000, float(p)] for day, p in zip(bars.days, bars.close)]
    amounts = [[time, float(v)] for (time, _), v in zip(pairs, bars.volume)]
    data = dump({"prices": pairs, "market_caps": amounts, "total_volumes": amounts})
    yield "coingecko.json", Golden(data, one(bars, "coingecko", ("close",)), "CoinGecko JSON, pairs of time and price")


def tables() -> Iterator[tuple[str, Golden]]:
    for part in (wide, long, own_json, pandas_json, service_json):
        yield from part()
