/** Indicators against TA-Lib: fixtures of parity/indicators.py. One row for each function of ours. */
import type { Comparison, FixtureCase, Tolerance } from '../comparison.js';
import { numbersOf } from '../comparison.js';
import { ask, scaleOf } from '../indicator-answers.js';
import { TOLERANCES } from '../tolerance.js';

/** Our functions by the file that has their cases, with the function that was asked. */
const FILES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  overlap: {
    sma: 'SMA',
    ema: 'EMA',
    wma: 'WMA',
    dema: 'DEMA',
    tema: 'TEMA',
    trima: 'TRIMA',
    kama: 'KAMA',
    mama: 'MAMA',
    t3: 'T3',
    ma: 'MA',
    bbands: 'BBANDS',
    midpoint: 'MIDPOINT',
    midprice: 'MIDPRICE',
    sar: 'SAR',
    sarExt: 'SAREXT',
    avgPrice: 'AVGPRICE',
    medPrice: 'MEDPRICE',
    typPrice: 'TYPPRICE',
    wclPrice: 'WCLPRICE',
  },
  trend: {
    macd: 'MACD',
    macdExt: 'MACDEXT',
    macdFix: 'MACDFIX',
    apo: 'APO',
    ppo: 'PPO',
    trix: 'TRIX',
    adx: 'ADX',
    adxr: 'ADXR',
    dx: 'DX',
    plusDi: 'PLUS_DI',
    minusDi: 'MINUS_DI',
    plusDm: 'PLUS_DM',
    minusDm: 'MINUS_DM',
    aroon: 'AROON',
    aroonOsc: 'AROONOSC',
  },
  momentum: {
    rsi: 'RSI',
    stochRsi: 'STOCHRSI',
    stoch: 'STOCH',
    stochF: 'STOCHF',
    cci: 'CCI',
    willr: 'WILLR',
    ultosc: 'ULTOSC',
    mom: 'MOM',
    roc: 'ROC',
    rocp: 'ROCP',
    rocr: 'ROCR',
    rocr100: 'ROCR100',
    cmo: 'CMO',
    bop: 'BOP',
  },
  statistic: {
    stddev: 'STDDEV',
    variance: 'VAR',
    correl: 'CORREL',
    beta: 'BETA',
    linearReg: 'LINEARREG',
    linearRegSlope: 'LINEARREG_SLOPE',
    linearRegIntercept: 'LINEARREG_INTERCEPT',
    linearRegAngle: 'LINEARREG_ANGLE',
    tsf: 'TSF',
    rollingMin: 'MIN',
    rollingMax: 'MAX',
    rollingSum: 'SUM',
  },
  volume: {
    atr: 'ATR',
    natr: 'NATR',
    trueRange: 'TRANGE',
    obv: 'OBV',
    ad: 'AD',
    adosc: 'ADOSC',
    mfi: 'MFI',
  },
  beyond: {
    donchian: 'rolling max and min',
    keltner: 'EMA and ATR of TA-Lib',
    ichimoku: 'rolling max and min',
    supertrend: 'TradingView’s rule on the ATR of TA-Lib',
    heikinAshi: 'bars one by one',
    vwap: 'sums of price × volume and of volume',
  },
};

const EXACT = new Set(
  'midpoint midprice rollingMin rollingMax obv mom aroon aroonOsc medPrice trueRange donchian ichimoku'.split(
    ' ',
  ),
);
const QUOTIENTS = new Set(['correl', 'beta', 'ppo', 'cci', 'mfi', 'linearRegAngle']);

function columnsOf(c: FixtureCase): [string, Float64Array][] {
  return (c.params.series as string[]).map((name) => [name, numbersOf(c.inputs, name)]);
}

/** One array as it is, several by name. */
function answer(name: string, c: FixtureCase): unknown {
  const series = columnsOf(c).map(([, values]) => values);
  const outputs = ask(name, series, c.params.parameters as unknown[]);
  return {
    [name]: outputs[name] !== undefined && Object.keys(outputs).length === 1 ? outputs[name] : outputs,
  };
}

function scale(name: string, c: FixtureCase): number {
  const expected = (c.expected as Record<string, unknown>)[name];
  const outputs = Array.isArray(expected) ? [expected] : Object.values(expected as Record<string, unknown>);
  return scaleOf(name, columnsOf(c), outputs as number[][]);
}

function tolerance(name: string): Tolerance {
  if (EXACT.has(name)) return TOLERANCES.indicatorExact;
  return QUOTIENTS.has(name) ? TOLERANCES.indicatorQuotient : TOLERANCES.indicator;
}

export const comparisons: readonly Comparison[] = Object.entries(FILES).flatMap(([file, names]) =>
  Object.entries(names).map(([name, asked]): Comparison => ({
    fixture: `indicators/${file}.json`,
    functions: [name],
    asked,
    parts: [name],
    run: (c) => answer(name, c),
    tolerance: tolerance(name),
    scale: (c) => scale(name, c),
  })),
);
