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
import metric_benchmark
import metric_paths
import metric_series
from metric_series import SEED, attempt, dated

QUANTSTATS = "0.0.86"


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


def generate(out_dir: pathlib.Path) -> None:
    import quantstats
    from quantstats import stats

    warnings.simplefilter("ignore")
    pd.set_option("compute.use_bottleneck", False)
    if quantstats.__version__ != QUANTSTATS:
        raise SystemExit(f"quantstats {QUANTSTATS} is needed, this is {quantstats.__version__}")
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

    def on(wanted: list) -> list[dict[str, Any]]:
        return metric_series.quantstats_cases(stats, QUANTSTATS, wanted)

    qs_functions = (
        "comp, cagr, volatility, sharpe, sortino, max_drawdown, calmar, cvar, win_rate, profit_factor, payoff_ratio, "
        "kelly_criterion"
    )
    write("compute-metrics-quantstats-0.0.86", "quantstats", qs_functions, on(metric_series.asked()))
    extreme = [(name, values, {}) for name, values in metric_series.extreme().items()]
    write("extreme-scale-quantstats-0.0.86", "quantstats", qs_functions, on(extreme), SEED + 1)
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
    write(
        "rolling-quantstats-0.0.86",
        "quantstats",
        "rolling_sharpe, rolling_volatility",
        metric_paths.rolling_quantstats(stats),
    )
    write("rolling-numpy", "numpy", "mean, std of every window", metric_paths.rolling_numpy())
    write(
        "rolling-sortino-quantstats-0.0.86", "quantstats", "rolling_sortino", metric_paths.rolling_sortino(stats)
    )
    write(
        "rolling-benchmark-pandas",
        "pandas",
        "rolling cov, var, corr; numpy for every window of some cases",
        metric_paths.rolling_benchmark(),
        SEED + 3,
    )
    write("drawdown-table", "quantstats", "drawdown_details, to_drawdown_series", metric_paths.drawdown_details(stats))
    write("drawdown-equity", "quantstats", "to_drawdown_series; numpy for windows", metric_paths.drawdown_equity(stats))
    write("calendar", "pandas", "groupby year and month, prod", metric_paths.calendar())
    write(
        "benchmark-empyrical",
        "empyrical-reloaded",
        "alpha_beta_aligned, excess_sharpe, up_capture, down_capture, annual_return, annual_volatility",
        metric_benchmark.benchmark_empyrical(),
        SEED + 2,
    )
    write(
        "benchmark-quantstats-0.0.86",
        "quantstats",
        "greeks, r_squared, information_ratio; pandas corr",
        metric_benchmark.benchmark_quantstats(stats),
        SEED + 2,
    )
