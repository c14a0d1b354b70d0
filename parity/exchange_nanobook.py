"""Streams of orders, with nanobook's trades and the book it ends with. parity/nanobook_stream.py says what they hold.

    python parity/exchange_nanobook.py --operations 1000000 --seed 7 --out FOLDER

writes as many operations to files that are compared and not committed.
"""

from __future__ import annotations

import argparse
import faulthandler
import pathlib

import nanobook

import fixture_io
from nanobook_stream import Stream

SEED = 20
# Seconds after which a nanobook that does not return ends the process.
WATCHDOG = 600
# Operations of a stream that is not committed.
LONG = 10_000

# name, operations, middle price, width of the prices, largest quantity, stops
STREAMS = (
    ("orders", 600, 10_000, 20, 50, False),
    ("orders beyond 2^31", 300, 2_147_483_648, 12, 3_000_000_000, False),
    ("orders near 2^53", 300, 9_007_199_254_000_000, 40, 9, False),
    ("stops", 600, 10_000, 30, 20, True),
    ("stops in a thin book", 300, 500, 60, 4, True),
)


def stream(seed: int, name: str, operations: int, *market: int) -> dict:
    made = Stream(seed, *market)
    while len(made.operations) < operations:
        made.step()
    return made.case(name)


def write(out_dir: pathlib.Path, seed: int, rows: list[tuple]) -> None:
    """Writes the streams of the rows: those without stops to one file, those with stops to another."""
    faulthandler.dump_traceback_later(WATCHDOG, exit=True)
    cases = {False: [], True: []}
    for i, row in enumerate(rows):
        cases[row[-1]].append(stream(seed + i, *row))
    faulthandler.cancel_dump_traceback_later()
    for stops, name in ((False, "orders"), (True, "stops")):
        fixture_io.write(
            out_dir,
            f"exchange/nanobook-{name}.json",
            function="Exchange",
            reference="nanobook",
            version=nanobook.__version__,
            seed=seed,
            cases=cases[stops],
        )


def generate(out_dir: pathlib.Path) -> None:
    """Writes fixtures/exchange/nanobook-orders.json and nanobook-stops.json."""
    write(out_dir, SEED, STREAMS)


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes streams of orders and what nanobook made of them.")
    parser.add_argument("--operations", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    args = parser.parse_args()
    rows = []
    for start in range(0, args.operations, LONG):
        name, _, *market = STREAMS[len(rows) % len(STREAMS)]
        rows.append((f"{name} {len(rows)}", min(LONG, args.operations - start), *market))
    write(args.out, args.seed, rows)


if __name__ == "__main__":
    main()
