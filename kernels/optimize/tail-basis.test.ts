import t from 'tap';
import {
  growInverse,
  invert,
  replaceColumn,
  replaceRow,
  shrinkInverse,
  solveColumn,
  solveRow,
} from './tail-basis.js';
import { meanOfWorst, portfolioLosses } from './tail-mean.js';
import { addRows } from './tail-products.js';

/** Numbers from −1 to 1, the same at every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2147483648 - 1;
  };
}

const STRIDE = 12;

/** Largest cell of K · inverse − identity. */
function offIdentity(k: number[][], inverse: Float64Array): number {
  let worst = 0;
  k.forEach((row, i) => {
    for (let j = 0; j < k.length; j++) {
      let sum = i === j ? -1 : 0;
      row.forEach((cell, l) => (sum += cell * inverse[l * STRIDE + j]!));
      worst = Math.max(worst, Math.abs(sum));
    }
  });
  return worst;
}

t.test('an inverse that rows and columns join and leave stays the inverse', async (t) => {
  const next = numbers(7);
  let k = Array.from({ length: 4 }, () => Array.from({ length: 4 }, next));
  const inverse = new Float64Array(STRIDE * STRIDE).fill(99);
  k.forEach((row, i) => row.forEach((cell, j) => (inverse[i * STRIDE + j] = cell)));
  t.ok(invert(inverse, STRIDE, 4, new Int32Array(4)) > 1e-3);
  let worst = offIdentity(k, inverse);
  const solved = new Float64Array(STRIDE);
  for (let turn = 0; turn < 40; turn++) {
    const size = k.length;
    const at = turn % size;
    const fresh = Array.from({ length: size }, next);
    fresh[at] = fresh[at]! + 3;
    const cells = Float64Array.from(fresh);
    if (turn % 4 === 0 && size < 9) {
      const row = Array.from({ length: size }, next);
      const rowSolved = new Float64Array(STRIDE);
      solveColumn(inverse, STRIDE, size, cells, solved, 2);
      solveRow(inverse, STRIDE, size, Float64Array.from(row), rowSolved);
      const pivot = 5 - row.reduce((sum, cell, c) => sum + cell * solved[2 + c]!, 0);
      growInverse(inverse, STRIDE, size, solved, 2, rowSolved, pivot);
      k = [...k.map((cellsOf, i) => [...cellsOf, fresh[i]!]), [...row, 5]];
    } else if (turn % 4 === 1) {
      solveColumn(inverse, STRIDE, size, cells, solved);
      replaceColumn(inverse, STRIDE, size, at, solved, 0);
      k.forEach((row, i) => (row[at] = fresh[i]!));
    } else if (turn % 4 === 2) {
      solveRow(inverse, STRIDE, size, cells, solved);
      replaceRow(inverse, STRIDE, size, at, solved);
      k[at] = [...fresh];
    } else if (size > 3) {
      const row = (at + 1) % size;
      let column = 0;
      for (let c = 1; c < size; c++) {
        if (Math.abs(inverse[c * STRIDE + row]!) > Math.abs(inverse[column * STRIDE + row]!)) column = c;
      }
      shrinkInverse(inverse, STRIDE, size, column, row);
      k[row] = k[size - 1]!;
      k.pop();
      for (const cellsOf of k) {
        cellsOf[column] = cellsOf[size - 1]!;
        cellsOf.pop();
      }
    }
    worst = Math.max(worst, offIdentity(k, inverse));
  }
  // Forty updates of a matrix with condition below 1e3: seen 3e-14.
  t.ok(worst < 1e-12, String(worst));
});

t.test('a matrix without an inverse is told by a pivot of 0', async (t) => {
  t.equal(invert(Float64Array.of(1, 2, 2, 4), 2, 2, new Int32Array(2)), 0);
  t.equal(invert(new Float64Array(4), 2, 2, new Int32Array(2)), 0);
});

t.test('addRows adds each listed row by its weight, whatever the count', async (t) => {
  const next = numbers(3);
  const matrix = Float64Array.from({ length: 7 * 5 }, () => Math.round(next() * 64));
  const list = Int32Array.of(6, 0, 3, 3, 5, 1, 2);
  const weights = Float64Array.of(1, -2, 3, 0.5, 4, -1, 2);
  const wrong: string[] = [];
  for (let count = 0; count <= 7; count++) {
    const out = new Float64Array(5).fill(10);
    addRows(matrix, 5, list, weights, count, out);
    for (let j = 0; j < 5; j++) {
      let sum = 10;
      for (let i = 0; i < count; i++) sum += weights[i]! * matrix[list[i]! * 5 + j]!;
      // Small whole numbers and halves: exact in any order.
      if (sum !== out[j]) wrong.push(`${count} rows, column ${j}: ${out[j]} for ${sum}`);
    }
  }
  t.strictSame(wrong, []);
});

t.test('the mean of the worst losses takes the last one by the fraction that is left', async (t) => {
  const losses = [1, -2, 8, 4, 0, 2, 6, -8];
  const mean = (share: number): number => meanOfWorst(Float64Array.from(losses), share);
  t.equal(mean(0.25), 7, 'two of eight');
  t.equal(mean(0.3125), (8 + 6 + 0.5 * 4) / 2.5, 'two and a half');
  t.equal(mean(0.0625), 8, 'half a period is the worst one');
  t.equal(mean(0.9375), (8 + 6 + 4 + 2 + 1 - 2 - 4) / 7.5);
});

t.test('losses are minus the return, or what the running sum lies below its peak from 0 on', async (t) => {
  const data = Float64Array.of(-1, 3, 2, 2, -4, 0, 1, -3);
  const weights = Float64Array.of(0.5, 0.5);
  const losses = new Float64Array(4).fill(9);
  portfolioLosses(data, 4, 2, weights, false, losses);
  t.strictSame([...losses], [-1, -2, 2, 1]);
  portfolioLosses(data, 4, 2, weights, true, losses);
  t.strictSame([...losses], [0, 0, 2, 3]);
  portfolioLosses(Float64Array.of(-2, 1), 2, 1, Float64Array.of(1), true, losses);
  t.strictSame([...losses.subarray(0, 2)], [2, 1], 'the first peak is 0');
});
