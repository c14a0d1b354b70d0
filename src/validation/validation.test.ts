import t from 'tap';
import { StrategyError } from '../errors.js';
import { sharpe } from '../metrics/index.js';
import { errorOf } from '../testing/error-of.js';
import { uniforms } from '../testing/doubles.js';
import {
  probabilityOfBacktestOverfitting,
  type WalkForwardFold,
  type WalkForwardOptions,
  walkForward,
  walkForwardFolds,
} from './index.js';

/** Rows of returns: noise, and for configuration j a drift of `drift(j)`. */
function returnsOf(rows: number, cols: number, seed: number, drift: (j: number) => number): number[][] {
  const random = uniforms(seed);
  return Array.from({ length: rows }, () =>
    Array.from({ length: cols }, (_, j) => random() - 0.5 + drift(j)),
  );
}

t.test('two blocks of two configurations are judged as by hand', async (t) => {
  // Means of the blocks: 1 and 0 for the first configuration, 0 and 2 for the second.
  const rows = [
    [1, 0],
    [1, 0],
    [0, 2],
    [0, 2],
  ];
  const found = probabilityOfBacktestOverfitting(rows, { nBlocks: 2, metric: 'mean' });
  t.same(Array.from(found.best), [0, 1]);
  t.same(Array.from(found.inSample), [1, 2]);
  t.same(Array.from(found.outOfSample), [0, 0], 'the best of one block is the worst of the other');
  t.equal(found.pbo, 1);
  t.ok(
    found.logits.every((logit) => Math.abs(logit + Math.LN2) < 1e-15),
    'rank 1 of 2: ln(1/3 / (2/3))',
  );
  t.equal(found.lossProbability, 0);
  t.equal(found.degradation.slope, 0);
});

t.test('a configuration with skill is chosen again out of sample, and noise is not', async (t) => {
  const skilled = probabilityOfBacktestOverfitting(
    returnsOf(200, 8, 1, (j) => (j === 3 ? 0.4 : 0)),
    { nBlocks: 10 },
  );
  t.equal(skilled.pbo, 0);
  t.ok(skilled.best.every((j) => j === 3));
  t.ok(skilled.degradation.slope < 0, 'what one half has more, the other has less');
  let total = 0;
  for (let seed = 0; seed < 20; seed++) {
    total += probabilityOfBacktestOverfitting(
      returnsOf(120, 10, seed + 7, () => 0),
      { nBlocks: 6 },
    ).pbo;
  }
  t.ok(
    total / 20 > 0.4 && total / 20 < 0.75,
    `of noise the best is below the median about half of the time: ${total / 20}`,
  );
});

t.test('the fast figures are those of a function that sees the returns', async (t) => {
  const wrong: string[] = [];
  for (const [seed, rows, nBlocks] of [
    [1, 64, 8],
    [2, 61, 6],
    [3, 33, 4],
  ] as const) {
    const matrix = returnsOf(rows, 7, seed, (j) => j / 50);
    const fast = probabilityOfBacktestOverfitting(matrix, { nBlocks });
    const slow = probabilityOfBacktestOverfitting(matrix, {
      nBlocks,
      metric: (series) => sharpe(series, { periodsPerYear: 1 }),
    });
    if (fast.best.join() !== slow.best.join() || fast.logits.join() !== slow.logits.join())
      wrong.push(`${seed}`);
    const off = fast.outOfSample.map((value, k) => Math.abs(value - slow.outOfSample[k]!));
    if (!off.every((d) => d < 1e-12)) wrong.push(`${seed}: ${off}`);
    const flat = { data: Float64Array.from(matrix.flat()), rows, cols: 7 };
    if (probabilityOfBacktestOverfitting(flat, { nBlocks }).pbo !== fast.pbo)
      wrong.push(`${seed}: as a matrix`);
  }
  t.same(wrong, []);
});

t.test(
  'every choice and its other half stand mirrored, and equal configurations share their ranks',
  async (t) => {
    const twin = returnsOf(40, 1, 5, () => 0).map(([x]) => [x!, x!, x!]);
    const found = probabilityOfBacktestOverfitting(twin, { nBlocks: 4 });
    t.equal(found.logits.length, 6, 'two of four');
    t.same(Array.from(found.logits), [0, 0, 0, 0, 0, 0], 'three equal ones: the middle rank');
    t.equal(found.pbo, 1, 'no better than the median');
    t.same(Array.from(found.inSample), Array.from(found.outOfSample).reverse());
  },
);

t.test('each wrong argument of the overfitting test is named', async (t) => {
  const good = returnsOf(8, 2, 1, () => 0);
  const rows: [() => unknown, RegExp][] = [
    [() => probabilityOfBacktestOverfitting(good), /'returns' has invalid value 8.*at least 32 rows/],
    [() => probabilityOfBacktestOverfitting(good, { nBlocks: 3 }), /'nBlocks' has invalid value 3.*even/],
    [
      () =>
        probabilityOfBacktestOverfitting(
          [
            [1, 2, 3],
            [3, 2, 1],
          ],
          { nBlocks: 2 },
        ),
      /'returns' has invalid value "?2 rows of 3"?.*rows that are periods/,
    ],
    [
      () =>
        probabilityOfBacktestOverfitting(
          good.map(([x]) => [x!]),
          { nBlocks: 2 },
        ),
      /at least two columns/,
    ],
    [
      () => probabilityOfBacktestOverfitting([...good, [1]], { nBlocks: 2 }),
      /'returns\[8\]' has invalid value 1.*length 2/,
    ],
    [
      () => probabilityOfBacktestOverfitting([...good, [1, NaN]], { nBlocks: 2 }),
      /'returns\[8\]\[1\]' has invalid value NaN/,
    ],
    [
      () => probabilityOfBacktestOverfitting(good, { nBlocks: 2, metric: 'sortino' as 'mean' }),
      /'metric'.*sharpe, mean/,
    ],
    [
      () => probabilityOfBacktestOverfitting(good, { nBlocks: 2, metric: () => NaN }),
      /'metric of configuration 0' has invalid value NaN/,
    ],
    [
      () => probabilityOfBacktestOverfitting({} as never, { nBlocks: 2 }),
      /a matrix \{data, rows, cols\} or an array of rows/,
    ],
    [
      () => probabilityOfBacktestOverfitting({ data: new Float64Array(3), rows: 2, cols: 2 }, { nBlocks: 2 }),
      /'returns\.data'/,
    ],
  ];
  for (const [call, message] of rows) t.match(errorOf(call).message, message);
});

const spans = (options: WalkForwardOptions): number[][] =>
  walkForwardFolds(options).map((f) => [f.trainStart, f.trainEnd, f.testStart, f.testEnd]);

t.test('folds roll or stay anchored, with an embargo between training and test', async (t) => {
  t.same(spans({ n: 12, train: 4, test: 3 }), [
    [0, 4, 4, 7],
    [3, 7, 7, 10],
  ]);
  t.same(spans({ n: 12, train: 4, test: 3, anchored: true, embargo: 1, partial: true }), [
    [0, 4, 5, 8],
    [0, 7, 8, 11],
    [0, 10, 11, 12],
  ]);
  t.same(spans({ n: 12, train: 4, test: 2, step: 4 }), [
    [0, 4, 4, 6],
    [4, 8, 8, 10],
  ]);
});

t.test('walkForward stitches the returns of callbacks that answer at once or later', async (t) => {
  const options = { n: 11, train: 4, test: 3 };
  const seen: number[] = [];
  const fit = ({ fold }: WalkForwardFold): number => seen.push(fold);
  const returns = (_: number, { testStart, testEnd }: WalkForwardFold): number[] =>
    Array.from({ length: testEnd - testStart }, (_unused, i) => (testStart + i) / 10);
  const now = await walkForward(options, fit, returns);
  t.same(Array.from(now.testIndices), [4, 5, 6, 7, 8, 9]);
  t.same(Array.from(now.returns!), [0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
  t.equal(now.untested, 1);
  t.same(seen, [0, 1]);
  t.match(now.folds[1], { fold: 1, trainStart: 3, testEnd: 10, model: 2, result: [0.7, 0.8, 0.9] });
  seen.length = 0;
  const later = await walkForward(
    options,
    async (fold) => fit(fold),
    async (model, fold) => ({ returns: Float64Array.from(returns(model, fold)), score: model }),
  );
  t.same(later.returns, now.returns);
  t.same(
    later.folds.map(({ result }) => result.score),
    [1, 2],
  );
  const scores = await walkForward(options, fit, (model) => ({ score: model }));
  t.equal(scores.returns, null);
  const lists = await walkForward(options, fit, () => ['a', 'b']);
  t.equal(lists.returns, null, 'an array of other things is a result of its own');
});

t.test('what fails in a fold is a StrategyError that names the fold and keeps the cause', async (t) => {
  const options = { n: 10, train: 4, test: 3 };
  const cause = new RangeError('no such column');
  const failing = async (
    fit: (f: WalkForwardFold) => unknown,
    evaluate: (m: unknown, f: WalkForwardFold) => unknown,
  ) => {
    try {
      await walkForward(options, fit, evaluate);
    } catch (error) {
      return error as StrategyError;
    }
    throw new Error('nothing was thrown');
  };
  const throwsIn =
    (fold: number) =>
    (f: WalkForwardFold): number => {
      if (f.fold === fold) throw cause;
      return 0;
    };
  const inFit = await failing(throwsIn(1), () => 0);
  t.ok(inFit instanceof StrategyError);
  t.match(inFit, { fold: 1, barIndex: 7, code: 'STRATEGY', exitCode: 1 });
  t.equal(inFit.cause, cause);
  t.equal(
    inFit.message,
    'fit failed in fold 1 (of 2; trained on observations 3 to 6, tested on 7 to 9): no such column',
  );
  const inEvaluate = await failing(
    () => 0,
    async (_, fold) => throwsIn(0)(fold),
  );
  t.match(inEvaluate.message, /^evaluate failed in fold 0 \(of 2; .*: no such column$/);
  const rejected = await failing(
    () => Promise.reject(Object.create(null)),
    () => 0,
  );
  t.match(rejected.message, /^fit failed in fold 0 /, 'whatever is thrown');
  const short = await failing(
    () => 0,
    () => [0.1],
  );
  t.match(
    short.message,
    /^the result of evaluate failed in fold 0 .*'returns' has invalid value 1.*length 3/,
  );
  const hole = await failing(
    () => 0,
    () => [0.1, NaN, 0],
  );
  t.match(hole.message, /fold 0 .*'returns\[1\]' has invalid value NaN/);
  for (const half of [new Float32Array(3), { returns: new Float32Array(3) }]) {
    const wrong = await failing(
      () => 0,
      () => half,
    );
    t.match(wrong.message, /fold 0 .*'returns' has invalid value Float32Array\(3\).*a Float64Array/);
  }
  const moved = await failing(
    (fold) => ((fold as { testEnd: number }).testEnd = 9),
    () => 0,
  );
  t.match(moved.message, /^fit failed in fold 0 .*read only/, 'a fold cannot be changed');
  const some = await failing(
    () => 0,
    (_, { fold }) => (fold === 0 ? [1, 2, 3] : null),
  );
  t.match(some.message, /fold 1 .*returns in every fold or in none/);
});

t.test('each wrong argument of walkForward is named', async (t) => {
  const rows: [Partial<WalkForwardOptions>, RegExp][] = [
    [{ n: 6 }, /'n' has invalid value 6.*at least train \+ embargo \+ test, 7/],
    [{ train: 0 }, /'train' has invalid value 0/],
    [{ test: 1.5 }, /'test' has invalid value 1\.5/],
    [{ step: 2 }, /'step' has invalid value 2.*from 3/],
    [{ embargo: -1 }, /'embargo' has invalid value -1/],
    [{ anchored: 'yes' as never }, /'anchored' has invalid value "yes"/],
    [{ gap: 1 } as object, /'options\.gap'/],
  ];
  for (const [part, message] of rows) {
    t.match(errorOf(() => walkForwardFolds({ n: 10, train: 4, test: 3, ...part })).message, message);
  }
  await t.rejects(
    walkForward({ n: 10, train: 4, test: 3 }, 'fit' as never, () => 0),
    /'fit' has invalid value/,
  );
  await t.rejects(
    walkForward(
      { n: 1, train: 4, test: 3 },
      () => 0,
      () => 0,
    ),
    /'n' has invalid value 1/,
  );
});
