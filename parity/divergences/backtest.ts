/** Where our backtest differs from a reference's on purpose. */
import type { Divergence } from '../comparison.js';

const NANOBOOK = { function: 'backtestWeights', fixture: 'backtest/nanobook.json' };

const BASELINE = {
  id: 'drawdown-baseline',
  function: 'computeMetrics',
  fixture: 'backtest/vectorbt-with-cost.json',
  case: 'all into one symbol and held, 25 bps',
  reason:
    'The cost of the first purchase is a loss from the capital that went in. Ours measures drawdowns from that ' +
    'capital, as quantstats does; vectorbt measures them from the equity after the first bar.',
};

const ORDER =
  'nanobook fills orders in the order the symbols are listed, so a buy listed before the sell that would pay for it ' +
  'is cut to the cash at hand and the rest lies idle. Ours sells first and scales all buys alike, so that the ' +
  'listing order never matters.';

const BOOKED =
  'nanobook books a fill at the next open on the bar of the signal and marks it at a close that was before the fill: ' +
  'a loss and a position that nobody had. Ours books it on the bar it happens; the final equity is the same.';

const SILENT =
  'nanobook answers input that cannot be right with an empty result. Ours throws an error that names the field, the ' +
  'value, the constraint and the fix.';

const CLAMPED =
  'nanobook silently brings a weight above 1 down to 1. Ours throws, and holds 1.5 times the equity when `maxGross` ' +
  'allows it.';

export const divergences: readonly Divergence[] = [
  {
    id: 'several-buys-short-of-cash',
    function: 'backtestWeights',
    fixture: 'backtest/vectorbt-with-cost.json',
    case: 'several buys with too little cash, 10 bps',
    path: 'finalEquity',
    ours: 960006799642,
    theirs: 960043436866.9391,
    reason:
      'With costs, a full rebalance is short of cash. vectorbt fills the buys one after the other and cuts the last ' +
      'one; ours scales all buys by one factor, so that the listing order never matters. Ours agrees with the ' +
      'definition in fractions: fixture backtest/exact.json, case "gross: several buys".',
  },
  {
    ...BASELINE,
    path: 'metrics.maxDrawdown',
    ours: 0.06652121550599999,
    theirs: 0.06578293289146664,
  },
  {
    ...BASELINE,
    path: 'metrics.calmar',
    ours: 33.88786512449539,
    theirs: 34.26818902587707,
  },
  {
    ...NANOBOOK,
    id: 'listing-order',
    case: '10/90 to 90/10 at flat prices',
    path: 'holdings[1][0]',
    ours: 0.9,
    theirs: 0.1,
    reason: ORDER,
  },
  {
    ...NANOBOOK,
    id: 'listing-order',
    case: '90/10 to 10/90 at flat prices',
    path: 'holdings[2][0]',
    ours: 0.9,
    theirs: 0.1,
    reason: ORDER,
  },
  {
    ...NANOBOOK,
    id: 'next-open-booked-early',
    case: 'fill at the next open',
    path: 'equity[0]',
    ours: 1e12,
    theirs: 909090909091,
    reason: BOOKED,
  },
  {
    ...NANOBOOK,
    id: 'leverage-clamped',
    case: 'a weight of 1.5',
    ours: 'InvalidWeightsError',
    theirs: 'weights of 1',
    reason: CLAMPED,
  },
  {
    ...NANOBOOK,
    id: 'bad-input-ignored',
    case: 'a negative price',
    ours: 'PriceError',
    theirs: 'an empty result',
    reason: SILENT,
  },
  {
    ...NANOBOOK,
    id: 'bad-input-ignored',
    case: 'an infinite weight',
    ours: 'InvalidWeightsError',
    theirs: 'an empty result',
    reason: SILENT,
  },
  {
    ...NANOBOOK,
    id: 'bad-input-ignored',
    case: 'fewer rows of weights than of prices',
    ours: 'ShapeError',
    theirs: 'an empty result',
    reason: SILENT,
  },
];
