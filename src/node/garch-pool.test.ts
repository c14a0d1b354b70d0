import t from 'tap';
import { ConvergenceError, NonFiniteError, ShapeError, ValidationError } from '../errors.js';
import { errorOf } from '../testing/error-of.js';
import { fitMany, type GarchFit, type GarchOptions, simulateGarch } from '../volatility/index.js';
import { fitManyAsync } from './index.js';
import { openPool } from './pool.js';

/** A pool for all tests: new threads are slow at first. */
const one = openPool({ workers: 1 });

/** Series of a seed each; one too short, one that does not vary. */
function makePanel(): Float64Array[] {
  const params = { omega: 2e-6, alpha: [0.08], gamma: [], beta: [0.9] };
  const panel = Array.from({ length: 12 }, (_, seed) => {
    return simulateGarch({ params, dist: 'normal' }, 100 + 10 * seed, { seed }).returns;
  });
  panel[4] = panel[4]!.slice(0, 12);
  panel[9] = new Float64Array(400).fill(0.01);
  return panel;
}

/** Every bit of a fit, and what its methods give. */
function bits(fits: readonly GarchFit[]): string {
  const hex = (values: Iterable<number>): string =>
    Buffer.from(Float64Array.from(values).buffer).toString('base64');
  return JSON.stringify(
    fits.map((fit) => ({
      ...fit,
      figures: hex([fit.logLikelihood, fit.aic, fit.bic, fit.forecastVariance, fit.forecastVolatility]),
      conditionalVariance: hex(fit.conditionalVariance),
      stdResiduals: hex(fit.stdResiduals),
      ahead: hex(fit.forecast(12)),
    })),
  );
}

t.test('fitManyAsync gives the bytes of fitMany on 0, 1, 2 and 8 threads', async (t) => {
  const models: readonly GarchOptions[] = [{}, { o: 1, dist: 't', mean: 'ar1' }];
  const expected = models.map((model) => bits(fitMany(makePanel(), model)));
  for (const workers of [0, 1, 2, 8]) {
    const pool = workers === 1 ? one : openPool({ workers }, { times: 4 });
    const told: number[] = [];
    const onProgress = (done: number, total: number): unknown => told.push(done, total);
    for (const [k, model] of models.entries()) {
      // A model with more to it once: every new thread has to warm up for it.
      if (k > 0 && workers !== 2) continue;
      const panel = makePanel();
      const fits = await fitManyAsync(panel, model, { pool, onProgress });
      for (const series of panel) series.fill(0);
      t.equal(bits(fits), expected[k], `${workers} threads, model ${k}`);
    }
    t.same(told.slice(-2), [12, 12]);
    if (pool !== one) await pool.close();
  }
});

t.test('a matrix is its columns, shared memory or not', async (t) => {
  const [rows, cols] = [250, 3];
  const all = simulateGarch(
    { params: { omega: 1, alpha: [0.1], gamma: [], beta: [0.8] }, dist: 'normal' },
    750,
  );
  const data = new Float64Array(new SharedArrayBuffer(8 * rows * cols));
  data.set(all.returns);
  const fits = await fitManyAsync({ data, rows, cols }, {}, { pool: one });
  t.equal(bits(fits), bits(fitMany({ data, rows, cols })));
  t.same(await fitManyAsync([], {}, { workers: 1 }), []);
});

t.test('what fitMany throws, fitManyAsync rejects with', async (t) => {
  const panel = makePanel();
  panel[11] = Float64Array.of(0.1, NaN);
  const cases: readonly (readonly [unknown, GarchOptions, unknown])[] = [
    [panel, {}, NonFiniteError],
    [panel, { onFailure: 'throw' }, ConvergenceError],
    [[[0.1, 'x']], {}, ValidationError],
    [{ data: new Float64Array(5), rows: 2, cols: 3 }, {}, ShapeError],
    [5, {}, ValidationError],
    [[], { p: 0 }, ValidationError],
  ];
  for (const [returns, options, kind] of cases) {
    const own = errorOf(() => fitMany(returns as Float64Array[], options));
    const error = await fitManyAsync(returns as Float64Array[], options, { pool: one }).catch(
      (e: unknown) => e,
    );
    t.type(error, kind as typeof ValidationError);
    const { message, code, exitCode, detail } = own;
    t.strictSame(
      { ...(error as object), message: (error as Error).message },
      { ...own, message, code, exitCode, detail },
    );
  }
  const controller = new AbortController();
  const stop = { pool: one, signal: controller.signal, onProgress: () => controller.abort() };
  await t.rejects(fitManyAsync(makePanel(), {}, stop), { name: 'AbortError' });
  await t.rejects(fitManyAsync(makePanel(), {}, { pool: one, workers: 2 }), ValidationError);
  const wrong = [{ pool: {} }, { signal: 5 }, { onProgress: 5 }, { workers: -1 }, { threads: 2 }];
  for (const where of wrong) await t.rejects(fitManyAsync(makePanel(), {}, where as object), ValidationError);
});
