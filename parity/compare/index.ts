/** Every comparison of the suite. A fixture that is in none of them fails the tests. */
import type { Comparison } from '../comparison.js';
import { comparisons as backtest } from './backtest.js';
import { comparisons as exchange } from './exchange.js';
import { comparisons as garch } from './garch.js';
import { comparisons as indicators } from './indicators.js';
import { comparisons as metrics } from './metrics.js';
import { comparisons as optimize } from './optimize.js';
import { comparisons as optimizeTools } from './optimize-tools.js';
import { comparisons as special } from './special.js';
import { comparisons as statistics } from './statistics.js';
import { comparisons as targets } from './targets.js';
import { comparisons as validation } from './validation.js';

export const COMPARISONS: readonly Comparison[] = [
  ...special,
  ...metrics,
  ...statistics,
  ...indicators,
  ...validation,
  ...garch,
  ...optimize,
  ...optimizeTools,
  ...targets,
  ...backtest,
  ...exchange,
];
