import t from 'tap';
import { backtestWeights } from '../backtest/run.js';
import { observed, promised, readStopCases, trialOf } from '../testing/stop-cases.js';
import { soakStops, stopDifference, twinInput } from '../testing/stop-trials.js';
import { referenceStops } from './stops.js';

t.test(
  'every section of docs/stops.md has cases worked by hand, and the backtest gives their numbers',
  async (t) => {
    const files = readStopCases();
    t.same(
      files.map(({ rule }) => Number.parseInt(rule)),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    );
    for (const { rule, cases } of files) {
      for (const one of cases) {
        const { input, options } = trialOf(one);
        const result = backtestWeights(input, options);
        t.same(observed(one, result), promised(one), `${rule}, ${one.case}`);
        const fractions = one.turnover?.map(([traded, of]) => traded / of) ?? [];
        t.same(Array.from(result.turnover).slice(0, fractions.length), fractions);
      }
    }
  },
);

t.test('the twin gives the numbers worked by hand', async (t) => {
  const problems: string[] = [];
  for (const { rule, cases } of readStopCases()) {
    for (const one of cases) {
      // Order limits are no part of the twin.
      if (one.options.limits !== undefined) continue;
      const trial = trialOf(one);
      const twin = referenceStops(twinInput(trial));
      const equity = twin.equity.map(Number);
      const prices = twin.events.map(({ bar, triggerPrice, exitPrice, entryPrice, notionalCents }) =>
        [bar, triggerPrice, exitPrice, entryPrice, Number(notionalCents)].join(' '),
      );
      const expected = one.events.map(({ bar, triggerPrice, exitPrice, entryPrice, notionalCents }) =>
        [bar, triggerPrice, exitPrice, entryPrice, notionalCents].join(' '),
      );
      if (String(prices) !== String(expected)) problems.push(`${rule}, ${one.case}: ${prices.join('; ')}`);
      if (String(equity) !== String(one.equity.slice(0, equity.length))) {
        problems.push(`${rule}, ${one.case}: equity ${String(equity)}`);
      }
      const difference = stopDifference(backtestWeights(trial.input, trial.options), twin);
      if (difference !== null && one.dates === undefined)
        problems.push(`${rule}, ${one.case}: ${difference}`);
    }
  }
  t.same(problems, []);
});

t.test(
  'on 1,000 random schedules and paths backtest and twin agree to the cent and in every event',
  async (t) => {
    const { problemCount, problems, outcomes } = soakStops(9, 1_000, () => undefined);
    t.same([problemCount, problems], [0, []]);
    for (const name of [
      'fixed',
      'atr',
      'trailing',
      'take-profit',
      'max-bars',
      'gap',
      'long',
      'short',
      'bankrupt',
    ]) {
      t.ok(outcomes[name]! >= 10, `${name}: ${outcomes[name]}`);
    }
  },
);
