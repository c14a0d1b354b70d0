/** Where our indicators differ from TA-Lib's on purpose. */
import type { Divergence } from '../comparison.js';

const INSIDE =
  'A missing price enters every later average. TA-Lib passes it over, keeps the old value or gives 0 for ever, as each ' +
  'function happens to compare with NaN. Ours gives NaN from the missing price on, so that nothing looks like a number ' +
  'that is none.';

const REMAINS =
  'TA-Lib carries its sums from window to window and takes old prices out: after a price of a billion has left the ' +
  'window, a part of its rounding stays in the sums. Ours puts each window together from sums of parts of it, so that ' +
  'nothing is left.';

function inside(name: string, file: string, call: string, theirs: string): Divergence {
  return {
    id: 'nan-inside',
    function: name,
    fixture: `indicators/${file}.json`,
    case: `${call}, a NaN inside`,
    path: name,
    ours: 'NaN from there on',
    theirs,
    reason: INSIDE,
  };
}

export const divergences: readonly Divergence[] = [
  inside('rsi', 'momentum', 'rsi(14)', '0 from there on'),
  inside('cci', 'momentum', 'cci(14)', 'numbers again once the window is past it'),
  inside('adx', 'trend', 'adx(14)', 'the value before it, for ever'),
  inside('sar', 'overlap', 'sar(0.02, 0.2)', 'goes on as if nothing were missing'),
  inside('rollingMax', 'statistic', 'rollingMax(30)', 'the largest of the others'),
  inside('obv', 'volume', 'obv()', 'goes on from the value before it'),
  {
    id: 'nothing-left-of-old-prices',
    function: 'ultosc',
    fixture: 'indicators/momentum.json',
    case: 'ultosc(7, 14, 28), one wild price',
    path: 'ultosc',
    ours: 'within 1e-12 of what it is without that price',
    theirs: 'off by 2e-6',
    reason: REMAINS,
  },
];
