"""Efficient frontiers: the least variance for returns in equal steps, each by cvxpy with Clarabel, polished."""

from __future__ import annotations

import importlib.metadata
import math
import pathlib
from typing import Any

import cvxpy as cp
import numpy as np

import fixture_io
from optimize import covariance, spread
from optimize_limits import Limits, Rules, settings
from optimize_reference import solve
from optimize_series import returns_of, with_digest
from optimize_tail import TIGHT

POINTS = 10


def highest(rules: Rules, gains: np.ndarray) -> np.ndarray:
    """Weights of the highest return that the limits allow: a corner."""
    w = cp.Variable(len(gains))
    problem = cp.Problem(cp.Maximize((gains / np.max(np.abs(gains))) @ w), rules.of(w))
    problem.solve(solver=cp.HIGHS, highs_options={"solver": "simplex", **TIGHT})
    weights = np.where(w.value > 1e-12, w.value, 0)
    return weights / math.fsum(weights)


def frontier(returns: np.ndarray, limits: Limits) -> dict[str, Any]:
    sigma = covariance(returns)
    n = len(sigma)
    rules = Rules(limits, n)
    gains = returns.mean(axis=0, dtype=np.longdouble).astype(float)
    middle = float(gains.mean())
    size = float(np.max(np.abs(gains - middle)))

    def least(target: float | None) -> np.ndarray:
        program = rules.program(2 * sigma, None)
        if target is not None:
            row = np.zeros((1, len(program.c)))
            row[0, :n] = (gains - middle) / size
            program.equal = np.vstack([program.equal, row])
            program.equal_to = np.append(program.equal_to, (target - middle) / size)
        x, off = solve(program)
        if not abs(off) < 2e-11:
            raise ArithmeticError(f"frontier: a reference that is {off} from the optimum")
        return x[:n]

    first, last = least(None), highest(rules, gains)
    low, high = float(first @ gains), float(last @ gains)
    if high - low < 1e-12 * size:  # the least variance has the highest return
        return {"expectedReturn": [low], "volatility": [math.sqrt(spread(returns, first))]}
    targets = [low + (high - low) * k / (POINTS - 1) for k in range(1, POINTS - 1)]
    weights = [first, *(least(target) for target in targets), last]
    return {
        "expectedReturn": [low, *targets, high],
        "volatility": [math.sqrt(spread(returns, row)) for row in weights],
    }


def cases() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    problems = [
        ("20 stocks, 252 days from row 2500", {"begin": 2500, "rows": 252, "cols": 20}),
        ("20 stocks, 1260 days from row 5200", {"begin": 5200, "rows": 1260, "cols": 20}),
        ("5 x 120", {"seed": 750, "rows": 120, "cols": 5}),
        ("50 x 252", {"seed": 751, "rows": 252, "cols": 50}),
        ("dominant, 20 x 120", {"seed": 752, "rows": 120, "cols": 20, "kind": "dominant"}),
        ("losing, 20 x 120", {"seed": 753, "rows": 120, "cols": 20, "kind": "losing"}),
    ]
    for i, (name, inputs) in enumerate(problems):
        returns = returns_of(inputs)
        given = with_digest(inputs)
        all_limits: dict[str, Limits] = {"no limits": {}}
        if returns.shape[1] >= 15:
            chosen = list(settings(returns.shape[1]).items())
            all_limits |= dict(chosen[i % 3 :: 3])
        for label, limits in all_limits.items():
            params = {"points": POINTS, "limits": limits}
            expected = frontier(returns, limits)
            made.append({"case": f"{name}, {label}", "params": params, "inputs": given, "expected": expected})
    return made


def generate(out_dir: pathlib.Path) -> None:
    fixture_io.write(
        out_dir,
        "optimize/frontier.json",
        function="Problem.solve with Clarabel for each return, polished",
        reference="cvxpy",
        version=importlib.metadata.version("cvxpy"),
        seed=None,
        cases=cases(),
    )
