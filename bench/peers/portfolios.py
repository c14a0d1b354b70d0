"""Portfolios as a user of cvxpy writes them, covariance included: kernels for the peers that are its solvers.

Every kernel takes the returns and gives weights; the check is the figure that was optimised, computed from them.
"""

import warnings

import cvxpy as cp
import numpy as np

warnings.simplefilter("ignore")


def quadratic(build):
    """A kernel out of `build(returns)`, which gives a problem and the variable of the weights, up to their sum."""

    def kernel(solve):
        def prepare(arrays, params):
            returns = arrays["returns"]

            def run():
                problem, weights = build(returns)
                solve(problem)
                return weights.value / weights.value.sum()

            return run, lambda w: {"objective": objective(returns, w, params)}

        return prepare

    return kernel


def objective(returns, w, params):
    w = np.maximum(w, 0)
    w = w / w.sum()
    method = params["method"]
    path = returns @ w
    if method == "max-sharpe":
        return float(path.mean() / path.std(ddof=1))
    if method == "cvar":
        return tail(-path, params["alpha"])
    if method == "cdar":
        total = np.concatenate([[0], np.cumsum(path)])
        return tail((np.maximum.accumulate(total) - total)[1:], params["alpha"])
    return float(path.var(ddof=1))


def tail(losses, alpha):
    count = (1 - alpha) * len(losses)
    ordered = np.sort(losses)[::-1]
    whole = int(count)
    return float((ordered[:whole].sum() + (count - whole) * ordered[whole]) / count)


@quadratic
def min_variance(returns):
    w = cp.Variable(returns.shape[1])
    risk = cp.quad_form(w, cp.psd_wrap(np.cov(returns.T)))
    return cp.Problem(cp.Minimize(risk), [cp.sum(w) == 1, w >= 0]), w


@quadratic
def max_sharpe(returns):
    y = cp.Variable(returns.shape[1])
    risk = cp.quad_form(y, cp.psd_wrap(np.cov(returns.T)))
    return cp.Problem(cp.Minimize(risk), [returns.mean(axis=0) @ y == 1, y >= 0]), y


@quadratic
def risk_parity(returns):
    n = returns.shape[1]
    y = cp.Variable(n)
    sigma = np.cov(returns.T)
    sigma = sigma / np.mean(np.diag(sigma))
    return cp.Problem(cp.Minimize(0.5 * cp.quad_form(y, cp.psd_wrap(sigma)) - cp.sum(cp.log(y)) / n)), y


def tail_kernel(shape):
    """CVaR and CDaR: `shape(returns, w, zeta, over)` gives the rows that hold the excess over the threshold."""

    def kernel(solve):
        def prepare(arrays, params):
            returns, alpha = arrays["returns"], params["alpha"]
            t, n = returns.shape

            def run():
                w, zeta, over = cp.Variable(n, nonneg=True), cp.Variable(), cp.Variable(t, nonneg=True)
                goal = cp.Minimize(zeta + cp.sum(over) / ((1 - alpha) * t))
                solve(cp.Problem(goal, [cp.sum(w) == 1, *shape(returns, w, zeta, over)]))
                return w.value

            return run, lambda w: {"objective": objective(returns, w, params)}

        return prepare

    return kernel


@tail_kernel
def cvar(returns, w, zeta, over):
    return [over >= -returns @ w - zeta]


@tail_kernel
def cdar(returns, w, zeta, over):
    fall = cp.Variable(len(returns), nonneg=True)
    moves = returns @ w
    return [over >= fall - zeta, fall[0] >= -moves[0], fall[1:] >= fall[:-1] - moves[1:]]


def kernels(solve):
    """All of them for one solver."""
    made = {"minVariance": min_variance, "maxSharpe": max_sharpe, "riskParity": risk_parity, "cvar": cvar, "cdar": cdar}
    return {name: kernel(solve) for name, kernel in made.items()}
