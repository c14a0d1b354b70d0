"""Return series that the metrics of both quantstats versions are asked about. Needs numpy and pandas alone."""

from __future__ import annotations

import math
from typing import Any, Callable

import numpy as np
import pandas as pd

SEED = 20240607
FIRST_DAY = "2015-01-01"


def golden() -> np.ndarray:
    """Every value from -0.025 to 0.025 in steps of 0.0005, in a scrambled order, two and a half times."""
    return np.array([(((7919 * i) % 101) - 50) / 2000 for i in range(250)])


def series() -> dict[str, np.ndarray]:
    """Series by name. Drawn numbers are rounded, which keeps the fixtures short; the named one of seed 42 is not."""
    rng = np.random.default_rng(SEED)
    normal = lambda n, mean=0.0004, spread=0.011: np.round(rng.normal(mean, spread, n), 6)  # noqa: E731
    with_zeros = normal(120)
    with_zeros[::3] = 0.0
    with_nan = normal(60)
    with_nan[[0, 7, 8, 30, 59]] = np.nan
    heavy = np.round(np.clip(rng.standard_t(2.5, 400) * 0.012, -0.9, 2.0), 6)
    crash = normal(40)
    crash[25] = -1.0
    below = normal(30)
    below[12] = -1.5
    return {
        "golden": golden(),
        "normal, seed 42": np.random.default_rng(42).normal(0.0003, 0.012, 500),
        "long": normal(2500),
        "with zeros": with_zeros,
        "eight returns with zeros": np.array([0.01, 0.0, -0.005, 0.0, 0.02, 0.0, -0.01, 0.0]),
        "all positive": np.abs(normal(40)) + 0.0001,
        "all negative": -np.abs(normal(40)) - 0.0001,
        "constant gain": np.full(10, 0.001),
        "constant loss": np.full(10, -0.001),
        "zeros": np.zeros(5),
        "one gain": np.array([0.01]),
        "one loss": np.array([-0.01]),
        "one zero": np.array([0.0]),
        "a loss and a gain": np.array([-0.05, 0.05]),
        "a gain and a loss": np.array([0.05, -0.05]),
        "ties": np.round(rng.normal(0, 0.015, 200), 2),
        "heavy tails": heavy,
        "loses everything": crash,
        "loses more than everything": below,
        "with missing values": with_nan,
        "one value, the rest missing": np.array([np.nan, 0.02, np.nan]),
    }


def extreme() -> dict[str, np.ndarray]:
    """Series so small or large that the wealth they make loses digits."""
    rng = np.random.default_rng(SEED + 1)
    return {
        "a millionth": np.round(rng.normal(0.02, 1.0, 250), 4) * 1e-6,
        "a thousand-millionth": np.round(rng.normal(0.02, 1.0, 250), 4) * 1e-9,
        "a thousandfold": np.round(np.exp(rng.normal(0, 3, 100)) - 1, 6),
    }


def options() -> list[tuple[str, dict[str, Any]]]:
    """Which series with which options, beyond every series with none."""
    return [
        ("golden", {"annualRiskFree": 0.04}),
        ("normal, seed 42", {"annualRiskFree": 0.04}),
        ("normal, seed 42", {"annualRiskFree": -0.01}),
        ("all positive", {"annualRiskFree": 0.04}),
        ("with zeros", {"annualRiskFree": 0.02, "periodsPerYear": 52}),
        ("long", {"periodsPerYear": 12}),
        ("ties", {"periodsPerYear": 365}),
    ]


def asked() -> list[tuple[str, np.ndarray, dict[str, Any]]]:
    """Name, series and options of every case."""
    named = series()
    plain = [(name, values, {"nan": "omit"} if np.isnan(values).any() else {}) for name, values in named.items()]
    more = []
    for name, opts in options():
        words = ", ".join(f"{key} {value}" for key, value in opts.items())
        more.append((f"{name}, {words}", named[name], opts))
    return plain + more


def dated(values: np.ndarray) -> pd.Series:
    """The values on business days."""
    return pd.Series(values, index=pd.date_range(FIRST_DAY, periods=len(values), freq="B"))


def attempt(f: Callable[[], Any]) -> Any:
    """What a function answers, or the name of the error it raises."""
    try:
        answer = f()
    except Exception as error:  # the fixture says which
        return {"error": type(error).__name__}
    return float(answer)


def quantstats_metrics(stats: Any, values: np.ndarray, opts: dict[str, Any], fills: bool) -> dict:
    """The fields of our `Metrics` as a version of quantstats has them; `fills`: it takes a missing value for 0."""
    s = dated(values)
    periods = opts.get("periodsPerYear", 252)
    rf = opts.get("annualRiskFree", 0.0)
    observed = s.fillna(0) if fills else s.dropna()
    return {
        "totalReturn": attempt(lambda: stats.comp(s)),
        "cagr": attempt(lambda: stats.cagr(s, periods=periods)),
        "volatility": attempt(lambda: stats.volatility(s, periods=periods)),
        "sharpe": attempt(lambda: stats.sharpe(s, rf=rf, periods=periods)),
        "sortino": attempt(lambda: stats.sortino(s, rf=rf, periods=periods)),
        "maxDrawdown": attempt(lambda: -stats.max_drawdown(s)),
        "calmar": attempt(lambda: stats.calmar(s, periods=periods)),
        "numPeriods": len(observed),
        "winningPeriods": int((s > 0).sum()),
        "losingPeriods": int((s < 0).sum()),
        "cvar95": attempt(lambda: stats.cvar(s)),
        "winRate": attempt(lambda: stats.win_rate(s)),
        "profitFactor": attempt(lambda: stats.profit_factor(s)),
        "payoffRatio": attempt(lambda: stats.payoff_ratio(s)),
        "kelly": attempt(lambda: stats.kelly_criterion(s)),
    }


def quantstats_cases(stats: Any, version: str, wanted: list) -> list[dict[str, Any]]:
    """One case of `computeMetrics` for every series that is asked about."""
    return [
        {
            "case": name,
            "params": {"profile": f"quantstats-{version}", **opts},
            "inputs": {"returns": values},
            "expected": quantstats_metrics(stats, values, opts, fills=version == "0.0.77"),
        }
        for name, values, opts in wanted
    ]


def tail_series() -> dict[str, np.ndarray]:
    """Series whose tails are compared."""
    named = series()
    names = ("golden", "normal, seed 42", "long", "ties", "heavy tails", "all positive", "constant loss", "one loss")
    return {name: named[name] for name in names}


ALPHAS = (0.01, 0.05, 0.1)


def tail_cases(method: str, answer: Callable[[pd.Series, float], tuple[Any, Any]]) -> list[dict[str, Any]]:
    """cvar and valueAtRisk of every tail series at every share of `ALPHAS`; `answer` gives both for one share."""
    cases = []
    for name, values in tail_series().items():
        pairs = [answer(dated(values), alpha) for alpha in ALPHAS]
        cases.append(
            {
                "case": f"{method}, {name}",
                "params": {"method": method, "alphas": ALPHAS},
                "inputs": {"returns": values},
                "expected": {
                    "cvar": [float(shortfall) for shortfall, _ in pairs],
                    "valueAtRisk": [float(bound) for _, bound in pairs],
                },
            }
        )
    return cases


def tail_count(alpha: float, n: int) -> int:
    """The whole number at or above alpha * n, alpha being the decimal it is written as."""
    thousandths = round(alpha * 1000)
    return max(1, math.ceil(thousandths * n / 1000))
