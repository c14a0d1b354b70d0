import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { Portfolio } from '../portfolio/index.js';
import { errorOf } from '../testing/error-of.js';
import { books } from '../testing/slow-market.js';
import { loadPortfolio, savePortfolio } from './portfolio-files.js';

const NAMES = ['__proto__', 'constructor', 'toString', 'Ünïcode "quoted"\n\ud83d\ude42', 'BRK.B'];

/** A portfolio with fractions, a debt, shorts, closed positions and trades through books. */
function sample(): { portfolio: Portfolio; prices: Map<string, number> } {
  const options = { priceScale: 1000, maxGross: 2, allowShort: true, maxTradesPerRebalance: 4 };
  const portfolio = new Portfolio(5_000_003, { commissionBps: 7.5, minTradeFee: 3 }, options);
  const prices = new Map(NAMES.map((name, i) => [name, 1234 + 7919 * i]));
  portfolio.rebalanceSimple(new Map(NAMES.map((name, i) => [name, i === 1 ? -0.4 : 0.35])), prices);
  portfolio.recordReturn(prices);
  const levels = (name: string): object => {
    const price = prices.get(name)!;
    return {
      bids: [[price - 1, 1e6]],
      asks: [
        [price, 300],
        [price + 2, 1e6],
      ],
    };
  };
  const market = books(Object.fromEntries(NAMES.map((name) => [name, levels(name)])), 1000);
  portfolio.rebalanceLob(new Map(NAMES.slice(1, 4).map((name) => [name, 0.3])), market, { owner: 3 });
  return { portfolio, prices };
}

t.test('a portfolio comes back from its file exactly, and goes on the same', async (t) => {
  const path = join(t.testdir(), 'portfolio.json');
  const { portfolio, prices } = sample();
  savePortfolio(path, portfolio);
  const copy = loadPortfolio(path);
  t.same(copy.toJSON(), portfolio.toJSON());
  t.same([...copy.positions().keys()], [...portfolio.positions().keys()]);
  for (const name of NAMES) {
    t.same(copy.position(name)?.totalCost, portfolio.position(name)?.totalCost);
    t.same(copy.position(name)?.realizedPnl, portfolio.position(name)?.realizedPnl);
  }
  t.ok(copy.position('__proto__') !== null && copy.position('constructor') !== null);
  t.equal(copy.position('valueOf'), null);
  const targets = new Map(NAMES.map((name) => [name, 0.15]));
  t.same(copy.rebalanceSimple(targets, prices), portfolio.rebalanceSimple(targets, prices));
  savePortfolio(path, copy);
  t.equal(readFileSync(path, 'utf8'), `${JSON.stringify(portfolio)}\n`);
  t.same(readdirSync(join(path, '..')), ['portfolio.json'], 'no temporary file stays');
});

t.test('a file that is no portfolio is refused with its name, the field and what to do', async (t) => {
  const dir = t.testdir();
  const path = join(dir, 'p.json');
  const text = JSON.stringify(sample().portfolio);
  const damaged = (change: (data: Record<string, unknown>) => void): string => {
    const data = JSON.parse(text);
    change(data);
    return JSON.stringify(data);
  };
  const cases: readonly (readonly [string, RegExp, string])[] = [
    ['', /is empty.*Fix: save the portfolio again/, 'path'],
    [text.slice(0, -20), /ends in the middle of a portfolio.*Fix: copy the file again/, 'path'],
    ['Date,A\n2020-01-01,3\n', /is not JSON.*Fix: name a file that savePortfolio wrote/, 'path'],
    ['null', /Constraint: an object/, 'portfolio'],
    ['[1, 2]', /Constraint: version 1/, 'portfolio.schemaVersion'],
    ['{"symbols": []}', /Constraint: version 1/, 'portfolio.schemaVersion'],
    [
      damaged((d) => (d.schemaVersion = 2)),
      /a newer nb-backtest saved it: update this one/,
      'portfolio.schemaVersion',
    ],
    [damaged((d) => Object.assign(d, { schemaVersion: 9, added: 1 })), /newer/, 'portfolio.schemaVersion'],
    [damaged((d) => (d.schemaVersion = '1')), /pass what toJSON returned/, 'portfolio.schemaVersion'],
    [damaged((d) => delete d.costModel), /Constraint: an object/, 'portfolio.costModel'],
    [damaged((d) => delete d.options), /Constraint: an object/, 'portfolio.options'],
    [damaged((d) => (d.cash = 0.5)), /an integer/, 'portfolio.cash'],
    [damaged((d) => (d.cash = '1')), /an integer/, 'portfolio.cash'],
    [text.replace(/"cash":-?\d+/, '"cash":9007199254740993'), /an integer/, 'portfolio.cash'],
    [damaged((d) => (d.positions = {})), /an array/, 'portfolio.positions'],
    [text.replace('"cash"', '"__proto__"'), /known option/, 'portfolio.__proto__'],
  ];
  for (const [content, message, field] of cases) {
    writeFileSync(path, content);
    const error = errorOf(() => loadPortfolio(path));
    t.equal(error.name, 'SchemaError', content.slice(0, 40));
    t.ok(error.message.startsWith(`${path}: `), 'names the file');
    t.match(error.message, message);
    t.equal(error.detail?.field, field);
    t.ok(error.cause instanceof Error);
  }
  const missing = errorOf(() => loadPortfolio(join(dir, 'none.json')));
  t.equal(missing.name, 'DataSourceError');
  t.match(missing.message, /no such file/);
  mkdirSync(join(dir, 'folder'));
  t.equal(errorOf(() => loadPortfolio(join(dir, 'folder'))).code, 'DATA_SOURCE');
  t.equal(errorOf(() => savePortfolio(join(dir, 'no', 'p.json'), sample().portfolio)).code, 'STORAGE');
  t.equal(errorOf(() => savePortfolio(path, sample().portfolio.toJSON() as never)).code, 'VALIDATION');
});
