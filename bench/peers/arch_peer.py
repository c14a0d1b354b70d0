"""arch: GARCH fits with a forecast, at its default tolerance."""

import math

import arch
import numpy as np
from arch import arch_model
from peer import serve


def fit(arrays, params):
    """On returns in percent: on decimals arch stops at its start values."""
    returns = arrays["returns"] * 100
    model = params.get("model", "garch")
    asymmetric = int(params.get("o", 0))
    dist = params.get("dist", "normal")

    def run():
        asked = arch_model(
            returns, mean="Zero", vol=model.upper(), p=1, o=asymmetric, q=1, dist=dist, rescale=False
        )
        result = asked.fit(disp="off", show_warning=False)
        return result, result.forecast(horizon=1, reindex=False)

    def check(found):
        result, forecast = found
        return {
            "logLikelihood": float(result.loglikelihood) + len(returns) * math.log(100),
            "forecast": math.sqrt(forecast.variance.iloc[-1, 0]) / 100,
        }

    return run, check


def likelihood(arrays, params):
    """One pass without derivatives."""
    returns = arrays["returns"] * 100
    model = arch_model(returns, mean="Zero", vol="GARCH", p=1, q=1, rescale=False)
    model._adjust_sample(None, None)
    volatility = model.volatility
    backcast = volatility.backcast(returns)
    bounds = volatility.variance_bounds(returns)
    at = np.array([params["omega"] * 1e4, params["alpha"], params["beta"]])
    sigma2 = returns * 0

    def run():
        return model._loglikelihood(at, sigma2, backcast, bounds)

    return run, lambda found: {"logLikelihood": -float(found) + len(returns) * math.log(100)}


serve({"fit": fit, "likelihood": likelihood}, arch.__version__)
