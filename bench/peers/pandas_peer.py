"""pandas: rolling windows, and reading a CSV file."""

import pandas as pd

from peer import serve


def rolling_sharpe(arrays, params):
    returns = pd.Series(arrays["returns"])
    window = int(params["window"])

    def run():
        rolling = returns.rolling(window)
        return rolling.mean() / rolling.std() * 252**0.5

    return run, lambda sharpe: {"last": float(sharpe.iloc[-1])}


def read_csv(arrays, params):
    def run():
        return pd.read_csv(params["file"], index_col=0, parse_dates=True)

    def check(frame):
        return {"rows": len(frame), "columns": len(frame.columns), "lastClose": float(frame.iloc[-1, 0])}

    return run, check


def read_wide(arrays, params):
    def run():
        return pd.read_csv(params["file"], parse_dates=["Date"])

    def check(frame):
        return {"cells": len(frame) * (len(frame.columns) - 1), "lastClose": float(frame.iloc[-1, -1])}

    return run, check


def read_long(arrays, params):
    fields = ["open", "high", "low", "close"]

    def run():
        return pd.read_csv(params["file"], parse_dates=["date"]).pivot(index="date", columns="symbol", values=fields)

    def check(panel):
        close = panel["close"]
        return {"cells": int(close.size), "lastClose": float(close[f"S{close.shape[1] - 1}"].iloc[-1])}

    return run, check


serve(
    {"rollingSharpe": rolling_sharpe, "readCsv": read_csv, "readWide": read_wide, "readLong": read_long},
    pd.__version__,
)
