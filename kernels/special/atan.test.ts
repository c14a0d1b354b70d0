import t from 'tap';
import { ulp, uniforms } from '../../src/testing/doubles.js';
import { atan } from './atan.js';

t.test('atan is within 1 ulp of values to 60 digits', async (t) => {
  // Made by mpmath at 200 bits, rounded to double; atan within 1 ulp of the double is within 1.5 of the value.
  const values: readonly [x: number, expected: number][] = [
    [1e-300, 1e-300],
    [1e-9, 1e-9],
    [0.01, 0.009999666686665238],
    [0.0624, 0.062319198481195666],
    [0.0625, 0.06241880999595735],
    [0.0626, 0.06251842027042774],
    [0.09375, 0.09347678115858947],
    [0.3, 0.2914567944778671],
    [0.5, 0.4636476090008061],
    [0.75, 0.6435011087932844],
    [0.96875, 0.7695264804056583],
    [0.999, 0.784897913314115],
    [1.001, 0.7858979134807815],
    [1.0323, 0.8012901482307687],
    [1.5, 0.982793723247329],
    [2.0, 1.1071487177940904],
    [3.7, 1.3068326031691921],
    [16.0, 1.5083775167989393],
    [31.9, 1.5394586268548605],
    [32.1, 1.5396537507072512],
    [1000.0, 1.5697963271282298],
    [100000000.0, 1.5707963167948966],
    [9e16, 1.5707963267948966],
  ];
  const wrong = values.filter(([x, expected]) => !(Math.abs(atan(x) - expected) <= ulp(expected)));
  t.strictSame(wrong, []);
});

t.test('atan is odd, keeps its sign at the ends and passes NaN on', async (t) => {
  t.equal(atan(Infinity), Math.PI / 2);
  t.equal(atan(-1e300), -Math.PI / 2);
  t.equal(atan(1), Math.PI / 4);
  t.equal(atan(0), 0);
  t.ok(Number.isNaN(atan(NaN)));
  const random = uniforms(5);
  const xs = Array.from({ length: 400 }, () => 6 * random());
  t.strictSame(
    xs.filter((x) => atan(-x) !== -atan(x)),
    [],
  );
});

t.test('atan rises, over the seams of its table too', async (t) => {
  const falls: number[] = [];
  for (let i = 1; i <= 40_000; i++) if (!(atan(i / 4000) > atan((i - 1) / 4000))) falls.push(i);
  t.strictSame(falls, []);
});
