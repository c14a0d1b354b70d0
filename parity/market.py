"""Real prices for the tests, the benchmarks and the demo, taken out of two PyPI packages.

Digits go from the source to the fixture as text. One exception: the index bars of arch are 32-bit floats printed
with six decimals (2207.540039 for 2207.54); they are written as the shortest decimal with the same 32-bit float,
which has at most two decimals everywhere. The step is checked to be reversible for every cell.

Run alone: `python parity/market.py OUT`. Needs only the standard library, and pip when the wheels are not there.
"""

from __future__ import annotations

import csv
import datetime
import gzip
import hashlib
import io
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from decimal import Decimal
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parent.parent

# The wheels, and for arch one platform of many: its data files are the same in all of them.
WHEELS = {
    "skfolio": {
        "version": "1.12.2",
        "file": "skfolio-1.12.2-py3-none-any.whl",
        "sha256": "2d324c62a4188dc0b62a713f8d5cea177e208a5b45987e3d3f204dd56d3a669b",
        "licence": "BSD-3-Clause",
    },
    "arch": {
        "version": "8.0.0",
        "file": "arch-8.0.0-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64.whl",
        "sha256": "975ec3bdf7926335742ac362251fafe32b448b8f194dead062f22a00beef772d",
        "licence": "NCSA",
    },
}
PLATFORM = ("--platform", "manylinux_2_17_x86_64", "--python-version", "3.11", "--implementation", "cp")
PLATFORM += ("--abi", "cp311")

FACTS = "Prices are facts, given without warranty."
STOCKS = ("skfolio", "skfolio/datasets/data/sp500_dataset.csv.gz")
INDEX = ("skfolio", "skfolio/datasets/data/sp500_index.csv.gz")
DEMO_FROM, DEMO_TO = "2013-01-01", "2022-12-31"
TEN_YEARS = f"The rows from {DEMO_FROM} to {DEMO_TO} of the file of all years, for the packaged demo. "

# fixture -> source (package, file inside the wheel), whether it is cut to the demo's years, what it is
FILES: dict[str, tuple[tuple[str, str], bool, str]] = {
    "market/sp500-20-stocks-1990-2022.csv.gz": (STOCKS, False, "Daily adjusted closes of 20 large US stocks. "),
    "market/sp500-index-1990-2022.csv.gz": (INDEX, False, "Daily closes of the S&P 500 index. "),
    "market/sp500-ohlcv-1999-2018.csv.gz": (
        ("arch", "arch/data/sp500/sp500.csv.gz"),
        False,
        "Daily bars of the S&P 500 index. ",
    ),
    "market/nasdaq-ohlcv-1999-2018.csv.gz": (
        ("arch", "arch/data/nasdaq/nasdaq.csv.gz"),
        False,
        "Daily bars of the Nasdaq composite index. ",
    ),
    "market/demo/stocks-2013-2022.csv.gz": (STOCKS, True, "Daily adjusted closes of 20 large US stocks. " + TEN_YEARS),
    "market/demo/sp500-2013-2022.csv.gz": (INDEX, True, "Daily closes of the S&P 500 index. " + TEN_YEARS),
}


def wheel(package: str) -> pathlib.Path:
    """The wheel of a package: from NB_PARITY_WHEELS, from the cache, or fetched into the cache; digest checked."""
    pin = WHEELS[package]
    own = os.environ.get("NB_PARITY_WHEELS")
    folder = pathlib.Path(own) if own else ROOT / ".cache" / "parity" / "wheels"
    path = folder / pin["file"]
    if not path.exists() and not own:
        fetch(package, folder)
    if not path.exists():
        raise SystemExit(f"market.py: {path} is not there; unset NB_PARITY_WHEELS to fetch it with pip")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != pin["sha256"]:
        raise SystemExit(f"market.py: {path} has sha256 {found}, not {pin['sha256']}; delete it and run again")
    return path


def fetch(package: str, folder: pathlib.Path) -> None:
    pin = WHEELS[package]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        pinned = pathlib.Path(scratch) / "pinned.txt"
        pinned.write_text(f"{package}=={pin['version']} --hash=sha256:{pin['sha256']}\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--only-binary=:all:", "--require-hashes", "--dest", str(folder), *PLATFORM, "-r", str(pinned)]
        if subprocess.run(command, check=False).returncode != 0:
            raise SystemExit(f"market.py: pip could not fetch {package}=={pin['version']}")


def read_table(package: str, inside: str) -> list[list[str]]:
    """The cells of a gzipped CSV inside a wheel, as text; the first row is the header."""
    with zipfile.ZipFile(wheel(package)) as archive:
        text = gzip.decompress(archive.read(inside)).decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def float32(text: str) -> float:
    return struct.unpack("<f", struct.pack("<f", float(text)))[0]


def shortest_float32(text: str) -> str:
    """The decimal of fewest digits with the 32-bit float of `text`; raises when `text` cannot be had back from it."""
    exact = Decimal(text)
    for decimals in range(7):
        short = format(exact.quantize(Decimal(1).scaleb(-decimals)), "f")
        if float32(short) == float32(text):
            break
    back = format(float32(short), ".6f").rstrip("0").rstrip(".")
    if back != text:
        raise ValueError(f"{text} is not a 32-bit float printed with six decimals")
    return short


def iso_date(text: str) -> str:
    """`1/4/1999` (month first) as `1999-01-04`; an ISO date as it is."""
    if "/" in text:
        month, day, year = text.split("/")
        text = f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
    datetime.date.fromisoformat(text)
    return text


def clean(package: str, rows: list[list[str]]) -> list[list[str]]:
    """ISO dates; for arch the shortest decimals of the price columns (volumes are whole numbers and stay)."""
    header, *body = rows
    prices = range(1, header.index("Volume")) if package == "arch" else range(0)
    out = [header]
    for row in body:
        cells = [iso_date(row[0]), *row[1:]]
        for column in prices:
            cells[column] = shortest_float32(cells[column])
        out.append(cells)
    return out


def check(path: str, rows: list[list[str]]) -> None:
    """Raises at a ragged row, dates that repeat or run back, a price that is not a positive decimal, a broken bar."""
    header, *body = rows
    last = ""
    for number, row in enumerate(body, start=2):
        place = f"{path}, line {number}"
        if len(row) != len(header):
            raise ValueError(f"{place}: {len(row)} cells, not {len(header)}")
        if row[0] <= last:
            raise ValueError(f"{place}: {row[0]} after {last}")
        last = row[0]
        for name, cell in zip(header[1:], row[1:]):
            whole, _, fraction = cell.partition(".")
            digits = whole.isdigit() and (fraction.isdigit() or "." not in cell)
            if not digits or (Decimal(cell) <= 0 and name != "Volume"):
                raise ValueError(f"{place}, column {name}: {cell!r} is not a positive decimal")
        if "High" in header:
            first, high, low, close = (Decimal(cell) for cell in row[1:5])
            if not low <= min(first, close) <= max(first, close) <= high:
                raise ValueError(f"{place}: open {first} and close {close} outside of {low} to {high}")
            if row[header.index("Adj Close")] != row[header.index("Close")]:
                raise ValueError(f"{place}: the adjusted close is not the close")


def describe(package: str, rows: list[list[str]]) -> str:
    """Rows, columns, dates and decimals of a table, and what is odd in it."""
    header, *body = rows
    last = header.index("Volume") if "Volume" in header else len(header)
    places = [len(cell.partition(".")[2]) for row in body for cell in row[1:last]]
    text = f"{len(body)} days from {body[0][0]} to {body[-1][0]}, {len(header) - 1} column{'s' if len(header) > 2 else ''}, "
    text += f"at most {max(places)} decimals. "
    if package == "arch":
        text += "32-bit floats with six decimals in the source, written with the shortest decimals of the same value. "
        idle = [row[0] for row in body if row[last] == "0"]
        if idle:
            text += f"No volume on {', '.join(idle)}. "
    elif len(header) > 2:
        text += "Adjusted for splits and dividends by the source, to three decimals. " + odd_moves(header, body)
    return text


def odd_moves(header: list[str], body: list[list[str]]) -> str:
    """Closes that stay the same for over 10 days, and moves of at least a half in one day: kept, but said."""
    still, jumps = [], []
    for column, name in enumerate(header[1:], start=1):
        start, stretches = 0, []
        for i in range(1, len(body) + 1):
            if i < len(body) and body[i][column] == body[start][column]:
                continue
            if i - start > 10:
                stretches.append((body[start][0], body[i - 1][0]))
            start = i
        if stretches:
            still.append(f"{name} {len(stretches)} times from {stretches[0][0]} to {stretches[-1][1]}")
        for before, row in zip(body, body[1:]):
            ratio = Decimal(row[column]) / Decimal(before[column])
            if not Decimal("0.5") < ratio < Decimal("1.5"):
                jumps.append(f"{name} {(ratio - 1) * 100:+.0f} % on {row[0]}")
    text = f"Unchanged for over 10 days: {', '.join(still)}. " if still else ""
    return text + (f"Moves of at least a half: {', '.join(jumps)}. " if jumps else "")


def gzip_bytes(text: str) -> bytes:
    """Gzip with level 9, no name and no time: the same bytes wherever the same zlib runs."""
    data = text.encode("utf-8")
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_FILTERED)  # digits: 3 % smaller than the default
    body = deflate.compress(data) + deflate.flush()
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    return head + body + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)


def table(path: str) -> list[list[str]]:
    """The checked rows of one fixture."""
    (package, inside), demo, _ = FILES[path]
    rows = clean(package, read_table(package, inside))
    if demo:
        rows = rows[:1] + [row for row in rows[1:] if DEMO_FROM <= row[0] <= DEMO_TO]
    check(path, rows)
    return rows


def manifest_rows() -> dict[str, dict[str, Any]]:
    """For each fixture what the manifest says beside digest and size."""
    found = {}
    for path, ((package, inside), _, note) in FILES.items():
        pin = WHEELS[package]
        rows = table(path)
        found[path] = {
            "reference": f"{package} (PyPI), {inside}",
            "version": pin["version"],
            "seed": None,
            "date": rows[-1][0],
            "licence": f"{pin['licence']} (licence of {package})",
            "note": note + describe(package, rows) + FACTS,
        }
    return found


def generate(out_dir: pathlib.Path) -> None:
    """Writes the market files below `out_dir`."""
    for path in FILES:
        target = out_dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(gzip_bytes("".join(",".join(row) + "\n" for row in table(path))))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python parity/market.py OUT")
    generate(pathlib.Path(sys.argv[1]))
