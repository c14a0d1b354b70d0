/** Where our moments differ from scipy's on purpose. */
import type { Divergence } from '../comparison.js';

const MOMENTS = { function: 'moments', fixture: 'validation/moments.json' };

const TOO_FEW =
  'Two numbers have no skewness corrected for the size of the sample, three no corrected kurtosis: the correction ' +
  'divides by n − 2 and n − 3. scipy silently gives the uncorrected figure; ours is NaN, as in pandas.';

export const divergences: readonly Divergence[] = [
  {
    ...MOMENTS,
    id: 'corrected-skewness-of-two',
    case: 'two, corrected',
    path: 'skewness',
    ours: 'NaN',
    theirs: 0,
    reason: TOO_FEW,
  },
  {
    ...MOMENTS,
    id: 'corrected-kurtosis-of-two',
    case: 'two, corrected',
    path: 'kurtosis',
    ours: 'NaN',
    theirs: -2,
    reason: TOO_FEW,
  },
  {
    ...MOMENTS,
    id: 'corrected-kurtosis-of-three',
    case: 'three, corrected',
    path: 'kurtosis',
    ours: 'NaN',
    theirs: -1.5,
    reason: TOO_FEW,
  },
];
