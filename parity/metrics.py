"""Performance metrics by quantstats 0.0.86, empyrical-reloaded, nanobook, pandas and plain numpy.

Every figure comes from the reference named in its fixture. Where a reference prints something that cannot be meant
(a Sharpe ratio of 7e16 for constant returns), it is written down as it came; parity/divergences/metrics.ts lists it.
pandas is told not to use bottleneck, whose running sums depend on what else is installed and keep fewer digits.
"""

from __future__ import annotations

import importlib.metadata
import pathlib
import warnings
from typing import Any

import numpy as np
import pandas as pd

import fixture_io
import metric_series
from metric_series import SEED, attempt, dated

QUANTSTATS = "0.0.86"
EPOCH = pd.Timestamp("1970-01-01")


def epoch_day(stamp: Any) -> int:
    return (pd.Timestamp(stamp) - EPOCH).days


def compute_metrics(stats: Any) -> list[dict[str, Any]]:
    profile = f"quantstats-{QUANTSTATS}"
    return metric_series.quantstats_cases(stats, profile, metric_series.asked(), stats.cvar)


def extreme_scale(stats: Any) -> list[dict[str, Any]]:
    wanted = [(name, values, {}) for name, values in metric_series.extreme().items()]
    return metric_series.quantstats_cases(stats, f"quantstats-{QUANTSTATS}", wanted, stats.cvar)


def nanobook_metrics() -> list[dict[str, Any]]:
    import nanobook

    fields = {
        "totalReturn": "total_return",
        "cagr": "cagr",
        "volatility": "volatility",
        "sharpe": "sharpe",
        "sortino": "sortino",
        "maxDrawdown": "max_drawdown",
        "calmar": "calmar",
        "numPeriods": "num_periods",
        "winningPeriods": "winning_periods",
        "losingPeriods": "losing_periods",
        "cvar95": "cvar_95",
        "winRate": "win_rate",
        "profitFactor": "profit_factor",
        "payoffRatio": "payoff_ratio",
        "kelly": "kelly",
    }
    named = metric_series.series()
    asked = [(name, values, {}) for name, values in named.items() if not np.isnan(values).any()]
    asked.append(("golden, riskFree 0.0001", named["golden"], {"riskFree": 0.0001}))
    asked.append(("long, periodsPerYear 12", named["long"], {"periodsPerYear": 12}))
    asked.append(("a missing value", np.array([0.01, np.nan, -0.02, 0.03]), {"nan": "propagate"}))
    cases = []
    for name, values, opts in asked:
        m = nanobook.py_compute_metrics(list(values), opts.get("periodsPerYear", 252.0), opts.get("riskFree", 0.0))
        cases.append(
            {
                "case": name,
                "params": {"profile": "nanobook", **opts},
                "inputs": {"returns": values},
                "expected": {ours: getattr(m, theirs) for ours, theirs in fields.items()},
            }
        )
    return cases


def historical_tails() -> list[dict[str, Any]]:
    """The mean of the ceil(alpha n) lowest, and the highest of them, from a full sort."""

    def answer(s: pd.Series, alpha: float) -> tuple[float, float]:
        lowest = np.sort(s.to_numpy())[: metric_series.tail_count(alpha, len(s))]
        return lowest.mean(), lowest[-1]

    return metric_series.tail_cases("historical", answer)


def quantstats_tails(stats: Any) -> list[dict[str, Any]]:
    gaussian = metric_series.tail_cases(
        "gaussian",
        lambda s, alpha: (stats.cvar(s, confidence=1 - alpha), stats.value_at_risk(s, confidence=1 - alpha)),
    )
    quantile = metric_series.tail_cases(
        "quantile",
        lambda s, alpha: (stats.cvar(s, confidence=1 - alpha, method="historical"), s.quantile(alpha)),
    )
    return gaussian + quantile


def ratios(stats: Any) -> list[dict[str, Any]]:
    """Omega, tail ratio and ulcer index by quantstats."""
    named = metric_series.series()
    wanted = ("golden", "normal, seed 42", "long", "with zeros", "all negative", "ties", "heavy tails")
    wanted += ("loses everything", "all positive", "zeros", "one loss")
    cases = []
    for name in wanted:
        values = named[name]
        s = dated(values)
        cases.append(
            {
                "case": name,
                "params": {"annualThreshold": 0.05},
                "inputs": {"returns": values},
                "expected": {
                    "omega": attempt(lambda: stats.omega(s)),
                    "omegaAboveThreshold": attempt(lambda: stats.omega(s, required_return=0.05)),
                    "tailRatio": attempt(lambda: stats.tail_ratio(s)),
                    "ulcerIndex": attempt(lambda: stats.ulcer_index(s)),
                },
            }
        )
    return cases


def empyrical_metrics() -> list[dict[str, Any]]:
    """The functions that both empyrical-reloaded and this library have, on the series of more than one return."""
    import empyrical

    cases = []
    for name, values in metric_series.series().items():
        if np.isnan(values).any() or len(values) < 2:
            continue
        risk_free = 0.0001
        cases.append(
            {
                "case": name,
                "params": {"riskFree": risk_free},
                "inputs": {"returns": values},
                "expected": {
                    "totalReturn": float(empyrical.cum_returns_final(values)),
                    "cagr": float(empyrical.annual_return(values)),
                    "volatility": float(empyrical.annual_volatility(values)),
                    "sharpe": float(empyrical.sharpe_ratio(values, risk_free=risk_free)),
                    "sortino": float(empyrical.sortino_ratio(values, required_return=risk_free)),
                    "maxDrawdown": -float(empyrical.max_drawdown(values)),
                    "calmar": float(empyrical.calmar_ratio(values)),
                    "omega": float(empyrical.omega_ratio(values)),
                    "tailRatio": float(empyrical.tail_ratio(values)),
                    "valueAtRisk": float(empyrical.value_at_risk(values)),
                },
            }
        )
    return cases


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


def benchmark_pairs() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    rng = np.random.default_rng(SEED + 2)
    market = np.round(rng.normal(0.0004, 0.01, 300), 6)
    noise = np.round(rng.normal(0.0001, 0.004, 300), 6)
    up = np.abs(market) + 0.0001
    return {
        "follows the market": (0.8 * market + noise, market),
        "against the market": (-0.5 * market + noise, market),
        "unrelated": (noise, market),
        "the market itself": (market, market),
        "a market that only rises": (0.5 * up + noise, up),
        "a constant benchmark": (market[:50], np.full(50, 0.0002)),
        "a constant portfolio": (np.full(50, 0.0002), market[:50]),
        "two periods": (np.array([0.01, -0.02]), np.array([0.02, -0.01])),
    }


def benchmark_empyrical() -> list[dict[str, Any]]:
    import empyrical

    cases = []
    for name, (r, b) in benchmark_pairs().items():
        for risk_free in (0.0, 0.0001) if name == "follows the market" else (0.0001,):
            alpha, beta = empyrical.alpha_beta_aligned(r, b, risk_free=risk_free)
            cases.append(
                {
                    "case": f"{name}, riskFree {risk_free}",
                    "params": {"riskFree": risk_free},
                    "inputs": {"returns": r, "benchmark": b},
                    "expected": {
                        "alphaCompounded": float(alpha),
                        "beta": float(beta),
                        "informationRatio": float(empyrical.excess_sharpe(r, b)),
                        "upCapture": attempt(lambda: empyrical.up_capture(r, b)),
                        "downCapture": attempt(lambda: empyrical.down_capture(r, b)),
                        "excessReturn": float(empyrical.annual_return(r) - empyrical.annual_return(b)),
                        "trackingError": float(empyrical.annual_volatility(r - b)),
                    },
                }
            )
    return cases


def benchmark_quantstats(stats: Any) -> list[dict[str, Any]]:
    cases = []
    for name, (r, b) in benchmark_pairs().items():
        returns, benchmark = dated(r), dated(b)
        greeks = stats.greeks(returns, benchmark)
        cases.append(
            {
                "case": name,
                "params": {},
                "inputs": {"returns": r, "benchmark": b},
                "expected": {
                    "alpha": float(greeks["alpha"]),
                    "beta": float(greeks["beta"]),
                    "rSquared": attempt(lambda: stats.r_squared(returns, benchmark)),
                    "informationRatio": attempt(lambda: stats.information_ratio(returns, benchmark)),
                    "correlation": float(returns.corr(benchmark)),
                },
            }
        )
    return cases


def generate(out_dir: pathlib.Path) -> None:
    import quantstats
    from quantstats import stats

    warnings.simplefilter("ignore")
    pd.set_option("compute.use_bottleneck", False)
    if quantstats.__version__ != QUANTSTATS:
        raise SystemExit(f"quantstats {QUANTSTATS} is needed, this is {quantstats.__version__}")
    stats.__version__ = QUANTSTATS
    versions = {
        name: importlib.metadata.version(name)
        for name in ("quantstats", "empyrical-reloaded", "nanobook", "numpy", "pandas")
    }

    def write(path: str, reference: str, function: str, cases: list[dict[str, Any]], seed: int | None = SEED) -> None:
        fixture_io.write(
            out_dir,
            f"metrics/{path}.json",
            function=function,
            reference=reference,
            version=versions[reference],
            seed=seed,
            cases=cases,
        )

    qs_functions = (
        "comp, cagr, volatility, sharpe, sortino, max_drawdown, calmar, cvar, win_rate, profit_factor, payoff_ratio, "
        "kelly_criterion"
    )
    write("compute-metrics-quantstats-0.0.86", "quantstats", qs_functions, compute_metrics(stats))
    write("extreme-scale-quantstats-0.0.86", "quantstats", qs_functions, extreme_scale(stats), SEED + 1)
    write("compute-metrics-nanobook", "nanobook", "py_compute_metrics", nanobook_metrics())
    write(
        "compute-metrics-empyrical",
        "empyrical-reloaded",
        "cum_returns_final, annual_return, annual_volatility, sharpe_ratio, sortino_ratio, max_drawdown, calmar_ratio, "
        "omega_ratio, tail_ratio, value_at_risk",
        empyrical_metrics(),
    )
    write("tail-numpy", "numpy", "sort, mean of the head", historical_tails())
    write("tail-quantstats-0.0.86", "quantstats", "cvar, value_at_risk", quantstats_tails(stats))
    write("ratios-quantstats-0.0.86", "quantstats", "omega, tail_ratio, ulcer_index", ratios(stats))
    write("rolling-quantstats-0.0.86", "quantstats", "rolling_sharpe, rolling_volatility", rolling_quantstats(stats))
    write("rolling-numpy", "numpy", "mean, std of every window", rolling_numpy())
    write("drawdown-table", "quantstats", "drawdown_details, to_drawdown_series", drawdown_details(stats))
    write("drawdown-equity", "quantstats", "to_drawdown_series; numpy for windows", drawdown_equity(stats))
    write("calendar", "pandas", "groupby year and month, prod", calendar())
    write(
        "benchmark-empyrical",
        "empyrical-reloaded",
        "alpha_beta_aligned, excess_sharpe, up_capture, down_capture, annual_return, annual_volatility",
        benchmark_empyrical(),
        SEED + 2,
    )
    write(
        "benchmark-quantstats-0.0.86",
        "quantstats",
        "greeks, r_squared, information_ratio; pandas corr",
        benchmark_quantstats(stats),
        SEED + 2,
    )
