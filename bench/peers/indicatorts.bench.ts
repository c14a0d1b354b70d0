/** indicatorts as a peer: arrays of numbers in and out. It has no ADX. */
import type { Bench } from '../harness.js';
import { javascriptPeer } from './javascript-peer.js';

type Columns = Readonly<Record<string, number[]>>;
type Function = (...args: readonly unknown[]) => unknown;

const column =
  (...names: string[]) =>
  (found: Columns): number[][] =>
    names.map((name) => found[name]!);

export const bench: Bench = await javascriptPeer<Record<string, Function>>(
  { name: 'indicatorts', version: '2.2.2' },
  (library) => {
    const call = (name: string, ...args: readonly unknown[]): unknown => library[name]!(...args);
    return {
      sma: { run: ({ close }) => call('sma', close, { period: 30 }) },
      ema: { run: ({ close }) => call('ema', close, { period: 30 }) },
      rsi: { run: ({ close }) => call('rsi', close, { period: 14 }) },
      macd: {
        run: ({ close }) => call('macd', close, { fast: 12, slow: 26, signal: 9 }),
        outputs: column('macdLine', 'signalLine'),
      },
      bbands: {
        run: ({ close }) => call('bb', close, { period: 20 }),
        outputs: column('upper', 'middle', 'lower'),
      },
      atr: {
        run: ({ high, low, close }) => call('atr', high, low, close, { period: 14 }),
        outputs: column('atrLine'),
      },
      stoch: {
        run: ({ high, low, close }) => call('stoch', high, low, close, { kPeriod: 5, dPeriod: 3 }),
        outputs: column('k', 'd'),
      },
    };
  },
);
