"""Backtests of seeded random targets and prices by two references.

- vectorbt: `Portfolio.from_orders` with target percents, one group, shared cash, sells before buys. It is right at
  zero cost, and with costs where a rebalance has at most one buy; several buys it fills one after the other.
- exact: the definitions themselves in Python fractions, so without any rounding: V·Π(1 + w·r) at zero cost; with
  costs 'gross' (targets from the equity before costs, sells first, buys scaled alike when cash is short) and 'net'
  (the equity V' after costs solves V' = V - c·Σ|w·V' - held|).

Prices and cash are in cents. The initial cash of 10^12 cents makes our rounding to cents less than 10^-12 of it.
"""

from __future__ import annotations

import pathlib
from fractions import Fraction

import numpy as np

import fixture_io

SEED = 20240501
CASH = 10**12
ANNUAL_DAYS = 252


def random_prices(rng: np.random.Generator, bars: int, symbols: int, start: int, spread: float) -> np.ndarray:
    """A random walk in whole cents, at least one cent."""
    walk = np.cumsum(rng.normal(0, spread, (bars, symbols)), axis=0)
    return np.maximum(np.round(start * np.exp(walk)), 1)


def random_weights(rng: np.random.Generator, bars: int, symbols: int, total: int) -> np.ndarray:
    """Rows of whole basis points that sum to `total` basis points, as fractions of one."""
    cuts = np.sort(rng.integers(0, total + 1, (bars, symbols - 1)), axis=1)
    points = np.diff(np.hstack([np.zeros((bars, 1)), cuts, np.full((bars, 1), total)]), axis=1)
    return points / 10_000


def every(weights: np.ndarray, step: int) -> np.ndarray:
    """The rows 0, step, 2 step …; the others are NaN: no rebalance."""
    kept = np.full_like(weights, np.nan)
    kept[::step] = weights[::step]
    return kept


def zero_cost_inputs() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Prices and weights by case name."""
    rng = np.random.default_rng(SEED)
    flat = np.array([[1000.0, 5000.0]] * 3)

    def walk(bars: int, symbols: int, start: int, spread: float) -> np.ndarray:
        return random_prices(rng, bars, symbols, start, spread)

    bought_back = random_weights(rng, 60, 4, 10_000)
    bought_back[10:20] = 0
    bought_back[40] = 0
    normalised = rng.random((60, 5))
    normalised /= normalised.sum(axis=1, keepdims=True)
    return {
        "10/90 to 90/10 at flat prices": (flat, np.array([[0.1, 0.9], [0.9, 0.1], [0.1, 0.9]])),
        "90/10 to 10/90 at flat prices": (flat, np.array([[0.9, 0.1], [0.1, 0.9], [0.9, 0.1]])),
        "one symbol, daily": (walk(60, 1, 25_000, 0.02), rng.integers(0, 10_001, (60, 1)) / 10_000),
        "4 symbols, daily, in and out of the market": (walk(60, 4, 10_000, 0.02), bought_back),
        "3 symbols, daily, fully invested": (walk(120, 3, 10_000, 0.01), random_weights(rng, 120, 3, 10_000)),
        "5 symbols, daily, weights of 17 digits": (walk(60, 5, 12_345, 0.015), normalised),
        "12 symbols, daily, 70 % invested": (walk(40, 12, 10_000, 0.02), random_weights(rng, 40, 12, 7_000)),
        "6 symbols, every 21 bars": (walk(252, 6, 8_000, 0.012), every(random_weights(rng, 252, 6, 10_000), 21)),
        "3 penny stocks": (walk(60, 3, 40, 0.05), random_weights(rng, 60, 3, 10_000)),
        "3 symbols at half a million dollars": (walk(60, 3, 50_000_000, 0.02), random_weights(rng, 60, 3, 10_000)),
    }


def one_buy_inputs() -> dict[str, tuple[np.ndarray, np.ndarray, float]]:
    """Prices, weights and commission in basis points; no rebalance has two buys."""
    rng = np.random.default_rng(SEED + 1)
    rotation = np.eye(4)[np.arange(40) % 4]
    halves = np.array([[0.3, 0.3, 0.4, 0.0], [0.0, 0.0, 0.0, 1.0], [0.25, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
    first = np.full((30, 3), np.nan)
    first[0] = [0, 0.6, 0]
    single = rng.integers(0, 10_001, (60, 1)) / 10_000
    gather = np.vstack([np.eye(4)[0], halves[1:], np.eye(4)[2]])
    return {
        "one symbol, random targets, 10 bps": (random_prices(rng, 60, 1, 25_000, 0.02), single, 10),
        "all into one symbol and held, 25 bps": (
            random_prices(rng, 30, 1, 9_999, 0.02),
            every(np.ones((30, 1)), 30),
            25,
        ),
        "60 % into one of three and held, 50 bps": (random_prices(rng, 30, 3, 10_000, 0.02), first, 50),
        "the whole portfolio from one symbol to the next, daily, 10 bps": (
            random_prices(rng, 40, 4, 10_000, 0.02),
            rotation,
            10,
        ),
        "sells that pay for one buy, 7 bps": (random_prices(rng, 5, 4, 10_000, 0.03), gather, 7),
    }


def several_buys() -> tuple[np.ndarray, np.ndarray, float]:
    """Fully invested random targets with costs: every rebalance is short of cash and has several buys."""
    rng = np.random.default_rng(SEED + 2)
    return random_prices(rng, 60, 4, 10_000, 0.02), random_weights(rng, 60, 4, 10_000), 10


def by_vectorbt(prices: np.ndarray, weights: np.ndarray, cost_bps: float = 0):
    """The vectorbt portfolio."""
    import pandas as pd
    import vectorbt as vbt

    return vbt.Portfolio.from_orders(
        pd.DataFrame(prices),
        size=pd.DataFrame(weights),
        size_type="targetpercent",
        group_by=True,
        cash_sharing=True,
        call_seq="auto",
        init_cash=float(CASH),
        fees=cost_bps / 10_000,
        freq="1D",
    )


def vectorbt_expected(prices: np.ndarray, weights: np.ndarray, cost_bps: float = 0) -> dict:
    """Equity after each bar, shares after the last, and the metrics of the returns."""
    portfolio = by_vectorbt(prices, weights, cost_bps)
    expected = {"equity": portfolio.value(), "quantities": portfolio.assets().iloc[-1]}
    returns = portfolio.returns_acc(year_freq=f"{ANNUAL_DAYS} days")
    if float(np.nanstd(portfolio.returns())) > 0:
        expected["metrics"] = {
            "totalReturn": returns.total(),
            "cagr": returns.annualized(),
            "volatility": returns.annualized_volatility(),
            "sharpe": returns.sharpe_ratio(),
            "sortino": returns.sortino_ratio(),
            "maxDrawdown": -returns.max_drawdown(),
            "calmar": returns.calmar_ratio(),
        }
    return expected


def net_equity(equity: Fraction, held: list[Fraction], target: list[Fraction], rate: Fraction) -> Fraction:
    """V' with V' + rate·Σ|w·V' - held| = V: the left side rises in pieces of straight line, found exactly."""

    def left(x: Fraction) -> Fraction:
        return x + rate * sum(abs(w * x - h) for w, h in zip(target, held))

    knots = sorted({h / w for w, h in zip(target, held) if w != 0 and h / w > 0} | {Fraction(0), equity})
    for low, high in zip(knots, knots[1:]):
        if left(low) <= equity <= left(high):
            return low + (high - low) * (equity - left(low)) / (left(high) - left(low))
    raise ValueError("costs eat the equity")


def exactly(prices: np.ndarray, weights: np.ndarray, cost_bps: float, cost_target: str, lag: int = 0) -> dict:
    """The same backtest in fractions: equity after each bar and shares after the last."""
    rate = Fraction(str(cost_bps)) / 10_000
    cash, shares = Fraction(CASH), [Fraction(0)] * prices.shape[1]
    curve = []
    for bar, row in enumerate(prices):
        price = [Fraction(int(p)) for p in row]
        wanted = weights[bar - lag] if bar >= lag else [np.nan]
        if not np.isnan(wanted[0]):
            target = [Fraction(float(w)) for w in wanted]
            held = [q * p for q, p in zip(shares, price)]
            equity = cash + sum(held)
            base = net_equity(equity, held, target, rate) if cost_target == "net" else equity
            orders = [w * base - h for w, h in zip(target, held)]
            sells = [min(order, Fraction(0)) for order in orders]
            buys = [max(order, Fraction(0)) for order in orders]
            cash -= sum(sells) + rate * -sum(sells)
            needed = sum(buys) * (1 + rate)
            scale = min(Fraction(1), cash / needed) if needed > 0 else Fraction(0)
            cash -= needed * scale
            shares = [q + (s + b * scale) / p for q, s, b, p in zip(shares, sells, buys, price)]
        curve.append(cash + sum(q * p for q, p in zip(shares, price)))
        # Sixty digits are as good as all of them, and keep the fractions from growing.
        cash, shares = shorten(cash), [shorten(q) for q in shares]
    return {"equity": [float(value) for value in curve], "quantities": [float(q) for q in shares]}


def shorten(value: Fraction) -> Fraction:
    return Fraction(round(value * 10**60), 10**60)


def growth(prices: np.ndarray, weights: np.ndarray) -> list[float]:
    """V·Π(1 + w·r) at zero cost with a rebalance at every bar."""
    value, curve = Fraction(CASH), [float(CASH)]
    for bar in range(1, len(prices)):
        gain = Fraction(0)
        for now, before, weight in zip(prices[bar], prices[bar - 1], weights[bar - 1]):
            gain += Fraction(float(weight)) * (Fraction(int(now), int(before)) - 1)
        value = shorten(value * (1 + gain))
        curve.append(float(value))
    return curve


def case(name: str, params: dict, prices: np.ndarray, weights: np.ndarray, expected: dict) -> dict:
    return {
        "case": name,
        "params": {"initialCash": CASH, **params},
        "inputs": {"prices": prices, "weights": weights},
        "expected": expected,
    }


def write_vectorbt(out_dir: pathlib.Path) -> None:
    import vectorbt

    head = {"function": "Portfolio.from_orders", "reference": "vectorbt", "version": vectorbt.__version__}
    zero = [
        case(name, {"costBps": 0}, prices, weights, vectorbt_expected(prices, weights))
        for name, (prices, weights) in zero_cost_inputs().items()
    ]
    fixture_io.write(out_dir, "backtest/vectorbt-zero-cost.json", **head, seed=SEED, cases=zero)
    costs = [
        case(name, {"costBps": bps}, prices, weights, vectorbt_expected(prices, weights, bps))
        for name, (prices, weights, bps) in one_buy_inputs().items()
    ]
    prices, weights, bps = several_buys()
    final = {"finalEquity": by_vectorbt(prices, weights, bps).value().iloc[-1]}
    costs.append(case("several buys with too little cash, 10 bps", {"costBps": bps}, prices, weights, final))
    fixture_io.write(out_dir, "backtest/vectorbt-with-cost.json", **head, seed=SEED + 1, cases=costs)


def write_exact(out_dir: pathlib.Path) -> None:
    cases = []
    for name in ("one symbol, daily", "3 symbols, daily, fully invested", "3 penny stocks"):
        prices, weights = zero_cost_inputs()[name]
        curve = growth(prices, weights)
        stepwise = exactly(prices, weights, 0, "gross")
        if max(abs(a / b - 1) for a, b in zip(curve, stepwise["equity"])) > 1e-15:
            raise ValueError(f"{name}: the product and the stepwise backtest differ")
        cases.append(case(f"growth: {name}", {"costBps": 0}, prices, weights, stepwise))
    prices, weights, bps = several_buys()
    for cost_target in ("gross", "net"):
        params = {"costBps": bps, "costTarget": cost_target}
        expected = exactly(prices, weights, bps, cost_target)
        cases.append(case(f"{cost_target}: several buys", params, prices, weights, expected))
    invested = weights * 0.5
    for cost_target in ("gross", "net"):
        params = {"costBps": 35, "costTarget": cost_target}
        expected = exactly(prices, invested, 35, cost_target)
        cases.append(case(f"{cost_target}: half invested, 35 bps", params, prices, invested, expected))
    for lag in (1, 3):
        expected = exactly(prices, weights, bps, "gross", lag)
        cases.append(case(f"lag of {lag}", {"costBps": bps, "lag": lag}, prices, weights, expected))
    fixture_io.write(
        out_dir,
        "backtest/exact.json",
        function="backtest in fractions (parity/backtest.py)",
        reference="exact arithmetic",
        version="definition",
        seed=SEED,
        cases=cases,
    )


def generate(out_dir: pathlib.Path) -> None:
    """Writes fixtures/backtest/vectorbt-*.json and exact.json."""
    write_exact(out_dir)
    write_vectorbt(out_dir)
