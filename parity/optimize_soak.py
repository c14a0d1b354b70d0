"""The best objective that cvxpy's solvers find for each problem of a list on stdin; null where they find none.

Asked by the long test of the optimizers, `npm run soak -- optimize`.
"""

from __future__ import annotations

import json
import sys
import warnings
from typing import Any

import optimize
import optimize_limits
import optimize_tail
from optimize_series import made


def best(problem: dict[str, Any]) -> float | None:
    returns = made(**problem["inputs"])
    method, limits, alpha = problem["method"], problem["limits"], problem["alpha"]
    linear = method in optimize_tail.MEASURES
    if not limits:
        if linear:
            both = returns.size <= 20_000
            return optimize_tail.solve(method, returns, alpha, both)["objective"]
        if method == "risk-parity":
            return None
        function = getattr(optimize, method.replace("-", "_"))
        answer = function(returns, {"riskFree": problem["riskFree"]})
        return None if answer is None or answer.get("status") == "degenerate" else answer["objective"]
    if linear:
        solve = optimize_limits.priced if "l2" in limits else optimize_limits.linear
        return solve(method, returns, limits, alpha)["objective"]
    answer = optimize_limits.quadratic(method, returns, limits, problem["riskFree"])
    return None if answer.get("status") == "degenerate" else answer["objective"]


def main() -> None:
    warnings.simplefilter("ignore")
    answers: list[float | None] = []
    for problem in json.load(sys.stdin):
        try:
            answers.append(best(problem))
        except (ArithmeticError, ValueError) as error:
            print(f"{problem['method']}: {error}", file=sys.stderr)
            answers.append(None)
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
