/** The built-in targets by the names that the command line gives them. */
import { checkKeys, checkOneOf } from '../check.js';
import { InsufficientDataError } from '../errors.js';
import type { PricePanel } from '../series/price-panel.js';
import { equalWeights } from '../series/rebalance-dates.js';
import { TARGET_DEFAULTS } from './defaults.js';
import { inverseVolatilityWeights } from './inverse-volatility.js';
import { defaultTop, momentumWeights } from './momentum.js';
import { optimizedWeights } from './optimized-weights.js';
import { OPTIMIZER_TITLES } from './optimizer-names.js';
import { symbolCount } from './sentences.js';
import { checkBars, checkPanel, chosenColumns } from './target-input.js';
import { trendWeights } from './trend.js';
import { type NamedTargetOptions, TARGET_NAMES, TARGET_OPTIONS, type TargetName } from './target-names.js';
import type { SkippedTarget, TargetSchedule } from './types.js';
import { zscoreWeights } from './zscore-weights.js';

/** Targets, and a short title for a report. */
export interface NamedTargets extends TargetSchedule {
  readonly title: string;
}

/**
 * The targets of a name.
 *
 * name         one of `TARGET_NAMES`
 * panel, bars  as for the functions themselves
 * options      those of the function; one that is undefined counts as left out, one of another target throws
 *              `ValidationError`
 *
 * Errors are those of the functions; `equal` throws `InsufficientDataError` when no bar has a price, as they do. Its
 * `lag` is 1 too: the close that says which symbols have a price is known at the end of the bar.
 */
export function namedTargets(
  name: TargetName,
  panel: PricePanel,
  bars: Int32Array | readonly number[],
  options: NamedTargetOptions = {},
): NamedTargets {
  checkOneOf('name', name, TARGET_NAMES);
  const all = Object.entries(options) as [keyof NamedTargetOptions, unknown][];
  const given = Object.fromEntries(all.filter(([, value]) => value !== undefined)) as Given;
  checkKeys('options', given, TARGET_OPTIONS[name]);
  checkPanel(panel);
  const count = chosenColumns('options.symbols', panel, given.symbols).length;
  const of = symbolCount(panel, given.symbols);
  switch (name) {
    case 'equal':
      return { ...equalSchedule(panel, bars, given), title: `Equal weight of ${of}` };
    case 'inverse-volatility': {
      const window = given.window ?? TARGET_DEFAULTS.window;
      const title = `Inverse volatility of ${of} over ${window} returns`;
      return { ...inverseVolatilityWeights(panel, bars, given), title };
    }
    case 'momentum': {
      const title = `Momentum, top ${given.top ?? defaultTop(count)} of ${of}`;
      return { ...momentumWeights(panel, bars, given), title };
    }
    case 'trend': {
      const title = `Trend of ${of} over ${given.window ?? TARGET_DEFAULTS.trendWindow} bars`;
      return { ...trendWeights(panel, bars, given), title };
    }
    case 'zscore': {
      const what = given.scores === undefined ? 'momentum' : 'scores';
      const title = `Z-score of the ${what} of ${of}${given.allowShort === true ? ', long and short' : ''}`;
      return { ...zscoreWeights(panel, bars, given), title };
    }
    default: {
      const lookback = given.lookback ?? TARGET_DEFAULTS.lookback;
      const title = `${OPTIMIZER_TITLES[name]} of ${of} over ${lookback} returns`;
      return { ...optimizedWeights(panel, bars, { ...given, method: name }), title };
    }
  }
}

/** The options without those that are undefined. */
type Given = { readonly [K in keyof NamedTargetOptions]: Exclude<NamedTargetOptions[K], undefined> };

/** `equalWeights`, with its bars counted like those of the other targets. */
function equalSchedule(
  panel: PricePanel,
  bars: Int32Array | readonly number[],
  given: Given,
): TargetSchedule {
  const asked = checkBars(bars, panel.close.rows);
  const { symbols } = given;
  const weights = equalWeights(panel, bars, symbols && { symbols });
  const skipped = asked
    .filter((bar) => Number.isNaN(weights.data[bar * weights.cols]))
    .map((bar): SkippedTarget => ({ bar, reason: 'no-score' }));
  if (skipped.length === asked.length) {
    throw new InsufficientDataError('no symbol has a price at any of the rebalances. Fix: give their prices');
  }
  const sentences = [`Equal weight: ${symbolCount(panel, symbols)}, those with a price at the bar.`];
  if (skipped.length > 0) {
    const count = skipped.length;
    sentences.push(
      `${count} ${count === 1 ? 'rebalance' : 'rebalances'} at which no symbol has a price ${count === 1 ? 'has' : 'have'} no target.`,
    );
  }
  return { weights, lag: 1, rebalances: asked.length - skipped.length, skipped, sentences };
}
