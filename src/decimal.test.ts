import fc from 'fast-check';
import t from 'tap';
import { MISSING_WORDS, parseDecimal, parseNumber } from './decimal.js';
import { parseTicks } from './money.js';

const MISSING = 'missing';
const NOT = 'not a number';
const MORE = 'more digits than the price scale';
const OVER = 'overflow';

/** Text, then ticks at price scale 100 or the reason. Counted by hand. */
// prettier-ignore
const FORMS: readonly (readonly [string, number | string])[] = [
  ['0', 0],
  ['1', 100],
  ['12', 1200],
  ['12.3', 1230],
  ['12.34', 1234],
  ['12.340000', 1234],
  ['0012.34', 1234],
  ['.5', 50],
  ['5.', 500],
  ['+1.5', 150],
  ['-1.5', -150],
  ['-0', 0],
  ['-0.00', 0],
  [' 1.5 ', 150],
  ['\t1.5', 150],
  ['1e3', 100000],
  ['1E3', 100000],
  ['1.5e+2', 15000],
  ['125e-2', 125],
  ['1.25e1', 1250],
  ['0e99', 0],
  ['1e-2', 1],
  ['12.345', MORE],
  ['0.001', MORE],
  ['1e-3', MORE],
  ['1e-400', MORE],
  ['12.340000000000000000000001', MORE],
  ['90071992547409.91', 9007199254740991],
  ['90071992547409.92', OVER],
  ['900719925474099.1', OVER],
  ['90071992547409.9100', 9007199254740991],
  ['1e400', OVER],
  ['9223372036854775807', OVER],
  ['1e14', OVER],
  ['99999999999999999999999999', OVER],
  ['', MISSING],
  ['   ', MISSING],
  ['NaN', MISSING],
  ['nan', MISSING],
  ['NA', MISSING],
  ['N/A', MISSING],
  ['#N/A', MISSING],
  ['null', MISSING],
  ['NULL', MISSING],
  ['-', MISSING],
  [' NaN ', MISSING],
  ['inf', NOT],
  ['Infinity', NOT],
  ['-inf', NOT],
  ['None', NOT],
  ['abc', NOT],
  ['0x1F', NOT],
  ['0b1', NOT],
  ['1_000', NOT],
  ['(12.3)', NOT],
  ['1,234.56', NOT],
  ['1.234,56', NOT],
  ['12,5', NOT],
  ["1'000", NOT],
  ['1 000', NOT],
  ['$5', NOT],
  ['5%', NOT],
  ['５', NOT],
  ['1.2.3', NOT],
  ['.', NOT],
  ['+', NOT],
  ['--1', NOT],
  ['+-1', NOT],
  ['- 1', NOT],
  ['1e', NOT],
  ['1e+', NOT],
  ['e5', NOT],
  ['1e5.0', NOT],
  ['1e5x', NOT],
  ['1.5 USD', NOT],
  ['1\u00a0', NOT],
  ['\u06f1', NOT],
  ['1\u0000', NOT],
  ['12n', NOT],
  ['true', NOT],
  ['[1]', NOT],
];

t.test('every form of number is ticks, missing or an error by the documented rule', async (t) => {
  for (const [text, expected] of FORMS) {
    const got = parseTicks(text, 100);
    if (expected === MISSING) t.ok(Number.isNaN(got), `${JSON.stringify(text)} is missing`);
    else t.equal(got, expected, JSON.stringify(text));
    t.notOk(got === 0 && !/0/.test(text), 'nothing becomes 0 that does not say 0');
  }
  t.equal(MISSING_WORDS.length, 8, 'the table above names every missing word');
});

t.test('parseDecimal agrees with BigInt arithmetic on any digits', async (t) => {
  const digits = (max: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${max}}$`));
  fc.assert(
    fc.property(
      fc.constantFrom('', '-', '+'),
      digits(18),
      fc.option(digits(12), { nil: undefined }),
      fc.option(fc.integer({ min: -20, max: 20 }), { nil: undefined }),
      fc.integer({ min: 0, max: 6 }),
      (sign, whole, fraction, exponent, scaleDigits) => {
        const text = `${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}${exponent === undefined ? '' : `e${exponent}`}`;
        // value = top / bottom, both exact
        const power = (exponent ?? 0) - (fraction?.length ?? 0);
        let top = BigInt(whole + (fraction ?? '')) * 10n ** BigInt(Math.max(power, 0));
        const bottom = 10n ** BigInt(Math.max(-power, 0));
        if (sign === '-') top = -top;
        const scaled = top * 10n ** BigInt(scaleDigits);
        const big = scaled < 0n ? -scaled : scaled;
        const ticks = parseTicks(text, Number(10n ** BigInt(scaleDigits)));
        if (scaled % bottom !== 0n) return ticks === MORE;
        if (big / bottom > BigInt(Number.MAX_SAFE_INTEGER)) return ticks === OVER;
        if (ticks !== Number(scaled / bottom) || Object.is(ticks, -0)) return false;
        const decimal = parseDecimal(text);
        return (
          typeof decimal === 'object' &&
          BigInt(decimal.units) * bottom === top * 10n ** BigInt(decimal.decimals) &&
          (decimal.decimals === 0 || decimal.units % 10 !== 0)
        );
      },
    ),
    { numRuns: 5000, seed: 20 },
  );
  t.same(parseDecimal('12.50'), { units: 125, decimals: 1 });
  t.same(parseDecimal('5e-324'), { units: 5, decimals: 324 });
  t.equal(parseDecimal('1e-1001'), MORE);
  t.equal(parseDecimal('1e99999999999999999999'), OVER);
  t.equal(parseDecimal('1e-99999999999999999999'), MORE);
});

t.test('parseNumber gives the nearest double under the same grammar', async (t) => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => parseNumber(String(x)) === x + 0),
    { numRuns: 5000, seed: 23 },
  );
  t.equal(parseNumber('0.12345678901234567890123'), 0.12345678901234568, 'any number of digits');
  t.ok(Object.is(parseNumber('-0'), 0), '-0 becomes 0');
  for (const text of ['', '-', 'NaN']) t.equal(parseNumber(text), MISSING);
  for (const text of ['Infinity', '0x1F', '1_0', '25%', '1,5']) t.equal(parseNumber(text), NOT);
  t.equal(parseNumber('1e400'), OVER);
});
