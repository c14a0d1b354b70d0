"""Which function of TA-Lib answers for which of ours, with which columns, parameters and names of outputs.

A series that is no price goes by `values`, a second one by `other`: they are asked with closes and highs.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import talib

MOVING_AVERAGES = ("sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3")

HLC = ("high", "low", "close")
HL = ("high", "low")


@dataclasses.dataclass(frozen=True)
class Asked:
    """A function of ours and the one that answers for it."""

    name: str
    talib: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    # Smallest and default value of each parameter; a word is a moving average.
    minimum: tuple
    default: tuple
    # Which of our parameters each of TA-Lib's is, where they come in another order.
    order: tuple[int, ...] | None = None

    def answer(self, bars: dict[str, np.ndarray], parameters: tuple) -> dict[str, np.ndarray]:
        """What TA-Lib says, by output."""
        columns = [np.ascontiguousarray(bars[name], dtype=float) for name in self.inputs]
        given = parameters if self.order is None else [parameters[k] for k in self.order]
        numbers = [MOVING_AVERAGES.index(p) if isinstance(p, str) else p for p in given]
        answer = getattr(talib, self.talib)(*columns, *numbers)
        return dict(zip(self.outputs, answer if isinstance(answer, tuple) else (answer,)))


def _one(name: str, function: str, inputs: tuple[str, ...], minimum: tuple, default: tuple) -> Asked:
    return Asked(name, function, inputs, (name,), minimum, default)


def _close(name: str, function: str, minimum: int, default: int) -> Asked:
    return _one(name, function, ("close",), (minimum,), (default,))


# Start, offset on reverse, then three factors of acceleration for long and three for short.
SAR_EXT_MINIMUM = (0.0,) * 8
SAR_EXT = (0.0, 0.0, 0.02, 0.02, 0.2, 0.02, 0.02, 0.2)

OVERLAP = (
    _close("sma", "SMA", 1, 30),
    _close("ema", "EMA", 1, 30),
    _close("wma", "WMA", 1, 30),
    _close("dema", "DEMA", 1, 30),
    _close("tema", "TEMA", 1, 30),
    _close("trima", "TRIMA", 1, 30),
    _close("kama", "KAMA", 1, 30),
    Asked("mama", "MAMA", ("close",), ("mama", "fama"), (0.01, 0.01), (0.5, 0.05)),
    _one("t3", "T3", ("close",), (1, 0.0), (5, 0.7)),
    _one("ma", "MA", ("close",), (1, "sma"), (30, "sma")),
    Asked("bbands", "BBANDS", ("close",), ("upper", "middle", "lower"), (2, 0.0, 0.0, "sma"), (20, 2.0, 2.0, "sma")),
    _close("midpoint", "MIDPOINT", 2, 14),
    _one("midprice", "MIDPRICE", HL, (2,), (14,)),
    _one("sar", "SAR", HL, (0.0, 0.0), (0.02, 0.2)),
    _one("sarExt", "SAREXT", HL, SAR_EXT_MINIMUM, SAR_EXT),
    _one("avgPrice", "AVGPRICE", ("open", *HLC), (), ()),
    _one("medPrice", "MEDPRICE", HL, (), ()),
    _one("typPrice", "TYPPRICE", HLC, (), ()),
    _one("wclPrice", "WCLPRICE", HLC, (), ()),
)

TREND = (
    Asked("macd", "MACD", ("close",), ("macd", "signal", "histogram"), (2, 2, 1), (12, 26, 9)),
    Asked(
        "macdExt",
        "MACDEXT",
        ("close",),
        ("macd", "signal", "histogram"),
        (2, "sma", 2, "sma", 1, "sma"),
        (12, "sma", 26, "sma", 9, "sma"),
    ),
    Asked("macdFix", "MACDFIX", ("close",), ("macd", "signal", "histogram"), (1,), (9,)),
    _one("apo", "APO", ("close",), (2, 2, "ema"), (12, 26, "ema")),
    _one("ppo", "PPO", ("close",), (2, 2, "ema"), (12, 26, "ema")),
    _close("trix", "TRIX", 1, 30),
    _one("adx", "ADX", HLC, (2,), (14,)),
    _one("adxr", "ADXR", HLC, (2,), (14,)),
    _one("dx", "DX", HLC, (2,), (14,)),
    _one("plusDi", "PLUS_DI", HLC, (1,), (14,)),
    _one("minusDi", "MINUS_DI", HLC, (1,), (14,)),
    _one("plusDm", "PLUS_DM", HL, (1,), (14,)),
    _one("minusDm", "MINUS_DM", HL, (1,), (14,)),
    Asked("aroon", "AROON", HL, ("down", "up"), (2,), (14,)),
    _one("aroonOsc", "AROONOSC", HL, (2,), (14,)),
)

MOMENTUM = (
    _close("rsi", "RSI", 2, 14),
    Asked("stochRsi", "STOCHRSI", ("close",), ("fastK", "fastD"), (2, 1, 1, "sma"), (14, 5, 3, "sma")),
    Asked(
        "stoch",
        "STOCH",
        HLC,
        ("slowK", "slowD"),
        (1, 1, 1, "sma", "sma"),
        (5, 3, 3, "sma", "sma"),
        (0, 1, 3, 2, 4),
    ),
    Asked("stochF", "STOCHF", HLC, ("fastK", "fastD"), (1, 1, "sma"), (5, 3, "sma")),
    _one("cci", "CCI", HLC, (2,), (14,)),
    _one("willr", "WILLR", HLC, (2,), (14,)),
    _one("ultosc", "ULTOSC", HLC, (1, 1, 1), (7, 14, 28)),
    _close("mom", "MOM", 1, 10),
    _close("roc", "ROC", 1, 10),
    _close("rocp", "ROCP", 1, 10),
    _close("rocr", "ROCR", 1, 10),
    _close("rocr100", "ROCR100", 1, 10),
    _close("cmo", "CMO", 2, 14),
    _one("bop", "BOP", ("open", *HLC), (), ()),
)

STATISTIC = (
    _one("stddev", "STDDEV", ("close",), (2, 1.0), (5, 1.0)),
    _close("variance", "VAR", 1, 5),
    _one("correl", "CORREL", HL, (1,), (30,)),
    _one("beta", "BETA", HL, (1,), (5,)),
    _close("linearReg", "LINEARREG", 2, 14),
    _close("linearRegSlope", "LINEARREG_SLOPE", 2, 14),
    _close("linearRegIntercept", "LINEARREG_INTERCEPT", 2, 14),
    _close("linearRegAngle", "LINEARREG_ANGLE", 2, 14),
    _close("tsf", "TSF", 2, 14),
    _close("rollingMin", "MIN", 2, 30),
    _close("rollingMax", "MAX", 2, 30),
    _close("rollingSum", "SUM", 2, 30),
)

VOLUME = (
    _one("atr", "ATR", HLC, (1,), (14,)),
    _one("natr", "NATR", HLC, (1,), (14,)),
    _one("trueRange", "TRANGE", HLC, (), ()),
    _one("obv", "OBV", ("close", "volume"), (), ()),
    _one("ad", "AD", (*HLC, "volume"), (), ()),
    _one("adosc", "ADOSC", (*HLC, "volume"), (2, 2), (3, 10)),
    _one("mfi", "MFI", (*HLC, "volume"), (2,), (14,)),
)

FAMILIES = {"overlap": OVERLAP, "trend": TREND, "momentum": MOMENTUM, "statistic": STATISTIC, "volume": VOLUME}
FUNCTIONS = {asked.name: asked for family in FAMILIES.values() for asked in family}
