import t from 'tap';
import { squaredDeviations } from '../stats/moments.js';
import { sum } from '../stats/sum.js';
import { blockMoments, joinBlocks } from './block-moments.js';

t.test(
  'joined blocks have the mean and the squares of their rows, even on a level a million times the spread',
  async (t) => {
    const cols = 3;
    const bounds = Int32Array.of(0, 3, 6, 8, 10);
    const data = Float64Array.from(
      { length: 10 * cols },
      (_, at) => ((7919 * at) % 101) / 7 + (at % cols) * 1e7,
    );
    const means = new Float64Array(4 * cols).fill(-99);
    const squares = new Float64Array(4 * cols).fill(-99);
    blockMoments(data, cols, bounds, means, squares);
    const wrong: string[] = [];
    for (const blocks of [[0], [3], [0, 1], [0, 2, 3], [1, 2], [0, 1, 2, 3]]) {
      const mean = new Float64Array(cols).fill(-99);
      const square = new Float64Array(cols).fill(-99);
      joinBlocks(means, squares, cols, bounds, Int32Array.from(blocks), mean, square);
      for (let j = 0; j < cols; j++) {
        const rows = blocks.flatMap((b) =>
          Array.from({ length: bounds[b + 1]! - bounds[b]! }, (_, k) => data[(bounds[b]! + k) * cols + j]!),
        );
        const values = Float64Array.from(rows);
        const direct = sum(values, 0, values.length) / values.length;
        const spread = squaredDeviations(values, direct);
        if (Math.abs(mean[j]! - direct) > 1e-8 * Math.sqrt(spread))
          wrong.push(`mean of ${blocks}, column ${j}`);
        if (Math.abs(square[j]! / spread - 1) > 1e-9) wrong.push(`squares of ${blocks}, column ${j}`);
      }
    }
    t.same(wrong, []);
  },
);
