import t from 'tap';
import { scanMixedRow, scanNumberRow } from './number-row.js';

const scales = Float64Array.from({ length: 7 }, (_, k) => Number(`1e${k}`));
const scan = (text: string, count: number, decimals: number): { end: number; values: number[] } => {
  const out = new Float64Array(count + 1);
  const end = scanNumberRow(new TextEncoder().encode(`${text}\0`), 0, 44, count, decimals, scales, out, 1);
  return { end, values: [...out.subarray(1)] };
};

t.test('a line of plain numbers becomes integers of one number of decimals', async (t) => {
  t.same(scan('12.34,5,0.07,100.5\n', 4, 2), { end: 18, values: [1234, 500, 7, 10050] });
  t.same(scan('7\r\n8', 1, 0), { end: 2, values: [7] }, 'CR before LF');
  t.same(scan('00012.50,.5,5.\n', 3, 2), { end: 14, values: [1250, 50, 500] });
  t.same(scan('999999999999999\n', 1, 0).values, [999_999_999_999_999]);
});

t.test('what is no line of plain numbers is left to others', async (t) => {
  const refused: readonly (readonly [string, number, number])[] = [
    ['1,2', 2, 0],
    ['1,2\n', 1, 0],
    ['1\n', 2, 0],
    ['1,,2\n', 3, 0],
    [',1\n', 2, 0],
    ['1.234\n', 1, 2],
    ['0\n', 1, 0],
    ['0.00\n', 1, 2],
    ['-1\n', 1, 0],
    ['1e5\n', 1, 0],
    ['1.2.3\n', 1, 2],
    ['"1"\n', 1, 0],
    [' 1\n', 1, 0],
    ['1 \n', 1, 0],
    ['.\n', 1, 2],
    ['\n', 1, 0],
    ['NaN\n', 1, 0],
    ['1\r2\n', 1, 0],
    ['1;2\n', 2, 0],
    ['9999999999999999\n', 1, 0],
    ['99999999999999\n', 1, 6],
  ];
  for (const [text, count, decimals] of refused) {
    t.equal(scan(text, count, decimals).end, 0, JSON.stringify([text, count, decimals]));
  }
});

t.test('it agrees with Number on many random lines', async (t) => {
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 4_294_967_296;
  };
  for (let round = 0; round < 2_000; round++) {
    const cells = Array.from({ length: 1 + Math.floor(next() * 6) }, () => {
      const decimals = Math.floor(next() * 4);
      return (0.001 + next() * 99_999).toFixed(decimals);
    });
    if (cells.some((cell) => Number(cell) === 0)) continue;
    const line = `${cells.join(',')}\n`;
    const { end, values } = scan(line, cells.length, 3);
    const expected = cells.map((cell) => Math.round(Number(cell) * 1000));
    if (end !== line.length - 1 || values.some((value, k) => value !== expected[k])) {
      t.fail(`${line.trim()} gave ${end} ${values.join()}`);
    }
  }
  t.pass('2,000 lines');
});

t.test('texts between the numbers are bounded, and what is not plain is left to others', async (t) => {
  const mixed = (text: string): { end: number; numbers: number[]; texts: string[] } => {
    const kinds = Uint8Array.of(0, 0, 1, 1);
    const [out, starts, ends] = [new Float64Array(4), new Int32Array(4), new Int32Array(4)];
    const bytes = new TextEncoder().encode(`${text}\0`);
    const end = scanMixedRow(bytes, 0, 44, kinds, 2, scales, out, starts, ends);
    const cell = (k: number): string => new TextDecoder().decode(bytes.subarray(starts[k], ends[k]));
    return { end, numbers: [out[2], out[3]], texts: [cell(0), cell(1)] };
  };
  t.same(mixed('2020-01-02,BRK.B,1.5,20\n'), {
    end: 23,
    numbers: [150, 2000],
    texts: ['2020-01-02', 'BRK.B'],
  });
  t.same(mixed('a,,1,0.07\r\n'), { end: 10, numbers: [100, 7], texts: ['a', ''] });
  for (const text of [
    'a,b,1,2',
    'a,b,1\n',
    'a,b,1,2,3\n',
    'a,"b",1,2\n',
    'a,b\r,1,2\n',
    'a,b,1,0\n',
    'a,b,1,-2\n',
    'a,b,,2\n',
    'a,b,1,2.345\n',
    'a\n',
  ]) {
    t.equal(mixed(text).end, 0, JSON.stringify(text));
  }
});
