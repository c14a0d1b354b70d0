import {
  deflatedSharpe,
  icSeries,
  informationCoefficient,
  probabilityOfBacktestOverfitting,
  purgedKFold,
  sharpe,
  spearman,
  stationaryBootstrap,
  timeSeriesSplit,
  walkForward,
} from 'nb-backtest';

// Two years of daily returns of 20 variants of one idea.
const variant = (k: number): Float64Array =>
  Float64Array.from({ length: 504 }, (_, t) => (((7919 * (t + 1) * (k + 3)) % 101) - 49) / 4000);
const variants = Array.from({ length: 20 }, (_, k) => variant(k));
const best = variants.reduce((a, b) => (sharpe(a) > sharpe(b) ? a : b));

// Does a score say anything about the return that follows?
const scores = variants[0]!;
const next = variants[1]!;
console.log(spearman(scores, next)); // { correlation, pValue, n }
console.log(informationCoefficient(scores, next)); // and its t-statistic and quantile spread

// The same day by day over many symbols: rows are days. Days are not independent; Newey-West knows.
const panel = (from: number): { data: Float64Array; rows: number; cols: number } => ({
  data: Float64Array.from({ length: 60 * 20 }, (_, i) => variants[i % 20]![from + Math.floor(i / 20)]!),
  rows: 60,
  cols: 20,
});
const { mean, tStat, tStatNeweyWest } = icSeries(panel(0), panel(1), { lags: 5 });
console.log(mean, tStat, tStatNeweyWest);

// How far can the Sharpe ratio of the best of 20 be trusted?
const trials = variants.map((returns) => sharpe(returns, { periodsPerYear: 1 }));
console.log(deflatedSharpe(best, { trials })); // probability that the true one is above 0
// One row a day, one column a variant.
const days = Array.from({ length: 504 }, (_, t) => variants.map((returns) => returns[t]!));
console.log(probabilityOfBacktestOverfitting(days, { nBlocks: 10 }).pbo);

// An interval that respects that days hang together; the same seed, the same numbers.
const { lower, upper } = stationaryBootstrap(best, (sample) => sharpe(sample), { samples: 500, seed: 7 });
console.log(lower, upper);

// Train on the past, test on what comes next.
for (const { train, test } of timeSeriesSplit(504, 5, { gap: 5 })) console.log(train.length, test.length);
console.log(purgedKFold(504, { nSplits: 5, embargo: 5 }).length);

const run = await walkForward(
  { n: 504, train: 252, test: 63, embargo: 5 },
  ({ trainStart, trainEnd }) => {
    const inSample = variants.map((returns) => sharpe(returns.subarray(trainStart, trainEnd)));
    return variants[inSample.indexOf(Math.max(...inSample))]!;
  },
  (chosen, { testStart, testEnd }) => ({ returns: chosen.subarray(testStart, testEnd) }),
);
console.log(run.folds.length, sharpe(run.returns!));
