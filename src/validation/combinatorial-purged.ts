/** Combinatorial purged cross-validation: every choice of test groups, and the paths that they make. */
import { checkInteger, checkKeys } from '../check.js';
import { ResourceLimitError, ValidationError } from '../errors.js';
import { kept, partBounds, purge, range, readSpans } from './blocks.js';
import { combinationCount, nextCombination } from './combinations.js';
import { checkTrain } from './purged-k-fold.js';
import type { LabelSpans, Split } from './types.js';

/** Options of `combinatorialPurgedCv`. */
export interface CombinatorialPurgedOptions extends LabelSpans {
  /** How many groups of neighbouring observations, 2 to n. Default 6. */
  readonly nGroups?: number;
  /** How many of them are the test each time, 1 to nGroups − 1. Default 2. */
  readonly nTestGroups?: number;
}

/** A split, and which groups are its test. */
export interface CombinatorialSplit extends Split {
  readonly testGroups: Int32Array;
}

/** The splits, and how their tests join to whole histories. */
export interface CombinatorialPurgedCv {
  /** Where each group begins, and n behind the last. */
  readonly groups: Int32Array;
  /** One for every choice of test groups, in the order of a dictionary. */
  readonly splits: readonly CombinatorialSplit[];
  /** `paths[p][g]`: the split whose test of group g belongs to path p. Every test of every split is in one path. */
  readonly paths: readonly Int32Array[];
}

/** More splits than this are a mistake: they would take hours to train. */
const SPLITS_MAX = 20_000;
/** Most indices of all splits together: 1 GB. */
const CELLS_MAX = 250_000_000;

/**
 * Cuts n observations in the order of time into groups and tests on every choice of some of them, so that there are
 * several histories out of sample instead of one.
 *
 * n        how many observations, 2 or more
 * options  `nGroups` (6), `nTestGroups` (2); `start`, `end`, `embargo`: as for `purgedKFold`
 *
 * Of N groups, k tested, there are C(N, k) splits and C(N, k)·k/N paths: 15 and 5 by default. Training is purged beside
 * each tested group as in `purgedKFold`. Throws `ValidationError` (arguments, times that fall, more than 20,000
 * splits, `ResourceLimitError` for more than 250 million indices in all of them, a split that leaves nothing to train on), `ShapeError`, `NonFiniteError`. O(n · splits). Source: López de
 * Prado 2018, Advances in Financial Machine Learning, chapter 12.
 */
export function combinatorialPurgedCv(
  n: number,
  options: CombinatorialPurgedOptions = {},
): CombinatorialPurgedCv {
  checkKeys('options', options, ['nGroups', 'nTestGroups', 'start', 'end', 'embargo']);
  checkInteger('n', n, 2, 2_147_483_647);
  const nGroups = checkInteger('nGroups', options.nGroups ?? 6, 2, n);
  const nTestGroups = checkInteger('nTestGroups', options.nTestGroups ?? 2, 1, nGroups - 1);
  const count = combinationCount(nGroups, nTestGroups);
  if (!(count <= SPLITS_MAX)) {
    throw new ValidationError(
      'nGroups',
      nGroups,
      `few enough for at most ${SPLITS_MAX} splits, but ${nTestGroups} of ${nGroups} are ${count}`,
      'pass fewer groups or fewer test groups',
    );
  }
  if (count * n > CELLS_MAX) {
    throw new ResourceLimitError(
      `nGroups must leave at most ${CELLS_MAX} indices in all splits, but ${count} splits of ${n} have ${count * n}. Fix: pass fewer groups or test groups`,
      {
        detail: {
          field: 'nGroups',
          value: nGroups,
          constraint: `at most ${CELLS_MAX} indices in all splits`,
          fix: 'pass fewer groups or test groups',
        },
      },
    );
  }
  const spans = readSpans(n, options);
  const groups = partBounds(n, nGroups);
  const splits: CombinatorialSplit[] = [];
  const seen = new Int32Array(nGroups);
  const paths = Array.from({ length: combinationCount(nGroups - 1, nTestGroups - 1) }, () => {
    return new Int32Array(nGroups);
  });
  const chosen = range(0, nTestGroups);
  do {
    const keep = new Uint8Array(n).fill(1);
    const test: number[] = [];
    for (const group of chosen) {
      purge(spans, groups[group]!, groups[group + 1]!, keep);
      for (let i = groups[group]!; i < groups[group + 1]!; i++) test.push(i);
      paths[seen[group]!]![group] = splits.length;
      seen[group] = seen[group]! + 1;
    }
    const train = kept(keep);
    checkTrain(train, `split ${splits.length}`);
    splits.push({ train, test: Int32Array.from(test), testGroups: chosen.slice() });
  } while (nextCombination(chosen, nGroups));
  return { groups, splits, paths };
}
