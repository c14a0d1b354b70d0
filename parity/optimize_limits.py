"""Portfolios with bounds, groups, a limited turnover and a price on squared weights, by cvxpy and a polish.

The limits of a case are written as our options have them: symbols `A0`, `A1` … The objective has the price of the
squared weights in it: added to the variance (for the Sharpe ratio, under the root), the CVaR, the CDaR. `breach` is by how
much the weights may break a limit: nothing.
"""

from __future__ import annotations

import importlib.metadata
import math
import pathlib
from typing import Any

import cvxpy as cp
import numpy as np

import fixture_io
from optimize import covariance, full_rank, spread
from optimize_reference import Program, solve
from optimize_series import returns_of, with_digest
from optimize_tail import DIGITS, MEASURES, TIGHT, problem_of

Limits = dict[str, Any]


def names(*numbers: int) -> list[str]:
    return [f"A{j}" for j in numbers]


def settings(n: int) -> dict[str, Limits]:
    """Limits by name for n ≥ 15 assets."""
    equal = {f"A{j}": 1 / n for j in range(n)}
    groups = [
        {"symbols": names(0, 1, 2, 3, 4), "min": 0.2, "max": 0.4},
        {"symbols": names(5, 6, 7, 8), "max": 0.3},
        {"symbols": names(0, 7, 12), "min": 0.1},
    ]
    return {
        "at most 0.15": {"bounds": [0, 0.15]},
        "0.01 to 0.2": {"bounds": [0.01, 0.2]},
        "bounds of some": {"bounds": {"A0": [0.05, 0.2], "A3": [0, 0.01], "A7": [0.1, 0.1]}},
        "groups": {"groups": groups},
        "turnover 0.3 from equal weights": {"turnover": {"current": equal, "max": 0.3}},
        "turnover 0.8 from two assets": {"turnover": {"current": {"A1": 0.5, "A9": 0.5}, "max": 0.8}},
        "bounds, groups and turnover": {
            "bounds": [0, 0.2],
            "groups": groups,
            "turnover": {"current": equal, "max": 0.7},
        },
    }


class Rules:
    """The limits of one case as vectors and rows of the weights."""

    def __init__(self, limits: Limits, n: int) -> None:
        self.n = n
        self.lower, self.upper = np.zeros(n), np.ones(n)
        bounds = limits.get("bounds", [0, 1])
        if isinstance(bounds, dict):
            for symbol, (low, high) in bounds.items():
                self.lower[int(symbol[1:])], self.upper[int(symbol[1:])] = low, high
        else:
            self.lower[:], self.upper[:] = bounds
        rows, ends = [], []
        for group in limits.get("groups", []):
            row = np.zeros(n)
            row[[int(symbol[1:]) for symbol in group["symbols"]]] = 1
            for sign, end in ((1, group.get("max", 1)), (-1, group.get("min", 0))):
                rows.append(sign * row)
                ends.append(sign * end)
        self.rows, self.ends = np.array(rows).reshape(-1, n), np.array(ends)
        turnover = limits.get("turnover")
        self.turnover = None if turnover is None else float(turnover["max"])
        self.current = np.zeros(n)
        for symbol, weight in (turnover or {"current": {}})["current"].items():
            self.current[int(symbol[1:])] = weight

    def of(self, w: cp.Variable) -> list[Any]:
        made = [w >= self.lower, w <= self.upper, cp.sum(w) == 1]
        if len(self.rows) > 0:
            made.append(self.rows @ w <= self.ends)
        if self.turnover is not None:
            made.append(cp.norm1(w - self.current) <= self.turnover)
        return made

    def program(self, h: np.ndarray, gains: np.ndarray | None) -> Program:
        """With `gains`, of the maximum of their ratio: x = (κw, κ, …), gains'x = 1; else of w itself, κ fixed at 1."""
        n, moved = self.n, 0 if self.turnover is None else self.n
        size = n + 1 + 2 * moved
        eye, one = np.eye(n), np.zeros((n, 1))

        def row(weights: np.ndarray, kappa: np.ndarray, up: np.ndarray | None = None) -> np.ndarray:
            parts = [weights, kappa.reshape(-1, 1)]
            if moved:
                parts.append(np.zeros((len(weights), 2 * n)) if up is None else up)
            return np.hstack(parts)

        equal = [row(np.ones((1, n)), np.array([-1.0]))]
        equal_to = [np.zeros(1)]
        first = row(np.zeros((1, n)), np.ones(1)) if gains is None else row(gains[None, :], np.zeros(1))
        equal.append(first)
        equal_to.append(np.ones(1))
        less = [row(eye, -self.upper), row(-eye, self.lower)]
        if len(self.rows) > 0:
            less.append(row(self.rows, -self.ends))
        if moved:
            equal.append(row(eye, -self.current, np.hstack([-eye, eye])))
            equal_to.append(np.zeros(n))
            less.append(row(np.zeros((1, n)), np.array([-self.turnover]), np.ones((1, 2 * n))))
        wide = np.zeros((size, size))
        wide[:n, :n] = h
        rows = np.vstack(less)
        keep = np.any(rows != 0, axis=1)
        return Program(
            wide, np.zeros(size), np.vstack(equal), np.concatenate(equal_to), rows[keep], np.zeros(int(keep.sum()))
        )


def most(rules: Rules, gains: np.ndarray) -> float:
    """The largest gain that the limits allow."""
    w = cp.Variable(len(gains))
    return float(cp.Problem(cp.Maximize(gains @ w), rules.of(w)).solve(solver=cp.HIGHS))


def quadratic(kind: str, returns: np.ndarray, limits: Limits, free: float) -> dict[str, Any]:
    sigma = covariance(returns)
    n = len(sigma)
    l2 = limits.get("l2", 0)
    excess = (returns.mean(axis=0, dtype=np.longdouble) - free).astype(float)
    if kind == "max-diversification":
        excess = np.sqrt(np.diag(sigma))
    rules = Rules(limits, n)
    gains = None if kind == "min-variance" or most(rules, excess) <= 0 else excess / np.max(np.abs(excess))
    x, off = solve(rules.program(2 * (sigma + l2 * np.eye(n)), gains))
    if not abs(off) < 1e-11:
        raise ArithmeticError(f"{kind} {limits}: a reference that is {off} from the optimum")
    weights = x[:n] / x[:n].sum()
    risk = spread(returns, weights) + l2 * float(weights @ weights)
    ratio = float(weights @ excess) / math.sqrt(risk)
    answer: dict[str, Any] = {"objective": risk if kind == "min-variance" else ratio, "breach": 0}
    if kind == "max-sharpe":
        answer["status"] = "degenerate" if gains is None else "optimal"
    if full_rank(sigma) or l2 > 0:
        answer["weights"] = np.round(weights, DIGITS)
    return answer


def linear(kind: str, returns: np.ndarray, limits: Limits, alpha: float) -> dict[str, Any]:
    """A linear program; the weights are the simplex method's, none of them rounded."""
    rules = Rules(limits, returns.shape[1])
    w = cp.Variable(returns.shape[1])
    size = float(np.mean(np.abs(returns)))
    problem = problem_of(kind, returns / size, alpha, w, rules.of(w))
    problem.solve(solver=cp.HIGHS, highs_options={"solver": "simplex", **TIGHT})
    weights = np.where(w.value > 1e-12, w.value, 0)
    return {"objective": MEASURES[kind](returns, weights / math.fsum(weights), alpha), "breach": 0}


def priced(kind: str, returns: np.ndarray, limits: Limits, alpha: float) -> dict[str, Any]:
    """CVaR or CDaR with a price on squared weights: a quadratic program of weights, threshold and excesses."""
    t, n = returns.shape
    l2 = limits["l2"]
    falls = 0 if kind == "cvar" else t
    size = n + 1 + t + falls
    upside = np.hstack([np.zeros((t, n)), -np.ones((t, 1)), -np.eye(t)])
    if kind == "cvar":
        less = upside
        less[:, :n] = -returns
    else:
        path = np.hstack([-returns, np.zeros((t, 1 + t)), np.eye(t, k=-1) - np.eye(t)])
        less = np.vstack([np.hstack([upside, np.eye(t)]), path])
    h = np.zeros((size, size))
    h[:n, :n] = 2 * l2 * np.eye(n)
    c = np.zeros(size)
    c[n] = 1
    c[n + 1 : n + 1 + t] = 1 / ((1 - alpha) * t)
    equal = np.zeros((1, size))
    equal[0, :n] = 1
    upper = np.full(size, np.inf)
    upper[:n] = Rules(limits, n).upper
    x, off = solve(Program(h, c, equal, np.ones(1), less, np.zeros(len(less)), upper))
    if not abs(off) < 1e-10:
        raise ArithmeticError(f"{kind} {limits}: a reference that is {off} from the optimum")
    weights = x[:n] / math.fsum(x[:n])
    value = MEASURES[kind](returns, weights, alpha) + l2 * float(weights @ weights)
    return {"objective": value, "breach": 0, "weights": np.round(weights, DIGITS)}


def cases() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    problems = [
        ("20 stocks, 252 days from row 2500", {"begin": 2500, "rows": 252, "cols": 20}),
        ("20 stocks, 60 days from row 7560", {"begin": 7560, "rows": 60, "cols": 20}),
        ("30 x 120", {"seed": 700, "rows": 120, "cols": 30}),
        ("more assets than rows, 40 x 30", {"seed": 701, "rows": 30, "cols": 40}),
    ]

    def add(name: str, kind: str, inputs: dict[str, Any], limits: Limits, expected: dict[str, Any], **more: float) -> None:
        params = {"method": kind, "limits": limits, **more}
        made.append({"case": f"{kind}, {name}", "params": params, "inputs": with_digest(inputs), "expected": expected})

    for i, (name, inputs) in enumerate(problems):
        returns = returns_of(inputs)
        n = returns.shape[1]
        variance = float(np.mean(np.var(returns, axis=0)))
        for label, limits in settings(n).items():
            for kind in ("min-variance", "max-sharpe"):
                expected = quadratic(kind, returns, limits, 0)
                add(f"{name}, {label}", kind, inputs, limits, expected, riskFree=0)
            if i < 3:
                for kind in MEASURES:
                    add(f"{name}, {label}", kind, inputs, limits, linear(kind, returns, limits, 0.9), alpha=0.9)
        for part in (0.03, 0.3):
            for limits in ({"l2": part * variance}, {"l2": part * variance, "bounds": [0, 0.12]}):
                label = f"{name}, {', '.join(limits)} {part}"
                for kind in ("min-variance", "max-sharpe"):
                    expected = quadratic(kind, returns, limits, 0)
                    add(label, kind, inputs, limits, expected, riskFree=0)
        if i > 0:
            for limits in ({"l2": 0.005}, {"l2": 0.02, "bounds": [0, 0.12]}):
                for kind in MEASURES:
                    expected = priced(kind, returns, limits, 0.9)
                    add(f"{name}, {', '.join(limits)}", kind, inputs, limits, expected, alpha=0.9)
    return made


def generate(out_dir: pathlib.Path) -> None:
    made = cases()
    for name, methods, function in (
        ("limits-variance", ("min-variance", "max-sharpe"), "Problem.solve with Clarabel, polished"),
        ("limits-tail", tuple(MEASURES), "Problem.solve with HiGHS (simplex), with Clarabel (polished) where l2 is above 0"),
    ):
        fixture_io.write(
            out_dir,
            f"optimize/{name}.json",
            function=function,
            reference="cvxpy",
            version=importlib.metadata.version("cvxpy"),
            seed=None,
            cases=[case for case in made if case["params"]["method"] in methods],
        )
