import t from 'tap';
import { NAMES } from '../testing/hostile.js';
import { sampleGarch } from '../testing/sample-garch.js';
import { fitGarch, type GarchFit } from '../volatility/index.js';
import { autocorrelations } from './garch/diagnostics.js';
import { garchCsv } from './garch/csv.js';
import { garchHtml } from './garch/html.js';
import { garchJson } from './garch/json.js';
import { residualQuantile } from './garch/law.js';
import { fitModel, shownPeriods } from './garch/model.js';
import { modelName } from './garch/names.js';
import { garchText } from './garch/text.js';
import type { GarchInput, SymbolFit } from './garch/types.js';

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));
const near = (value: number, expected: number, tolerance = 1e-12): boolean =>
  Math.abs(value - expected) <= tolerance * Math.max(1, Math.abs(expected));

/** The sample with some parts of its fit replaced. */
function withFit(parts: Partial<GarchFit>): SymbolFit {
  const [symbol] = sampleGarch().symbols;
  return { ...symbol!, fit: { ...symbol!.fit, stdErrors: undefined, ...parts } };
}

const params = (alpha: number, gamma: number, beta: number): GarchFit['params'] => ({
  omega: 1e-5,
  alpha: [alpha],
  gamma: [gamma],
  beta: [beta],
});

t.test('with AR(1) a shock counts in the returns after it too', (t) => {
  // Half of a return comes back: over two bars the first shock counts 3/2 times.
  const symbol: SymbolFit = {
    symbol: 'A',
    close: Float64Array.of(NaN, 50, 100, NaN),
    first: 1,
    returns: Float64Array.of(1),
    fit: {
      ...withFit({}).fit,
      params: { ...params(0.1, 0, 0.8), mu: 0.01, phi: 0.5 },
      forecast: (horizon) => Float64Array.of(0.04, 0.01).subarray(0, horizon),
    },
  };
  const { forecast } = fitModel(symbol, 2);
  t.strictSame(Array.from(forecast.volatility), [0.2, 0.1]);
  t.ok(near(forecast.toDate[0]!, 0.2));
  t.ok(near(forecast.toDate[1]!, Math.sqrt(1.5 * 1.5 * 0.04 + 0.01)));
  // Returns of 0.51 and 0.265 are expected after one of 1.
  t.ok(near(forecast.expected[0]!, 151));
  t.ok(near(forecast.expected[1]!, 151 * 1.265));
  const two = forecast.bands.find(({ deviations }) => deviations === -2)!;
  t.ok(near(two.price[0]!, 151 * Math.exp(-0.4)));
  t.end();
});

t.test('persistence, half-life and long run follow from the parameters, or say why there are none', (t) => {
  const gjr = fitModel(withFit({ params: params(0.05, 0.1, 0.8) }), 1);
  t.ok(near(gjr.persistence.value, 0.9), 'half of gamma: losses are every other return');
  t.ok(near(gjr.halfLife.value, Math.log(0.5) / Math.log(0.9)));
  t.ok(near(gjr.unconditional.value, 0.01), 'the root of 1e-5 / (1 - 0.9)');
  const endless = fitModel(withFit({ params: params(0.2, 0, 0.8) }), 1);
  t.match(endless.halfLife.reason, /does not die out/);
  t.match(endless.unconditional.reason, /no long-run variance/);
  t.equal(fitModel(withFit({ params: params(0, 0, 0) }), 1).halfLife.value, 0);
  const egarch = withFit({ model: 'egarch', dist: 't', params: params(0.1, -0.1, 0.9) });
  t.equal(fitModel(egarch, 20).persistence.value, 0.9, 'of the logarithm');
  t.match(fitModel(egarch, 20).unconditional.reason, /infinite/);
  t.equal(fitModel(egarch, 20).forecast.volatility.length, 1);
  const { symbols } = sampleGarch({ asked: { model: 'egarch', o: 1 } });
  const [{ fit }] = symbols as [SymbolFit];
  const far = Math.sqrt(fit.forecast(20_000)[19_999]!);
  t.ok(near(fitModel(symbols[0]!, 1).unconditional.value, far, 1e-9), 'where the forecasts end');
  const none = fitModel(withFit({ method: 'ewma-fallback' }), 1);
  t.match(
    [none.persistence.reason, none.halfLife.reason, none.unconditional.reason],
    Array(3).fill(/nothing/),
  );
  t.end();
});

t.test('quantiles of the residuals are those of arch', (t) => {
  const law = (dist: GarchFit['dist'], lambda?: number): ((p: number) => number) =>
    residualQuantile({
      dist,
      params: { ...params(0, 0, 0), nu: 5, ...(lambda === undefined ? {} : { lambda }) },
    });
  // arch 8.0.0: SkewStudent().ppf(p, [5, -0.3]), StudentsT().ppf(p, [5]).
  const cases: [number, number][] = [
    [0.001, -5.641953140035836],
    [0.1, -1.2057120009172744],
    [0.5, 0.12451997247762568],
    [0.6, 0.32672304008685077],
    [0.99, 2.0176308642912097],
  ];
  t.strictSame(
    cases.filter(([p, z]) => !near(law('skewt', -0.3)(p), z, 1e-13)),
    [],
  );
  t.ok(near(law('t')(0.001), -4.5650308853977615, 1e-13));
  t.ok(near(law('t')(0.9), 1.1432148684060783, 1e-13));
  t.ok(near(law('normal')(0.975), 1.959963984540054, 1e-13));
  t.end();
});

t.test('autocorrelations divide by the whole sum of squares', (t) => {
  // 1, -1, 1, -1 less their mean 0: products -3 and 2 of 4.
  t.strictSame(Array.from(autocorrelations(Float64Array.of(1, -1, 1, -1), 2)), [-0.75, 0.5]);
  t.ok(autocorrelations(Float64Array.of(2, 2, 2), 1).every(Number.isNaN));
  t.end();
});

t.test('models are called as the literature does, and tables show the last period', (t) => {
  const name = (asked: Partial<GarchInput['asked']>): string => modelName(sampleGarch({ asked }).asked);
  t.strictSame(
    [name({}), name({ q: 0, p: 2 }), name({ o: 1 }), name({ model: 'egarch', o: 1 }), name({ p: 2, q: 3 })],
    ['GARCH(1,1)', 'ARCH(2)', 'GJR-GARCH(1,1,1)', 'EGARCH(1,1,1)', 'GARCH(2,3)'],
  );
  t.strictSame([shownPeriods(1), shownPeriods(7)], [[1], [1, 2, 3, 4, 5, 7]]);
  t.end();
});

t.test('tables fit a terminal from 40 columns on, and are whole where none is known', (t) => {
  const one = sampleGarch({ asked: { dist: 't' } });
  const two = sampleGarch({ symbols: ['A', 'B'] });
  for (const width of [60, 80]) {
    t.ok(widest(garchText(two, { color: false, width })) <= Math.max(width, 80));
    t.match(garchText(one, { color: false, width }), /nu +\d/);
  }
  t.match(garchText(one, { color: false, width: 40 }), /alpha\[1\] +0\.\d{6}/);
  t.match(garchText(two, { color: false }), /Persistence +Half-life +Log-likelihood +Method/);
  t.notMatch(garchText(two, { color: false, width: 50 }), 'Log-likelihood');
  t.end();
});

t.test('every null of the JSON has its reason beside it', (t) => {
  const bare: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (inner === null && !Array.isArray(value) && !(`${key}Reason` in value)) bare.push(`${path}.${key}`);
      walk(inner, `${path}.${key}`);
    }
  };
  for (const input of [sampleGarch({ asked: { mean: 'ar1', q: 3 } }), sampleGarch({ bars: 12 })]) {
    const document = JSON.parse(garchJson(input));
    walk(document, '');
    const [symbol] = document.symbols;
    t.equal(symbol.returns.length, input.dates.length - 1);
    t.equal(symbol.forecast.volatility.length, 20);
  }
  t.strictSame(bare, []);
  t.equal(JSON.parse(garchJson(sampleGarch({ bars: 12 }))).symbols[0].method, 'sample-fallback');
  t.end();
});

t.test('whatever a symbol is called, each writer keeps it as data', (t) => {
  const symbols = ['__proto__', '=1+1', 'a,b', '\u001b[31mred', ...NAMES];
  const input = sampleGarch({ symbols });
  const read = JSON.parse(garchJson(input)) as { symbols: { symbol: string }[] };
  t.strictSame(
    read.symbols.map(({ symbol }) => symbol),
    symbols,
  );
  // eslint-disable-next-line no-control-regex -- what a terminal obeys
  t.notMatch(garchText(input, { color: false }), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  t.match(garchCsv(input).split('\n')[1 + 299], /^2024-01-02,'=1\+1,/);
  const page = garchHtml(sampleGarch({ symbols: ['<script>x</script>', ...symbols] }));
  t.notMatch(page, '<script>x');
  t.match(page, `Charts of the first 8 of ${symbols.length + 1} symbols`);
  t.end();
});

t.test('no drawing has a number that is none, whatever was fitted', (t) => {
  const flat = sampleGarch();
  const [symbol] = flat.symbols;
  const still = { ...symbol!, close: new Float64Array(300).fill(7), returns: new Float64Array(299) };
  const inputs: [string, GarchInput][] = [
    ['AR(1)', sampleGarch({ asked: { mean: 'ar1', dist: 'skewt' }, horizon: 1 })],
    ['two returns', sampleGarch({ bars: 3 })],
    ['EGARCH', sampleGarch({ asked: { model: 'egarch', dist: 't' } })],
    ['tiny prices', sampleGarch({ base: 1e-5, horizon: 300 })],
    ['huge prices', sampleGarch({ base: 1e12 })],
    ['no move', { ...flat, symbols: [{ ...still, fit: fitGarch(still.returns) }] }],
  ];
  t.strictSame(
    inputs
      .filter(([, input]) => /(?:[ "(,]|[A-Z])(?:NaN|-?Infinity|undefined)/.test(garchHtml(input)))
      .map(([name]) => name),
    [],
  );
  t.end();
});
