/** K-fold cross-validation of observations whose outcomes take time: training never overlaps with the test. */
import { checkInteger, checkKeys } from '../check.js';
import { ValidationError } from '../errors.js';
import { kept, partBounds, purge, range, readSpans } from './blocks.js';
import type { LabelSpans, Split } from './types.js';

/** Options of `purgedKFold`. */
export interface PurgedKFoldOptions extends LabelSpans {
  /** How many folds, 2 to n. Default 5. */
  readonly nSplits?: number;
}

/**
 * Cuts n observations in the order of time into folds; each is the test once, and the others, without what its outcomes
 * reach into, are what to train on.
 *
 * n        how many observations, 2 or more
 * options  `nSplits` (5); `start` and `end`: when an observation is made and when its outcome is known; `embargo`: how
 *          many observations to leave out after each test, on top of those that overlap
 *
 * An observation trains beside a test when its outcome is known by the test's start, or when it starts after all of the
 * test's outcomes are known and the embargo is over. Without `end` nothing overlaps and only the embargo is taken out.
 *
 * Gives nSplits splits, the earliest test first; the first n mod nSplits tests are one longer. Throws `ValidationError`
 * (arguments, times that fall, a fold that leaves nothing to train on), `ShapeError`, `NonFiniteError`. O(n · nSplits).
 * Source: López de Prado 2018, Advances in Financial Machine Learning, snippets 7.1 to 7.3; unlike there, a test is
 * never trained on even if its outcomes take no time.
 */
export function purgedKFold(n: number, options: PurgedKFoldOptions = {}): Split[] {
  checkKeys('options', options, ['nSplits', 'start', 'end', 'embargo']);
  checkInteger('n', n, 2, 2_147_483_647);
  const nSplits = checkInteger('nSplits', options.nSplits ?? 5, 2, n);
  const spans = readSpans(n, options);
  const bounds = partBounds(n, nSplits);
  return Array.from({ length: nSplits }, (_, k) => {
    const keep = new Uint8Array(n).fill(1);
    purge(spans, bounds[k]!, bounds[k + 1]!, keep);
    const train = kept(keep);
    checkTrain(train, `fold ${k}`);
    return { train, test: range(bounds[k]!, bounds[k + 1]!) };
  });
}

/** Throws when nothing is left to train on. */
export function checkTrain(train: Int32Array, where: string): void {
  if (train.length > 0) return;
  throw new ValidationError(
    `train of ${where}`,
    0,
    'at least one observation after purging and embargo',
    'pass more observations, shorter spans, a smaller embargo or more folds',
  );
}
