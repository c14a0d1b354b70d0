/** quadprog as a peer: the method of Goldfarb and Idnani in JavaScript, on arrays that begin at 1. */
import type { Mat } from '../../src/check.js';
import { type Bench, job } from '../harness.js';
import { packagePeer } from './javascript-peer.js';

interface Library {
  solveQP(
    matrix: number[][],
    vector: number[],
    limits: number[][],
    ends: number[],
    equalities: number,
  ): { solution: number[]; value: number[]; message: string };
}

/** The sample covariance as a user without a library writes it; row and column 0 are not used. */
function covariance({ data, rows, cols }: Mat): number[][] {
  const columns = Array.from({ length: cols }, (_, j) => {
    const column = Float64Array.from({ length: rows }, (_, t) => data[t * cols + j]);
    const mean = column.reduce((sum, x) => sum + x, 0) / rows;
    return column.map((x) => x - mean);
  });
  const matrix = Array.from({ length: cols + 1 }, () => new Array<number>(cols + 1).fill(0));
  for (let i = 0; i < cols; i++) {
    for (let j = 0; j <= i; j++) {
      const [a, b] = [columns[i], columns[j]];
      let sum = 0;
      for (let t = 0; t < rows; t++) sum += a[t] * b[t];
      matrix[i + 1][j + 1] = matrix[j + 1][i + 1] = sum / (rows - 1);
    }
  }
  return matrix;
}

export const bench: Bench = await packagePeer<Library>(
  { name: 'quadprog', version: '1.6.1' },
  ({ solveQP }) => ({
    minVariance: ({ returns }) =>
      job(
        () => {
          const n = returns.cols;
          // One column for each limit: the sum is 1, no weight below 0.
          const limits = Array.from({ length: n + 1 }, (_, i) =>
            Array.from({ length: n + 2 }, (_, k) => (k === 1 || (i > 0 && k === i + 1) ? 1 : 0)),
          );
          const ends = [0, 1, ...new Array<number>(n).fill(0)];
          const found = solveQP(covariance(returns), new Array<number>(n + 1).fill(0), limits, ends, 1);
          if (found.message !== '') throw new Error(found.message);
          return found;
        },
        ({ value }) => ({ objective: 2 * value[1] }),
      ),
  }),
);
