"""Minimum variance, maximum Sharpe ratio, risk parity and maximum diversification by cvxpy with Clarabel, polished.

Weights are in a fixture where the optimum has only these: where the covariance matrix has full rank. `gap` is what
another portfolio could gain: nothing, as the linear program of the gradient says of the reference.
"""

from __future__ import annotations

import importlib.metadata
import pathlib
from typing import Any

import cvxpy as cp
import numpy as np

import fixture_io
from optimize_reference import Program, clarabel, solve
from optimize_series import returns_of, with_digest

Case = dict[str, Any]
# Rows of prices at which a window of the real stocks begins, and its length.
WINDOWS = ((300, 60), (400, 252), (700, 126), (1500, 252), (2100, 504), (2500, 60), (3000, 1260), (4000, 252))
WINDOWS += ((4600, 252), (4700, 63), (5200, 1260), (5792, 2520), (6500, 30), (7500, 252), (7560, 40), (8060, 252))
# Assets and rows of the made ones.
SIZES = ((2, 60), (3, 60), (5, 120), (10, 252), (20, 63), (30, 2500), (50, 60), (50, 252), (100, 252), (100, 1260))
SIZES += ((200, 504), (500, 1260))
MANY = ((10, 8), (30, 20), (50, 40), (100, 60), (200, 60), (500, 252))
DIGITS = 9  # of weights: more than is compared, fewer than differ between processors


def problems() -> list[tuple[str, dict[str, Any]]]:
    made: list[tuple[str, dict[str, Any]]] = []
    for begin, rows in WINDOWS:
        made.append((f"20 stocks, {rows} days from row {begin}", {"begin": begin, "rows": rows, "cols": 20}))
    made.append(("5 stocks, 8312 days", {"begin": 0, "rows": 8312, "cols": 5}))
    for i, (cols, rows) in enumerate(SIZES):
        made.append((f"{cols} x {rows}", {"seed": 100 + i, "rows": rows, "cols": cols, "factors": 1 + i % 5}))
    for i, (cols, rows) in enumerate(MANY):
        made.append((f"more assets than rows, {cols} x {rows}", {"seed": 200 + i, "rows": rows, "cols": cols}))
    for i, kind in enumerate(("duplicate", "multiple", "dominant", "rounded", "losing")):
        for j, (cols, rows) in enumerate(((4, 60), (10, 252), (40, 120), (100, 504))):
            seed = 300 + 10 * i + j
            made.append((f"{kind}, {cols} x {rows}", {"seed": seed, "rows": rows, "cols": cols, "kind": kind}))
    return made


def covariance(returns: np.ndarray) -> np.ndarray:
    """With the divisor T − 1, products of digits that a double has not."""
    centred = returns.astype(np.longdouble) - returns.mean(axis=0, dtype=np.longdouble)
    return (centred.T @ centred / (len(returns) - 1)).astype(float) if returns.size < 2e4 else np.cov(returns.T)


def spread(returns: np.ndarray, weights: np.ndarray) -> float:
    """Variance of the portfolio from its returns, with the divisor T − 1."""
    path = returns.astype(np.longdouble) @ weights
    return float(((path - path.mean()) ** 2).sum() / (len(path) - 1))


def whole(x: np.ndarray) -> np.ndarray:
    return x / x.sum()


def known(answer: Case, weights: np.ndarray, unique: bool) -> Case:
    if unique and len(weights) <= 100:
        answer["weights"] = np.round(weights, DIGITS)
    return answer


def full_rank(sigma: np.ndarray) -> bool:
    size = np.sqrt(np.diag(sigma))
    return float(np.linalg.eigvalsh(sigma / np.outer(size, size))[0]) > 1e-10


def least_variance(sigma: np.ndarray) -> tuple[np.ndarray, float]:
    n = len(sigma)
    return solve(Program(2 * sigma, np.zeros(n), np.ones((1, n)), np.ones(1)))


def best_ratio(sigma: np.ndarray, gains: np.ndarray) -> tuple[np.ndarray, float]:
    """Most gains'w / √(w'Σw): least variance of y with gains'y = 1, then w = y / Σy."""
    size = float(np.max(np.abs(gains)))
    y, off = solve(Program(2 * sigma, np.zeros(len(sigma)), gains[None, :] / size, np.ones(1)))
    return whole(y), off


def min_variance(returns: np.ndarray, params: dict[str, Any]) -> Case:
    sigma = covariance(returns)
    weights, off = least_variance(sigma)
    must(off)
    variance = spread(returns, weights)
    left = variance > 1e-14 * float(np.diag(sigma).mean())
    return known({"objective": variance if left else 0, "gap": 0}, weights, full_rank(sigma))


def max_sharpe(returns: np.ndarray, params: dict[str, Any]) -> Case | None:
    sigma, free = covariance(returns), params["riskFree"]
    excess = returns.mean(axis=0, dtype=np.longdouble) - free
    degenerate = bool(excess.max() <= 0)
    weights, off = least_variance(sigma) if degenerate else best_ratio(sigma, excess.astype(float))
    must(off)
    variance = spread(returns, weights)
    if variance < 1e-6 * float(np.diag(sigma).mean()):
        return None  # no risk is left: any large ratio can be had
    sharpe = float(weights @ excess) / variance**0.5
    status = "degenerate" if degenerate else "optimal"
    return known({"objective": sharpe, "status": status, "gap": 0}, weights, full_rank(sigma))


def max_diversification(returns: np.ndarray, params: dict[str, Any]) -> Case | None:
    sigma = covariance(returns)
    single = np.sqrt(np.diag(sigma))
    weights, off = best_ratio(sigma, single)
    must(off)
    variance = spread(returns, weights)
    if variance < 1e-6 * float(np.diag(sigma).mean()):
        return None
    return known({"objective": float(weights @ single) / variance**0.5, "gap": 0}, weights, full_rank(sigma))


def risk_parity(returns: np.ndarray, params: dict[str, Any]) -> Case:
    """Least ½y'Σy − Σ b ln y: by Clarabel for few assets, and by Newton's method with more digits for all."""
    sigma = covariance(returns)
    n = len(sigma)
    budgets = np.array(params["budgets"] or [1.0] * n)
    budgets = budgets / budgets.sum()
    size = np.sqrt(np.diag(sigma))
    rho = sigma / np.outer(size, size)
    x = np.sqrt(budgets) if n > 20 else by_clarabel(rho, budgets)
    exact = rho.astype(np.longdouble)
    for _ in range(200):
        slope = (exact @ x - budgets / x).astype(float)
        step = np.linalg.solve(rho + np.diag(budgets / x**2), -slope)
        fall = np.max(-step / x)
        x = x + step / max(1.0, 2 * fall)
        if np.max(np.abs(step / x)) < 1e-15:
            break
    weights = whole(x / size)
    share = weights * (sigma.astype(np.longdouble) @ weights)
    if np.max(np.abs(share / share.sum() - budgets)) > 1e-14:
        raise ArithmeticError("risk parity: not solved")
    return {"contributions": budgets, "weights": np.round(weights, DIGITS)} if n <= 100 else {"contributions": budgets}


def by_clarabel(rho: np.ndarray, budgets: np.ndarray) -> np.ndarray:
    y = cp.Variable(len(rho))
    clarabel(cp.Problem(cp.Minimize(0.5 * cp.quad_form(y, cp.psd_wrap(rho)) - budgets @ cp.log(y))))
    return y.value


def must(off: float) -> None:
    if not abs(off) < 1e-12:
        raise ArithmeticError(f"a reference that is {off} from the optimum")


def cases(function: Any, settings: Any) -> list[Case]:
    made: list[Case] = []
    for i, (name, inputs) in enumerate(problems()):
        returns = returns_of(inputs)
        for label, params in settings(i, returns.shape[1]):
            expected = function(returns, params)
            if expected is not None:
                given = with_digest(inputs)
                made.append({"case": f"{name}{label}", "params": params, "inputs": given, "expected": expected})
    return made


def rates(i: int, _: int) -> list[tuple[str, dict[str, Any]]]:
    return [("", {"riskFree": 0})] + ([(", risk free 0.0001", {"riskFree": 0.0001})] if i % 3 == 0 else [])


def budgets_of(i: int, n: int) -> list[tuple[str, dict[str, Any]]]:
    uneven = [1 + j % 4 for j in range(n)]
    return [("", {"budgets": None})] + ([(", uneven budgets", {"budgets": uneven})] if i % 4 == 0 else [])


def generate(out_dir: pathlib.Path) -> None:
    for name, function, settings in (
        ("min-variance", min_variance, lambda i, n: [("", {})]),
        ("max-sharpe", max_sharpe, rates),
        ("risk-parity", risk_parity, budgets_of),
        ("max-diversification", max_diversification, lambda i, n: [("", {})]),
    ):
        fixture_io.write(
            out_dir,
            f"optimize/{name}.json",
            function="Problem.solve with Clarabel at tolerance 1e-12, polished on the limits that bind",
            reference="cvxpy",
            version=importlib.metadata.version("cvxpy"),
            seed=None,
            cases=cases(function, settings),
        )
