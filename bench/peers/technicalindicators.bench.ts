/** technicalindicators as a peer: arrays of numbers in, arrays of numbers or of records out. */
import type { Bench } from '../harness.js';
import { type Bars, javascriptPeer } from './javascript-peer.js';

type Row = Readonly<Record<string, number | undefined>>;
type Function = (input: object) => unknown;

const column =
  (...names: string[]) =>
  (rows: readonly Row[]): number[][] =>
    names.map((name) => rows.map((row) => row[name] ?? NaN));

const bars = ({ high, low, close }: Bars): object => ({ high, low, close });

export const bench: Bench = await javascriptPeer<Record<string, Function>>(
  { name: 'technicalindicators', version: '3.1.0' },
  (library) => {
    const call = (name: string, input: object): unknown => library[name]!(input);
    return {
      sma: { run: ({ close }) => call('sma', { period: 30, values: close }) },
      ema: { run: ({ close }) => call('ema', { period: 30, values: close }) },
      rsi: { run: ({ close }) => call('rsi', { period: 14, values: close }) },
      macd: {
        run: ({ close }) =>
          call('macd', {
            fastPeriod: 12,
            slowPeriod: 26,
            signalPeriod: 9,
            SimpleMAOscillator: false,
            SimpleMASignal: false,
            values: close,
          }),
        outputs: column('MACD', 'signal', 'histogram'),
      },
      bbands: {
        run: ({ close }) => call('bollingerbands', { period: 20, stdDev: 2, values: close }),
        outputs: column('upper', 'middle', 'lower'),
      },
      atr: { run: (all) => call('atr', { period: 14, ...bars(all) }) },
      stoch: {
        run: (all) => call('stochastic', { period: 5, signalPeriod: 3, ...bars(all) }),
        outputs: column('k', 'd'),
      },
      adx: { run: (all) => call('adx', { period: 14, ...bars(all) }), outputs: column('adx') },
    };
  },
);
