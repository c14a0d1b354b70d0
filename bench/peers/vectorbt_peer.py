"""vectorbt: a backtest to target percents of the equity, one shared cash account."""

import warnings

import pandas as pd
import vectorbt as vbt

from peer import serve

warnings.filterwarnings("ignore")


def from_orders(arrays, params):
    close = pd.DataFrame(arrays["prices"])
    size = pd.DataFrame(arrays["weights"])
    fees = params.get("costBps", 0) / 1e4

    def run():
        portfolio = vbt.Portfolio.from_orders(
            close,
            size=size,
            size_type="targetpercent",
            group_by=True,
            cash_sharing=True,
            call_seq="auto",
            init_cash=params["initialCash"],
            fees=fees,
            freq="1D",
        )
        return portfolio.value()

    return run, lambda value: {"finalEquity": float(value.iloc[-1])}


serve({"fromOrders": from_orders}, vbt.__version__)
