/** Training on the past, testing on what follows: scikit-learn's TimeSeriesSplit. */
import { checkInteger, checkKeys, checkOneOf } from '../check.js';
import { ValidationError } from '../errors.js';
import { range } from './blocks.js';
import type { Split } from './types.js';

/** Options of `timeSeriesSplit`. */
export interface TimeSeriesSplitOptions {
  /** Observations left out between training and test, 0 or more. Default 0. */
  readonly gap?: number;
  /** Observations of a test part, 1 or more. Default: n / (nSplits + 1), rounded down. */
  readonly testSize?: number;
  /** Most observations to train on, the latest of them; 1 or more. Default: all that came before. */
  readonly maxTrainSize?: number;
  /** What to do where n observations cannot be cut like this: `throw` (default), or give no splits, `empty`. */
  readonly onInvalid?: 'throw' | 'empty';
}

const INDEX_MAX = 2_147_483_647;

/**
 * Cuts n observations in the order of time into test parts that follow each other up to the end, each with everything
 * before it to train on.
 *
 * n        how many observations, 1 or more
 * nSplits  how many splits, 2 or more. Default 5
 * options  `gap`, `testSize`, `maxTrainSize`, `onInvalid`
 *
 * Gives nSplits splits, the earliest first; indices as scikit-learn's. Throws `ValidationError` for bad arguments, and
 * where there are fewer than two splits or too few observations for them, the gap and testSize; with `onInvalid:
 * 'empty'` those give no splits, as in nanobook. O(n · nSplits). Source: scikit-learn 1.9.1 TimeSeriesSplit, compared
 * in parity/validation.py.
 */
export function timeSeriesSplit(
  n: number,
  nSplits: number = 5,
  options: TimeSeriesSplitOptions = {},
): Split[] {
  checkKeys('options', options, ['gap', 'testSize', 'maxTrainSize', 'onInvalid']);
  const onInvalid = checkOneOf('onInvalid', options.onInvalid ?? 'throw', ['throw', 'empty'] as const);
  const fewest = onInvalid === 'empty' ? 0 : 1;
  checkInteger('n', n, fewest, INDEX_MAX);
  checkInteger('nSplits', nSplits, 2 * fewest, INDEX_MAX);
  const gap = checkInteger('gap', options.gap ?? 0, 0, INDEX_MAX);
  const maxTrainSize = checkInteger('maxTrainSize', options.maxTrainSize ?? INDEX_MAX, 1, INDEX_MAX);
  const given = options.testSize;
  if (given !== undefined) checkInteger('testSize', given, 1, INDEX_MAX);
  const testSize = given ?? Math.floor(n / (nSplits + 1));
  const firstTest = n - nSplits * testSize;
  if (nSplits >= 2 && nSplits + 1 <= n && firstTest - gap > 0) {
    return Array.from({ length: nSplits }, (_, k) => {
      const testStart = firstTest + k * testSize;
      const trainEnd = testStart - gap;
      return {
        train: range(Math.max(0, trainEnd - maxTrainSize), trainEnd),
        test: range(testStart, testStart + testSize),
      };
    });
  }
  if (onInvalid === 'empty') return [];
  throw new ValidationError(
    'nSplits',
    nSplits,
    nSplits + 1 > n
      ? `at most n − 1, ${n - 1}: ${n} observations make no ${nSplits + 1} parts`
      : `such that ${nSplits} tests of ${testSize} and a gap of ${gap} leave some of ${n} observations to train on`,
    'pass fewer splits, more observations, a smaller testSize or a smaller gap',
  );
}
