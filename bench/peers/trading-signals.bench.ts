/** trading-signals as a peer: a class for each indicator, one update a bar, results in arrays as long as ours. */
import type { Bench } from '../harness.js';
import { type Bars, type Call, javascriptPeer } from './javascript-peer.js';

interface Indicator {
  update(value: unknown, replace: boolean): unknown;
}
type Class = new (...args: readonly unknown[]) => Indicator;
type Row = Readonly<Record<string, number>> | null;

/** One class over the closes: what each update gave, where it gave a number. */
function overCloses(make: () => Indicator): Call {
  return {
    run: ({ close }) => {
      const indicator = make();
      const out = new Float64Array(close.length);
      for (let i = 0; i < close.length; i++)
        out[i] = (indicator.update(close[i], false) as number | null) ?? NaN;
      return out;
    },
  };
}

/** One class over bars or closes, whose updates give records. */
function records(make: () => Indicator, names: readonly string[], candles: boolean): Call {
  return {
    run: (bars) => {
      const indicator = make();
      const { high, low, close } = bars;
      const outs = names.map(() => new Float64Array(close.length));
      for (let i = 0; i < close.length; i++) {
        const given = candles ? { high: high[i], low: low[i], close: close[i] } : close[i];
        const row = indicator.update(given, false) as Row;
        for (let k = 0; k < names.length; k++) outs[k]![i] = row?.[names[k]!] ?? NaN;
      }
      return outs;
    },
    outputs: (outs: Float64Array[]) => outs,
  };
}

/** One class over bars: what each update gave, where it gave a number. */
function overBars(make: () => Indicator): Call {
  return {
    run: ({ high, low, close }: Bars) => {
      const indicator = make();
      const out = new Float64Array(close.length);
      for (let i = 0; i < close.length; i++) {
        const given = { high: high[i], low: low[i], close: close[i] };
        out[i] = (indicator.update(given, false) as number | null) ?? NaN;
      }
      return out;
    },
  };
}

export const bench: Bench = await javascriptPeer<Record<string, Class>>(
  { name: 'trading-signals', version: '8.3.0' },
  ({ SMA, EMA, RSI, WSMA, MACD, BollingerBands, ATR, StochasticOscillator, ADX }) => {
    const stoch = { kPeriod: 5, kSlowingPeriod: 3, dPeriod: 3 };
    return {
      sma: overCloses(() => new SMA!(30)),
      ema: overCloses(() => new EMA!(30)),
      rsi: overCloses(() => new RSI!(14, WSMA)),
      macd: records(
        () => new MACD!(new EMA!(12), new EMA!(26), new EMA!(9)),
        ['macd', 'signal', 'histogram'],
        false,
      ),
      bbands: records(() => new BollingerBands!(20, 2), ['upper', 'middle', 'lower'], false),
      atr: overBars(() => new ATR!(14, WSMA)),
      stoch: records(() => new StochasticOscillator!(stoch), ['stochK', 'stochD'], true),
      adx: overBars(() => new ADX!(14, WSMA)),
      rsiStream: overCloses(() => new RSI!(14, WSMA)),
    };
  },
);
