/** Differences of moving averages. Formulas, first values and edge cases as TA-Lib, unless their text says otherwise. */
import { emaOscillator, oscillator } from '../../kernels/indicators/apo.js';
import { macd as macdKernel, macdLookback } from '../../kernels/indicators/macd.js';
import { averageDifference, finishMacd } from '../../kernels/indicators/macd-ext.js';
import {
  movingAverage,
  movingAverageLookback,
  movingAverageScratch,
} from '../../kernels/indicators/moving-average.js';
import { trix as trixKernel, trixLookback } from '../../kernels/indicators/trix.js';
import type { Vec } from '../check.js';
import { defineIndicator, period } from './define.js';
import type { Indicator } from './indicator.js';
import { type MaType, maType } from './ma-types.js';
import { planOf } from './macd-plan.js';

/** The outputs of the MACD functions. */
export type MacdOutput = 'macd' | 'signal' | 'histogram';
const MACD_OUTPUTS: readonly MacdOutput[] = ['macd', 'signal', 'histogram'];

/**
 * Moving average convergence divergence: a fast less a slow exponential average, its own average, and the difference.
 *
 * close   values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * fast    bars of the fast average, 2 to 100,000 (12); swapped with `slow` if it is the longer one
 * slow    bars of the slow average, 2 to 100,000 (26)
 * signal  bars of the average of the line, 1 to 100,000 (9)
 *
 * Gives `macd`, `signal`, `histogram`; the first values stand at index `slow` + `signal` − 2. Both averages of the price
 * start at the same bar, so the fast one with the mean of the `fast` values before it. Throws `ValidationError` for a
 * bad period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib MACD.
 */
export const macd: Indicator<[close: Vec], [fast: number, slow: number, signal: number], MacdOutput> =
  /* @__PURE__ */ defineIndicator({
    name: 'macd',
    title: 'Moving average convergence divergence',
    inputs: ['close'],
    outputs: MACD_OUTPUTS,
    parameters: [period('fast', 12), period('slow', 26), period('signal', 9, 1)],
    scale: 'own',
    lookback: ([fast, slow, signal]) => macdLookback(fast!, slow!, signal!),
    remembers: true,
    compute: ([close], [a, b, signal], _, [line, signals, histogram]) => {
      const fast = Math.min(a!, b!);
      const slow = Math.max(a!, b!);
      const fastShare = 2 / (fast + 1);
      const slowShare = 2 / (slow + 1);
      macdKernel(close!, fast, slow, signal!, fastShare, slowShare, line!, signals!, histogram!);
    },
  });

/**
 * `macd` of 12 and 26 bars with the shares of a new value that were first published: 0.15 and 0.075.
 *
 * close   values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * signal  bars of the average of the line, 1 to 100,000 (9)
 *
 * Gives `macd`, `signal`, `histogram`; the first values stand at index 24 + `signal`. Throws `ValidationError` for a bad
 * period, `NonFiniteError` for an infinity. O(n). Equal to TA-Lib MACDFIX.
 */
export const macdFix: Indicator<[close: Vec], [signal: number], MacdOutput> = /* @__PURE__ */ defineIndicator(
  {
    name: 'macdFix',
    title: 'Moving average convergence divergence of 12 and 26 bars',
    inputs: ['close'],
    outputs: MACD_OUTPUTS,
    parameters: [period('signal', 9, 1)],
    scale: 'own',
    lookback: ([signal]) => macdLookback(12, 26, signal!),
    remembers: true,
    compute: ([close], [signal], _, [line, signals, histogram]) =>
      macdKernel(close!, 12, 26, signal!, 0.15, 0.075, line!, signals!, histogram!),
  },
);

/**
 * `macd` with moving averages of any type.
 *
 * close         values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * fast          bars of the fast average, 2 to 100,000 (12); swapped with the slow one, type and all, if it is longer
 * fastMaType    its type ('sma'), one of those of `ma`
 * slow          bars of the slow average, 2 to 100,000 (26)
 * slowMaType    its type ('sma')
 * signal        bars of the average of the line, 1 to 100,000 (9)
 * signalMaType  its type ('sma')
 *
 * Gives `macd`, `signal`, `histogram`. Both averages of the price begin at the same bar: the one that needs less
 * history does not see what came before. Throws `ValidationError` for a bad parameter, `NonFiniteError` for an
 * infinity. O(n). Equal to TA-Lib MACDEXT.
 */
export const macdExt: Indicator<
  [close: Vec],
  [fast: number, fastMaType: MaType, slow: number, slowMaType: MaType, signal: number, signalMaType: MaType],
  MacdOutput
> = /* @__PURE__ */ defineIndicator({
  name: 'macdExt',
  title: 'Moving average convergence divergence of any averages',
  inputs: ['close'],
  outputs: MACD_OUTPUTS,
  parameters: [
    period('fast', 12),
    maType('fastMaType'),
    period('slow', 26),
    maType('slowMaType'),
    period('signal', 9, 1),
    maType('signalMaType'),
  ],
  scale: 'own',
  lookback: (parameters) => planOf(parameters).lookback,
  scratch: ([fast, fastType, slow, slowType, signal, signalType]) =>
    Math.max(
      movingAverageScratch(fastType!, fast!),
      movingAverageScratch(slowType!, slow!),
      movingAverageScratch(signalType!, signal!),
    ),
  compute: ([close], parameters, scratch, [line, signals, histogram]) => {
    const { fast, fastType, slow, slowType, lineAt, fastFrom, slowFrom, lookback } = planOf(parameters);
    const from = (array: Float64Array, start: number): Float64Array => array.subarray(start);
    movingAverage(fastType, from(close!, fastFrom), fast, scratch, from(signals!, fastFrom));
    movingAverage(slowType, from(close!, slowFrom), slow, scratch, from(line!, slowFrom));
    averageDifference(lineAt, signals!, line!);
    const [, , , , signal, signalType] = parameters;
    movingAverage(signalType!, from(line!, lineAt), signal!, scratch, from(signals!, lineAt));
    finishMacd(lookback, line!, signals!, histogram!);
  },
});

/** What `apo` and `ppo` do: `percent` 1 for percent of the slow average. */
function compare(
  close: Float64Array,
  [a, b, type]: readonly number[],
  percent: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  const fast = Math.min(a!, b!);
  const slow = Math.max(a!, b!);
  if (type === 1) {
    emaOscillator(close, fast, slow, percent, out);
    return;
  }
  const spare = new Float64Array(close.length);
  movingAverage(type!, close, fast, scratch, out);
  movingAverage(type!, close, slow, scratch, spare);
  oscillator(spare, percent, out);
}

/**
 * Absolute price oscillator: a fast less a slow moving average.
 *
 * close   values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * fast    bars of the fast average, 2 to 100,000 (12); swapped with `slow` if it is the longer one
 * slow    bars of the slow average, 2 to 100,000 (26)
 * maType  type of both ('ema'), one of those of `ma`
 *
 * Unlike in `macd` each average starts with its own first values. Throws `ValidationError` for a bad parameter,
 * `NonFiniteError` for an infinity. O(n); other types than 'ema' take memory for one more series. Equal to TA-Lib APO.
 */
export const apo: Indicator<[close: Vec], [fast: number, slow: number, maType: MaType]> =
  /* @__PURE__ */ defineIndicator({
    name: 'apo',
    title: 'Absolute price oscillator',
    inputs: ['close'],
    outputs: ['apo'],
    parameters: [period('fast', 12), period('slow', 26), maType('maType', 'ema')],
    scale: 'own',
    lookback: ([fast, slow, type]) => movingAverageLookback(type!, Math.max(fast!, slow!)),
    scratch: ([fast, slow, type]) => movingAverageScratch(type!, Math.max(fast!, slow!)),
    compute: ([close], parameters, scratch, [out]) => compare(close!, parameters, 0, scratch, out!),
  });

/**
 * Percentage price oscillator: a fast less a slow moving average, in percent of the slow one; 0 where that is 0.
 *
 * close   values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * fast    bars of the fast average, 2 to 100,000 (12); swapped with `slow` if it is the longer one
 * slow    bars of the slow average, 2 to 100,000 (26)
 * maType  type of both ('ema'), one of those of `ma`
 *
 * Throws `ValidationError` for a bad parameter, `NonFiniteError` for an infinity. O(n); other types than 'ema' take
 * memory for one more series. Equal to TA-Lib PPO.
 */
export const ppo: Indicator<[close: Vec], [fast: number, slow: number, maType: MaType]> =
  /* @__PURE__ */ defineIndicator({
    name: 'ppo',
    title: 'Percentage price oscillator',
    inputs: ['close'],
    outputs: ['ppo'],
    parameters: [period('fast', 12), period('slow', 26), maType('maType', 'ema')],
    scale: 'own',
    lookback: ([fast, slow, type]) => movingAverageLookback(type!, Math.max(fast!, slow!)),
    scratch: ([fast, slow, type]) => movingAverageScratch(type!, Math.max(fast!, slow!)),
    compute: ([close], parameters, scratch, [out]) => compare(close!, parameters, 1, scratch, out!),
  });

/**
 * Change in percent from bar to bar of an exponential average of an exponential average of an exponential average.
 *
 * close   values, oldest first; leading NaN are passed over, everything from a NaN inside onwards is NaN
 * period  bars of each average, 1 to 100,000 (30); the first value stands at index 3 (`period` − 1) + 1
 *
 * 0 after an average of 0. Throws `ValidationError` for a bad period, `NonFiniteError` for an infinity. O(n). Equal to
 * TA-Lib TRIX.
 */
export const trix: Indicator<[close: Vec], [period: number]> = /* @__PURE__ */ defineIndicator({
  name: 'trix',
  title: 'Rate of change of a triple exponential average',
  inputs: ['close'],
  outputs: ['trix'],
  parameters: [period('period', 30, 1)],
  scale: 'own',
  lookback: ([p]) => trixLookback(p!),
  remembers: true,
  compute: ([close], [p], _, [out]) => trixKernel(close!, p!, out!),
});
