/** Indicators, against TA-Lib's C from Python, nanobook, and the best packages for JavaScript. */
import * as indicators from '../src/indicators/index.js';
import { type Bench, type BenchCase, job, type Kernel, type PeerUse } from './harness.js';
import { ends, randomBars } from './indicator-bars.js';
import type { Input } from './inputs.js';

type Bars = Readonly<Record<'high' | 'low' | 'close', Float64Array>>;
type Name = 'sma' | 'ema' | 'rsi' | 'macd' | 'bbands' | 'atr' | 'stoch' | 'adx';

/** The friendly form with its defaults: it checks its input and makes new arrays. */
const FRIENDLY: Readonly<
  Record<Name, (bars: Bars) => Float64Array | Readonly<Record<string, Float64Array>>>
> = {
  sma: ({ close }) => indicators.sma(close),
  ema: ({ close }) => indicators.ema(close),
  rsi: ({ close }) => indicators.rsi(close),
  macd: ({ close }) => indicators.macd(close),
  bbands: ({ close }) => indicators.bbands(close),
  atr: ({ high, low, close }) => indicators.atr(high, low, close),
  stoch: ({ high, low, close }) => indicators.stoch(high, low, close),
  adx: ({ high, low, close }) => indicators.adx(high, low, close),
};

/** The same into arrays that are there: checked too, nothing made. */
const INTO: Readonly<Record<Name, (bars: Bars, outputs: readonly Float64Array[]) => void>> = {
  sma: ({ close }, [out]) => indicators.sma.into(close, 30, out!),
  ema: ({ close }, [out]) => indicators.ema.into(close, 30, out!),
  rsi: ({ close }, [out]) => indicators.rsi.into(close, 14, out!),
  macd: ({ close }, [macd, signal, histogram]) =>
    indicators.macd.into(close, 12, 26, 9, { macd: macd!, signal: signal!, histogram: histogram! }),
  bbands: ({ close }, [upper, middle, lower]) =>
    indicators.bbands.into(close, 20, 2, 2, 'sma', { upper: upper!, middle: middle!, lower: lower! }),
  atr: ({ high, low, close }, [out]) => indicators.atr.into(high, low, close, 14, out!),
  stoch: ({ high, low, close }, [slowK, slowD]) =>
    indicators.stoch.into(high, low, close, 5, 3, 3, 'sma', 'sma', { slowK: slowK!, slowD: slowD! }),
  adx: ({ high, low, close }, [out]) => indicators.adx.into(high, low, close, 14, out!),
};

const NAMES = Object.keys(FRIENDLY) as Name[];

function barsOf(input: Input): Bars {
  return { high: input.high!.data, low: input.low!.data, close: input.close!.data };
}

function friendly(name: Name): Kernel {
  return (input) => {
    const bars = barsOf(input);
    return job(
      () => FRIENDLY[name](bars),
      (found) => ends(found instanceof Float64Array ? [found] : Object.values(found), bars.close.length),
    );
  };
}

function into(name: Name): Kernel {
  return (input) => {
    const bars = barsOf(input);
    const outputs = Array.from({ length: OUTPUTS[name] }, () => new Float64Array(bars.close.length));
    return job(
      () => INTO[name](bars, outputs),
      () => ends(outputs, bars.close.length),
    );
  };
}

/** One `update` for each close, the results into an array. */
const rsiStream: Kernel = (input) => {
  const close = input.close!.data;
  const out = new Float64Array(close.length);
  return job(
    () => {
      const rsi = new indicators.Rsi(14);
      for (let i = 0; i < close.length; i++) out[i] = rsi.update(close[i]!);
      return out;
    },
    (found) => ends([found], close.length),
  );
};

/** What is called there; a word on results that are not compared. */
type Note = readonly [what: string, otherwise?: string];

const OUTPUTS: Readonly<Record<Name, number>> = {
  sma: 1,
  ema: 1,
  rsi: 1,
  macd: 3,
  bbands: 3,
  atr: 1,
  stoch: 2,
  adx: 1,
};

function use(
  script: string,
  name: Name,
  [what, otherwise]: Note,
  briefly: boolean,
  outputs = OUTPUTS[name],
): PeerUse {
  const fields = Array.from({ length: outputs }, (_, k) => [`middle${k}`, `last${k}`]).flat();
  // A difference of two averages keeps fewer digits than they have.
  const agree = otherwise ?? { fields, relative: 1e-8 };
  return { script, kernel: name, what, agree, ...(briefly ? { briefly } : {}) };
}

/**
 * Which peers have a function, apart from TA-Lib; their names there, and where they follow another rule.
 *
 * Those in JavaScript are fetched when they are first asked. Of 1,000,000 bars they are asked RSI alone: a second a call.
 */
const PEERS: Readonly<Record<string, Partial<Record<Name, Note>>>> = {
  nanobook: {
    sma: ['py_sma on its list of floats'],
    ema: ['py_ema on its list of floats'],
    rsi: ['py_rsi on its list of floats'],
    macd: ['py_macd on its list of floats'],
    bbands: ['py_bbands on its list of floats'],
    atr: ['py_atr on its lists of floats'],
    stoch: ['py_stoch on its lists of floats'],
    adx: ['py_adx on its lists of floats'],
  },
  technicalindicators: {
    sma: ['sma'],
    ema: ['ema'],
    rsi: ['rsi', 'it rounds to two decimals'],
    macd: ['macd'],
    bbands: ['bollingerbands'],
    atr: ['atr'],
    stoch: ['stochastic', 'its %K is not smoothed'],
    adx: ['adx'],
  },
  'trading-signals': {
    sma: ['SMA, update by update'],
    ema: ['EMA, update by update'],
    rsi: ['RSI, update by update'],
    macd: ['MACD, update by update', 'its averages begin with the first close'],
    bbands: ['BollingerBands, update by update'],
    atr: ['ATR, update by update'],
    stoch: ['StochasticOscillator, update by update'],
    adx: ['ADX, update by update', 'its sums begin otherwise'],
  },
  indicatorts: {
    sma: ['sma'],
    ema: ['ema'],
    rsi: ['rsi'],
    macd: ['macd, which gives no histogram', 'its averages begin with the first close'],
    bbands: ['bb'],
    atr: ['atr', 'it averages the true ranges by a plain mean'],
    stoch: ['stoch', 'its %K is not smoothed'],
  },
  tulind: {
    sma: ['sma, arrays copied in and out'],
    ema: ['ema, arrays copied in and out'],
    rsi: ['rsi, arrays copied in and out'],
    macd: [
      'macd, arrays copied in and out',
      'its averages begin with the first close, and the signal with them',
    ],
    bbands: ['bbands, arrays copied in and out'],
    atr: ['atr, arrays copied in and out'],
    stoch: ['stoch, arrays copied in and out'],
    adx: ['adx, arrays copied in and out', 'its sums begin otherwise'],
  },
  'talib-js': Object.fromEntries(
    NAMES.map((name): [Name, Note] => [name, ['the package talib: TA-Lib in C, arrays copied in and out']]),
  ),
  'talib-web': Object.fromEntries(
    NAMES.filter((name) => name !== 'stoch' && name !== 'bbands').map((name): [Name, Note] => [
      name,
      ['TA-Lib in WebAssembly, arrays copied in and out'],
    ]),
  ),
};

/**
 * A function on so many bars. A long one of ours writes into arrays that are there: new ones of 8 MB cost the operating
 * system more than the work, and NumPy gets its own back from the allocator's free list. `fresh-rsi` shows what it costs.
 */
function caseOf(name: Name, count: number): BenchCase {
  const long = count >= 1_000_000;
  const talib = use('talib', name, [`${name.toUpperCase()} on NumPy arrays`], false);
  const others = Object.entries(PEERS).flatMap(([script, has]) => {
    const note = has[name];
    const asked = !long || script === 'nanobook' || name === 'rsi';
    return note === undefined || !asked ? [] : [use(script, name, note, true)];
  });
  const seeds = ['rsi', 'macd', 'bbands', 'atr'].includes(name) && count === 1000;
  return {
    name: `${count}-${name}`,
    title: `${name} on ${count.toLocaleString('en-US')} bars, ${long ? 'into arrays that are there' : 'new arrays'}`,
    group: `indicators on ${count.toLocaleString('en-US')} bars`,
    kernel: long ? `${name}Into` : name,
    makeInput: () => randomBars(count, 5),
    peers: [talib, ...others],
    cells: count,
    ...(seeds
      ? {
          quoted: [
            { who: 'asked for: about 0.05 ms', ms: 0.05 },
            { who: 'TA-Lib, as the same list has it: about 0.5 ms', ms: 0.5 },
          ],
        }
      : {}),
  };
}

const FRESH: BenchCase = {
  name: 'fresh-rsi',
  title: 'rsi on 1,000,000 bars, a new array each time',
  kernel: 'rsi',
  makeInput: () => randomBars(1_000_000, 5),
  peers: [use('talib', 'rsi', ['RSI on a NumPy array'], false)],
  cells: 1_000_000,
};

const STREAM: BenchCase = {
  name: 'stream-rsi',
  title: 'Rsi(14).update of 1,000,000 closes, one by one',
  kernel: 'rsiStream',
  makeInput: () => randomBars(1_000_000, 5),
  peers: [
    {
      script: 'trading-signals',
      kernel: 'rsiStream',
      what: 'RSI, update by update',
      agree: { fields: ['middle0', 'last0'], relative: 1e-8 },
      briefly: true,
    },
  ],
  cells: 1_000_000,
};

const KERNELS = NAMES.flatMap((name): [string, Kernel][] => [
  [name, friendly(name)],
  [`${name}Into`, into(name)],
]);

export const bench: Bench = {
  name: 'indicators',
  kernels: { ...Object.fromEntries(KERNELS), rsiStream },
  cases: [...[1_000_000, 1000].flatMap((count) => NAMES.map((name) => caseOf(name, count))), FRESH, STREAM],
};
