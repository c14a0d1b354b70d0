"""Splits by scikit-learn, moments and quantiles by scipy and numpy, and the formulas of validation_formulas.py."""

from __future__ import annotations

import importlib.metadata
import itertools
import pathlib
from typing import Any

import numpy as np
import scipy.stats
from sklearn.model_selection import TimeSeriesSplit

import fixture_io
import metric_series
import validation_formulas as formulas

SEED = 20250110

Case = dict[str, Any]


def bounds_of(indices: np.ndarray) -> list[int]:
    """First index and the one behind the last; the parts have no holes."""
    if not np.array_equal(indices, np.arange(indices[0], indices[-1] + 1)):
        raise SystemExit("validation.py: a part of TimeSeriesSplit has holes")
    return [int(indices[0]), int(indices[-1]) + 1]


def splits_of(n: int, options: dict[str, Any]) -> Any:
    """Bounds of train and test of every split, or the name of the error."""
    try:
        return [bounds_of(a) + bounds_of(b) for a, b in TimeSeriesSplit(**options).split(np.zeros(n))]
    except ValueError as error:
        return type(error).__name__


def split_cases() -> list[Case]:
    """Every n up to 24 and some more with every combination of options; a case for each n. 0 stands for None."""
    cases = []
    for n in [*range(1, 25), 60, 101, 252]:
        rows = []
        expected = []
        for splits, gap, size, most in itertools.product((2, 3, 5, 7), (0, 1, 3), (0, 1, 2, 5), (0, 1, 4)):
            options = {"n_splits": splits, "gap": gap, "test_size": size or None, "max_train_size": most or None}
            rows.append([splits, gap, size, most])
            expected.append(splits_of(n, options))
        cases.append({"case": f"n = {n}", "params": {"n": n}, "inputs": {"options": rows}, "expected": expected})
    return cases


def samples() -> dict[str, np.ndarray]:
    """Samples whose moments and quantiles are compared."""
    rng = np.random.default_rng(SEED)
    named = metric_series.series()
    return {
        "golden returns": metric_series.golden(),
        "normal": np.round(rng.normal(3, 2, 201), 6),
        "heavy tails": named["heavy tails"],
        "ties": named["ties"],
        "exponential": np.round(rng.exponential(1.0, 64), 6),
        "off the level of 50": 50 + np.round(rng.normal(0, 1, 100), 3),
        "tiny": np.round(rng.normal(0, 1, 50), 4) * 1e-150,
        "huge": np.round(rng.normal(0, 1, 50), 4) * 1e70,
        "constant": np.full(20, 0.1),
        "one": np.array([5.0]),
        "two": np.array([1.0, 2.0]),
        "three": np.array([1.0, 2.0, 4.0]),
        "four": np.array([0.0, 0.0, 0.0, 4.0]),
        "a gap": np.array([1.0, np.nan, 3.0]),
    }


def moment_cases() -> list[Case]:
    cases = []
    for (name, values), bias in itertools.product(samples().items(), (True, False)):
        cases.append(
            {
                "case": f"{name}, {'moments as they are' if bias else 'corrected'}",
                "params": {"bias": bias},
                "inputs": {"values": values},
                "expected": {
                    "n": len(values),
                    "mean": values.mean(),
                    "variance": values.var(ddof=0 if bias else 1),
                    "skewness": scipy.stats.skew(values, bias=bias),
                    "kurtosis": scipy.stats.kurtosis(values, bias=bias),
                },
            }
        )
    return cases


METHODS = {
    "linear": "linear",
    "lower": "lower",
    "higher": "higher",
    "nearest": "nearest",
    "midpoint": "midpoint",
    "inverted_cdf": "invertedCdf",
    "averaged_inverted_cdf": "averagedInvertedCdf",
    "interpolated_inverted_cdf": "interpolatedInvertedCdf",
    "hazen": "hazen",
    "weibull": "weibull",
    "median_unbiased": "medianUnbiased",
    "normal_unbiased": "normalUnbiased",
}


def quantile_cases() -> list[Case]:
    """Shares that doubles hold exactly, and drawn ones; the others are a matter of numpy's rounding of the rank."""
    rng = np.random.default_rng(SEED + 1)
    shares = np.concatenate([np.arange(17) / 16, np.round(rng.random(12), 5)])
    cases = []
    for name, values in samples().items():
        answers = {ours: np.quantile(values, shares, method=theirs) for theirs, ours in METHODS.items()}
        inputs = {"values": values, "q": shares}
        cases.append({"case": name, "params": {}, "inputs": inputs, "expected": answers})
    return cases


def sharpe_cases() -> list[Case]:
    """Ratios as numbers over a grid, and ratios of return series; everything of one period."""
    cases = []
    shapes = ((0.0, 3.0), (-3.0, 10.0), (1.5, 6.25), (0.5, 1.25))
    for sr, n, (skew, kurt) in itertools.product((-0.2, 0.01, 0.15811388300841897, 1.25), (2, 60, 1250), shapes):
        for benchmark, trials, variance in ((0.0, 1, 0.3), (0.05, 2, 0.002), (-0.1, 100, 0.5 / 250), (0.2, 10**6, 0.1)):
            given = {"sr": sr, "n": n, "skew": skew, "kurt": kurt, "benchmark": benchmark}
            given |= {"nTrials": trials, "varTrials": variance, "confidence": 0.95}
            cases.append(
                {
                    "case": ", ".join(f"{key} {value}" for key, value in given.items()),
                    "params": given,
                    "inputs": {},
                    "expected": sharpe_answers(sr, n, skew, kurt, given),
                }
            )
    named = metric_series.series()
    for name in ("golden", "normal, seed 42", "long", "ties", "heavy tails", "all positive", "all negative"):
        values = named[name]
        given = {"benchmark": 0.02, "nTrials": 20, "varTrials": 0.003, "confidence": 0.99}
        sr, skew, kurt = formulas.exact_moments(values)
        answers = sharpe_answers(sr, len(values), skew, kurt, given)
        cases.append({"case": name, "params": given, "inputs": {"returns": values}, "expected": answers})
    return cases


def sharpe_answers(sr: Any, n: int, skew: Any, kurt: Any, given: dict[str, Any]) -> dict[str, float]:
    benchmark = given["benchmark"]
    best = formulas.expected_maximum(given["nTrials"], given["varTrials"])
    return {
        "probabilistic": formulas.probability(sr, n, skew, kurt, benchmark),
        "expectedMax": float(best),
        "deflated": formulas.probability(sr, n, skew, kurt, best),
        "minLength": formulas.track_record(sr, skew, kurt, benchmark, given["confidence"]),
    }


def random_bars(rng: np.random.Generator, n: int, step: float, start: float) -> dict[str, np.ndarray]:
    """Bars of a random walk with jumps over night, rounded to four decimals."""
    night = rng.normal(0, step / 2, n)
    path = rng.normal(0, step / 8, (n, 64)).cumsum(axis=1)
    open_ = np.log(start) + np.concatenate([[0], path[:-1, -1].cumsum()]) + night.cumsum()
    inside = np.concatenate([np.zeros((n, 1)), path], axis=1) + open_[:, None]
    columns = {"open": inside[:, 0], "high": inside.max(1), "low": inside.min(1), "close": inside[:, -1]}
    return {name: np.round(np.exp(logs), 4) for name, logs in columns.items()}


VOLATILITY_METHODS = ("closeToClose", "parkinson", "garmanKlass", "rogersSatchell", "yangZhang")


def volatility_cases() -> list[Case]:
    rng = np.random.default_rng(SEED + 2)
    sets = {
        "daily bars": random_bars(rng, 150, 0.01, 100.0),
        "wild bars": random_bars(rng, 60, 0.2, 50.0),
        "dear and calm": random_bars(rng, 60, 0.001, 400000.0),
        "three bars": random_bars(rng, 3, 0.02, 10.0),
    }
    cases = []
    for name, bars in sets.items():
        for window in (2, 21) if len(bars["open"]) > 3 else (2,):
            expected = {}
            for method in VOLATILITY_METHODS:
                expected[method] = formulas.realized(bars, method)
                expected[f"{method}Rolling"] = formulas.rolling_realized(bars, window, method)
            params = {"window": window}
            cases.append({"case": f"{name}, window {window}", "params": params, "inputs": bars, "expected": expected})
    return cases


def autoregression(rng: np.random.Generator, n: int, phi: float) -> np.ndarray:
    x = np.zeros(n)
    shocks = rng.normal(0, 1, n)
    for i in range(n):
        x[i] = phi * x[i - 1] + shocks[i]
    return np.round(x, 6)


def block_length_cases() -> list[Case]:
    rng = np.random.default_rng(SEED + 3)
    series = {f"phi {phi}, n {n}": autoregression(rng, n, phi) for phi in (-0.95, 0, 0.5, 0.9) for n in (40, 250, 1000)}
    series["golden returns"] = metric_series.golden()
    series["a trend"] = np.arange(100.0)
    series["differences"] = np.diff(np.round(rng.normal(0, 1, 121), 6))
    cases = []
    for name, values in series.items():
        stationary, circular = formulas.block_length(values)
        expected = {"stationary": stationary, "circular": circular}
        cases.append({"case": name, "params": {}, "inputs": {"values": values}, "expected": expected})
    return cases


def overfitting_cases() -> list[Case]:
    rng = np.random.default_rng(SEED + 4)
    cases = []
    for name, rows, columns, blocks, drift in (
        ("noise", 96, 6, 8, 0.0),
        ("one with skill", 80, 5, 6, 0.5),
        ("blocks of unequal length", 83, 7, 8, 0.1),
    ):
        returns = rng.normal(0, 1, (rows, columns))
        returns[:, 1] += drift
        returns = np.round(returns, 5)
        expected = formulas.overfitting(returns, blocks)
        params = {"nBlocks": blocks}
        cases.append({"case": name, "params": params, "inputs": {"returns": returns}, "expected": expected})
    return cases


def generate(out_dir: pathlib.Path) -> None:
    versions = {name: importlib.metadata.version(name) for name in ("scikit-learn", "scipy", "numpy", "mpmath")}

    def write(path: str, reference: str, function: str, cases: list[Case], seed: int | None = None) -> None:
        fixture_io.write(
            out_dir,
            f"validation/{path}.json",
            function=function,
            reference=reference,
            version=versions[reference],
            seed=seed,
            cases=cases,
        )

    write("time-series-split", "scikit-learn", "model_selection.TimeSeriesSplit", split_cases())
    write("moments", "scipy", "stats.skew, stats.kurtosis; numpy mean and var", moment_cases(), SEED)
    write("quantiles", "numpy", "quantile", quantile_cases(), SEED + 1)
    write("sharpe-inference", "mpmath", "formulas of Bailey and López de Prado 2012 and 2014", sharpe_cases())
    write("realized-volatility", "numpy", "mean, var of every window; mpmath log", volatility_cases(), SEED + 2)
    tuned = "Politis and White 2004, corrected 2009, tuned as arch 8.0.0"
    write("block-length", "numpy", tuned, block_length_cases(), SEED + 3)
    write("overfitting", "scipy", "CSCV: stats.rankdata, stats.linregress; numpy", overfitting_cases(), SEED + 4)
