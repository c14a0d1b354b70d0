"""The quadratic programs of the optimizer fixtures: solved by cvxpy with Clarabel, then polished.

An interior-point solver stops a little inside its limits. The polish takes the limits that the solver found to bind,
solves the equations of the optimum on them, and is kept where it keeps all limits and is no worse. `gap` is what any
other point could at most gain: the linear program of the gradient, by HiGHS.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import Any

import cvxpy as cp
import numpy as np
from scipy.optimize import linprog

STEPS = 100


def clarabel(problem: cp.Problem) -> None:
    """At the tightest tolerance of 1e-12, 1e-10 … at which it does not give up."""
    for tight in (1e-12, 1e-10, 1e-8, 1e-6):
        keys = ("tol_gap_abs", "tol_gap_rel", "tol_feas", "tol_ktratio")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                problem.solve(solver=cp.CLARABEL, max_iter=500, **{key: tight for key in keys})
            if problem.status in (cp.OPTIMAL, cp.OPTIMAL_INACCURATE):
                return
        except cp.SolverError:
            continue
    raise ArithmeticError(f"Clarabel: {problem.status}")


@dataclass
class Program:
    """Least ½ x'Hx + c'x with Ax = b, Gx ≤ h and x ≥ 0; `size` first entries of x are what is asked for."""

    h: np.ndarray
    c: np.ndarray
    equal: np.ndarray
    equal_to: np.ndarray
    less: np.ndarray | None = None
    less_than: np.ndarray | None = None
    upper: np.ndarray | None = None
    notes: dict[str, Any] = field(default_factory=dict)

    def value(self, x: np.ndarray) -> float:
        return float(0.5 * x @ self.h @ x + self.c @ x)


def solve(program: Program) -> tuple[np.ndarray, float]:
    """The optimum, and a bound of what it is from the best relative to the value of its quadratic part."""
    n = len(program.c)
    scale = float(np.mean(np.diag(program.h)[np.diag(program.h) > 0]))
    x = cp.Variable(n)
    rules = [program.equal @ x == program.equal_to, x >= 0]
    if program.upper is not None:
        bounded = np.flatnonzero(np.isfinite(program.upper))
        rules.append(x[bounded] <= program.upper[bounded])
    if program.less is not None:
        rules.append(program.less @ x <= program.less_than)
    objective = 0.5 * cp.quad_form(x, cp.psd_wrap(program.h / scale)) + (program.c / scale) @ x
    problem = cp.Problem(cp.Minimize(objective), rules)
    clarabel(problem)
    found = np.maximum(x.value, 0)
    polished = polish(program, found, rules[1].dual_value * scale)
    best = found if polished is None else polished
    return best, gap(program, best)


def _limits(program: Program) -> tuple[np.ndarray, np.ndarray]:
    """All inequalities but x ≥ 0, as rows."""
    n = len(program.c)
    rows, ends = [np.zeros((0, n))], [np.zeros(0)]
    if program.upper is not None:
        bounded = np.flatnonzero(np.isfinite(program.upper))
        rows.append(np.eye(n)[bounded])
        ends.append(program.upper[bounded])
    if program.less is not None:
        rows.append(program.less)
        ends.append(program.less_than)
    return np.vstack(rows), np.concatenate(ends)


def polish(program: Program, start: np.ndarray, prices: np.ndarray) -> np.ndarray | None:
    h, c = program.h, program.c
    rows, ends = _limits(program)
    size = float(np.max(np.abs(h @ start + c)))
    free = start > np.maximum(prices, 0) / size
    binding = ends - rows @ start < 1e-7
    x = np.where(free, start, 0.0)
    for _ in range(STEPS):
        at = np.flatnonzero(free)
        tied = np.vstack([program.equal, rows[binding]])
        tied_to = np.concatenate([program.equal_to, ends[binding]])
        k, m = len(at), len(tied)
        system = np.zeros((k + m, k + m))
        system[:k, :k] = h[np.ix_(at, at)] / size
        system[:k, k:] = tied[:, at].T
        system[k:, :k] = tied[:, at]
        for _ in range(3):
            slope = (h.astype(np.longdouble) @ x + c)[at] / size
            miss = tied_to - tied.astype(np.longdouble) @ x
            step = np.linalg.lstsq(system, np.concatenate([-slope, miss]).astype(float), rcond=1e-13)[0]
            x[at] += step[:k]
        gains = (h @ x + c) / size + tied.T @ step[k:]
        forces = step[k + len(program.equal) :]
        below = free & (x < 0)
        over = ~binding & (rows @ x > ends + 1e-14)
        if below.any() or over.any():
            free &= ~below
            binding |= over
            x = np.where(free, np.maximum(x, 0), 0.0)
            continue
        worst = np.where(free, 0, gains)
        loose = np.flatnonzero(binding)[forces < -1e-12]
        if worst.min() < -1e-12:
            free[int(np.argmin(worst))] = True
        elif len(loose) > 0:
            binding[loose[0]] = False
        else:
            return x
    return None


def gap(program: Program, x: np.ndarray) -> float:
    slope = program.h @ x + program.c
    if np.max(np.abs(slope)) < 1e-10 * np.max(np.diag(program.h)):
        return 0.0  # no risk is left
    rows, ends = _limits(program)
    n = len(x)
    found = linprog(
        slope / np.max(np.abs(slope)),
        A_eq=program.equal,
        b_eq=program.equal_to,
        A_ub=rows if len(rows) else None,
        b_ub=ends if len(rows) else None,
        bounds=[(0, None)] * n,
        method="highs",
    )
    if found.status != 0:
        return float("nan")
    least = float(slope @ found.x)
    return float((slope @ x - least) / max(abs(x @ program.h @ x), abs(program.value(x))))
