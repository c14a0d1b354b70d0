/** tulind as a peer: Tulip Indicators in C, arrays of numbers copied in and out. Compiled when it is fetched. */
import type { Bench } from '../harness.js';
import { type Bars, type Call, javascriptPeer } from './javascript-peer.js';

interface Library {
  readonly indicators: Readonly<
    Record<
      string,
      {
        indicator(
          inputs: readonly number[][],
          options: readonly number[],
          done: (error: Error | null, results: number[][]) => void,
        ): void;
      }
    >
  >;
}

export const bench: Bench = await javascriptPeer<Library>(
  { name: 'tulind', version: '0.8.20', compiles: true },
  ({ indicators }) => {
    const call = (
      name: string,
      inputs: (bars: Bars) => number[][],
      options: readonly number[],
      order: readonly number[] = [0],
    ): Call => ({
      run: (bars) => {
        let found: number[][] = [];
        // The callback comes before the call returns.
        indicators[name]!.indicator(inputs(bars), options, (_, results) => {
          found = results;
        });
        return found;
      },
      outputs: (results: number[][]) => order.map((k) => results[k]!),
    });
    const closes = ({ close }: Bars): number[][] => [close];
    const bars = ({ high, low, close }: Bars): number[][] => [high, low, close];
    return {
      sma: call('sma', closes, [30]),
      ema: call('ema', closes, [30]),
      rsi: call('rsi', closes, [14]),
      macd: call('macd', closes, [12, 26, 9], [0, 1, 2]),
      bbands: call('bbands', closes, [20, 2], [2, 1, 0]),
      atr: call('atr', bars, [14]),
      stoch: call('stoch', bars, [5, 3, 3], [0, 1]),
      adx: call('adx', bars, [14]),
    };
  },
);
