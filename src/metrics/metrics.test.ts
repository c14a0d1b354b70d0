import t from 'tap';
import {
  cagr,
  calmar,
  computeMetrics,
  cvar,
  kelly,
  type MetricsProfile,
  maxDrawdown,
  omega,
  payoffRatio,
  profitFactor,
  rollingSharpe,
  rollingVolatility,
  sharpe,
  sortino,
  tailRatio,
  totalReturn,
  ulcerIndex,
  valueAtRisk,
  volatility,
  winRate,
} from './index.js';

const PROFILES: MetricsProfile[] = ['default', 'nanobook', 'quantstats-0.0.77', 'quantstats-0.0.86'];
const ROOT = Math.sqrt(252);

function near(actual: number, expected: number, relative = 1e-14): boolean {
  return Object.is(actual, expected) || Math.abs(actual - expected) <= relative * Math.abs(expected);
}

t.test('two returns give what a pencil gives', async (t) => {
  const m = computeMetrics([0.5, -0.25], { periodsPerYear: 4, riskFree: 0.0625 });
  t.equal(m.totalReturn, 0.125);
  t.equal(m.cagr, 0.265625, '1.125 squared, less 1');
  t.ok(near(m.volatility, Math.sqrt(0.28125 * 4)));
  t.ok(near(m.sharpe, (0.0625 / Math.sqrt(0.28125)) * 2));
  t.ok(near(m.sortino, (0.0625 / (0.3125 / Math.sqrt(2))) * 2), 'the divisor counts both periods');
  t.equal(m.maxDrawdown, 0.25);
  t.equal(m.calmar, 1.0625);
  t.equal(m.numPeriods, 2);
  t.equal(m.winningPeriods, 1);
  t.equal(m.losingPeriods, 1);
  t.equal(m.cvar95, -0.25);
  t.equal(m.winRate, 0.5);
  t.equal(m.profitFactor, 2);
  t.equal(m.payoffRatio, 2);
  t.equal(m.kelly, 0.25);
});

t.test('every single function gives its field of computeMetrics, in every profile', async (t) => {
  const returns = Float64Array.from({ length: 250 }, (_, i) => (((7919 * i) % 101) - 50) / 2000);
  const single = {
    totalReturn,
    cagr,
    volatility,
    sharpe,
    sortino,
    maxDrawdown,
    calmar,
    winRate,
    profitFactor,
    payoffRatio,
    kelly,
  };
  for (const profile of PROFILES) {
    const options = { profile, riskFree: 0.0001, periodsPerYear: 52 };
    const all = computeMetrics(returns, options);
    for (const [name, f] of Object.entries(single)) {
      t.equal(f(returns, options), all[name as keyof typeof single], `${profile}: ${name}`);
    }
  }
  t.equal(cvar(returns), computeMetrics(returns).cvar95);
  t.equal(
    cvar(returns, { method: 'hybrid' }),
    computeMetrics(returns, { profile: 'quantstats-0.0.77' }).cvar95,
  );
});

t.test('one return has no spread: volatility and Sharpe ratio are 0, not NaN', async (t) => {
  const m = computeMetrics([0.01]);
  t.ok(near(m.cagr, 11.274002099240244), 'quantstats and nanobook');
  t.equal(m.cvar95, 0.01);
  t.equal(m.payoffRatio, Infinity);
  for (const [name, value] of Object.entries({
    volatility: 0,
    sharpe: 0,
    sortino: 0,
    maxDrawdown: 0,
    calmar: 0,
  })) {
    t.equal(m[name as 'sharpe'], value, name);
  }
  t.equal(m.winRate, 1);
  t.equal(m.kelly, 0);
  const loss = computeMetrics([-0.01]);
  t.ok(near(loss.sortino, -ROOT), 'one shortfall of its own size');
  t.ok(near(loss.maxDrawdown, 0.01));
  t.same(computeMetrics([0.01], { profile: 'quantstats-0.0.86' }).volatility, NaN);
});

t.test('returns that never vary have a Sharpe ratio of 0, alone and in a window', async (t) => {
  for (const value of [0.001, -0.001, 0, 0.1, 1e-12]) {
    const returns = new Float64Array(1000).fill(value);
    t.equal(computeMetrics(returns, { riskFree: 0.0005 }).sharpe, 0, `${value}`);
    t.equal(volatility(returns), 0, `${value}`);
    t.equal(rollingSharpe(returns, 63)[999], 0, `${value}`);
    t.equal(rollingVolatility(returns, 63)[999], 0, `${value}`);
  }
  const upToRounding = Float64Array.from({ length: 100 }, (_, i) => (i % 2 ? 0.001 : 0.001 + 2 ** -62));
  t.equal(sharpe(upToRounding), 0, 'neighbouring numbers are equal up to rounding');
});

t.test('ratios with nothing to divide by follow their profile', async (t) => {
  const rows: [number[], MetricsProfile, Partial<ReturnType<typeof computeMetrics>>][] = [
    [
      [0.1, 0.2],
      'default',
      { sortino: 0, calmar: 0, profitFactor: Infinity, payoffRatio: Infinity, kelly: 0 },
    ],
    [
      [0.1, 0.2],
      'nanobook',
      { sortino: 0, calmar: 0, profitFactor: Infinity, payoffRatio: Infinity, kelly: 0 },
    ],
    [[0.1, 0.2], 'quantstats-0.0.77', { sortino: NaN, calmar: Infinity, payoffRatio: NaN, kelly: NaN }],
    [[-0.1, -0.2], 'default', { winRate: 0, profitFactor: 0, payoffRatio: 0, kelly: 0 }],
    [[-0.1, -0.2], 'quantstats-0.0.86', { winRate: 0, profitFactor: 0, payoffRatio: NaN, kelly: NaN }],
    [[0, 0], 'default', { sharpe: 0, winRate: 0, profitFactor: 0, payoffRatio: 0, kelly: 0, calmar: 0 }],
    [
      [0, 0],
      'quantstats-0.0.86',
      { sharpe: NaN, winRate: 0, profitFactor: 0, payoffRatio: NaN, calmar: NaN },
    ],
    [[0.01, -1.5], 'default', { cagr: -1 }],
    [[0.01, -1.5], 'quantstats-0.0.86', { cagr: NaN }],
    [[0.01, -1], 'quantstats-0.0.86', { cagr: -1, calmar: -1, maxDrawdown: 1 }],
  ];
  for (const [returns, profile, expected] of rows) {
    t.match(computeMetrics(returns, { profile }), expected, `${returns} ${profile}`);
  }
  t.ok(
    near(cagr([0.25, -2], { profile: 'quantstats-0.0.77', periodsPerYear: 2 }), 0.25),
    'the absolute wealth',
  );
});

t.test('returns of 0 do not count for the win rate, except with nanobook', async (t) => {
  const returns = [0.01, 0, -0.005, 0, 0.02, 0, -0.01, 0];
  t.equal(winRate(returns), 0.5);
  t.ok(near(kelly(returns), 0.25));
  t.equal(winRate(returns, { profile: 'nanobook' }), 0.25);
  t.ok(near(kelly(returns, { profile: 'nanobook' }), -0.125));
});

t.test('NaN is refused, left out or passed on, never half read', async (t) => {
  const holed = [0.01, NaN, -0.02, 0.03];
  const kept = [0.01, -0.02, 0.03];
  t.same(computeMetrics(holed, { nan: 'omit' }), computeMetrics(kept));
  t.equal(
    computeMetrics(holed, { nan: 'omit', profile: 'quantstats-0.0.77' }).numPeriods,
    4,
    'a return of 0',
  );
  const spread = computeMetrics(holed, { nan: 'propagate' });
  for (const [name, value] of Object.entries(spread)) t.same(value, name === 'numPeriods' ? 4 : NaN, name);
  t.same(sharpe(holed, { nan: 'propagate' }), NaN);
  for (const f of [cvar, valueAtRisk, omega, tailRatio, ulcerIndex]) {
    t.equal(f(holed, { nan: 'omit' }), f(kept), f.name);
    t.same(f(holed, { nan: 'propagate' }), NaN, f.name);
  }
});

t.test('the tail is counted from the share as it is written, not as it rounds', async (t) => {
  const returns = Array.from({ length: 140 }, (_, i) => i - 70);
  t.equal(cvar(returns), -67, 'the lowest seven: 0.05 × 140 is 7, though doubles say 7.000000000000001');
  t.equal(valueAtRisk(returns), -64);
  t.equal(cvar(returns, { alpha: 0.001 }), -70, 'at least one');
  t.equal(cvar([...returns, -71]), -67.5, 'the lowest eight of 141: a part of a period counts as one');
  t.equal(cvar([3, 1, 2], { alpha: 0.5, method: 'quantile' }), 1.5);
  t.equal(valueAtRisk([3, 1, 2], { alpha: 0.5, method: 'quantile' }), 2);
  t.equal(cvar([1, 1, 1], { method: 'hybrid' }), 1, 'no return is below: the bound itself');
});

t.test('omega, tail ratio and ulcer index by hand', async (t) => {
  t.equal(omega([0.5, -0.25, 0.25], { threshold: 0.25 }), 0.5);
  t.equal(omega([0.1, 0.2]), Infinity);
  t.equal(omega([0, 0]), 0);
  t.ok(near(omega([0.3, -0.1], { annualThreshold: 0.21, periodsPerYear: 2 }), 1, 1e-13), '10 % a period');
  t.equal(tailRatio([-1, 0, 2]), 2);
  t.equal(tailRatio([0, 0, 0, 0, 1], { cutoff: 0.75 }), 0);
  t.equal(tailRatio([0, 0, 1, 1, 1], { cutoff: 0.75 }), Infinity);
  t.equal(ulcerIndex([-0.5, 0.5, 1]), Math.sqrt((0.25 + 0.0625) / 2));
  t.equal(ulcerIndex([-0.5, 0.5, 1], { ddof: 0 }), Math.sqrt((0.25 + 0.0625) / 3));
  t.equal(ulcerIndex([-0.5]), 0.5, 'one return is divided by 1');
});

t.test('nothing to compute from is an error of its own, that says what is needed', async (t) => {
  for (const f of [computeMetrics, sharpe, totalReturn, cvar, valueAtRisk, omega, tailRatio, ulcerIndex]) {
    t.throws(
      () => f([]),
      { name: 'InsufficientDataError', exitCode: 2, message: /returns is empty/ },
      f.name,
    );
    t.throws(() => f([NaN], { nan: 'omit' }), { name: 'InsufficientDataError', message: /nothing but NaN/ });
  }
});

t.test('a value that is no number is named with its place', async (t) => {
  for (const f of [computeMetrics, maxDrawdown, cvar, omega, ulcerIndex, tailRatio]) {
    t.throws(() => f([0.1, NaN]), { name: 'NonFiniteError', detail: { field: 'returns[1]' } }, f.name);
    t.throws(
      () => f([0.1, -Infinity], { nan: 'omit' }),
      { name: 'NonFiniteError' },
      `${f.name}: an infinity`,
    );
    t.throws(() => f(['0.1'] as unknown as number[]), { name: 'ValidationError' }, `${f.name}: text`);
    t.throws(() => f('0.1' as unknown as number[]), {
      name: 'ValidationError',
      detail: { field: 'returns' },
    });
  }
});

t.test('an option that cannot be meant is refused by name', async (t) => {
  const refused = (call: () => unknown, field: string): void => {
    t.throws(call, { name: 'ValidationError', code: 'VALIDATION', detail: { field } }, field);
  };
  const r = [0.1, -0.1];
  for (const periodsPerYear of [0, -252, NaN, Infinity]) {
    refused(() => computeMetrics(r, { periodsPerYear }), 'periodsPerYear');
  }
  refused(() => computeMetrics(r, { riskFree: NaN }), 'riskFree');
  refused(() => computeMetrics(r, { annualRiskFree: -1 }), 'annualRiskFree');
  refused(() => computeMetrics(r, { riskFree: 0, annualRiskFree: 0.04 }), 'annualRiskFree');
  refused(() => computeMetrics(r, { profile: 'quantstats' as 'default' }), 'profile');
  refused(() => computeMetrics(r, { nan: 'drop' as 'omit' }), 'nan');
  refused(() => computeMetrics(r, { periods: 252 } as object), 'options.periods');
  refused(() => computeMetrics(r, null as unknown as object), 'options');
  for (const alpha of [0, 1, -0.05, NaN]) refused(() => cvar(r, { alpha }), 'alpha');
  refused(() => valueAtRisk(r, { method: 'parametric' as 'gaussian' }), 'method');
  for (const cutoff of [0.5, 1, NaN]) refused(() => tailRatio(r, { cutoff }), 'cutoff');
  refused(() => omega(r, { threshold: 0, annualThreshold: 0 }), 'annualThreshold');
  refused(() => ulcerIndex(r, { ddof: 2 as 1 }), 'ddof');
});
