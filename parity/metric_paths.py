"""Cases of the metrics that follow a series through time: rolling figures, drawdowns, calendar months and years."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

import metric_series
from metric_series import dated

EPOCH = pd.Timestamp("1970-01-01")


def epoch_day(stamp: Any) -> int:
    return (pd.Timestamp(stamp) - EPOCH).days


def rolling_series() -> dict[str, np.ndarray]:
    named = metric_series.series()
    missing = named["long"][:200].copy()
    missing[[0, 70, 71, 140]] = np.nan
    flat = named["long"][200:400].copy()
    flat[50:120] = 0.0005
    return {
        "normal, seed 42": named["normal, seed 42"],
        "heavy tails": named["heavy tails"],
        "with missing values": missing,
        "with a flat stretch": flat,
        "shorter than the window": named["golden"][:10],
    }


def rolling_quantstats(stats: Any) -> list[dict[str, Any]]:
    """quantstats, whose sums pandas carries from window to window."""
    named = rolling_series()
    del named["with a flat stretch"]
    named["with one flat window"] = np.array([0.01, -0.02, 0.0005, 0.0005, 0.01, -0.01])
    cases = []
    for name, values in named.items():
        for window in (2, 63):
            s = dated(values)
            cases.append(
                {
                    "case": f"{name}, window {window}",
                    "params": {"window": window},
                    "inputs": {"returns": values},
                    "expected": {
                        "rollingSharpe": stats.rolling_sharpe(s, rolling_period=window),
                        "rollingVolatility": stats.rolling_volatility(s, rolling_period=window),
                    },
                }
            )
    return cases


def rolling_numpy() -> list[dict[str, Any]]:
    """Every window by itself, in numpy: no window can disturb the next."""
    named = rolling_series()
    spiked = metric_series.golden()
    spiked[100] = 5000.0
    named["with one enormous value"] = spiked
    named["a level with a ripple"] = 1e6 + metric_series.golden()
    cases = []
    for name, values in named.items():
        for window, periods, risk_free in ((2, 252, 0.0), (63, 252, 0.0), (100, 12, 0.0002)):
            sharpe = np.full(len(values), np.nan)
            volatility = np.full(len(values), np.nan)
            for i in range(window - 1, len(values)):
                part = values[i - window + 1 : i + 1]
                # Shifted by a value of the window, as anyone would who wants all digits.
                shifted = part - part[0]
                deviation = shifted.std(ddof=1)
                mean = part[0] + shifted.mean()
                volatility[i] = deviation * np.sqrt(periods)
                sharpe[i] = 0.0 if deviation == 0 else (mean - risk_free) / deviation * np.sqrt(periods)
            cases.append(
                {
                    "case": f"{name}, window {window}",
                    "params": {"window": window, "periodsPerYear": periods, "riskFree": risk_free},
                    "inputs": {"returns": values},
                    "expected": {"rollingSharpe": sharpe, "rollingVolatility": volatility},
                }
            )
    return cases


def rolling_sortino(stats: Any) -> list[dict[str, Any]]:
    """Rolling Sortino ratios by quantstats. Every window of these series has a loss in it."""
    named = metric_series.series()
    missing = named["long"][:150].copy()
    missing[[0, 70, 71, 140]] = np.nan
    asked = {"long": named["long"][200:450], "heavy tails": named["heavy tails"][:200], "missing values": missing}
    cases = []
    for name, values in asked.items():
        for window in (21, 63):
            s = pd.Series(values)
            cases.append(
                {
                    "case": f"{name}, window {window}",
                    "params": {"window": window},
                    "inputs": {"returns": values},
                    "expected": {
                        "rollingSortino": stats.rolling_sortino(s, rolling_period=window, prepare_returns=False)
                    },
                }
            )
    return cases


def rolling_benchmark() -> list[dict[str, Any]]:
    """Beta and correlation of every window: pandas, and numpy for series that its running sums lose digits of."""
    rng = np.random.default_rng(metric_series.SEED + 3)
    market = np.round(rng.normal(0.0004, 0.01, 200), 6)
    noise = np.round(rng.normal(0.0001, 0.004, 200), 6)
    followed, holed = 0.8 * market + noise, market.copy()
    followed_holed = followed.copy()
    followed_holed[[3, 150]] = np.nan
    holed[[80, 150]] = np.nan
    spiked = market.copy()
    spiked[100] = 5000.0
    pairs = {
        "follows the market": (followed, market, (2, 63)),
        "against the market": (-0.5 * market + noise, market, (63,)),
        "missing values": (followed_holed, holed, (21,)),
        "shorter than the window": (followed[:10], market[:10], (63,)),
        "one enormous value": (followed, spiked, (63,)),
        "high levels": (1e4 + followed, -3e4 + market, (63,)),
    }
    cases = []
    for name, (r, b, windows) in pairs.items():
        for window in windows:
            left, right = pd.Series(r), pd.Series(b)
            if name in ("one enormous value", "high levels"):
                beta, correlation = np.full(len(r), np.nan), np.full(len(r), np.nan)
                for i in range(window - 1, len(r)):
                    # Shifted by a value of the window, as anyone would who wants all digits.
                    x = r[i - window + 1 : i + 1] - r[i]
                    y = b[i - window + 1 : i + 1] - b[i]
                    covariance = np.cov(x, y)
                    beta[i] = covariance[0, 1] / covariance[1, 1]
                    correlation[i] = np.corrcoef(x, y)[0, 1]
            else:
                beta = left.rolling(window).cov(right) / right.rolling(window).var()
                correlation = left.rolling(window).corr(right)
            cases.append(
                {
                    "case": f"{name}, window {window}",
                    "params": {"window": window},
                    "inputs": {"returns": r, "benchmark": b},
                    "expected": {"rollingBeta": beta, "rollingCorrelation": correlation},
                }
            )
    return cases


def drawdown_details(stats: Any) -> list[dict[str, Any]]:
    """Every drawdown of a series of returns, in the order of time."""
    named = metric_series.series()
    wanted = ("golden", "normal, seed 42", "long", "with zeros", "heavy tails", "all positive", "loses everything")
    wanted += ("all negative", "one loss", "ties")
    cases = []
    for name in wanted:
        s = dated(named[name])
        series = stats.to_drawdown_series(s)
        table = stats.drawdown_details(series)
        rows = [
            {
                "startDate": epoch_day(row["start"]),
                "valleyDate": epoch_day(row["valley"]),
                "endDate": epoch_day(row["end"]),
                "days": int(row["days"]),
                "depth": -float(row["max drawdown"]) / 100,
            }
            for _, row in table.iterrows()
        ]
        cases.append(
            {
                "case": name,
                "params": {},
                "inputs": {"returns": s.to_numpy(), "dates": [epoch_day(day) for day in s.index]},
                "expected": {"rows": rows, "series": -series.to_numpy()},
            }
        )
    return cases


def drawdown_equity(stats: Any) -> list[dict[str, Any]]:
    """Values of an account: quantstats for the series, every window by itself for the rolling maximum."""
    named = metric_series.series()
    accounts = {
        name: np.round(1000 * np.cumprod(1 + named[name]), 2)
        for name in ("golden", "normal, seed 42", "with zeros", "all positive", "all negative")
    }
    cases = []
    for name, equity in accounts.items():
        window = 21
        deepest = np.full(len(equity), np.nan)
        for i in range(window - 1, len(equity)):
            part = equity[i - window + 1 : i + 1]
            deepest[i] = (1 - part / np.maximum.accumulate(part)).max()
        cases.append(
            {
                "case": name,
                "params": {"window": window},
                "inputs": {"equity": equity},
                "expected": {
                    "drawdownSeries": -stats.to_drawdown_series(dated(equity)).to_numpy(),
                    "rollingMaxDrawdown": deepest,
                },
            }
        )
    return cases


def calendar() -> list[dict[str, Any]]:
    """Returns of months and years that have any, by pandas."""
    named = metric_series.series()
    long = named["long"][:800]
    gaps = pd.date_range("2019-11-20", periods=60, freq="9D").append(pd.date_range("2024-02-27", periods=5, freq="D"))
    dates = {
        "business days": (long, pd.date_range("1999-12-15", periods=len(long), freq="B")),
        "before 1970, over leap days": (long[:500], pd.date_range("1959-06-01", periods=500, freq="3D")),
        "with months and years missing": (long[:65], gaps),
        "loses everything": (named["loses everything"], pd.date_range("2020-01-20", periods=40, freq="D")),
        "one return": (np.array([0.01]), pd.DatetimeIndex(["2023-12-31"])),
    }
    cases = []
    for name, (values, index) in dates.items():
        s = pd.Series(values, index=index)
        compound = lambda part: part.add(1).prod() - 1  # noqa: E731
        months = s.groupby([s.index.year, s.index.month])
        years = s.groupby(s.index.year)
        cases.append(
            {
                "case": name,
                "params": {},
                "inputs": {"returns": values, "dates": [epoch_day(day) for day in index]},
                "expected": {
                    "monthlyReturns": [
                        {"year": year, "month": month, "totalReturn": float(compound(part)), "periods": len(part)}
                        for (year, month), part in months
                    ],
                    "yearlyReturns": [
                        {"year": year, "totalReturn": float(compound(part)), "periods": len(part)}
                        for year, part in years
                    ],
                },
            }
        )
    return cases
