"""Correlations, their p-values and quantile spreads from scipy and numpy; what scipy rounds away, from mpmath.

The exact correlations: ranks and given numbers are whole numbers or doubles, so sums of their products are fractions;
only the root and the Student-t tail need digits, of which mpmath takes 60.
The file is not named statistics.py, which would hide the module of that name from other packages.
"""

from __future__ import annotations

import math
import pathlib
from fractions import Fraction
from typing import Any

import fixture_io
import mpmath
import numpy as np
import scipy
from mpmath import mpf
from scipy import stats

SEED = 20240811
DIGITS = 60


def golden() -> tuple[np.ndarray, np.ndarray]:
    """The pair whose Spearman correlation the requirements quote."""
    i = np.arange(60)
    return ((7919 * i) % 101) / 10, ((104729 * i) % 97) / 7


def tied(rng: np.random.Generator, n: int, levels: int) -> tuple[np.ndarray, np.ndarray]:
    x = rng.integers(0, levels, n).astype(float)
    return x, np.round(0.4 * x + rng.normal(0, levels / 3, n))


def related(rng: np.random.Generator, n: int, slope: float) -> tuple[np.ndarray, np.ndarray]:
    x = np.round(rng.normal(0, 1, n), 6)
    return x, np.round(slope * x + rng.normal(0, 1, n), 6)


def pairs() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Pairs of series by name."""
    rng = np.random.default_rng(SEED)
    x, y = golden()
    found = {"golden": (x, y), "golden, rounded": (np.rint(x), np.rint(y))}
    for n in (3, 4, 5, 8, 9, 20, 33, 34, 100):
        found[f"{n} values"] = related(rng, n, 0.3)
    for n, levels in ((6, 3), (30, 4), (33, 20), (250, 2), (400, 12)):
        found[f"{n} values, ties among {levels}"] = tied(rng, n, levels)
    for slope in (-2.0, -0.1, 0.0, 0.05, 1.0, 6.0):
        found[f"200 values, slope {slope}"] = related(rng, 200, slope)
    found["1000 values, p near 1e-250"] = related(rng, 1000, 1.35)
    found["ascending and ascending"] = (np.arange(12.0), np.arange(12.0) ** 2)
    found["ascending and descending"] = (np.arange(40.0), -np.arange(40.0) ** 3)
    swapped = np.arange(50.0)
    swapped[[7, 8]] = swapped[[8, 7]]
    found["one pair out of order"] = (np.arange(50.0), swapped)
    found["two values"] = (np.array([1.0, 2.0]), np.array([5.0, 3.0]))
    found["constant"] = (np.array([1.0, 2.0, 3.0]), np.array([0.1, 0.1, 0.1]))
    found["missing value"] = (np.array([1.0, np.nan, 3.0, 4.0]), np.array([1.0, 2.0, 3.0, 5.0]))
    found["level 1e8"] = tuple(np.round(a + 1e8, 6) for a in related(rng, 60, 0.7))
    found["scale 1e-200"] = tuple(a * 1e-200 for a in related(rng, 60, -0.7))
    found["-0 and 0"] = (np.array([-0.0, 0.0, 0.0, 1.0, -1.0]), np.array([0.0, 1.0, -0.0, 3.0, 2.0]))
    return found


def infinite() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Pairs that only ranks are asked about."""
    return {"infinities": (np.array([-np.inf, 3, np.inf, 1, np.inf]), np.array([1.0, 2, 5, np.inf, -np.inf]))}


def case(name: str, x: np.ndarray, y: np.ndarray, expected: Any, **params: Any) -> dict[str, Any]:
    return {"case": name, "params": params, "inputs": {"x": x, "y": y}, "expected": expected}


def answer(result: Any, n: int) -> dict[str, Any]:
    return {"correlation": float(result[0]), "pValue": float(result[1]), "n": n}


def exact_sums(x: list[Fraction], y: list[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """Sums of squares and products of the distances from the means."""
    n = len(x)
    mean_x, mean_y = sum(x) / n, sum(y) / n
    dx, dy = [a - mean_x for a in x], [b - mean_y for b in y]
    return sum(a * a for a in dx), sum(b * b for b in dy), sum(a * b for a, b in zip(dx, dy))


def student_two_sided(square: Fraction, df: int) -> mpf:
    """Probability of a t beyond ±√square: I_x(df / 2, 1 / 2) at x = df / (df + t²)."""
    x = mpf(df * square.denominator) / mpf(df * square.denominator + square.numerator)
    half = mpf(df) / 2
    series = mpmath.hyp2f1(half, mpf(1) / 2, half + 1, x)
    return x**half / half / mpmath.beta(half, mpf(1) / 2) * series


def true_answer(x: np.ndarray, y: np.ndarray) -> dict[str, Any]:
    """Pearson's correlation and p-value without rounding, as the nearest doubles."""
    xx, yy, xy = exact_sums([Fraction(float(a)) for a in x], [Fraction(float(b)) for b in y])
    rest = xx * yy - xy * xy
    with mpmath.workdps(DIGITS):
        product = xx * yy
        root = mpmath.sqrt(mpf(product.numerator) / mpf(product.denominator))
        r = mpf(xy.numerator) / mpf(xy.denominator) / root
        p = student_two_sided(xy * xy * (len(x) - 2) / rest, len(x) - 2)
        return {"correlation": float(r), "pValue": float(p), "n": len(x)}


def hard() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Pairs whose p-values depend on the last digits of 1 - r², or are very small."""
    rng = np.random.default_rng(SEED + 1)
    line = np.arange(300.0)
    nearly = line.copy()
    nearly[[3, 4]] = nearly[[4, 3]]
    blocks = np.repeat(np.arange(40.0), 5)
    shifted = blocks.copy()
    shifted[[4, 5, 99]] = shifted[[5, 4, 100]]
    return {
        "one swap in 300": (line, nearly),
        "one swap in 20": (line[:20], np.concatenate([[1.0, 0.0], line[2:20]])),
        "ties, nearly the same": (blocks, shifted),
        "p near 1e-30": related(rng, 200, 1.2),
        "p near 1e-150": related(rng, 500, 1.6),
        "p near 1e-290": related(rng, 1000, 1.68),
        "p near 1": (np.arange(9.0), np.array([4.0, 1, 8, 3, 5, 0, 7, 6, 2])),
        "a line with little noise": tuple(
            np.round(a, 9) for a in (line, 3 * line + 1e-4 * rng.normal(0, 1, 300))
        ),
    }


def spread(scores: np.ndarray, returns: np.ndarray, parts: int) -> float:
    """Mean return of the highest scores less that of the lowest; equal scores keep their order."""
    size = len(scores) // parts
    order = np.argsort(scores, kind="stable")
    if np.abs(returns).max() < 1e6:
        return float(np.mean(returns[order[-size:]]) - np.mean(returns[order[:size]]))
    # Far from 0 each mean rounds by more than the spread may be off.
    return math.fsum([*returns[order[-size:]], *-returns[order[:size]]]) / size


def exact_p(x: np.ndarray, y: np.ndarray) -> float:
    """p-value of Spearman's correlation from all orders of y."""
    ranks = stats.rankdata(x), stats.rankdata(y)
    centred = ranks[0] - ranks[0].mean()
    result = stats.permutation_test(
        (ranks[1],),
        lambda b, axis: (b * centred).sum(axis=axis),
        permutation_type="pairings",
        n_resamples=math.inf,
        vectorized=True,
        axis=-1,
    )
    return float(result.pvalue)


def newey_west(ics: np.ndarray, lags: int) -> dict[str, float]:
    """t-statistics of a mean, written out with numpy: Bartlett weights, divisor n."""
    n = len(ics)
    e = ics - ics.mean()
    total = e @ e + sum(2 * (1 - lag / (lags + 1)) * (e[lag:] @ e[:-lag]) for lag in range(1, lags + 1))
    std = ics.std(ddof=1)
    t, robust = ics.mean() / (std / np.sqrt(n)), ics.mean() / np.sqrt(total / n / n)
    return {
        "mean": float(ics.mean()),
        "std": float(std),
        "tStat": float(t),
        "pValue": float(2 * stats.t.sf(abs(t), n - 1)),
        "tStatNeweyWest": float(robust),
        "pValueNeweyWest": float(2 * stats.norm.sf(abs(robust))),
    }


def ic_cases() -> list[dict[str, Any]]:
    """Information coefficients of small panels, and their statistics."""
    rng = np.random.default_rng(SEED + 2)
    cases = []
    for rows, cols, lags in ((12, 8, 0), (30, 15, 3), (80, 6, 5)):
        scores = np.round(rng.normal(0, 1, (rows, cols)), 2)
        returns = np.round(0.3 * scores + rng.normal(0, 1, (rows, cols)), 4)
        scores[rng.random((rows, cols)) < 0.1] = np.nan
        ics = []
        for score, gain in zip(scores, returns):
            there = ~np.isnan(score)
            ics.append(stats.spearmanr(score[there], gain[there]).statistic)
        expected = {"ics": ics, **newey_west(np.array(ics), lags)}
        inputs = {"scores": scores, "returns": returns}
        params = {"lags": lags}
        cases.append({"case": f"{rows} x {cols}, {lags} lags", "params": params, "inputs": inputs, "expected": expected})
    return cases


def generate(out_dir: pathlib.Path) -> None:
    """Writes out_dir/statistics/*.json; the same bytes on every run."""
    both = pairs()
    ranked = {**both, **infinite()}
    named = lambda given: [(name, np.asarray(x), np.asarray(y)) for name, (x, y) in given.items()]  # noqa: E731
    spearman = [case(name, x, y, answer(stats.spearmanr(x, y), len(x))) for name, x, y in named(ranked)]
    pearson = [case(name, x, y, answer(stats.pearsonr(x, y), len(x))) for name, x, y in named(both)]
    kendall = [case(name, x, y, answer(stats.kendalltau(x, y), len(x))) for name, x, y in named(ranked)]
    for name, x, y in named(both):
        if 3 <= len(x) <= 100 and np.isfinite(x + y).all() and len(set(y)) > 1:
            untied = len(set(x)) == len(x) and len(set(y)) == len(y)
            for method in ("asymptotic", "exact") if untied else ("asymptotic",):
                found = answer(stats.kendalltau(x, y, method=method), len(x))
                kendall.append(case(f"{name}, {method}", x, y, found, exact=method == "exact"))
    permuted = [
        case(name, x, y, {"pValue": exact_p(x, y)}, exact=True)
        for name, x, y in named(both)
        if len(x) <= 8 and np.isfinite(x + y).all() and len(set(y)) > 1
    ]
    pearson_true = [case(name, x, y, true_answer(x, y)) for name, x, y in named(hard())]
    spearman_true = [
        case(name, x, y, true_answer(stats.rankdata(x), stats.rankdata(y)))
        for name, x, y in named(hard())
        if not np.array_equal(stats.rankdata(x), stats.rankdata(y))
    ]
    spreads = [
        case(f"{name}, {parts} parts", x, y, spread(x, y, parts), nQuantiles=parts)
        for name, x, y in named(both)
        for parts in (2, 5, 10)
        if parts <= len(x) <= 100 and np.isfinite(x + y).all()
    ]
    write = lambda path, function, reference, version, cases: fixture_io.write(  # noqa: E731
        out_dir, f"statistics/{path}.json", function=function, reference=reference, version=version, seed=SEED, cases=cases
    )
    write("spearman", "scipy.stats.spearmanr", "scipy", scipy.__version__, spearman)
    write("pearson", "scipy.stats.pearsonr", "scipy", scipy.__version__, pearson)
    write("kendall", "scipy.stats.kendalltau", "scipy", scipy.__version__, kendall)
    write("spearman-exact", "scipy.stats.permutation_test of spearmanr", "scipy", scipy.__version__, permuted)
    write("pearson-true", "Pearson in fractions, Student-t in mpmath", "mpmath", mpmath.__version__, pearson_true)
    write("spearman-true", "Spearman in fractions, Student-t in mpmath", "mpmath", mpmath.__version__, spearman_true)
    write("quantile-spread", "numpy.argsort (stable) and mean", "numpy", np.__version__, spreads)
    write("ic-series", "scipy.stats.spearmanr of every row, Newey-West in numpy", "scipy", scipy.__version__, ic_cases())
