"""Metrics by quantstats 0.0.77, the version of the time our profile of that name speaks of."""

from __future__ import annotations

import pathlib
import sys
import types
import warnings

import pandas as pd

import fixture_io
import metric_series

REFERENCE = "quantstats"
VERSION = "0.0.77"


def quantstats_stats() -> types.ModuleType:
    """quantstats.stats. The package also loads its notebook reports, which want names of IPython that nothing here uses."""
    for name in ("IPython", "IPython.core", "IPython.core.display", "IPython.display"):
        module = types.ModuleType(name)
        module.display = module.HTML = None
        sys.modules.setdefault(name, module)
    import quantstats
    from quantstats import stats

    if quantstats.__version__ != VERSION:
        raise SystemExit(f"quantstats {VERSION} is needed, this is {quantstats.__version__}")
    return stats


def generate(out_dir: pathlib.Path) -> None:
    warnings.simplefilter("ignore")
    pd.set_option("compute.use_bottleneck", False)
    stats = quantstats_stats()
    write = lambda path, function, cases: fixture_io.write(  # noqa: E731
        out_dir,
        f"metrics/{path}",
        function=function,
        reference=REFERENCE,
        version=VERSION,
        seed=metric_series.SEED,
        cases=cases,
    )
    write(
        "compute-metrics-quantstats-0.0.77.json",
        "comp, cagr, volatility, sharpe, sortino, max_drawdown, calmar, cvar, win_rate, profit_factor, payoff_ratio, "
        "kelly_criterion",
        metric_series.quantstats_cases(stats, VERSION, metric_series.asked()),
    )
    write(
        "tail-quantstats-0.0.77.json",
        "cvar, value_at_risk",
        metric_series.tail_cases(
            "hybrid",
            lambda s, alpha: (stats.cvar(s, confidence=1 - alpha), stats.value_at_risk(s, confidence=1 - alpha)),
        ),
    )
