"""Price files in the layouts that people have, and what a reader must find in each: fixtures/layouts.

The prices are those of fixtures/market. `expected.json` holds for every file the reader's options, and symbols, days,
price scale and ticks; they come from the source before a file is written (layout_source.py).

Run alone: `python parity/layouts.py OUT`.
"""

from __future__ import annotations

import json
import pathlib
import sys
from typing import Any

from layout_services import services
from layout_source import Golden, expectation
from layout_tables import tables

SOURCES = "fixtures/market: nasdaq-ohlcv-1999-2018, sp500-ohlcv-1999-2018, sp500-20-stocks-1990-2022"
LICENCE = "MIT (made for this project); the prices as in fixtures/market"
EXPECTED = "layouts/expected.json"


def goldens() -> dict[str, Golden]:
    found: dict[str, Golden] = {}
    for part in (services, tables):
        for name, golden in part():
            if name in found:
                raise ValueError(f"{name} is made twice")
            found[name] = golden
    return found


def expected_text(files: dict[str, Golden]) -> str:
    rows = ({"file": name, "options": g.options, **expectation(g)} for name, g in sorted(files.items()))
    return '{"files":[\n' + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]}\n"


def manifest_rows() -> dict[str, dict[str, Any]]:
    """For each file what the manifest says beside digest and size."""
    files = goldens()
    shared = {"reference": SOURCES, "version": "definition", "seed": None, "licence": LICENCE}
    rows = {f"layouts/{name}": {**shared, "note": f"{golden.note}."} for name, golden in files.items()}
    note = f"Options, symbols, days, price scale and ticks of the {len(files)} files of this folder."
    return rows | {EXPECTED: {**shared, "note": note}}


def generate(out_dir: pathlib.Path) -> None:
    """Writes the files and what is expected of them below `out_dir`."""
    files = goldens()
    (out_dir / "layouts").mkdir(parents=True, exist_ok=True)
    for name, golden in files.items():
        (out_dir / "layouts" / name).write_bytes(golden.data)
    (out_dir / EXPECTED).write_text(expected_text(files), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python parity/layouts.py OUT")
    generate(pathlib.Path(sys.argv[1]))
