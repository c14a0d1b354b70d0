"""Formulas of papers in numpy and mpmath, for what no pinned package computes. Imported by parity/validation.py."""

from __future__ import annotations

import functools
import itertools
import math
from typing import Any

import mpmath
import numpy as np
import scipy.stats
from mpmath import mpf

mpmath.mp.dps = 40


def normal_quantile(p: Any) -> Any:
    return mpmath.sqrt(2) * mpmath.erfinv(2 * mpf(p) - 1)


def spread(sr: Any, skew: Any, kurt: Any) -> Any:
    """n - 1 times the variance of a measured Sharpe ratio."""
    return 1 - mpf(skew) * sr + (mpf(kurt) - 1) / 4 * sr**2


def expected_maximum(trials: int, variance: float) -> Any:
    """Bailey and Lopez de Prado 2014, eq. 1; one trial is no selection."""
    if trials == 1:
        return mpf(0)
    gamma = mpmath.euler
    first = normal_quantile(1 - mpf(1) / trials)
    second = normal_quantile(1 - 1 / (trials * mpmath.e))
    return mpmath.sqrt(mpf(variance)) * ((1 - gamma) * first + gamma * second)


def probability(sr: Any, n: int, skew: Any, kurt: Any, benchmark: Any) -> float:
    """The probabilistic Sharpe ratio of Bailey and Lopez de Prado 2012."""
    distance = (mpf(sr) - benchmark) * mpmath.sqrt(n - 1)
    return float(mpmath.ncdf(distance / mpmath.sqrt(spread(mpf(sr), skew, kurt))))


def track_record(sr: Any, skew: Any, kurt: Any, benchmark: Any, confidence: float) -> float:
    """The minimum track record length of Bailey and Lopez de Prado 2012."""
    if sr <= benchmark:
        return math.inf
    return float(1 + spread(mpf(sr), skew, kurt) * (normal_quantile(confidence) / (mpf(sr) - benchmark)) ** 2)


def exact_moments(values: np.ndarray) -> tuple[Any, Any, Any]:
    """Sharpe ratio (n - 1 in the deviation), skewness and kurtosis (n) of the doubles as they stand."""
    xs = [mpf(float(x)) for x in values]
    n = len(xs)
    mean = mpmath.fsum(xs) / n
    m2, m3, m4 = (mpmath.fsum((x - mean) ** k for x in xs) / n for k in (2, 3, 4))
    return mean / mpmath.sqrt(m2 * n / (n - 1)), m3 / m2 ** mpf(1.5), m4 / m2**2


def block_length(x: np.ndarray) -> tuple[float, float]:
    """Politis and White 2004 with the correction of 2009: arch.bootstrap.optimal_block_length 8.0.0, tuning and all."""
    n = len(x)
    eps = x - x.mean()
    longest = math.ceil(min(3 * math.sqrt(n), n / 3))
    run = max(5, int(math.log10(n)))
    limit = math.ceil(math.sqrt(n)) + run
    bound = 2 * math.sqrt(math.log10(n) / n)
    covariance = np.array([eps[i:] @ eps[: n - i] for i in range(limit + 1)]) / n
    sizes = [math.sqrt((eps[i + 1 :] @ eps[i + 1 :]) * (eps[: -(i + 1)] @ eps[: -(i + 1)])) for i in range(limit + 1)]
    small = np.abs(covariance) * n < bound * np.array(sizes)
    quiet = [i for i in range(limit + 1 - run) if small[i : i + run].all()]
    m = min(limit, 2 * max(1, quiet[0])) if quiet else limit
    k = np.arange(1, m + 1)
    weights = np.minimum(1, 2 * (1 - k / m))
    g = (2 * weights * k * covariance[1 : m + 1]).sum()
    long_run = covariance[0] + (2 * weights * covariance[1 : m + 1]).sum()
    lengths = [(2 * g**2 / (c * long_run**2) * n) ** (1 / 3) for c in (2, 4 / 3)]
    return min(lengths[0], longest), min(lengths[1], longest)


@functools.cache
def exact_log(x: float) -> Any:
    return mpmath.log(mpf(x))


def log_ratio(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """ln(a / b) to the last digit: numpy's logarithms of large prices lose those of a small change."""
    return np.array([float(exact_log(float(x)) - exact_log(float(y))) for x, y in zip(a, b, strict=True)])


def realized(bars: dict[str, np.ndarray], method: str) -> float:
    """One of the five estimators over all bars, of one period."""
    o, h, l, c = (bars[name] for name in ("open", "high", "low", "close"))
    if method == "closeToClose":
        return float(log_ratio(c[1:], c[:-1]).std(ddof=1))
    if method == "parkinson":
        return float(np.sqrt((log_ratio(h, l) ** 2).mean() / (4 * np.log(2))))
    if method == "garmanKlass":
        terms = 0.5 * log_ratio(h, l) ** 2 - (2 * np.log(2) - 1) * log_ratio(c, o) ** 2
        return float(np.sqrt(terms.mean()))
    rogers = log_ratio(h, c) * log_ratio(h, o) + log_ratio(l, c) * log_ratio(l, o)
    if method == "rogersSatchell":
        return float(np.sqrt(rogers.mean()))
    n = len(c) - 1
    k = 0.34 / (1.34 + (n + 1) / (n - 1))
    night = log_ratio(o[1:], c[:-1]).var(ddof=1)
    day = log_ratio(c, o)[1:].var(ddof=1)
    return float(np.sqrt(night + k * day + (1 - k) * rogers[1:].mean()))


def rolling_realized(bars: dict[str, np.ndarray], window: int, method: str) -> np.ndarray:
    """`realized` of every window, each from its own bars."""
    n = len(bars["close"])
    size = window + (method in ("closeToClose", "yangZhang"))
    out = np.full(n, np.nan)
    for end in range(size, n + 1):
        out[end - 1] = realized({name: prices[end - size : end] for name, prices in bars.items()}, method)
    return out


def overfitting(returns: np.ndarray, blocks: int) -> dict[str, Any]:
    """Bailey, Borwein, Lopez de Prado and Zhu 2017: CSCV with the Sharpe ratio, each half from its own rows."""
    parts = np.array_split(np.arange(len(returns)), blocks)
    best, inside, outside, logits = [], [], [], []
    for chosen in itertools.combinations(range(blocks), blocks // 2):
        rows = np.concatenate([parts[b] for b in chosen])
        rest = np.concatenate([parts[b] for b in range(blocks) if b not in chosen])
        sharpe = [returns[r].mean(axis=0) / returns[r].std(axis=0, ddof=1) for r in (rows, rest)]
        winner = int(sharpe[0].argmax())
        omega = scipy.stats.rankdata(sharpe[1])[winner] / (returns.shape[1] + 1)
        best.append(winner)
        inside.append(sharpe[0][winner])
        outside.append(sharpe[1][winner])
        logits.append(math.log(omega / (1 - omega)))
    line = scipy.stats.linregress(inside, outside)
    return {
        "pbo": float((np.array(logits) <= 1e-12).mean()),
        "logits": np.array(logits),
        "best": best,
        "inSample": inside,
        "outOfSample": outside,
        "degradation": {"slope": line.slope, "intercept": line.intercept, "rSquared": line.rvalue**2},
        "lossProbability": float((np.array(outside) < 0).mean()),
    }
