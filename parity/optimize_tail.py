"""CVaR and CDaR of the optimizer fixtures: linear programs, solved by cvxpy with HiGHS (simplex) and Clarabel.

A solver's weights are made exact (none below 0, sum 1) and the objective of them is computed from the returns with
more digits. Where both solvers say the same weights, the optimum is taken to be unique: an interior-point method
ends in the middle of the optimal weights, a simplex in a corner of them.
"""

from __future__ import annotations

import importlib.metadata
import math
import pathlib
import warnings
from typing import Any

import cvxpy as cp
import numpy as np

import fixture_io
from optimize_reference import clarabel
from optimize_series import returns_of, with_digest

TIGHT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
UNIQUE = 3e-8
DIGITS = 9  # of weights: more than is compared, fewer than differ between processors


def tail_mean(losses: np.ndarray, alpha: float) -> float:
    """The mean of the worst 1 − alpha of the losses, a part of one of them where the share is no whole number."""
    count = (1 - alpha) * len(losses)
    ordered = np.sort(losses)[::-1]
    whole = min(int(math.floor(count)), len(losses))
    total = math.fsum(map(float, ordered[:whole]))
    if whole < len(losses):
        total += (count - whole) * float(ordered[whole])
    return total / count


def drawdowns(returns: np.ndarray) -> np.ndarray:
    """Fall of the sum of returns from its highest, 0 before the first."""
    total = np.concatenate([[0], np.cumsum(returns)])
    return (np.maximum.accumulate(total) - total)[1:]


def cvar_of(returns: np.ndarray, weights: np.ndarray, alpha: float) -> float:
    return tail_mean(-(returns.astype(np.longdouble) @ weights), alpha)


def cdar_of(returns: np.ndarray, weights: np.ndarray, alpha: float) -> float:
    return tail_mean(drawdowns(returns.astype(np.longdouble) @ weights), alpha)


MEASURES = {"cvar": cvar_of, "cdar": cdar_of}


def problem_of(kind: str, returns: np.ndarray, alpha: float, w: cp.Variable, rules: list[Any]) -> cp.Problem:
    """As riskfolio-lib writes it; `rules` are the limits of the weights."""
    t, _ = returns.shape
    zeta, over = cp.Variable(), cp.Variable(t, nonneg=True)
    if kind == "cvar":
        shape = [over >= -returns @ w - zeta]
    else:
        fall = cp.Variable(t, nonneg=True)
        shape = [over >= fall - zeta, fall[0] >= -returns[0] @ w, fall[1:] >= fall[:-1] - returns[1:] @ w]
    return cp.Problem(cp.Minimize(zeta + cp.sum(over) / ((1 - alpha) * t)), [*shape, *rules])


def exact(weights: np.ndarray) -> np.ndarray:
    """None below 0, none that is only the solver's rounding, sum 1."""
    w = np.where(weights > 1e-9, weights, 0)
    return w / math.fsum(map(float, w))


def solve(kind: str, returns: np.ndarray, alpha: float, both: bool = True) -> dict[str, Any]:
    size = float(np.mean(np.abs(returns)))
    w = cp.Variable(returns.shape[1])
    problem = problem_of(kind, returns / size, alpha, w, [w >= 0, cp.sum(w) == 1])
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        problem.solve(solver=cp.HIGHS, highs_options={"solver": "simplex", **TIGHT})
    found.append(exact(w.value))
    if both:
        clarabel(problem)
        found.append(exact(w.value))
    values = [MEASURES[kind](returns, weights, alpha) for weights in found]
    scale = max(abs(values[0]), 1e-3 * size)
    if abs(values[-1] - values[0]) > 2e-9 * scale:
        raise ArithmeticError(f"{kind}: HiGHS and Clarabel say {values}")
    answer: dict[str, Any] = {"objective": min(values), "gap": 0}
    if both and np.max(np.abs(found[0] - found[1])) < UNIQUE:
        answer["weights"] = np.round(found[int(np.argmin(values))], DIGITS)
    return answer


# Assets, rows and whether Clarabel is asked, too.
SIZES = ((2, 60, True), (3, 60, True), (5, 120, True), (10, 252, True), (20, 63, True), (20, 1260, True), (50, 60, True))
SIZES += ((50, 252, True), (100, 252, False), (100, 1260, False), (10, 2500, False), (500, 252, False), (10, 8, True))
SIZES += ((50, 40, True), (100, 60, True))
WINDOWS = ((300, 60), (700, 126), (1500, 252), (2500, 60), (3000, 504), (4600, 252), (5200, 252), (7500, 252), (7560, 40))
ALPHAS = (0.5, 0.75, 0.9, 0.95, 0.99)


def cases(kind: str) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []

    def add(name: str, inputs: dict[str, Any], alphas: tuple[float, ...], both: bool = True) -> None:
        returns, given = returns_of(inputs), with_digest(inputs)
        for alpha in alphas:
            expected = solve(kind, returns, alpha, both)
            params = {"alpha": alpha}
            made.append({"case": f"{name}, alpha {alpha}", "params": params, "inputs": given, "expected": expected})

    for i, (begin, rows) in enumerate(WINDOWS):
        inputs = {"begin": begin, "rows": rows, "cols": 20}
        add(f"20 stocks, {rows} days from row {begin}", inputs, (0.95, ALPHAS[i % 3]))
    for i, (cols, rows, both) in enumerate(SIZES):
        alphas = (0.5, 0.95, 0.99) if both and rows < 1000 else (0.95,)
        inputs = {"seed": 400 + i, "rows": rows, "cols": cols, "factors": 1 + i % 5}
        add(f"{cols} x {rows}", inputs, alphas, both)
    for i, name in enumerate(("duplicate", "multiple", "dominant", "rounded", "losing")):
        for j, (cols, rows) in enumerate(((4, 60), (10, 252), (40, 120))):
            inputs = {"seed": 500 + 10 * i + j, "rows": rows, "cols": cols, "kind": name}
            add(f"{name}, {cols} x {rows}", inputs, (0.95, ALPHAS[(i + j) % 5]) if (i + j) % 5 != 3 else (0.95,))
    return made


def inverse_cases() -> list[dict[str, Any]]:
    """Weights in proportion to 1 / CVaR and 1 / CDaR of each asset alone."""
    made: list[dict[str, Any]] = []
    inputs = [{"begin": begin, "rows": rows, "cols": 20} for begin, rows in WINDOWS]
    inputs += [{"seed": 600 + i, "rows": rows, "cols": cols} for i, (cols, rows, _) in enumerate(SIZES[:10])]
    for i, given in enumerate(inputs):
        returns, alpha = returns_of(given), ALPHAS[i % 5]
        expected = {}
        for kind, measure in MEASURES.items():
            alone = np.array([measure(returns, unit, alpha) for unit in np.eye(returns.shape[1])])
            expected[kind] = (1 / alone) / math.fsum(1 / alone)
        name = ", ".join(f"{key} {value}" for key, value in given.items())
        params = {"alpha": alpha}
        made.append({"case": name, "params": params, "inputs": with_digest(given), "expected": expected})
    return made


def generate(out_dir: pathlib.Path) -> None:
    for kind in MEASURES:
        fixture_io.write(
            out_dir,
            f"optimize/{kind}.json",
            function="Problem.solve with HiGHS (simplex) and Clarabel, the better of the two",
            reference="cvxpy",
            version=importlib.metadata.version("cvxpy"),
            seed=None,
            cases=cases(kind),
        )
    fixture_io.write(
        out_dir,
        "optimize/inverse-tail.json",
        function="CVaR and CDaR of each asset alone, as fractions of a sorted sample",
        reference="numpy",
        version=np.__version__,
        seed=None,
        cases=inverse_cases(),
    )
