import t from 'tap';
import { errorOf } from '../testing/error-of.js';
import { randomStream } from '../testing/random.js';
import { combinatorialPurgedCv, type LabelSpans, purgedKFold, type Split, timeSeriesSplit } from './index.js';

const plain = (splits: readonly Split[]): number[][][] =>
  splits.map(({ train, test }) => [Array.from(train), Array.from(test)]);

t.test('timeSeriesSplit gives the parts that scikit-learn prints', async (t) => {
  t.same(plain(timeSeriesSplit(10, 3)), [
    [
      [0, 1, 2, 3],
      [4, 5],
    ],
    [
      [0, 1, 2, 3, 4, 5],
      [6, 7],
    ],
    [
      [0, 1, 2, 3, 4, 5, 6, 7],
      [8, 9],
    ],
  ]);
  t.same(plain(timeSeriesSplit(10, 3, { gap: 1, maxTrainSize: 3 })), [
    [
      [0, 1, 2],
      [4, 5],
    ],
    [
      [2, 3, 4],
      [6, 7],
    ],
    [
      [4, 5, 6],
      [8, 9],
    ],
  ]);
  t.same(plain(timeSeriesSplit(6, 2, { testSize: 1 }))[1], [[0, 1, 2, 3, 4], [5]]);
  t.equal(timeSeriesSplit(12).length, 5);
});

t.test('what cannot be cut throws, or is empty where that was asked for', async (t) => {
  const empty = { onInvalid: 'empty' } as const;
  for (const [n, nSplits] of [
    [3, 3],
    [10, 1],
    [10, 0],
    [0, 3],
    [5, 10],
    [1, 1],
  ] as const) {
    t.equal(errorOf(() => timeSeriesSplit(n, nSplits)).code, 'VALIDATION', `${n}, ${nSplits}`);
    t.same(timeSeriesSplit(n, nSplits, empty), [], `${n}, ${nSplits}: nanobook's answer`);
  }
  t.same(timeSeriesSplit(10, 3, { ...empty, gap: 4 }), []);
  t.equal(timeSeriesSplit(4, 3, empty).length, 3);
  t.match(errorOf(() => timeSeriesSplit(3, 3)).message, /'nSplits' has invalid value 3.*at most n − 1, 2/);
  t.match(
    errorOf(() => timeSeriesSplit(10, 3, { gap: 4 })).message,
    /3 tests of 2 and a gap of 4 leave some of 10 observations/,
  );
});

t.test('each wrong argument of timeSeriesSplit is named, also with onInvalid', async (t) => {
  const rows: [() => unknown, RegExp][] = [
    [() => timeSeriesSplit(10.5), /'n' has invalid value 10\.5/],
    [() => timeSeriesSplit(-1, 3, { onInvalid: 'empty' }), /'n' has invalid value -1/],
    [() => timeSeriesSplit(10, -1, { onInvalid: 'empty' }), /'nSplits' has invalid value -1/],
    [() => timeSeriesSplit(10, 3, { gap: -1 }), /'gap' has invalid value -1/],
    [() => timeSeriesSplit(10, 3, { testSize: 0 }), /'testSize' has invalid value 0/],
    [() => timeSeriesSplit(10, 3, { maxTrainSize: 0 }), /'maxTrainSize' has invalid value 0/],
    [() => timeSeriesSplit(10, 3, { onInvalid: 'none' as 'empty' }), /'onInvalid'/],
    [() => timeSeriesSplit(10, 3, { test_size: 2 } as object), /test_size.*did you mean testSize/],
  ];
  for (const [call, message] of rows) t.match(errorOf(call).message, message);
});

/** What may be trained on beside one test part, by the definition: every pair of observations is looked at. */
function allowed(n: number, from: number, to: number, spans: Required<LabelSpans>): number[] {
  const { start, end, embargo } = spans;
  const begin = start[from]!;
  let known = begin;
  for (let i = from; i < to; i++) known = Math.max(known, end[i]!);
  const later: number[] = [];
  for (let i = to; i < n; i++) if (start[i]! >= known) later.push(i);
  const earlier: number[] = [];
  for (let i = 0; i < from; i++) if (end[i]! <= begin) earlier.push(i);
  return [...earlier, ...later.slice(embargo)];
}

/** Random spans: some starts at once, outcomes after 0 to 6 units of time. */
function randomSpans(n: number, seed: number): Required<LabelSpans> {
  const random = randomStream(seed, n);
  let time = 0;
  const start = Array.from({ length: n }, () => (time += random.below(3)));
  const longest = random.below(7) + 1;
  return { start, end: start.map((s) => s + random.below(longest)), embargo: random.below(4) };
}

t.test('purgedKFold leaves out what overlaps with the test and the embargo after it, by hand', async (t) => {
  // Outcomes known two bars later; the test 4 … 7 begins at 4 and is known at 9.
  const end = Array.from({ length: 12 }, (_, i) => i + 2);
  t.same(plain(purgedKFold(12, { nSplits: 3, end, embargo: 1 })), [
    [
      [6, 7, 8, 9, 10, 11],
      [0, 1, 2, 3],
    ],
    [
      [0, 1, 2, 10, 11],
      [4, 5, 6, 7],
    ],
    [
      [0, 1, 2, 3, 4, 5, 6],
      [8, 9, 10, 11],
    ],
  ]);
  t.same(
    plain(purgedKFold(7, { nSplits: 3 })).map(([, test]) => test),
    [
      [0, 1, 2],
      [3, 4],
      [5, 6],
    ],
    'parts as numpy.array_split, and without spans nothing but the test is left out',
  );
});

t.test('purgedKFold is the definition on random spans, every observation tested once', async (t) => {
  const wrong: string[] = [];
  let purged = 0;
  for (let seed = 0; seed < 150; seed++) {
    const n = 30 + (seed % 50);
    const spans = randomSpans(n, seed);
    const splits = purgedKFold(n, { nSplits: 2 + (seed % 3), ...spans });
    const tested = splits.flatMap(({ test }) => Array.from(test));
    if (tested.join() !== Array.from({ length: n }, (_, i) => i).join()) wrong.push(`${seed}: tests`);
    for (const { train, test } of splits) {
      const right = allowed(n, test[0]!, test[test.length - 1]! + 1, spans);
      if (right.join() !== train.join()) wrong.push(`${seed}: ${train} instead of ${right}`);
      purged += n - test.length - train.length;
    }
  }
  t.same(wrong, []);
  t.ok(purged > 500, 'and something was purged');
});

t.test('combinatorialPurgedCv has a split for every choice and a path for every history', async (t) => {
  const { splits, paths, groups } = combinatorialPurgedCv(20);
  t.equal(splits.length, 15, 'two of six');
  t.equal(paths.length, 5);
  t.same(Array.from(groups), [0, 4, 8, 11, 14, 17, 20]);
  t.same(Array.from(splits[1]!.test), [0, 1, 2, 3, 8, 9, 10]);
  t.same(Array.from(splits[1]!.testGroups), [0, 2]);
  // As in the book's example of six groups, two tested: the first path takes each group from the first split that tests it.
  t.same(Array.from(paths[0]!), [0, 0, 1, 2, 3, 4]);
  t.same(Array.from(paths[4]!), [4, 8, 11, 13, 14, 14]);
});

t.test('every test of every split is in one path, and every path covers all groups once', async (t) => {
  const wrong: string[] = [];
  for (const [nGroups, nTestGroups] of [
    [2, 1],
    [5, 1],
    [6, 2],
    [7, 3],
    [8, 4],
  ] as const) {
    const n = 4 * nGroups + 1;
    const { splits, paths } = combinatorialPurgedCv(n, { nGroups, nTestGroups });
    const used = new Set<string>();
    for (const path of paths) {
      for (const [group, split] of path.entries()) {
        if (!splits[split]!.testGroups.includes(group)) wrong.push(`${nGroups}, ${nTestGroups}: not tested`);
        used.add(`${group} ${split}`);
      }
    }
    if (used.size !== splits.length * nTestGroups)
      wrong.push(`${nGroups}, ${nTestGroups}: ${used.size} used`);
    const names = new Set(splits.map(({ testGroups }) => testGroups.join()));
    if (names.size !== splits.length) wrong.push(`${nGroups}, ${nTestGroups}: a choice twice`);
  }
  t.same(wrong, []);
});

t.test('combinatorial training is what every tested group allows', async (t) => {
  const wrong: string[] = [];
  for (let seed = 0; seed < 40; seed++) {
    const n = 40 + seed;
    const spans = randomSpans(n, seed);
    const { splits, groups } = combinatorialPurgedCv(n, { nGroups: 5, nTestGroups: 2, ...spans });
    for (const { train, testGroups } of splits) {
      const [a, b] = Array.from(testGroups, (g) => new Set(allowed(n, groups[g]!, groups[g + 1]!, spans)));
      const right = Array.from({ length: n }, (_, i) => i).filter((i) => a!.has(i) && b!.has(i));
      if (right.join() !== train.join()) wrong.push(`${seed}: ${testGroups}`);
    }
  }
  t.same(wrong, []);
});

t.test('each wrong argument of the purged splits is named', async (t) => {
  const rows: [() => unknown, RegExp][] = [
    [() => purgedKFold(1), /'n' has invalid value 1/],
    [() => purgedKFold(10, { nSplits: 11 }), /'nSplits' has invalid value 11.*from 2 to 10/],
    [
      () => purgedKFold(3, { nSplits: 3, start: [0, 2, 1] }),
      /'start\[2\]' has invalid value 1.*at least start\[1\], 2/,
    ],
    [
      () => purgedKFold(3, { nSplits: 3, end: [0, 0, 2] }),
      /'end\[1\]' has invalid value 0.*at least start\[1\], 1/,
    ],
    [() => purgedKFold(3, { nSplits: 3, end: [0, 1] }), /'end' has invalid value 2.*length 3/],
    [() => purgedKFold(3, { nSplits: 3, start: [0, NaN, 2] }), /'start\[1\]' has invalid value NaN/],
    [
      () => purgedKFold(2, { nSplits: 2, start: BigInt64Array.of(1n, 2n) as never }),
      /'start\[0\]' has invalid value 1n.*Constraint: a number\..*milliseconds/,
    ],
    [() => purgedKFold(4, { nSplits: 2, start: 5 as never }), /'start' has invalid value 5/],
    [() => purgedKFold(4, { nSplits: 2, embargo: 2 }), /'train of fold 0'.*at least one observation/],
    [() => purgedKFold(4, { embargo: -1, nSplits: 2 }), /'embargo' has invalid value -1/],
    [() => combinatorialPurgedCv(10, { nTestGroups: 6 }), /'nTestGroups' has invalid value 6.*from 1 to 5/],
    [() => combinatorialPurgedCv(99, { nGroups: 50, nTestGroups: 25 }), /'nGroups'.*at most 20000 splits/],
    [() => combinatorialPurgedCv(9, { embargo: 9 }), /'train of split 0'/],
    [() => combinatorialPurgedCv(9, { nSplits: 9 } as object), /'options\.nSplits'/],
  ];
  for (const [call, message] of rows) t.match(errorOf(call).message, message);
});

t.test('splits that would not fit into memory are refused before it is asked for', async (t) => {
  const error = errorOf(() => combinatorialPurgedCv(1_000_000, { nGroups: 16, nTestGroups: 8 }));
  t.match(error, { code: 'RESOURCE_LIMIT', exitCode: 4 });
  t.match(error.message, /12870 splits of 1000000.*Fix: pass fewer groups/);
});
