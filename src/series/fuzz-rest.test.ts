import t from 'tap';
import { fuzzInput, fuzzPrices } from '../testing/price-fuzz.js';
import { MUTATION_NAMES, seedFiles } from '../testing/price-mutations.js';
import { mergeRecords, type SoakRecord, soakPage, SOAKS } from '../testing/soaks.js';

t.test('another 10,000 damaged files give prices or an error of ours, and both readings agree', async (t) => {
  const { inputs, panels, problems, problemCount, slowest } = fuzzPrices(4, 10_000, 20_000);
  t.strictSame(problems, []);
  t.equal(problemCount, 0);
  t.equal(inputs, 10_000);
  t.ok(slowest < 1_000, `100 kB took at most ${slowest} ms`);
  t.ok(panels > 1_000, `${panels} were prices`);
});

t.test('a damaged file is the same in every run, and every kind of damage occurs', async (t) => {
  const seeds = seedFiles();
  const stories: string[] = [];
  for (let index = 0; index < 500; index++) {
    const input = fuzzInput(4, index, seeds);
    t.strictSame(fuzzInput(4, index, seeds), input, `input ${index}`);
    stories.push(input.story);
  }
  const all = stories.join('\n');
  t.strictSame(
    MUTATION_NAMES.filter((name) => !all.includes(name)),
    [],
  );
  t.strictSame(
    seeds.filter(({ name }) => !all.includes(name)),
    [],
  );
});

t.test('a soak run is reported with its counts, and takes the place of the run before', async (t) => {
  const [prices] = SOAKS;
  const result = prices!.run(prices!.seed, 50, () => {});
  t.equal(result.inputs, 50);
  t.equal(Object.values(result.outcomes).reduce((sum, count) => sum + count, 0) + result.problemCount, 50);
  const { name, what, seed } = prices!;
  const record: SoakRecord = {
    name,
    what,
    seed,
    date: '2026-11-21',
    commit: 'abc',
    node: '20',
    seconds: 1,
    ...result,
  };
  const before = { ...record, date: '2026-11-20' };
  t.strictSame(mergeRecords([before], [record]), [record]);
  t.match(soakPage([record]), /## prices\n[^]*\| 2026-11-21 \| abc \| 20 \| 50 \| 1000 \| 1 \| 0 \|/);
});
