/** Every intended difference from a reference. One that is not listed, and one that is gone, fails the tests. */
import type { Divergence } from '../comparison.js';
import { divergences as backtest } from './backtest.js';
import { divergences as exchange } from './exchange.js';
import { divergences as garch } from './garch.js';
import { divergences as indicators } from './indicators.js';
import { divergences as metrics } from './metrics.js';
import { divergences as optimize } from './optimize.js';
import { divergences as validation } from './validation.js';

export const DIVERGENCES: readonly Divergence[] = [
  ...metrics,
  ...indicators,
  ...backtest,
  ...exchange,
  ...validation,
  ...garch,
  ...optimize,
];
