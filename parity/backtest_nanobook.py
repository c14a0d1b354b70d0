"""nanobook's backtest: one symbol, where it is right, and the cases where we differ from it on purpose."""

from __future__ import annotations

import pathlib

import nanobook
import numpy as np

import fixture_io
from backtest import CASH, SEED, case, zero_cost_inputs


def by_nanobook(
    prices: np.ndarray,
    weights: np.ndarray,
    *,
    opens: np.ndarray | None = None,
    fill: str = "SignalBarClose",
    step: int = 1,
) -> dict:
    """nanobook's result for closes, and opens where there are any. Its quantity step counts micro-shares."""
    names = [f"S{i}" for i in range(prices.shape[1])]
    bars = [
        [
            (name, nanobook.BarPrices(int(o), int(max(o, c)), int(min(o, c)), int(c)))
            for name, o, c in zip(names, open_row, close_row)
        ]
        for open_row, close_row in zip(prices if opens is None else opens, prices)
    ]
    targets = [[] if np.isnan(row).all() else list(zip(names, map(float, row))) for row in weights]
    return nanobook.py_backtest_weights(
        targets,
        bars,
        CASH,
        nanobook.CostModel.zero(),
        getattr(nanobook.FillPolicy, fill),
        quantity_step=step,
    )


def held(result: dict) -> list[list[float]]:
    """Weights by bar and symbol."""
    return [[weight for _, weight in sorted(row)] for row in result["holdings"]]


def cases() -> list[dict]:
    """Each comes with what nanobook answers, right or wrong."""
    prices, weights = zero_cost_inputs()["one symbol, daily"]
    found = []
    for name, step, quantity_step in (("micro-shares", 1, 1e-6), ("thousandths", 1000, 1e-3)):
        result = by_nanobook(prices, weights, step=step)
        params = {"quantityStep": quantity_step}
        found.append(case(f"one symbol, {name}", params, prices, weights, {"equity": result["equity_curve"][1:]}))
    for name in ("10/90 to 90/10 at flat prices", "90/10 to 10/90 at flat prices"):
        flat, targets = zero_cost_inputs()[name]
        found.append(case(name, {}, flat, targets, {"holdings": held(by_nanobook(flat, targets))}))
    opens, closes = np.array([[10_000.0], [11_000], [11_200]]), np.array([[10_000.0], [11_200], [11_200]])
    once = np.array([[1.0], [np.nan], [np.nan]])
    result = by_nanobook(closes, once, opens=opens, fill="NextBarOpen")
    params = {"fillPolicy": "nextOpen"}
    next_open = case("fill at the next open", params, closes, once, {"equity": result["equity_curve"][1:]})
    next_open["inputs"]["opens"] = opens
    found.append(next_open)
    steady = np.array([[10_000.0], [10_100], [10_200]])
    above_one = np.full((3, 1), 1.5)
    found.append(case("a weight of 1.5", {}, steady, above_one, {"holdings": held(by_nanobook(steady, above_one))}))
    for name, price, weight in (
        ("a negative price", np.array([[10_000.0], [-10_100], [10_200]]), np.ones((3, 1))),
        ("an infinite weight", steady, np.array([[1.0], [np.inf], [1.0]])),
        ("fewer rows of weights than of prices", steady, np.ones((2, 1))),
    ):
        found.append(case(name, {}, price, weight, {"equity": by_nanobook(price, weight)["equity_curve"][1:]}))
    return found


def generate(out_dir: pathlib.Path) -> None:
    """Writes fixtures/backtest/nanobook.json."""
    fixture_io.write(
        out_dir,
        "backtest/nanobook.json",
        function="py_backtest_weights",
        reference="nanobook",
        version=nanobook.__version__,
        seed=SEED,
        cases=cases(),
    )
