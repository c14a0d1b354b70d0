"""nanobook, called from Python as its users do: lists of tuples in, a dict of lists out; orders
one call each. Building the lists is not timed."""

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


def spearman(arrays, params):
    x, y = arrays["x"].tolist(), arrays["y"].tolist()
    return lambda: nanobook.py_spearman(x, y), lambda found: {"correlation": found[0], "pValue": found[1]}


INDICATORS = {
    "sma": (lambda close: nanobook.py_sma(close, 30), ("close",)),
    "ema": (lambda close: nanobook.py_ema(close, 30), ("close",)),
    "rsi": (nanobook.py_rsi, ("close",)),
    "macd": (nanobook.py_macd, ("close",)),
    "bbands": (nanobook.py_bbands, ("close",)),
    "atr": (nanobook.py_atr, ("high", "low", "close")),
    "stoch": (nanobook.py_stoch, ("high", "low", "close")),
    "adx": (nanobook.py_adx, ("high", "low", "close")),
}


def indicator(name):
    function, columns = INDICATORS[name]

    def prepare(arrays, params):
        series = [arrays[column].tolist() for column in columns]

        def check(result):
            outputs = result if isinstance(result, tuple) else (result,)
            ends = {f"middle{k}": out[len(out) // 2] for k, out in enumerate(outputs)}
            return ends | {f"last{k}": out[-1] for k, out in enumerate(outputs)}

        return lambda: function(*series), check

    return prepare


def book_check(exchange):
    trades = exchange.trades()
    return {
        "trades": len(trades),
        "notional": sum(trade.price * trade.quantity for trade in trades),
        "bestBid": exchange.best_bid() or 0,
        "bestAsk": exchange.best_ask() or 0,
    }


def orders(arrays, params):
    """A stream of orders, after stops that the stream does not reach."""
    stops = int(params.get("stops", 0))
    kinds, prices, quantities = (arrays[name].astype(int).tolist() for name in ("kind", "price", "quantity"))
    sides = ["sell" if side else "buy" for side in arrays["side"].tolist()]
    ids = (arrays["orderId"].astype(int) + stops).tolist()
    pending = [("sell" if i % 2 else "buy", (-1) ** i * (101 + i // 2) + 10_000) for i in range(stops)]

    def run():
        exchange = nanobook.Exchange()
        stop, limit, cancel = exchange.submit_stop_market, exchange.submit_limit, exchange.cancel
        market = exchange.submit_market
        for side, price in pending:
            stop(side, price, 1)
        for kind, side, price, quantity, name in zip(kinds, sides, prices, quantities, ids):
            if kind == 0:
                limit(side, price, quantity)
            elif kind == 2:
                cancel(name)
            else:
                market(side, quantity)
        return exchange

    return run, book_check


def cascade(arrays, params):
    """Bids at falling prices, a stop at each but every 101st, and orders that set off a hundred stops each."""
    stops = int(params["stops"])
    prices = [10 * stops - i for i in range(stops // 100 * 101)]

    def run():
        exchange = nanobook.Exchange()
        for price in prices:
            exchange.submit_limit("buy", price, 1)
        for i, price in enumerate(prices):
            if i % 101 < 100:
                exchange.submit_stop_market("sell", price, 1)
        for _ in range(stops // 100):
            exchange.submit_market("sell", 1)
        return exchange

    return run, book_check


def portfolio(function):
    """Weights by name; the objective that they come to is told by the peers that solve the problem."""

    def prepare(arrays, params):
        returns = arrays["returns"]
        rows, names = returns.tolist(), [f"A{j}" for j in range(returns.shape[1])]

        def check(weights):
            path = returns @ [weights[name] for name in names]
            ratio = path.mean() / path.std(ddof=1)
            return {"objective": float(ratio if params["method"] == "max-sharpe" else path.var(ddof=1))}

        return lambda: function(rows, names), check

    return prepare


serve(
    {
        "backtestWeights": backtest_weights,
        "computeMetrics": compute_metrics,
        "rollingSharpe": rolling_sharpe,
        "spearman": spearman,
        "orders": orders,
        "cascade": cascade,
        "minVariance": portfolio(nanobook.py_optimize_min_variance),
        "maxSharpe": portfolio(lambda rows, names: nanobook.py_optimize_max_sharpe(rows, names, 0.0)),
        "riskParity": portfolio(nanobook.py_optimize_risk_parity),
        **{name: indicator(name) for name in INDICATORS},
    },
    version("nanobook"),
)
