/** Walk-forward runs: fit on the past, evaluate on what follows, move on. */
import { checkBoolean, checkInteger, checkKeys, type Vec } from '../check.js';
import { NonFiniteError, ShapeError, showValue, StrategyError, ValidationError } from '../errors.js';
import { range } from './blocks.js';

/** Options of `walkForward` and `walkForwardFolds`. Lengths count observations. */
export interface WalkForwardOptions {
  /** How many observations there are. */
  readonly n: number;
  /** How many to train on, 1 or more; with `anchored` how many the first time. */
  readonly train: number;
  /** How many to test on, 1 or more. */
  readonly test: number;
  /** True: always train from the first observation on. Default false: on the latest `train`. */
  readonly anchored?: boolean;
  /** Observations left out between training and test, 0 or more (what `timeSeriesSplit` calls gap). Default 0. */
  readonly embargo?: number;
  /** From one test's start to the next, `test` or more. Default `test`: the tests follow each other. */
  readonly step?: number;
  /** True: a last test that is shorter, if observations are left over. Default false. */
  readonly partial?: boolean;
}

/** One fold: train on observations trainStart … trainEnd − 1, test on testStart … testEnd − 1. */
export interface WalkForwardFold {
  /** Number of the fold, from 0. */
  readonly fold: number;
  readonly trainStart: number;
  readonly trainEnd: number;
  readonly testStart: number;
  readonly testEnd: number;
}

/** A fold and what its callbacks gave. */
export interface WalkForwardStep<Model, Result> extends WalkForwardFold {
  readonly model: Model;
  readonly result: Result;
}

/** What a walk-forward run found. */
export interface WalkForwardResult<Model, Result> {
  readonly folds: readonly WalkForwardStep<Model, Result>[];
  /** Every tested observation, in order. */
  readonly testIndices: Int32Array;
  /** The returns out of sample, one for each of `testIndices`; null where `evaluate` gives none. */
  readonly returns: Float64Array | null;
  /** Observations behind the last test that were left over. */
  readonly untested: number;
}

const KEYS: readonly string[] = ['n', 'train', 'test', 'anchored', 'embargo', 'step', 'partial'];
const INDEX_MAX = 2_147_483_647;

/**
 * The folds of a walk-forward run, without running anything.
 *
 * options  `n`, `train`, `test`; `anchored` (false), `embargo` (0), `step` (`test`), `partial` (false)
 *
 * One fold or more, the earliest first. Throws `ValidationError` for bad options, and where not one fold fits.
 */
export function walkForwardFolds(options: WalkForwardOptions): WalkForwardFold[] {
  checkKeys('options', options, KEYS);
  const n = checkInteger('n', options.n, 1, INDEX_MAX);
  const train = checkInteger('train', options.train, 1, INDEX_MAX);
  const test = checkInteger('test', options.test, 1, INDEX_MAX);
  const embargo = checkInteger('embargo', options.embargo ?? 0, 0, INDEX_MAX);
  const step = checkInteger('step', options.step ?? test, test, INDEX_MAX);
  const anchored = checkBoolean('anchored', options.anchored ?? false);
  const partial = checkBoolean('partial', options.partial ?? false);
  const shortest = partial ? 1 : test;
  const folds: WalkForwardFold[] = [];
  for (let testStart = train + embargo; testStart + shortest <= n; testStart += step) {
    const trainEnd = testStart - embargo;
    // Frozen: the callbacks get these very objects, and the run goes by them.
    folds.push(
      Object.freeze({
        fold: folds.length,
        trainStart: anchored ? 0 : trainEnd - train,
        trainEnd,
        testStart,
        testEnd: Math.min(n, testStart + test),
      }),
    );
  }
  if (folds.length === 0) {
    throw new ValidationError(
      'n',
      n,
      `at least train + embargo + test, ${train + embargo + shortest}`,
      'pass more observations, or a shorter train, embargo or test',
    );
  }
  return folds;
}

/**
 * Runs a strategy forward through its history: at every fold it is fitted on the past and evaluated on what follows.
 *
 * options   as for `walkForwardFolds`
 * fit       takes the fold and gives a model; at once or as a promise
 * evaluate  takes the model and the fold and gives a result, at once or as a promise. A result that is an array of
 *           numbers, or an object with such an array as `returns`, is taken for the returns of the test, one for each
 *           of its observations
 *
 * The folds run one after the other, the earliest first. Gives their models and results, the tested observations and
 * the returns out of sample end to end. Rejects with `ValidationError` (options), and with `StrategyError`, which
 * names the fold and has as cause what a callback threw, or what was wrong with its returns: as many as the test has
 * observations, all finite, in every fold or in none. Sources: Pardo 2008, The Evaluation and Optimization of Trading
 * Strategies; López de Prado 2018 for the embargo.
 */
export async function walkForward<Model, Result>(
  options: WalkForwardOptions,
  fit: (fold: WalkForwardFold) => Model | PromiseLike<Model>,
  evaluate: (model: Model, fold: WalkForwardFold) => Result | PromiseLike<Result>,
): Promise<WalkForwardResult<Model, Result>> {
  const folds = walkForwardFolds(options);
  for (const [name, callback] of [
    ['fit', fit],
    ['evaluate', evaluate],
  ] as const) {
    if (typeof callback !== 'function') {
      throw new ValidationError(name, callback, 'a function', `pass ${name} as a function`);
    }
  }
  const steps: WalkForwardStep<Model, Result>[] = [];
  const parts: Float64Array[] = [];
  for (const fold of folds) {
    const model = await guarded('fit', fold, folds.length, () => fit(fold));
    const result = await guarded('evaluate', fold, folds.length, () => evaluate(model, fold));
    await guarded('the result of evaluate', fold, folds.length, () => {
      const part = returnsOf(result, fold);
      if (part !== null) parts.push(part);
      if (parts.length !== 0 && parts.length !== steps.length + 1) {
        throw new ShapeError(
          'returns',
          part === null ? 0 : part.length,
          'returns in every fold or in none',
          'give the returns of every test',
        );
      }
    });
    steps.push({ ...fold, model, result });
  }
  const indices = folds.map(({ testStart, testEnd }) => range(testStart, testEnd));
  const total = indices.reduce((count, part) => count + part.length, 0);
  const testIndices = new Int32Array(total);
  const returns = parts.length === 0 ? null : new Float64Array(total);
  let at = 0;
  for (const [k, part] of indices.entries()) {
    testIndices.set(part, at);
    returns?.set(parts[k]!, at);
    at += part.length;
  }
  const untested = options.n - folds[folds.length - 1]!.testEnd;
  return { folds: steps, testIndices, returns, untested };
}

/** What `call` gives; what it throws becomes a `StrategyError` that names the fold. */
async function guarded<T>(
  what: string,
  fold: WalkForwardFold,
  count: number,
  call: () => T | PromiseLike<T>,
): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    const { trainStart, trainEnd, testStart, testEnd } = fold;
    const reason = cause instanceof Error ? cause.message : showValue(cause);
    throw new StrategyError(
      `${what} failed in fold ${fold.fold} (of ${count}; trained on observations ${trainStart} to ${trainEnd - 1}, ` +
        `tested on ${testStart} to ${testEnd - 1}): ${reason}`,
      { cause, fold: fold.fold, barIndex: testStart },
    );
  }
}

/** The returns in a result of `evaluate`, checked; null when it has none. */
function returnsOf(result: unknown, { testStart, testEnd }: WalkForwardFold): Float64Array | null {
  const named = typeof result === 'object' && result !== null && 'returns' in result;
  const given: unknown = named ? result.returns : result;
  if (ArrayBuffer.isView(given) && !(given instanceof Float64Array)) {
    throw new ValidationError('returns', given, 'a Float64Array or an array of numbers', 'convert them');
  }
  if (!(given instanceof Float64Array) && !Array.isArray(given)) return null;
  // An array of other things is a result of the caller's own.
  if (!named && given.length > 0 && typeof given[0] !== 'number') return null;
  if (given.length !== testEnd - testStart) {
    throw new ShapeError(
      'returns',
      given.length,
      `length ${testEnd - testStart}, as the test`,
      'give one return for every tested observation',
    );
  }
  for (let i = 0; i < given.length; i++) {
    const value: unknown = given[i];
    if (typeof value === 'number' && Number.isFinite(value)) continue;
    throw new NonFiniteError(
      `returns[${i}]`,
      value,
      'a finite number',
      'give a return for every observation',
    );
  }
  return Float64Array.from(given as Vec);
}
