import t from 'tap';
import { GROWTH_WHERE, growthWhere, OF_BENCHMARK, OF_RETURNS } from './capture.js';
import { DEVIATION_SUMS, DOWNSIDE_SQUARES, deviationSums, SQUARES } from './deviation.js';
import { drawdownFractions, drawdownsOfReturns, squaredDrawdowns } from './drawdown.js';
import { growthFactor } from './growth.js';
import {
  GAIN_COUNT,
  GAIN_SUM,
  GROWTH,
  LOSS_COUNT,
  LOSS_SUM,
  LOWEST_RATIO,
  RETURN_TOTALS,
  returnTotals,
  SUM,
} from './return-totals.js';
import { rollingSharpes, rollingVolatilities } from './rolling-risk.js';
import { rollingMoments, rollingMomentsScratch } from '../rolling/rolling-moments.js';
import { rollingSharpeRatios, rollingSharpeScratch } from './rolling-sharpe.js';
import { meanAtMost, meanBelow, meanOfLowest } from './tail-risk.js';
import { ABOVE, BELOW, THRESHOLD_SUMS, thresholdSums } from './threshold.js';

const RETURNS = Float64Array.of(0.5, -0.5, 0, -0.25, 1, 0.25);

/** Returns in 64ths, so that sums and squares are exact. */
const EXACT = Float64Array.from({ length: 500 }, (_, i) => (((i * 7919) % 101) - 50) / 64);

t.test('returnTotals fills every cell with what the returns say', async (t) => {
  const out = new Float64Array(RETURN_TOTALS).fill(-99);
  returnTotals(RETURNS, out);
  t.equal(out[SUM], 1);
  t.equal(out[GROWTH], 1.5 * 0.5 * 0.75 * 2 * 1.25);
  t.equal(out[LOWEST_RATIO], 0.5 * 0.75, 'from the peak of 1.5');
  t.equal(out[GAIN_SUM], 1.75);
  t.equal(out[LOSS_SUM], 0.75);
  t.equal(out[GAIN_COUNT], 3);
  t.equal(out[LOSS_COUNT], 2);
});

t.test('returnTotals of nothing is a wealth of 1, and a NaN or an infinity shows in SUM', async (t) => {
  const out = new Float64Array(RETURN_TOTALS).fill(-99);
  returnTotals(new Float64Array(0), out);
  t.same(Array.from(out), [0, 1, 1, 0, 0, 0, 0]);
  for (const bad of [NaN, Infinity, -Infinity]) {
    returnTotals(Float64Array.of(0.1, bad, 0.2), out);
    t.notOk(Number.isFinite(out[SUM]), `${bad}`);
  }
});

t.test('the lowest ratio starts from a wealth of 1 and outlives wealth no number can hold', async (t) => {
  const out = new Float64Array(RETURN_TOTALS);
  returnTotals(Float64Array.of(-0.25, 0.1), out);
  t.equal(out[LOWEST_RATIO], 0.75);
  const huge = new Float64Array(200).fill(1e6);
  huge[150] = -0.5;
  returnTotals(huge, out);
  t.equal(out[GROWTH], Infinity);
  t.equal(out[LOWEST_RATIO], 0.5);
  returnTotals(Float64Array.of(-1.5), out);
  t.equal(out[LOWEST_RATIO], -0.5, 'below −1 wealth is negative');
});

t.test('deviationSums agrees with a pass for each sum', async (t) => {
  const out = new Float64Array(DEVIATION_SUMS).fill(-99);
  const mean = EXACT.reduce((a, b) => a + b, 0) / EXACT.length;
  deviationSums(EXACT, mean, 0.125, out);
  const squares = EXACT.reduce((total, r) => total + (r - mean) * (r - mean), 0);
  const short = EXACT.reduce((total, r) => total + Math.min(r - 0.125, 0) * Math.min(r - 0.125, 0), 0);
  t.ok(Math.abs(out[SQUARES] / squares - 1) < 1e-13);
  t.equal(out[DOWNSIDE_SQUARES], short, 'sums of 4096ths are exact');
  deviationSums(new Float64Array(1000).fill(0.1), 0.1 + 2 ** -56, 0.1, out);
  t.ok(out[SQUARES] < 1e-30, 'what the mean is off by is no deviation');
  t.equal(out[DOWNSIDE_SQUARES], 0);
});

t.test('drawdowns of wealth and of the returns that made it are the same', async (t) => {
  const equity = Float64Array.of(1, 1.5, 0.75, 0.75, 0.5625, 1.125, 1.40625);
  t.equal(growthFactor(RETURNS, 1, 4), 0.375);
  t.equal(growthFactor(RETURNS, 2, 2), 1);
  const ofEquity = new Float64Array(7).fill(-99);
  const ofReturns = new Float64Array(6).fill(-99);
  drawdownFractions(equity, ofEquity);
  drawdownsOfReturns(RETURNS, ofReturns);
  t.same(Array.from(ofEquity), [0, 0, 0.5, 0.5, 0.625, 0.25, 0.0625]);
  t.same(Array.from(ofReturns), [0, 0.5, 0.5, 0.625, 0.25, 0.0625]);
  t.equal(squaredDrawdowns(RETURNS), 0.25 + 0.25 + 0.390625 + 0.0625 + 0.00390625);
});

t.test('a NaN spoils its own and every later drawdown, and nothing before', async (t) => {
  const out = new Float64Array(4).fill(-99);
  drawdownFractions(Float64Array.of(2, 1, NaN, 3), out);
  t.same(Array.from(out), [0, 0.5, NaN, NaN]);
  drawdownsOfReturns(Float64Array.of(-0.5, 0.5, NaN, 0.1), out);
  t.same(Array.from(out), [0.5, 0.25, NaN, NaN]);
});

t.test('the means of a tail take their bounds as they say', async (t) => {
  const values = Float64Array.of(3, -2, 1, -2, 0, -4);
  const scratch = new Float64Array(6);
  t.equal(meanOfLowest(values, 1, scratch), -4);
  t.equal(meanOfLowest(values, 3, scratch), -8 / 3);
  t.equal(meanOfLowest(values, 6, scratch), -4 / 6);
  t.equal(meanAtMost(values, -2), -8 / 3);
  t.equal(meanBelow(values, -2), -4);
  t.ok(Number.isNaN(meanAtMost(values, -5)));
  t.ok(Number.isNaN(meanBelow(values, -4)));
});

t.test('thresholdSums parts the returns at the threshold', async (t) => {
  const out = new Float64Array(THRESHOLD_SUMS).fill(-99);
  thresholdSums(RETURNS, 0.25, out);
  t.equal(out[ABOVE], 0.25 + 0.75);
  t.equal(out[BELOW], 0.75 + 0.25 + 0.5);
});

t.test('growthWhere takes the periods in which the benchmark moved that way', async (t) => {
  const out = new Float64Array(GROWTH_WHERE).fill(-99);
  const benchmark = Float64Array.of(1, -0.5, 0, 0.5, NaN, -0.25);
  t.equal(growthWhere(RETURNS, benchmark, 1, out), 2);
  t.equal(out[OF_RETURNS], 1.5 * 0.75);
  t.equal(out[OF_BENCHMARK], 3);
  t.equal(growthWhere(RETURNS, benchmark, -1, out), 2);
  t.equal(out[OF_RETURNS], 0.5 * 1.25);
  t.equal(out[OF_BENCHMARK], 0.375);
  t.equal(growthWhere(RETURNS, new Float64Array(6), 1, out), 0);
  t.same(Array.from(out), [1, 1]);
});

t.test('rolling ratios are 0 where the spread is only rounding, and NaN where the window is', async (t) => {
  const mean = Float64Array.of(NaN, 0.1, 0.1, 0, -0.2);
  const variance = Float64Array.of(NaN, 0.25, 1e-33, 0, 0.04);
  const out = new Float64Array(5).fill(-99);
  rollingVolatilities(mean, variance, 4, out);
  t.same(Array.from(out), [NaN, 2, 0, 0, 0.8]);
  rollingSharpes(mean, variance, 0.05, 4, out);
  t.same(Array.from(out), [NaN, 0.4, 0, 0, -5]);
  rollingSharpes(mean, variance, 0.05, 4, variance);
  t.same(variance, out, 'the output may be the variance itself');
});

t.test('rollingSharpeRatios are rollingSharpes of the moments, bit for bit', async (t) => {
  let state = 5;
  const random = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647 - 0.49;
  };
  const wrong: string[] = [];
  for (const [n, window] of [
    [2, 2],
    [3, 2],
    [5, 5],
    [126, 63],
    [127, 63],
    [200, 200],
    [1000, 17],
  ]) {
    const values = Float64Array.from({ length: n }, random);
    if (n > 500) values.fill(0.01, 300, 350).set([NaN], 500);
    const mean = new Float64Array(n);
    const variance = new Float64Array(n);
    rollingMoments(values, window, new Float64Array(rollingMomentsScratch(window)), mean, variance);
    rollingSharpes(mean, variance, 0.01, 16, mean);
    const out = new Float64Array(n).fill(-7);
    const scratch = new Float64Array(rollingSharpeScratch(window)).fill(-7);
    const doubt = rollingSharpeRatios(values, window, 0.01, 16, scratch, out);
    const at = out.findIndex((ratio, i) => !Object.is(ratio, mean[i]));
    if (at >= 0) wrong.push(`n ${n}, window ${window}: ${out[at]} at ${at}, not ${mean[at]}`);
    if ((doubt === 0) !== values.every(Number.isFinite)) wrong.push(`n ${n}: doubt ${doubt}`);
  }
  t.strictSame(wrong, []);
});
