/**
 * talib-web as a peer: TA-Lib in WebAssembly, arrays of numbers copied in and out.
 *
 * Its BBANDS and STOCH give zeros for more than a few bars, so they are not timed.
 */
import type { Bench } from '../harness.js';
import { type Call, javascriptPeer } from './javascript-peer.js';

type Outputs = Readonly<Record<string, number[]>>;
interface Library {
  init(): Promise<void>;
  readonly TAFuncs: Readonly<Record<string, (question: object) => Outputs>>;
}

export const bench: Bench = await javascriptPeer<Library>(
  { name: 'talib-web', version: '0.1.3' },
  async ({ init, TAFuncs }) => {
    // Its loader takes a `fetch` for a browser and asks it for a file path.
    Reflect.deleteProperty(globalThis, 'fetch');
    await init();
    // Its arrays are as long as the input, begin with the first value and end with as many zeros as are missing.
    const call = (
      name: string,
      lookback: number,
      options: object,
      outputs: readonly string[] = ['output'],
      bars = false,
    ): Call => ({
      run: ({ high, low, close }) =>
        TAFuncs[name]!(bars ? { high, low, close, ...options } : { inReal: close, ...options }),
      outputs: (found: Outputs) => outputs.map((key) => found[key]!.slice(0, -lookback)),
    });
    const macd = { fastPeriod: 12, slowPeriod: 26, signalPeriod: 9 };
    return {
      sma: call('SMA', 29, { timePeriod: 30 }),
      ema: call('EMA', 29, { timePeriod: 30 }),
      rsi: call('RSI', 14, { timePeriod: 14 }),
      macd: call('MACD', 33, macd, ['MACD', 'MACDSignal', 'MACDHist']),
      atr: call('ATR', 14, { timePeriod: 14 }, ['output'], true),
      adx: call('ADX', 27, { timePeriod: 14 }, ['output'], true),
    };
  },
);
