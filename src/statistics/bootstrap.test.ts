import seedrandom from 'seedrandom';
import t from 'tap';
import { nextUint32 } from '../../kernels/random/generator.js';
import { sharpe } from '../metrics/index.js';
import { seedState } from '../seed.js';
import { uniforms } from '../testing/doubles.js';
import { errorOf } from '../testing/error-of.js';
import { mean, optimalBlockLength, quantile, stationaryBootstrap } from './index.js';

/** An autoregression of order one with uniform shocks. */
function autoregression(n: number, phi: number, seed: number): Float64Array {
  const random = uniforms(seed);
  const out = new Float64Array(n);
  let x = 0;
  for (let i = 0; i < n; i++) out[i] = x = phi * x + random() - 0.5;
  return out;
}

t.test('seedrandom still gives the numbers that seeds were frozen with', async (t) => {
  const random = seedrandom('42');
  t.equal(random(), 0.00701751618236155);
  t.equal(random.int32(), 738111177);
});

t.test('seedState is the first four words of seedrandom for stream and seed', async (t) => {
  const words = (key: string): number[] => {
    const random = seedrandom(key);
    return Array.from({ length: 4 }, () => random.int32() >>> 0);
  };
  t.same(Array.from(seedState(42)), words('0:42'));
  t.same(Array.from(seedState('42', 7)), words('7:42'));
  t.same(
    Array.from(seedState('a\\b')),
    words('0:a\\005cb'),
    'what is not plain ASCII is written as its code',
  );
  t.same(seedState(42), seedState('42'));
});

t.test('different seeds and streams have different states', async (t) => {
  const seeds: [number | string, number?][] = [
    [0],
    [-0, 1],
    [1],
    [-1],
    ['1:0'],
    ['Ā'],
    ['\0'],
    ['é'],
    ['\\00e9'],
    ['1', 3],
    ['3:1'],
    [1e15],
  ];
  t.equal(new Set(seeds.map(([seed, stream]) => seedState(seed, stream).join())).size, seeds.length);
  const state = seedState('x');
  t.not(nextUint32(state), nextUint32(state));
});

t.test('each seed that is none is refused by name', async (t) => {
  for (const seed of [1.5, NaN, 2 ** 53, '', 'x'.repeat(201), null, undefined, {}]) {
    t.match(
      errorOf(() => seedState(seed as number)).message,
      /^Field 'seed' has invalid value .*Fix: pass a/,
    );
  }
  t.match(errorOf(() => seedState(1, -1)).message, /'stream' has invalid value -1/);
});

t.test('optimalBlockLength grows with what neighbours have to do with each other', async (t) => {
  const lengths = [0, 0.3, 0.6, 0.9].map(
    (phi) => optimalBlockLength(autoregression(2000, phi, 3)).stationary,
  );
  t.ok(
    lengths.every((length, i) => i === 0 || length > lengths[i - 1]!),
    `${lengths}`,
  );
  t.same(optimalBlockLength(new Float64Array(50).fill(0.1)), { stationary: 1, circular: 1 });
  t.same(optimalBlockLength(new Float64Array(50)), { stationary: 1, circular: 1 });
  const { stationary, circular } = optimalBlockLength(autoregression(500, 0.5, 1));
  for (const unit of [1e-200, 1e200]) {
    const other = optimalBlockLength(autoregression(500, 0.5, 1).map((value) => unit * value));
    t.ok(Math.abs(other.stationary / stationary - 1) < 1e-12, `in units of ${unit}: ${other.stationary}`);
  }
  t.ok(Math.abs(circular / stationary - 1.5 ** (1 / 3)) < 1e-14, 'the constants 2 and 4/3 of the correction');
});

t.test('the spread of bootstrapped means is the closed form of Politis and Romano', async (t) => {
  const n = 300;
  const values = autoregression(n, 0.6, 5);
  const center = mean(values);
  const circular = (lag: number): number => {
    let total = 0;
    for (let i = 0; i < n; i++) total += (values[i]! - center) * (values[(i + lag) % n]! - center);
    return total / n;
  };
  for (const meanBlock of [1, 8, 40]) {
    const keep = 1 - 1 / meanBlock;
    let variance = circular(0);
    for (let lag = 1; lag < n; lag++) variance += 2 * (1 - lag / n) * keep ** lag * circular(lag);
    const found = stationaryBootstrap(values, mean, { meanBlock, samples: 2000, seed: 9 });
    const ratio = found.standardError / Math.sqrt(variance / n);
    // The relative error of a standard deviation of 2000 draws is 1 / √4000 = 0.016.
    t.ok(Math.abs(ratio - 1) < 0.064, `mean block ${meanBlock}: ${ratio}`);
    t.ok(Math.abs(found.bias) < (4 * found.standardError) / Math.sqrt(2000), 'and their mean is the mean');
  }
});

t.test('an interval is made of the quantiles of its replicates', async (t) => {
  const values = autoregression(250, 0.2, 8);
  const options = { samples: 999, seed: 'walk', confidence: 0.9 };
  const plain = stationaryBootstrap(values, sharpe, options);
  const share = (q: number): number => quantile(plain.replicates, q);
  const tail = (1 - 0.9) / 2;
  t.equal(plain.replicates.length, 999);
  t.equal(plain.estimate, sharpe(values));
  t.same([plain.lower, plain.upper], [share(tail), share(1 - tail)]);
  const basic = stationaryBootstrap(values, sharpe, { ...options, method: 'basic' });
  t.same([basic.lower, basic.upper], [2 * plain.estimate - plain.upper, 2 * plain.estimate - plain.lower]);
  t.equal(plain.meanBlock, Math.max(1, optimalBlockLength(values).stationary));
  const again = stationaryBootstrap(values, sharpe, options);
  t.equal(JSON.stringify(again), JSON.stringify(plain), 'the same seed, the same bytes');
  const other = stationaryBootstrap(values, sharpe, { ...options, seed: 'other' });
  t.not(other.replicates.join(), plain.replicates.join());
});

t.test('bca is percentile without bias and skewness, and leans with them', async (t) => {
  // Symmetric about 0: the mean has neither, so bca differs by the chance in the shares alone.
  const half = autoregression(100, 0, 2);
  const symmetric = Float64Array.from([...half, ...half.map((x) => -x)]);
  const options = { samples: 5000, meanBlock: 1, seed: 4 } as const;
  const plain = stationaryBootstrap(symmetric, mean, options);
  const bca = stationaryBootstrap(symmetric, mean, { ...options, method: 'bca' });
  t.ok(Math.abs(bca.lower - plain.lower) < 0.1 * plain.standardError);
  t.ok(Math.abs(bca.upper - plain.upper) < 0.1 * plain.standardError);
  const skewed = Float64Array.from({ length: 60 }, (_, i) => 1 / (i + 1));
  const leaning = stationaryBootstrap(skewed, mean, { ...options, method: 'bca' });
  const straight = stationaryBootstrap(skewed, mean, options);
  t.ok(leaning.lower > straight.lower && leaning.upper > straight.upper, 'towards the long tail');
});

t.test(
  '95 % intervals of the mean of independent numbers hold the true mean about 95 % of the time',
  async (t) => {
    let held = 0;
    const runs = 100;
    for (let run = 0; run < runs; run++) {
      const values = autoregression(100, 0, 1000 + run);
      const { lower, upper } = stationaryBootstrap(values, mean, { samples: 250, meanBlock: 1, seed: run });
      if (lower <= 0 && upper >= 0) held++;
    }
    // Standard error 2 %; percentile intervals of 100 numbers are a little short.
    t.ok(held >= 0.86 * runs && held <= 0.99 * runs, `${held} of ${runs}`);
  },
);

t.test('each wrong argument of the bootstrap is named', async (t) => {
  const values = [1, 2, 3];
  const rows: [() => unknown, RegExp][] = [
    [() => stationaryBootstrap([1], mean), /values has 1: at least two numbers are needed/],
    [() => optimalBlockLength([]), /values has 0: at least two numbers are needed/],
    [() => stationaryBootstrap([1, NaN], mean), /'values\[1\]' has invalid value NaN/],
    [() => stationaryBootstrap(values, () => NaN), /'statistic of the series' has invalid value NaN/],
    [() => stationaryBootstrap(values, 'mean' as never), /'statistic' has invalid value "mean"/],
    [() => stationaryBootstrap(values, mean, { samples: 1 }), /'samples' has invalid value 1/],
    [
      () => stationaryBootstrap(values, mean, { meanBlock: 4 }),
      /'meanBlock' has invalid value 4.*from 1 to 3/,
    ],
    [() => stationaryBootstrap(values, mean, { confidence: 95 }), /'confidence' has invalid value 95/],
    [
      () => stationaryBootstrap(values, mean, { method: 'bac' as 'bca' }),
      /'method'.*one of percentile, basic, bca/,
    ],
    [() => stationaryBootstrap(values, mean, { sample: 5 } as object), /'options\.sample'.*samples/],
  ];
  for (const [call, message] of rows) t.match(errorOf(call).message, message);
  let calls = 0;
  const failsLater = (): number => (calls++ < 5 ? 1 : NaN);
  t.match(errorOf(() => stationaryBootstrap(values, failsLater)).message, /statistic of resample 4/);
});
