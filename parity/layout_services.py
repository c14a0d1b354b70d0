"""Price files as services and programs hand them out: the columns, the digits, the dates and the order of each."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from layout_source import Bars, Golden, bars_of, float_digits, one, several, with_dividend, yahoo_digits
from layout_text import epoch_seconds, fixed, grouped, month_first, new_york_offset, plain, table

START = "2016-01-04"  # 80 bars from here have a 29 February and the start of daylight saving
NASDAQ = bars_of("nasdaq", START)
SP500 = bars_of("sp500", START)
BARS = ("open", "high", "low", "close")


def rows_of(bars: Bars, *names: str) -> Iterator[tuple]:
    """Rows of the day and the named columns."""
    return zip(bars.days, *(getattr(bars, name) for name in names))


def newest_first(rows: list) -> list:
    return rows[:1] + rows[:0:-1]


def crlf(rows: list) -> bytes:
    return table(rows, end="\r\n")


def yahoo() -> Iterator[tuple[str, Golden]]:
    bars = NASDAQ.prices(yahoo_digits)
    body = [[f"{day}", *(fixed(p, 6) for p in prices), str(v)] for day, *prices, v in rows_of(bars, *BARS, "volume")]
    rows = [["Date", "Open", "High", "Low", "Close", "Volume"], *body]
    yield "yahoo.csv", Golden(table(rows), one(bars, "yahoo"), "Yahoo, without an adjusted close")

    adjusted = with_dividend(bars, yahoo_digits)
    body = [row[:5] + [fixed(p, 6)] + row[5:] for row, p in zip(body, adjusted.adjusted or [])]
    head = ["Date", "Open", "High", "Low", "Close", "Adj Close", "Volume"]
    note = "Yahoo, with an adjusted close: a made-up payout of 2 %"
    yield "yahoo-adjusted.csv", Golden(table([head, *body]), one(adjusted, "yahoo-adjusted", ("adjusted",)), note)

    holes = (5, 6, 40)
    body = [[f"{day}", *(fixed(p, 6) for p in ps), fixed(ps[3], 6), str(v)] for day, *ps, v in rows_of(bars, *BARS, "volume")]
    for i in holes:
        body[i][1:] = ["null"] * 6
    gaps = {name: [None if i in holes else p for i, p in enumerate(getattr(bars, name))] for name in BARS}
    panel = one(Bars(bars.days, volume=bars.volume, **gaps), "yahoo-null")
    yield "yahoo-null.csv", Golden(table([head, *body]), panel, "Yahoo, three rows of null")


def yfinance() -> Iterator[tuple[str, Golden]]:
    bars = NASDAQ.prices(float_digits)
    head = ["Date", "Open", "High", "Low", "Close", "Volume", "Dividends", "Stock Splits"]
    body = [
        [f"{day} 00:00:00{new_york_offset(day):+03d}:00", *(repr(float(p)) for p in prices), str(v), "0.0", "0.0"]
        for day, *prices, v in rows_of(bars, *BARS, "volume")
    ]
    note = "yfinance, Ticker.history to_csv: midnight at New York, binary floats with all digits"
    yield "yfinance-history.csv", Golden(table([head, *body]), one(bars, "yfinance-history"), note)

    order = ("close", "high", "low", "open", "volume")
    for name, parts in {
        "yfinance-download-one.csv": {"^IXIC": bars},
        "yfinance-download-several.csv": {"^GSPC": SP500.prices(float_digits), "^IXIC": bars},
    }.items():
        columns = [(field, symbol) for field in order for symbol in parts]
        rows = [["Price", *(field.capitalize() for field, _ in columns)], ["Ticker", *(symbol for _, symbol in columns)]]
        rows.append(["Date"] + [""] * len(columns))
        for i, day in enumerate(bars.days):
            cells = (getattr(parts[symbol], field)[i] for field, symbol in columns)
            rows.append([f"{day}", *(str(c) if isinstance(c, int) else repr(float(c)) for c in cells)])
        note = f"yfinance, download to_csv: a header of three rows, {len(parts)} symbol{'s' if len(parts) > 1 else ''}"
        yield name, Golden(table(rows), several(parts), note)


def stooq() -> Iterator[tuple[str, Golden]]:
    rows = [[f"{day}", *map(plain, prices), str(v)] for day, *prices, v in rows_of(NASDAQ, *BARS, "volume")]
    rows.insert(0, ["Date", "Open", "High", "Low", "Close", "Volume"])
    yield "stooq.csv", Golden(crlf(rows), one(NASDAQ, "stooq"), "Stooq, one symbol")

    head = "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>".split(",")
    for name, parts in {
        "stooq-bulk.txt": {"^NDQ": NASDAQ},
        "stooq-bulk-several.txt": {"^SPX": SP500.head(40), "^NDQ": NASDAQ.head(40)},
    }.items():
        rows = [head]
        for symbol, bars in parts.items():
            for day, *prices, v in rows_of(bars, *BARS, "volume"):
                rows.append([symbol, "D", f"{day:%Y%m%d}", "000000", *map(plain, prices), str(v), "0"])
        note = f"Stooq bulk, {len(parts)} symbol{'s' if len(parts) > 1 else ''}"
        yield name, Golden(crlf(rows), several(parts), note)


def kline(bars: Bars, i: int, unit: int) -> list[str]:
    """One row of 12 columns; `unit` parts of a second. The columns after the volume are made from it."""
    start, volume = epoch_seconds(bars.days[i]), bars.volume[i]
    prices = [fixed(getattr(bars, name)[i], 8) for name in BARS]
    end = (start + 86_400) * unit - 1
    half = Decimal(volume) / 2
    return [str(start * unit), *prices, fixed(Decimal(volume), 8), str(end), fixed(bars.close[i] * volume, 8)] + [
        str(volume % 100_000),
        fixed(half, 8),
        fixed(bars.close[i] * half, 8),
        "0",
    ]


def binance() -> Iterator[tuple[str, Golden]]:
    count = len(NASDAQ.days)
    for name, units, note in (
        ("binance-ms.csv", [1_000] * count, "milliseconds"),
        ("binance-us.csv", [1_000_000] * count, "microseconds"),
        ("binance-ms-us.csv", [1_000] * 40 + [1_000_000] * 40, "milliseconds, then microseconds, as two files put together"),
    ):
        rows = [kline(NASDAQ, i, unit) for i, unit in enumerate(units)]
        yield name, Golden(table(rows), one(NASDAQ, name.removesuffix(".csv")), f"Binance klines, no header, {note}")
    head = "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore"
    rows = [head.split(","), *(kline(NASDAQ, i, 1_000) for i in range(count))]
    yield "binance-header.csv", Golden(table(rows), one(NASDAQ, "binance-header"), "Binance klines of futures, with a header")

    rows = []
    for i in range(count):
        morning, evening = kline(NASDAQ, i, 1_000), kline(NASDAQ, i, 1_000)
        evening[0] = str(int(evening[0]) + 43_200_000)
        morning[3] = morning[4] = morning[1]  # from the open to the high, then to the low and the close
        evening[1], evening[2] = morning[4], fixed(max(NASDAQ.open[i], NASDAQ.close[i]), 8)
        rows += [morning, evening]
    note = "Binance klines, two bars a day that make the day's bar"
    yield "binance-12h.csv", Golden(table(rows), one(NASDAQ, "binance-12h"), note, {"intraday": "daily"})


def alphavantage() -> Iterator[tuple[str, Golden]]:
    rows = [[f"{day}", *(fixed(p, 4) for p in prices), str(v)] for day, *prices, v in rows_of(NASDAQ, *BARS, "volume")]
    head = ["timestamp", "open", "high", "low", "close", "volume"]
    data = crlf(newest_first([head, *rows]))
    yield "alphavantage.csv", Golden(data, one(NASDAQ, "alphavantage"), "Alpha Vantage, newest first")

    bars = with_dividend(NASDAQ, lambda p: p)
    head = "timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient".split(",")
    rows = [row[:5] + [plain(p), row[5], "0.0000", "1.0"] for row, p in zip(rows, bars.adjusted or [])]
    note = "Alpha Vantage, adjusted by a made-up payout of 2 %, newest first"
    panel = one(bars, "alphavantage-adjusted", ("adjusted",))
    yield "alphavantage-adjusted.csv", Golden(crlf(newest_first([head, *rows])), panel, note)


def tiingo() -> Iterator[tuple[str, Golden]]:
    head = "date,close,high,low,open,volume,adjClose,adjHigh,adjLow,adjOpen,adjVolume,divCash,splitFactor".split(",")
    order = ("close", "high", "low", "open")
    halves = NASDAQ.prices(lambda p: p / 2)  # as after a split of two for one at the end
    rows = [
        [f"{day}T00:00:00.000Z", *map(plain, cells[:4]), str(v), *map(plain, cells[4:]), str(2 * v), "0.0", "1.0"]
        for (day, *cells, v) in zip(
            NASDAQ.days, *(getattr(b, f) for b in (NASDAQ, halves) for f in order), NASDAQ.volume
        )
    ]
    note = "Tiingo, adjusted by a made-up split of two for one"
    yield "tiingo.csv", Golden(table([head, *rows]), one(halves, "tiingo"), note)
    rows = [["^IXIC", f"{row[0][:10]} 00:00:00+00:00", *row[1:]] for row in rows]
    data = table([["symbol", *head], *rows])
    yield "tiingo-datareader.csv", Golden(data, one(halves, "^IXIC"), f"{note}, as pandas-datareader writes it")


def nasdaq() -> Iterator[tuple[str, Golden]]:
    for name, sign, volume, note in (
        ("nasdaq.csv", "$", None, "Nasdaq, a share: $ and MM/DD/YYYY, newest first"),
        ("nasdaq-index.csv", "", "--", "Nasdaq, an index: MM/DD/YYYY, newest first, no volume"),
    ):
        rows = [["Date", "Close/Last", "Volume", "Open", "High", "Low"]]
        for day, close, first, high, low, v in rows_of(NASDAQ, "close", "open", "high", "low", "volume"):
            prices = [sign + plain(p) for p in (close, first, high, low)]
            rows.append([month_first(day), prices[0], volume or str(v), *prices[1:]])
        yield name, Golden(table(newest_first(rows)), one(NASDAQ, name.removesuffix(".csv")), note)


def metatrader() -> Iterator[tuple[str, Golden]]:
    rows = [[f"{day:%Y.%m.%d}", "00:00", *map(plain, ps), str(v)] for day, *ps, v in rows_of(NASDAQ, *BARS, "volume")]
    yield "metatrader4.csv", Golden(crlf(rows), one(NASDAQ, "metatrader4"), "MetaTrader 4, no header")
    head = "<DATE>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<TICKVOL>,<VOL>,<SPREAD>".split(",")
    rows = [head, *([row[0], *row[2:], "0", "2"] for row in rows)]
    yield "metatrader5.csv", Golden(table(rows, "\t", "\r\n"), one(NASDAQ, "metatrader5"), "MetaTrader 5, tabs")


def portals() -> Iterator[tuple[str, Golden]]:
    """Finance pages: quoted cells, thousands marks, day first or month first."""
    rows = [["Date", "Price", "Open", "High", "Low", "Vol.", "Change %"]]
    for day, *prices, v in rows_of(NASDAQ, "close", "open", "high", "low", "volume"):
        rows.append([month_first(day), *(grouped(p, 2, ",", ".") for p in prices), f"{v / 1e9:.2f}B", "-0.12%"])
    quoted = [[f'"{cell}"' for cell in row] for row in newest_first(rows)]
    note = "investing.com: byte order mark, everything quoted, thousands commas, newest first"
    yield "investing.csv", Golden(b"\xef\xbb\xbf" + table(quoted), one(NASDAQ, "investing"), note)

    rows = [["Datum", "Erster", "Hoch", "Tief", "Schlusskurs", "Stuecke", "Volumen"]]
    for day, *prices, v in rows_of(NASDAQ, *BARS, "volume"):
        rows.append([f"{day}", *(grouped(p, 2, ".", ",") for p in prices), "0", grouped(Decimal(v), 1, ".", ",")])
    data = b"\xef\xbb\xbf" + table(newest_first(rows), ";", "\r\n")
    yield "german.csv", Golden(data, one(NASDAQ, "german"), "German portal: semicolons, decimal comma, German names")

    rows = [["Date", "Open", "High", "Low", "Close"]]
    rows += [[f"{day:%d.%m.%Y}", *(grouped(p, 2, ".", ",") for p in ps)] for day, *ps in rows_of(NASDAQ, *BARS)]
    note = "Semicolons, decimal comma, thousands points, DD.MM.YYYY"
    yield "semicolon-comma.csv", Golden(table(rows, ";"), one(NASDAQ, "semicolon-comma"), note)

    rows = [["Date", "Open", "High", "Low", "Close"]]
    rows += [[month_first(day, pad=False), *map(plain, prices)] for day, *prices in rows_of(NASDAQ, *BARS)]
    yield "excel-us.csv", Golden(crlf(rows), one(NASDAQ, "excel-us"), "Saved by a spreadsheet: M/D/YYYY without zeros")


def services() -> Iterator[tuple[str, Golden]]:
    for part in (yahoo, yfinance, stooq, binance, alphavantage, tiingo, nasdaq, metatrader, portals):
        yield from part()
