"""Other makers of portfolios: PyPortfolioOpt (HRP, Black-Litterman), scikit-learn (covariance), riskfolio-lib, nanobook.

What riskfolio-lib, PyPortfolioOpt and nanobook call the best portfolio is judged by its own figure (variance, Sharpe
ratio, CVaR, CDaR), computed here from their weights: their solvers stop within their own tolerances.
"""

from __future__ import annotations

import importlib.metadata
import math
import pathlib
from typing import Any

import nanobook
import numpy as np
import pandas as pd
import riskfolio as rp
from pypfopt import EfficientFrontier, HRPOpt
from pypfopt.black_litterman import BlackLittermanModel, market_implied_prior_returns
from pypfopt.risk_models import CovarianceShrinkage
from sklearn.covariance import OAS, LedoitWolf

import fixture_io
from optimize import covariance, spread
from optimize_series import returns_of, with_digest
from optimize_tail import DIGITS, cdar_of, cvar_of

Case = dict[str, Any]
ALPHA = 0.95


def inputs_of() -> list[tuple[str, dict[str, Any]]]:
    made = [
        (f"20 stocks, {rows} days from row {begin}", {"begin": begin, "rows": rows, "cols": 20})
        for begin, rows in ((300, 60), (700, 126), (2500, 252), (4600, 252), (5792, 2520), (7560, 40))
    ]
    for i, (cols, rows) in enumerate(((2, 60), (3, 60), (5, 120), (10, 252), (50, 60), (100, 252), (100, 60))):
        made.append((f"{cols} x {rows}", {"seed": 800 + i, "rows": rows, "cols": cols, "factors": 1 + i % 5}))
    for i, kind in enumerate(("duplicate", "multiple", "dominant", "rounded", "losing")):
        made.append((f"{kind}, 12 x 120", {"seed": 900 + i, "rows": 120, "cols": 12, "kind": kind}))
    return made


def frame(returns: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(returns, columns=[f"A{j}" for j in range(returns.shape[1])])


def row_of(weights: Any, n: int) -> np.ndarray:
    return np.array([weights[f"A{j}"] for j in range(n)], dtype=float)


def ties(kind: str) -> bool:
    """Two clusters that are equally far: their order, and with it the split, is a matter of the code."""
    return kind in ("duplicate", "multiple")


def hrp_cases() -> list[Case]:
    made = []
    for name, inputs in inputs_of():
        if ties(inputs.get("kind", "")):
            continue
        returns = returns_of(inputs)
        weights = row_of(HRPOpt(returns=frame(returns)).optimize(), returns.shape[1])
        expected = {"weights": weights}
        made.append({"case": name, "params": {}, "inputs": with_digest(inputs), "expected": expected})
    return made


def looked_at(matrix: np.ndarray) -> Case:
    """All of a small matrix; of a large one the diagonal and the product with 1, 2 … N."""
    n = len(matrix)
    if n <= 5:
        return {"matrix": matrix}
    return {"diagonal": np.diag(matrix), "product": matrix @ np.arange(1, n + 1)}


def constant_correlation(returns: np.ndarray) -> np.ndarray:
    """PyPortfolioOpt's shrinkage, from a sample covariance with the divisor T as in the paper; it is T - 1 there."""
    shrinkage = CovarianceShrinkage(frame(returns), returns_data=True, frequency=1)
    shrinkage.S = np.cov(returns.T, ddof=0)
    return shrinkage._ledoit_wolf_constant_correlation()[0]


def denoised(returns: np.ndarray) -> np.ndarray:
    """Eigenvalues up to the edge of Marchenko and Pastur become their mean, in the way of Laloux and others.

    Where the largest of them, the market's, lies beyond the edge of noise of variance 1, the noise has the mean of the rest.
    """
    sigma = covariance(returns)
    n = len(sigma)
    size = np.sqrt(np.diag(sigma))
    values, vectors = np.linalg.eigh(sigma / np.outer(size, size))
    edge = (1 + math.sqrt(n / len(returns))) ** 2
    if values[-1] > edge:
        edge *= values[:-1].mean()
    noise = values <= edge
    values[noise] = values[noise].mean()
    rebuilt = (vectors * values) @ vectors.T
    scale = size / np.sqrt(np.diag(rebuilt))
    return rebuilt * np.outer(scale, scale)


def estimator_cases() -> list[Case]:
    made = []
    for name, inputs in inputs_of():
        returns = returns_of(inputs)
        given = with_digest(inputs)
        found = {
            "sample": covariance(returns),
            "ledoit-wolf": LedoitWolf().fit(returns).covariance_,
            "oas": OAS().fit(returns).covariance_,
            "constant-correlation": constant_correlation(returns),
            "denoised": denoised(returns),
        }
        if returns.shape[1] <= 20:
            found["ewma"] = frame(returns).ewm(alpha=0.06).cov().to_numpy()[-returns.shape[1] :]
        for estimator, matrix in found.items():
            params = {"estimator": estimator}
            expected = looked_at(matrix)
            made.append({"case": f"{estimator}, {name}", "params": params, "inputs": given, "expected": expected})
    return made


def black_litterman_cases() -> list[Case]:
    """Views as rows of weights with their return; their uncertainty is τ times the variance of the view's portfolio."""
    made = []
    for i, (name, inputs) in enumerate(inputs_of()):
        returns = returns_of(inputs)
        n = returns.shape[1]
        if n > 20:
            continue
        sigma = frame(covariance(returns))
        sigma.index = sigma.columns
        caps = pd.Series([1.0 + j % 5 for j in range(n)], index=sigma.columns)
        aversion, tau = 2.0 + i % 3, (0.05, 0.025, 0.3)[i % 3]
        prior = market_implied_prior_returns(caps, aversion, sigma, risk_free_rate=0.0)
        views = np.zeros((2 if n > 2 else 1, n))
        views[0, 0], views[0, 1] = 1, -1
        gains = [0.0005, 0.001]
        if n > 2:
            views[1, 2] = 1
        model = BlackLittermanModel(
            sigma, pi=prior, P=views, Q=np.array(gains[: len(views)]), tau=tau, risk_aversion=aversion
        )
        params = {"tau": tau, "riskAversion": aversion, "views": views, "gains": gains[: len(views)]}
        expected = {
            "prior": prior.to_numpy(),
            "expectedReturns": model.bl_returns().to_numpy(),
            **looked_at(model.bl_cov().to_numpy()),
        }
        given = {**with_digest(inputs), "marketWeights": (caps / caps.sum()).to_numpy()}
        made.append({"case": name, "params": params, "inputs": given, "expected": expected})
    return made


def judged(returns: np.ndarray, method: str, weights: np.ndarray) -> float:
    weights = np.maximum(weights, 0)
    weights = weights / math.fsum(weights)
    if method == "min-variance":
        return spread(returns, weights)
    if method == "max-sharpe":
        return float(weights @ returns.mean(axis=0)) / math.sqrt(spread(returns, weights))
    return (cvar_of if method == "cvar" else cdar_of)(returns, weights, ALPHA)


WINDOWS = [
    ("20 stocks, 252 days from row 2500", {"begin": 2500, "rows": 252, "cols": 20}),
    ("10 x 252", {"seed": 950, "rows": 252, "cols": 10}),
]


def pypfopt_cases() -> list[Case]:
    made = []
    for name, inputs in WINDOWS:
        returns = returns_of(inputs)
        names = [f"A{j}" for j in range(returns.shape[1])]
        sigma = pd.DataFrame(covariance(returns), index=names, columns=names)
        gains = pd.Series(returns.mean(axis=0), index=names)
        least = EfficientFrontier(gains, sigma).min_volatility()
        best = EfficientFrontier(gains, sigma).max_sharpe(risk_free_rate=0.0)
        for method, weights in (("min-variance", least), ("max-sharpe", best)):
            expected = {"objective": judged(returns, method, row_of(weights, len(names)))}
            params = {"method": method}
            made.append({"case": f"{method}, {name}", "params": params, "inputs": with_digest(inputs), "expected": expected})
    return made


def riskfolio_cases() -> list[Case]:
    made = []
    for name, inputs in WINDOWS:
        returns = returns_of(inputs)
        n = returns.shape[1]
        portfolio = rp.Portfolio(returns=frame(returns))
        portfolio.alpha = 1 - ALPHA
        portfolio.assets_stats(method_mu="hist", method_cov="hist")
        for method, measure, aim in (
            ("min-variance", "MV", "MinRisk"),
            ("max-sharpe", "MV", "Sharpe"),
            ("cvar", "CVaR", "MinRisk"),
            ("cdar", "CDaR", "MinRisk"),
        ):
            weights = portfolio.optimization(model="Classic", rm=measure, obj=aim, rf=0, l=0, hist=True)
            expected: Case = {"objective": judged(returns, method, row_of(weights["weights"], n))}
            params = {"method": method, "alpha": ALPHA}
            made.append({"case": f"{method}, {name}", "params": params, "inputs": with_digest(inputs), "expected": expected})
        budget = portfolio.rp_optimization(model="Classic", rm="MV", rf=0, hist=True)
        tree = rp.HCPortfolio(returns=frame(returns))
        linked = {"model": "HRP", "codependence": "pearson", "rm": "MV", "linkage": "single"}
        for method, label, weights in (
            ("risk-parity", "risk-parity", budget),
            ("hrp", "hrp, leaves in the order of the tree", tree.optimization(**linked, leaf_order=False)),
            ("hrp", "hrp", tree.optimization(**linked, leaf_order=True)),
        ):
            expected = {"weights": np.round(row_of(weights["weights"], n), DIGITS)}
            made.append(
                {"case": f"{label}, {name}", "params": {"method": method}, "inputs": with_digest(inputs), "expected": expected}
            )
    return made


def nanobook_cases() -> list[Case]:
    made = []
    for name, inputs in WINDOWS:
        returns = returns_of(inputs)
        n = returns.shape[1]
        rows, names = returns.tolist(), [f"A{j}" for j in range(n)]
        answers = {
            "min-variance": nanobook.py_optimize_min_variance(rows, names),
            "max-sharpe": nanobook.py_optimize_max_sharpe(rows, names, 0.0),
            "risk-parity": nanobook.py_optimize_risk_parity(rows, names),
            "hrp": nanobook.py_optimize_hrp(rows, names),
            "inverse-cvar": nanobook.py_inverse_cvar_weights(rows, names, ALPHA),
            "inverse-cdar": nanobook.py_inverse_cdar_weights(rows, names, ALPHA),
        }
        for method, weights in answers.items():
            row = row_of(weights, n)
            judge = method in ("min-variance", "max-sharpe")
            expected = {"objective": judged(returns, method, row)} if judge else {"weights": row}
            params = {"method": method, "alpha": ALPHA}
            made.append({"case": f"{method}, {name}", "params": params, "inputs": with_digest(inputs), "expected": expected})
    return made


def generate(out_dir: pathlib.Path) -> None:
    for name, package, function, cases in (
        ("hrp", "pyportfolioopt", "HRPOpt.optimize", hrp_cases()),
        ("covariance", "scikit-learn", "LedoitWolf, OAS; numpy, pandas (ewm) and PyPortfolioOpt for the others", estimator_cases()),
        ("black-litterman", "pyportfolioopt", "BlackLittermanModel", black_litterman_cases()),
        ("pypfopt", "pyportfolioopt", "EfficientFrontier.min_volatility, max_sharpe", pypfopt_cases()),
        ("riskfolio", "riskfolio-lib", "Portfolio.optimization, rp_optimization, HCPortfolio", riskfolio_cases()),
        ("nanobook", "nanobook", "py_optimize_*, py_inverse_*", nanobook_cases()),
    ):
        fixture_io.write(
            out_dir,
            f"optimize/{name}.json",
            function=function,
            reference=package,
            version=importlib.metadata.version(package),
            seed=None,
            cases=cases,
        )
