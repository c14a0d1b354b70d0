"""bottleneck: rolling windows in C."""

import bottleneck

from peer import serve


def rolling_sharpe(arrays, params):
    returns = arrays["returns"]
    window = int(params["window"])

    def run():
        mean = bottleneck.move_mean(returns, window)
        return mean / bottleneck.move_std(returns, window, ddof=1) * 252**0.5

    return run, lambda sharpe: {"last": float(sharpe[-1])}


serve({"rollingSharpe": rolling_sharpe}, bottleneck.__version__)
