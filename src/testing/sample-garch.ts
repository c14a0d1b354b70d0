/** Volatility fits of simulated prices, for tests of what writes them. */
import type { GarchAsked, GarchInput, SymbolFit } from '../report/garch/types.js';
import { fitGarch, simulateGarch } from '../volatility/index.js';

/** What the sample is made of. */
export interface SampleGarch {
  readonly bars?: number;
  readonly symbols?: readonly string[];
  /** The first price. */
  readonly base?: number;
  readonly asked?: Partial<GarchAsked>;
  readonly horizon?: number;
}

const ASKED: GarchAsked = { model: 'garch', p: 1, o: 0, q: 1, mean: 'zero', dist: 'normal' };

/** GARCH(1,1) of closes simulated by it, one a day from 2024-01-01; every symbol has the same. */
export function sampleGarch({
  bars = 300,
  symbols = ['AAPL'],
  base = 100,
  asked = {},
  horizon = 20,
}: SampleGarch = {}): GarchInput {
  const plan = { ...ASKED, ...asked };
  const params = { omega: 4e-6, alpha: [0.1], gamma: [], beta: [0.86] };
  const { returns } = simulateGarch({ params, dist: 'normal' }, bars - 1);
  const close = new Float64Array(bars).fill(base);
  for (let i = 1; i < bars; i++) close[i] = close[i - 1]! * (1 + returns[i - 1]!);
  const fit = fitGarch(returns, plan);
  return {
    name: symbols.join(', '),
    dates: Int32Array.from({ length: bars }, (_, i) => 19723 + i),
    priceDecimals: 2,
    asked: plan,
    horizon,
    periodsPerYear: 252,
    symbols: symbols.map((symbol): SymbolFit => ({ symbol, close, first: 0, returns, fit })),
    provenance: { command: 'nb-backtest garch a.csv', files: [], version: '1.2.3', notes: [] },
  };
}
