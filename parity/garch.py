"""GARCH and EGARCH fits of arch, each the best of eight starts: fixtures `volatility/garch.json` and `egarch.json`.

`garch_higher.json` has our parameters of the cases in which our maximum is the higher one: arch is asked for its
likelihood there.

Returns are in percent.
"""

from __future__ import annotations

import importlib.metadata
import json
import math
import pathlib
import warnings
from typing import Any

import numpy as np
from arch.univariate import ARX, EGARCH, GARCH, ConstantMean, Normal, SkewStudent, StudentsT, ZeroMean

import fixture_io
from garch_series import chosen, drawn, market, simulate, STOCKS, stocks

Case = dict[str, Any]
SEED = 20260707
HIGHER = pathlib.Path(__file__).resolve().parent / "garch_higher.json"
TOLERANCE = 1e-14
RANDOM_STARTS = 6
MIXES = ((0.05, 0.98), (0.1, 0.9), (0.01, 0.98), (0.2, 0.5), (0.02, 0.7), (0.2, 0.98))
MEANS = {"zero": ZeroMean, "constant": ConstantMean, "ar1": ARX}
LAWS = {"normal": Normal, "t": StudentsT, "skewt": SkewStudent}


def model_of(values: np.ndarray, options: dict[str, Any]) -> Any:
    mean = options.get("mean", "zero")
    kind = MEANS[mean]
    model = kind(values, lags=1, rescale=False) if mean == "ar1" else kind(values, rescale=False)
    kind_of_variance = EGARCH if options.get("model") == "egarch" else GARCH
    model.volatility = kind_of_variance(p=options.get("p", 1), o=options.get("o", 0), q=options.get("q", 1))
    model.distribution = LAWS[options.get("dist", "normal")]()
    return model


def starts_of(model: Any, options: dict[str, Any], rng: np.random.Generator) -> list[np.ndarray | None]:
    """None is arch's own grid; then the best of the mixes, then seeded ones."""
    p, o, q = options.get("p", 1), options.get("o", 0), options.get("q", 1)
    dist = options.get("dist", "normal")
    model._adjust_sample(None, None)
    mean = model.starting_values()
    residuals = model.resids(mean)
    square = float(np.mean(residuals**2))
    shape = {"normal": [], "t": [8.0], "skewt": [8.0, 0.0]}[dist]

    def start(share: float, persistence: float, alphas: np.ndarray, betas: np.ndarray) -> np.ndarray:
        if options.get("model") == "egarch":
            level = (1 - persistence) * math.log(square)
            gammas = np.full(o, -share / max(o, 1))
            return np.concatenate((mean, [level], 2 * share * alphas, gammas, persistence * betas, shape))
        asymmetric = share / 2
        rest = persistence - share - (asymmetric / 2 if o else 0)
        gammas = np.full(o, asymmetric / max(o, 1))
        return np.concatenate((mean, [(1 - persistence) * square], share * alphas, gammas, rest * betas, shape))

    mixes = [start(a, b, np.full(p, 1 / p), np.full(q, 1 / max(q, 1))) for a, b in MIXES]
    best = max(mixes, key=lambda sv: model.fix(sv).loglikelihood)
    seeded = []
    for _ in range(RANDOM_STARTS):
        share = rng.uniform(0.01, 0.3)
        persistence = rng.uniform(share + 0.2, 0.995)
        alphas = rng.dirichlet(np.ones(p))
        betas = rng.dirichlet(np.ones(q)) if q else np.empty(0)
        seeded.append(start(share, persistence, alphas, betas))
    return [None, best, *seeded]


def fit(values: np.ndarray, options: dict[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    model = model_of(values, options)
    found = []
    for start in starts_of(model, options, rng):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = model.fit(
                disp="off", tol=TOLERANCE, options={"maxiter": 2000}, starting_values=start, show_warning=False
            )
        found.append(result)
    best = max(found, key=lambda result: result.loglikelihood if np.isfinite(result.loglikelihood) else -np.inf)
    # arch has no analytic forecast of EGARCH beyond the next period.
    horizon = 1 if options.get("model") == "egarch" else 5
    forecast = best.forecast(horizon=horizon).residual_variance.to_numpy()[-1]
    return {
        **({} if options.get("mean", "zero") == "zero" else {"continued": continued(model, best, horizon)}),
        "likelihood": best.loglikelihood,
        "optimum": best.loglikelihood,
        "forecast": forecast,
        "params": best.params.to_numpy(),
        "lastVariance": float(best.conditional_volatility[-1]) ** 2,
    }


def continued(model: Any, result: Any, horizon: int) -> np.ndarray:
    """Forecasts that go on from the variances of the fit.

    arch's own make the variances anew, from another start: the backcast of the residuals at the optimum, where its
    likelihood has that of least squares.
    """
    residuals = result.resid[np.isfinite(result.resid)]
    _, parameters, _ = model._parse_parameters(result.params.to_numpy())
    first = model.resids(model.starting_values())
    volatility = model.volatility
    bounds = volatility.variance_bounds(first)
    last = len(residuals) - 1
    ahead = volatility.forecast(parameters, residuals, volatility.backcast(first), bounds, start=last, horizon=horizon)
    return ahead.forecasts[-1]


def standard_errors(values: np.ndarray, options: dict[str, Any], params: np.ndarray) -> dict[str, Any]:
    """By arch's numerical derivatives at these parameters."""
    model = model_of(values, options)
    model.fix(params)
    found = {}
    for name, robust in (("robust", True), ("hessian", False)):
        with np.errstate(invalid="ignore"):
            found[name] = np.sqrt(np.diag(model.compute_param_cov(params, robust=robust)))
    return found


def stalled(values: np.ndarray) -> float | None:
    """arch's likelihood on the same returns as decimals, if it stops where it starts and says that it has converged."""
    model = model_of(values / 100, {})
    result = model.fit(disp="off", show_warning=False)
    start = model.volatility.starting_values(model.resids(model.starting_values()))
    stopped = result.convergence_flag == 0 and np.allclose(result.params.to_numpy(), start, rtol=1e-9, atol=0)
    return float(result.loglikelihood) if stopped else None


def case_of(
    name: str,
    inputs: dict[str, Any],
    values: np.ndarray,
    options: dict[str, Any],
    rng: np.random.Generator,
    with_errors: bool = False,
) -> Case:
    expected = fit(values, options, rng)
    if with_errors:
        expected["stdErrors"] = standard_errors(values, options, expected["params"])
    ours = json.loads(HIGHER.read_text(encoding="utf-8")).get(name)
    if ours is not None:
        expected["higher"] = float(model_of(values, options).fix(ours).loglikelihood)
    params = {**options, "arch": expected["params"]}
    return {"case": name, "params": params, "inputs": inputs, "expected": expected}


def egarch_cases() -> list[Case]:
    rng = np.random.default_rng(SEED + 1)
    made: list[Case] = []
    series = {
        "S&P 500": {"market": "market/sp500-index-1990-2022.csv.gz", "column": "SP500"},
        "JPM": {"market": "market/sp500-20-stocks-1990-2022.csv.gz", "column": "JPM"},
    }
    for seed, n, alpha, beta, freedom in ((2000, 1000, 0.1, 0.85, 0), (2001, 3000, 0.05, 0.94, 6), (2002, 500, 0.2, 0.5, 0)):
        inputs = {"seed": seed, "n": n, "alpha": alpha, "beta": beta, "gamma": 0, "freedom": freedom}
        series[f"simulated {seed}"] = inputs
    for name, inputs in series.items():
        real = "market" in inputs
        values = market(inputs["market"], inputs["column"]) if real else simulate(**inputs)
        models = ({}, {"o": 1}, {"o": 1, "dist": "t"}, {"p": 2, "o": 1, "q": 2, "mean": "constant"})
        # Eight thousand returns take long: two models each.
        for extra in models[1:3] if name == "S&P 500" else models[::2] if real else models:
            options = {"model": "egarch", **extra}
            label = " ".join(f"{k} {v}" for k, v in options.items())
            made.append(case_of(f"{name}, {label}", inputs, values, options, rng))
    return made


def cases() -> list[Case]:
    rng = np.random.default_rng(SEED)
    made: list[Case] = []

    def add(name: str, inputs: dict[str, Any], values: np.ndarray, options: dict[str, Any], with_errors: bool = False) -> None:
        made.append(case_of(name, inputs, values, options, rng, with_errors))

    index = "market/sp500-index-1990-2022.csv.gz"
    nasdaq = "market/nasdaq-ohlcv-1999-2018.csv.gz"
    real = [("S&P 500", index, "SP500"), ("Nasdaq", nasdaq, "Close")] + [(symbol, STOCKS, symbol) for symbol in stocks()]
    variants = [{"dist": "t"}, {"o": 1}, {"mean": "constant"}, {"o": 1, "dist": "skewt", "mean": "ar1"}]
    for i, (name, path, column) in enumerate(real):
        values = market(path, column)
        for options in [{}] + (variants if i < 2 else []):
            label = " ".join(f"{k} {v}" for k, v in options.items())
            inputs = {"market": path, "column": column}
            add(f"{name}{', ' if label else ''}{label}", inputs, values, options, i < 2)
        plain = next(case for case in made if case["case"] == name)
        start = stalled(values)
        if start is not None:
            plain["params"]["stalled"] = start
            plain["expected"]["decimals"] = plain["expected"]["params"]

    simulated = [*chosen(), *drawn(rng)]
    for i, (n, alpha, beta, gamma, freedom, options) in enumerate(simulated):
        seed = 1000 + i
        inputs = {"seed": seed, "n": n, "alpha": alpha, "beta": beta, "gamma": gamma, "freedom": freedom}
        label = " ".join(f"{k} {v}" for k, v in options.items())
        name = f"simulated {seed}, n {n}, alpha {alpha}, beta {beta}, gamma {gamma}, freedom {freedom}, {label}"
        add(name.rstrip(", "), inputs, simulate(seed, n, alpha, beta, gamma, freedom), options)
    return made


def generate(out_dir: pathlib.Path) -> None:
    fixture_io.write(
        out_dir,
        "volatility/garch.json",
        function="univariate.GARCH, the best of eight starts at tolerance 1e-14",
        reference="arch",
        version=importlib.metadata.version("arch"),
        seed=SEED,
        cases=cases(),
    )
    fixture_io.write(
        out_dir,
        "volatility/egarch.json",
        function="univariate.EGARCH, the best of eight starts at tolerance 1e-14",
        reference="arch",
        version=importlib.metadata.version("arch"),
        seed=SEED + 1,
        cases=egarch_cases(),
    )
