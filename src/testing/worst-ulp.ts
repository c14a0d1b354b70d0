/** Errors of our special functions in units of the last place, against a fixture of parity/special.py. */
import { loadFixture, numbersOf } from '../../parity/comparison.js';
import { ulp } from './doubles.js';

/** The worst point of one group of a fixture. */
export interface WorstPoint {
  readonly group: string;
  /** Error in units of the last place of the nearest double; NaN where we gave NaN. */
  readonly ulps: number;
  /** The largest error as a part of the true value, where that is a normal number. */
  readonly relative: number;
  /** The arguments of the former. */
  readonly at: string;
}

/** For each group of `fixtures/special/<name>.json` the worst point of `f`. */
export function worstPoints(name: string, f: (x: number, y: number, z: number) => number): WorstPoint[] {
  return loadFixture(`special/${name}.json`).cases.map((group) => {
    const x = numbersOf(group.inputs, 'x');
    const y = 'y' in group.inputs ? numbersOf(group.inputs, 'y') : x;
    const z = 'z' in group.inputs ? numbersOf(group.inputs, 'z') : y;
    const rest = numbersOf(group.inputs, 'restUlp');
    const nearest = numbersOf({ expected: group.expected }, 'expected');
    let ulps = 0;
    let relative = 0;
    let at = '';
    for (let i = 0; i < nearest.length; i++) {
      const actual = f(x[i]!, y[i]!, z[i]!);
      if (actual === nearest[i] && !Number.isFinite(actual)) continue;
      const error = Math.abs((actual - nearest[i]!) / ulp(nearest[i]!) - rest[i]!);
      if (!(error <= ulps)) at = `${x[i]}, ${y[i]}, ${z[i]}`;
      ulps = Math.max(ulps, error); // a NaN stays
      const size = Math.abs(nearest[i]!);
      if (size > 1e-307) relative = Math.max(relative, (error * ulp(size)) / size);
    }
    return { group: group.case, ulps, relative, at };
  });
}
