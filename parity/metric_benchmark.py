"""Cases of the figures that compare returns with those of a benchmark."""

from __future__ import annotations

from typing import Any

import numpy as np

from metric_series import SEED, attempt, dated


def benchmark_pairs() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    rng = np.random.default_rng(SEED + 2)
    market = np.round(rng.normal(0.0004, 0.01, 300), 6)
    noise = np.round(rng.normal(0.0001, 0.004, 300), 6)
    up = np.abs(market) + 0.0001
    return {
        "follows the market": (0.8 * market + noise, market),
        "against the market": (-0.5 * market + noise, market),
        "unrelated": (noise, market),
        "the market itself": (market, market),
        "a market that only rises": (0.5 * up + noise, up),
        "a constant benchmark": (market[:50], np.full(50, 0.0002)),
        "a constant portfolio": (np.full(50, 0.0002), market[:50]),
        "two periods": (np.array([0.01, -0.02]), np.array([0.02, -0.01])),
    }


def benchmark_empyrical() -> list[dict[str, Any]]:
    import empyrical

    cases = []
    for name, (r, b) in benchmark_pairs().items():
        for risk_free in (0.0, 0.0001) if name == "follows the market" else (0.0001,):
            alpha, beta = empyrical.alpha_beta_aligned(r, b, risk_free=risk_free)
            cases.append(
                {
                    "case": f"{name}, riskFree {risk_free}",
                    "params": {"riskFree": risk_free},
                    "inputs": {"returns": r, "benchmark": b},
                    "expected": {
                        "alphaCompounded": float(alpha),
                        "beta": float(beta),
                        "informationRatio": float(empyrical.excess_sharpe(r, b)),
                        "upCapture": attempt(lambda: empyrical.up_capture(r, b)),
                        "downCapture": attempt(lambda: empyrical.down_capture(r, b)),
                        "excessReturn": float(empyrical.annual_return(r) - empyrical.annual_return(b)),
                        "trackingError": float(empyrical.annual_volatility(r - b)),
                    },
                }
            )
    return cases


def benchmark_quantstats(stats: Any) -> list[dict[str, Any]]:
    cases = []
    for name, (r, b) in benchmark_pairs().items():
        returns, benchmark = dated(r), dated(b)
        greeks = stats.greeks(returns, benchmark)
        cases.append(
            {
                "case": name,
                "params": {},
                "inputs": {"returns": r, "benchmark": b},
                "expected": {
                    "alpha": float(greeks["alpha"]),
                    "beta": float(greeks["beta"]),
                    "rSquared": attempt(lambda: stats.r_squared(returns, benchmark)),
                    "informationRatio": attempt(lambda: stats.information_ratio(returns, benchmark)),
                    "correlation": float(returns.corr(benchmark)),
                },
            }
        )
    return cases
