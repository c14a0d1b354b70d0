/**
 * The exchange against its slow twin, and twelve invariants: what src/testing/exchange-audit.ts watches during random
 * calls, what takes several exchanges, and proof that each of these checks fails where it must.
 */
import fc from 'fast-check';
import t from 'tap';
import { ReferenceExchange } from '../reference/exchange.js';
import { BROKEN, DIFFERENT, UNEVEN } from '../testing/exchange-broken.js';
import { EXCHANGE_KIT } from '../testing/exchange-kit.js';
import { checkMirror, checkScaling, checkSplitting } from '../testing/exchange-metamorphic.js';
import { scripts } from '../testing/exchange-scripts.js';
import { brokenInvariantOf, type Kit, runScript, Tally, Trial } from '../testing/exchange-trial.js';
import { Exchange } from './exchange.js';
import type { StpPolicy } from './types.js';

const SEQUENCES = 10_000;
const CALLS = 100;
const SEED = 20_250_301;

/** Checks of each invariant that a run of all sequences makes at least. */
const INVARIANTS: readonly (readonly [number, string, number])[] = [
  [1, 'the best bid is below the best ask, always', 1_000_000],
  [2, 'no quantity is lost: of orders, of levels, of the book', 5_000_000],
  [3, 'shares and cash of all owners sum to zero, and are what their orders say', 200_000],
  [4, 'a trade has the best price, then the oldest order, and the resting price', 500_000],
  [5, 'a modification keeps its place exactly at the same price and no more quantity', 50_000],
  [6, 'immediate orders leave nothing, fill-or-kill all or nothing', 100_000],
  [7, 'a second cancel is refused and changes nothing', 80_000],
  [8, 'nobody trades with himself against the policy', 100_000],
  [9, 'replays and plain data give the same state', 15_000],
  [10, 'ids and ticks rise by one, and a cascade fires each pending stop at most once', 1_000_000],
  [11, 'what is refused leaves no trace', 100_000],
];

/** What has to come up, by method. */
const OUTCOMES: readonly (readonly [string, readonly string[]])[] = [
  ['submitLimit', ['new', 'filled', 'partially-filled', 'cancelled no-liquidity', 'cancelled self-trade']],
  ['submitLimit', ['partially-filled no-liquidity', 'partially-filled self-trade', 'rejected fok-unfilled']],
  ['submitLimit', ['rejected would-cross', 'OverflowError', 'ValidationError']],
  ['submitMarket', ['filled', 'cancelled no-liquidity', 'partially-filled self-trade', 'ValidationError']],
  ['cancel', ['cancelled', 'refused not-open', 'refused unknown-order', 'ValidationError']],
  ['modify', ['new', 'filled', 'partially-filled', 'cancelled self-trade', 'partially-filled self-trade']],
  ['modify', ['refused not-open', 'refused pending-stop', 'refused unknown-order', 'refused would-cross']],
  ['modify', ['OverflowError', 'ValidationError']],
  ['submitStopMarket', ['pending', 'triggered', 'OverflowError', 'ValidationError']],
  ['submitStopLimit', ['pending', 'triggered', 'OverflowError', 'ValidationError']],
  ['submitTrailingStopMarket', ['pending', 'triggered', 'OverflowError', 'ValidationError']],
  ['submitTrailingStopLimit', ['pending', 'triggered', 'OverflowError', 'ValidationError']],
  ['onBar', ['done', 'ValidationError']],
  ...(['clearTrades', 'clearOrderHistory', 'compact'] as const).map((name) => [name, ['done']] as const),
];

const tally = new Tally();

t.test(`${SEQUENCES} sequences of ${CALLS} calls give what the slow twin gives`, async (t) => {
  fc.assert(
    fc.property(scripts(CALLS), (script) => runScript(EXCHANGE_KIT, script, tally)),
    { seed: SEED, numRuns: SEQUENCES },
  );
  t.equal(tally.calls, SEQUENCES * CALLS);
  const names = OUTCOMES.flatMap(([method, ends]) => ends.map((end) => `${method} ${end}`));
  const { outcomes } = tally;
  const rare = names.filter((name) => (outcomes.get(name) ?? 0) < 50);
  t.same(rare, [], 'everything comes up');
  t.ok(tally.longestCascade >= 10, `a call sets off up to ${tally.longestCascade} stops`);
});

for (const [invariant, sentence, least] of INVARIANTS) {
  t.test(`invariant ${invariant}: ${sentence}`, async (t) => {
    t.ok(tally.checks[invariant]! >= least, `it held in ${tally.checks[invariant]} checks`);
  });
}

t.test('invariant 9: every prefix of the inputs replays to the state it had', async (t) => {
  for (const { seed, words } of fc.sample(scripts(CALLS), { seed: SEED, numRuns: 30 })) {
    const trial = new Trial(EXCHANGE_KIT, seed, new Tally(), CALLS);
    for (const word of words) {
      trial.step(word);
      trial.checkReplay();
    }
  }
  t.pass('30 sequences');
});

/** A comparison of pairs of runs; gives the number of trades it compared. */
type Comparison = typeof checkMirror;

const COMPARISONS: readonly (readonly [string, Comparison, keyof typeof UNEVEN])[] = [
  ['sides and prices in a mirror give mirrored trades', checkMirror, 'mirror'],
  ['all quantities times seven give trades for seven times as much', checkScaling, 'scaling'],
  ['an order in two parts, one behind the other, trades as a whole', checkSplitting, 'splitting'],
];

for (const [sentence, compare, fault] of COMPARISONS) {
  t.test(`invariant 12: ${sentence}`, async (t) => {
    const make = (stp: StpPolicy): Exchange => new Exchange({ stp });
    let trades = 0;
    fc.assert(
      fc.property(scripts(80), (script) => void (trades += compare(make, script))),
      { seed: SEED, numRuns: 500 },
    );
    t.ok(trades > 5_000, `${trades} trades`);
    const Uneven = UNEVEN[fault];
    t.throws(() => {
      for (const script of fc.sample(scripts(80), { seed: SEED, numRuns: 100 })) {
        compare((stp) => new Uneven({ stp }), script);
      }
    }, `${Uneven.name} does not pass`);
  });
}

/** Whether some sequence breaks an invariant on these exchanges, or, for null, shows a difference of any kind. */
function fails(kit: Kit, invariant: number | null): boolean {
  return fc.sample(scripts(CALLS), { seed: SEED, numRuns: 60 }).some((script) => {
    try {
      runScript(kit, script, new Tally());
      return false;
    } catch (error) {
      return invariant === null || brokenInvariantOf(error) === invariant;
    }
  });
}

/** Two twins, the first of which is none. */
function pretending(Live: new (options: { readonly stp: StpPolicy }) => ReferenceExchange, Twin = Live): Kit {
  return { checks: false, live: (stp) => new Live({ stp }), twin: (stp) => new Twin({ stp }) };
}

t.test(
  'an exchange with a fault breaks the invariant that stands against it, whatever its twin says',
  async (t) => {
    for (const [invariant, Broken] of BROKEN) {
      t.ok(fails(pretending(Broken), invariant), `${Broken.name} breaks invariant ${invariant}`);
    }
  },
);

t.test('an exchange with a fault differs from the slow twin', async (t) => {
  for (const Different of [...DIFFERENT, ...BROKEN.map(([, Broken]) => Broken)]) {
    t.ok(fails(pretending(Different, ReferenceExchange), null), Different.name);
  }
  t.notOk(fails(pretending(ReferenceExchange), null), 'and one without does not');
});

t.test('an exchange that takes bad arguments, or is not rebuilt, breaks invariants 9 and 11', async (t) => {
  const careless = { ...pretending(ReferenceExchange), checks: true };
  t.ok(fails(careless, 11), 'nothing is refused');
  const empty: Kit = { ...EXCHANGE_KIT, replay: () => new Exchange() };
  t.ok(fails(empty, 9), 'a replay that forgets all');
  const stale: Kit = { ...EXCHANGE_KIT, copy: () => new Exchange() };
  t.ok(fails(stale, 9), 'plain data that holds nothing');
});
