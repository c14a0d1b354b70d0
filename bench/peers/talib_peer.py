"""TA-Lib: its C, called from Python on NumPy arrays, with the defaults of each function."""

import talib

from peer import serve

CLOSE = ("close",)
BARS = ("high", "low", "close")

FUNCTIONS = {
    "sma": (talib.SMA, CLOSE),
    "ema": (talib.EMA, CLOSE),
    "rsi": (talib.RSI, CLOSE),
    "macd": (talib.MACD, CLOSE),
    "bbands": (lambda close: talib.BBANDS(close, 20), CLOSE),  # TA-Lib 0.8 has 20 as the default, older ones 5
    "atr": (talib.ATR, BARS),
    "stoch": (talib.STOCH, BARS),
    "adx": (talib.ADX, BARS),
}


def kernel(name):
    """The kernel of one function."""
    function, columns = FUNCTIONS[name]

    def prepare(arrays, params):
        series = [arrays[column] for column in columns]

        def check(result):
            outputs = result if isinstance(result, tuple) else (result,)
            found = {}
            for k, out in enumerate(outputs):
                found[f"middle{k}"] = float(out[len(out) // 2])
                found[f"last{k}"] = float(out[-1])
            return found

        return lambda: function(*series), check

    return prepare


serve({name: kernel(name) for name in FUNCTIONS}, talib.__version__)
