"""Built-in targets and z-scores by pandas and scipy: each bar from a frame that ends at it, so nothing can look ahead.

Prices are integer ticks. Real ones are named by file and read by both sides; the others stand in the fixture.
"""

from __future__ import annotations

import gzip
import io
import pathlib
from typing import Any

import numpy as np
import pandas as pd

import fixture_io

SEED = 20240815
MARKET = pathlib.Path(__file__).resolve().parent.parent / "fixtures"
STOCKS = "market/demo/stocks-2013-2022.csv.gz"


def stocks() -> pd.DataFrame:
    """Closes of the demo stocks in thousandths."""
    text = gzip.decompress((MARKET / STOCKS).read_bytes()).decode("utf-8")
    return (pd.read_csv(io.StringIO(text), index_col=0) * 1000).round()


def walk(rng: np.random.Generator, bars: int, symbols: int, gaps: float = 0.0) -> pd.DataFrame:
    """A random walk in whole ticks, some of them missing."""
    steps = np.cumsum(rng.normal(0, 0.02, (bars, symbols)), axis=0)
    prices = np.maximum(np.round(5000 * np.exp(steps)), 1)
    prices[rng.random(prices.shape) < gaps] = np.nan
    return pd.DataFrame(prices, columns=[f"S{j}" for j in range(symbols)])


def panels() -> dict[str, tuple[pd.DataFrame, list[int], dict[str, int], dict[str, Any]]]:
    """Prices, bars, look backs and inputs by name."""
    rng = np.random.default_rng(SEED)
    real = stocks()
    quarters = list(range(0, len(real), 126))
    found = {"real stocks": (real, quarters, {}, {"market": STOCKS, "priceScale": 1000})}

    def add(name: str, prices: pd.DataFrame, bars: list[int], looks: dict[str, int]) -> None:
        found[name] = (prices, bars, looks, {"prices": prices.to_numpy(), "symbols": list(prices.columns)})

    short = {"window": 5, "lookback": 8, "skip": 2}
    add("gaps", walk(rng, 60, 7, gaps=0.06), list(range(60)), short)
    add("shorter than the look back until the last bar", walk(rng, 11, 4), list(range(11)), short)
    ties = pd.DataFrame(rng.integers(9, 13, (40, 6)), columns=list("FBDACE")).astype(float)
    add("ties, names not in order", ties, list(range(40)), {"window": 4, "lookback": 3, "skip": 1})
    flat = walk(rng, 30, 4)
    flat.iloc[:, 1] = 777.0
    flat.iloc[10:20, 2] = flat.iloc[10, 2]
    add("flat stretches", flat, list(range(30)), {"window": 6, "lookback": 6, "skip": 0})
    add("one symbol", walk(rng, 20, 1), list(range(0, 20, 3)), {"window": 3, "lookback": 3, "skip": 1})
    cheap = pd.DataFrame(rng.integers(1, 4, (40, 5)), columns=list("ABCDE")).astype(float)
    add("prices of one to three ticks", cheap, list(range(40)), {"window": 5, "lookback": 5, "skip": 1})
    return found


def momentum(known: pd.DataFrame, lookback: int, skip: int) -> pd.Series:
    """close(t - skip) / close(t - skip - lookback) - 1 of the symbols with a close at the last row."""
    gain = (known.shift(skip) / known.shift(skip + lookback) - 1).iloc[-1]
    return gain[known.iloc[-1].notna()].dropna()


def inverse_volatility(known: pd.DataFrame, window: int) -> pd.Series | None:
    returns = known.pct_change(fill_method=None).iloc[-window:]
    if len(known) <= window:
        return None
    deviation = returns.std(ddof=1, skipna=False)
    deviation = deviation[deviation > 1e-12]
    return (1 / deviation) / (1 / deviation).sum() if len(deviation) else None


def top_momentum(known: pd.DataFrame, lookback: int, skip: int, top: int, positive: bool) -> pd.Series | None:
    gain = momentum(known, lookback, skip)
    if len(gain) == 0:
        return None
    rank = gain.sort_index().rank(method="first", ascending=False)
    held = rank.index[(rank <= top) & (gain[rank.index] > (0 if positive else -np.inf))]
    return pd.Series(1 / top, index=held)


def trend(known: pd.DataFrame, window: int) -> pd.Series | None:
    average = known.rolling(window).mean().iloc[-1].dropna()
    if len(average) == 0:
        return None
    above = known.iloc[-1][average.index] > average
    return above.astype(float) / known.shape[1]


def z_weights(scores: pd.Series, short: bool) -> pd.Series | None:
    """Weights from the scores of one bar, which hold no NaN."""
    if len(scores) < 2 or scores.max() == scores.min():
        return None
    z = (scores - scores.mean()) / scores.std(ddof=1)
    kept = z if short else z.clip(lower=0)
    return kept / kept.abs().sum()


def laid(prices: pd.DataFrame, bars: list[int], weights: Any) -> list[Any]:
    """One row per bar: NaN where there is no target, 0 for the symbols it does not name."""
    rows = []
    for bar in bars:
        row = weights(prices.iloc[: bar + 1])
        width = prices.shape[1]
        rows.append([np.nan] * width if row is None else row.reindex(prices.columns).fillna(0).to_numpy())
    return rows


def write(out_dir: pathlib.Path, name: str, function: str, cases: list[dict[str, Any]]) -> None:
    head = {"reference": "pandas", "version": pd.__version__, "seed": SEED}
    fixture_io.write(out_dir, f"targets/{name}.json", function=function, **head, cases=cases)


def target_cases(make: Any, params: Any) -> list[dict[str, Any]]:
    """One case per panel; `params` chooses the options from the look backs."""
    cases = []
    for name, (prices, bars, looks, inputs) in panels().items():
        for options in params(looks, prices.shape[1]):
            words = ", ".join(f"{key} {value}" for key, value in options.items())
            expected = laid(prices, bars, lambda known, options=options: make(known, **options))
            cases.append(
                {
                    "case": f"{name}, {words}",
                    "params": {"options": options},
                    "inputs": {"bars": bars, **inputs},
                    "expected": {"weights": expected},
                }
            )
    return cases


def zscore_cases() -> list[dict[str, Any]]:
    rng = np.random.default_rng(SEED + 1)
    series = {
        "normal": rng.normal(0, 1, 50),
        "far from zero": 1e6 + rng.normal(0, 1, 40),
        "with gaps": np.where(rng.random(30) < 0.2, np.nan, rng.normal(3, 2, 30)),
        "two": np.array([1.0, 4.0]),
        "ties": rng.integers(0, 3, 20).astype(float),
        "heavy tails": rng.standard_t(1.5, 60),
    }
    return [
        {
            "case": f"{name}, ddof {ddof}",
            "params": {"ddof": ddof},
            "inputs": {"values": values},
            "expected": {"zscore": (pd.Series(values) - pd.Series(values).mean()) / pd.Series(values).std(ddof=ddof)},
        }
        for name, values in series.items()
        for ddof in (0, 1)
    ]


def score_cases() -> list[dict[str, Any]]:
    """Weights from scores that are given, on prices that never move."""
    rng = np.random.default_rng(SEED + 2)
    scores = np.round(rng.normal(1, 2, (12, 5)), 3)
    scores[rng.random(scores.shape) < 0.15] = np.nan
    scores[3] = 7.0
    scores[5, 1:] = np.nan
    prices = pd.DataFrame(np.full(scores.shape, 100.0), columns=list("ABCDE"))
    prices.iloc[8, 2] = np.nan
    frame = pd.DataFrame(scores, columns=prices.columns)

    def weights(known: pd.DataFrame, allowShort: bool) -> pd.Series | None:
        row = frame.iloc[len(known) - 1][known.iloc[-1].notna()].dropna()
        return z_weights(row, allowShort)

    bars = list(range(len(frame)))
    return [
        {
            "case": f"scores given, allowShort {short}",
            "params": {"options": {"allowShort": short}},
            "inputs": {"bars": bars, "prices": prices.to_numpy(), "symbols": list("ABCDE"), "scores": scores},
            "expected": {"weights": laid(prices, bars, lambda known, short=short: weights(known, allowShort=short))},
        }
        for short in (False, True)
    ]


def generate(out_dir: pathlib.Path) -> None:
    """Writes fixtures/targets/*.json."""
    # Other generators of the run change these; each way rounds sums differently in the last bit.
    with pd.option_context("compute.use_bottleneck", False, "compute.use_numexpr", False):
        generate_all(out_dir)


def generate_all(out_dir: pathlib.Path) -> None:
    look = lambda looks: {"lookback": looks.get("lookback", 252), "skip": looks.get("skip", 21)}  # noqa: E731
    volatility = target_cases(inverse_volatility, lambda looks, _: [{"window": looks.get("window", 63)}])
    write(out_dir, "inverse-volatility", "DataFrame.pct_change, std", volatility)
    by_top = target_cases(
        lambda known, positiveOnly, **rest: top_momentum(known, positive=positiveOnly, **rest),
        lambda looks, n: [
            {**look(looks), "top": top, "positiveOnly": top > 1} for top in sorted({1, (n + 1) // 2, n})
        ]
        + [{**look(looks), "top": max(1, n - 1), "positiveOnly": False}] * (n > 2),
    )
    write(out_dir, "momentum", "DataFrame.shift, rank", by_top)
    above = target_cases(trend, lambda looks, _: [{"window": looks.get("window", 200)}])
    write(out_dir, "trend", "DataFrame.rolling, mean", above)
    by_z = [
        case
        for case in target_cases(
            lambda known, lookback, skip, allowShort: z_weights(momentum(known, lookback, skip), allowShort),
            lambda looks, _: [{**look(looks), "allowShort": short} for short in (False, True)],
        )
        if not case["case"].startswith("one symbol")
    ]
    write(out_dir, "zscore-weights", "Series.mean, std", by_z + score_cases())
    write(out_dir, "zscore", "Series.mean, std", zscore_cases())


if __name__ == "__main__":
    import sys

    generate(pathlib.Path(sys.argv[1]))
