import t from 'tap';
import { ReferenceExchange } from '../reference/exchange.js';
import { type CaseEngine, casesOf, type OrderCase, type Outcome, runScript } from '../testing/order-cases.js';
import { readText } from '../testing/repository.js';
import { Exchange } from './exchange.js';

const cases = casesOf(readText('docs/guide/8-order-semantics.md'));
const exchange: CaseEngine<Exchange> = {
  make: (stp) => new Exchange({ stp }),
  levels: (exchange) => exchange.fullBook(),
};
const reference: CaseEngine<ReferenceExchange> = {
  make: (stp) => new ReferenceExchange({ stp }),
  levels: (exchange) => exchange.levels(),
};

/** The slow twin takes its arguments as they come: it knows no wrong ones. */
function hasWrongArgument({ outcome }: OrderCase): boolean {
  return outcome.answer[0]!.startsWith('ValidationError');
}

/** Rows whose outcome is not the one of the page. */
function differences(run: (script: readonly string[]) => Outcome, rows: readonly OrderCase[]): string[] {
  const found: string[] = [];
  for (const { line, rule, script, outcome } of rows) {
    const got = JSON.stringify(run(script));
    const told = JSON.stringify(outcome);
    if (got !== told) found.push(`line ${line} (${rule}): told ${told}, got ${got}`);
  }
  return found;
}

t.test('every case of the page ends on the exchange as the page tells', async (t) => {
  t.ok(cases.length >= 60);
  t.strictSame(
    differences((script) => runScript(script, exchange).outcome, cases),
    [],
  );
});

t.test('and on the slow twin', async (t) => {
  const rows = cases.filter((row) => !hasWrongArgument(row));
  t.ok(rows.length >= 60);
  t.strictSame(
    differences((script) => runScript(script, reference).outcome, rows),
    [],
  );
});

t.test('a refused call leaves state and log as they were', async (t) => {
  const rows = cases.filter(({ outcome }) => /Error/.test(outcome.answer[0]!));
  t.ok(rows.length > 30);
  for (const { rule, script } of rows) {
    const before = runScript(script.slice(0, -1), exchange).exchange;
    const after = runScript(script, exchange).exchange;
    t.equal(after.stateHash(), before.stateHash(), rule);
    t.strictSame(after.events(), before.events(), rule);
  }
});

t.test('the events of every case replay to the same state and book, and so does its JSON', async (t) => {
  for (const { rule, script } of cases) {
    const { exchange: live } = runScript(script, exchange);
    const again = Exchange.replay(live.events());
    t.equal(again.stateHash(), live.stateHash(), rule);
    t.strictSame(again.fullBook(), live.fullBook(), rule);
    const copy = Exchange.fromJSON(JSON.parse(JSON.stringify(live)));
    t.equal(copy.stateHash(), live.stateHash(), rule);
    t.strictSame(copy.fullBook(), live.fullBook(), rule);
  }
});

t.test('the page has a case of every word of the exchange', async (t) => {
  const text = JSON.stringify(cases);
  const words = ['ioc', 'fok', 'post-only', 'market', 'stop', 'limit', 'limit-offset', 'trail', 'atr', 'bar'];
  words.push('off', 'cancel-newest', 'cancel-oldest', 'decrement-and-cancel', 'default', 'owner');
  words.push('new', 'partially-filled', 'filled', 'cancelled', 'rejected', 'refused', 'pending', 'triggered');
  words.push('fok-unfilled', 'would-cross', 'self-trade', 'no-liquidity', 'unknown-order', 'not-open');
  words.push('pending-stop', 'ValidationError', 'OverflowError', 'modify', 'cancel', 'keeps its place', '%');
  for (const word of words) t.match(text, new RegExp(`\\b${word}\\b|\\d${word}`), word);
});

t.test('a row that cannot be read is named, not passed over', async (t) => {
  const table = (row: string): string => `| rule | orders | answer | trades | book after |\n|---|\n${row}`;
  t.throws(() => casesOf(table('| a | `buy 1 @ 1` | `new` | – |')), /line 3: 4 cells/);
  t.throws(() => casesOf(table('| a | buy 1 @ 1 | `new` | – | – |')), /only code spans/);
  t.strictSame(casesOf('| other | table |\n|---|---|\n| a | b |'), []);
  const lines = ['buy 1 @', 'buy 1 at 1', 'buy one @ 1', 'buy 1 @ 1 daily', 'cancel 1', 'modify #1 5 @ 1'];
  for (const line of lines) {
    t.throws(() => runScript([line], reference), /not understood|missing|not a number/, line);
  }
  t.throws(() => runScript(['buy 0 @ 1', 'buy 1 @ 1'], exchange), { code: 'VALIDATION' }, 'only at its end');
});
