"""nanobook, called from Python as its users do: lists of tuples in, a dict of lists out. Building the lists is not timed."""

import gc
from importlib.metadata import version

import nanobook

from peer import serve


def backtest_weights(arrays, params):
    gc.disable()  # millions of new tuples: collecting on the way takes longer than making them
    symbols = [f"S{j}" for j in range(arrays["prices"].shape[1])]
    bar = nanobook.BarPrices
    prices = [
        list(zip(symbols, [bar(price, price, price, price) for price in row]))
        for row in arrays["prices"].astype(int).tolist()
    ]
    weights = [list(zip(symbols, row)) for row in arrays["weights"].tolist()]
    gc.enable()
    cash = int(params["initialCash"])
    costs = nanobook.CostModel(float(params.get("costBps", 0)), 0.0, 0)

    def run():
        return nanobook.py_backtest_weights(
            weights, prices, cash, costs, nanobook.FillPolicy.SignalBarClose, quantity_step=1
        )

    return run, lambda result: {"finalEquity": float(result["equity_curve"][-1])}


def compute_metrics(arrays, params):
    returns = arrays["returns"].tolist()

    def check(metrics):
        return {
            "totalReturn": metrics.total_return,
            "cagr": metrics.cagr,
            "volatility": metrics.volatility,
            "sharpe": metrics.sharpe,
            "sortino": metrics.sortino,
            "maxDrawdown": metrics.max_drawdown,
            "calmar": metrics.calmar,
            "cvar95": metrics.cvar_95,
        }

    return lambda: nanobook.py_compute_metrics(returns, 252.0, 0.0), check


def rolling_sharpe(arrays, params):
    returns = arrays["returns"].tolist()
    window = int(params["window"])
    return lambda: nanobook.py_rolling_sharpe(returns, window, 252), lambda out: {"last": out[-1]}


serve(
    {"backtestWeights": backtest_weights, "computeMetrics": compute_metrics, "rollingSharpe": rolling_sharpe},
    version("nanobook"),
)
