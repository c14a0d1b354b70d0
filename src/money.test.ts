import fc from 'fast-check';
import t from 'tap';
import { MISSING_WORDS, parseDecimal, parseNumber } from './decimal.js';
import { OverflowError, PriceError, ValidationError } from './errors.js';
import {
  centsToPrices,
  checkPriceScale,
  formatCents,
  parseMoneyCents,
  parseTicks,
  pricesToCents,
  scaleDecimals,
} from './money.js';

const MISSING = 'missing';
const NOT = 'not a number';
const MORE = 'more digits than the price scale';
const OVER = 'overflow';

/** Text, then ticks at price scale 100 or the reason. Counted by hand. */
// biome-ignore format: a table
const FORMS: readonly (readonly [string, number | string])[] = [
  ['0', 0], ['1', 100], ['12', 1200], ['12.3', 1230], ['12.34', 1234], ['12.340000', 1234], ['0012.34', 1234],
  ['.5', 50], ['5.', 500], ['+1.5', 150], ['-1.5', -150], ['-0', 0], ['-0.00', 0], [' 1.5 ', 150], ['\t1.5', 150],
  ['1e3', 100000], ['1E3', 100000], ['1.5e+2', 15000], ['125e-2', 125], ['1.25e1', 1250], ['0e99', 0], ['1e-2', 1],
  ['12.345', MORE], ['0.001', MORE], ['1e-3', MORE], ['1e-400', MORE], ['12.340000000000000000000001', MORE],
  ['90071992547409.91', 9007199254740991], ['90071992547409.92', OVER], ['900719925474099.1', OVER],
  ['90071992547409.9100', 9007199254740991], ['1e400', OVER], ['9223372036854775807', OVER], ['1e14', OVER],
  ['99999999999999999999999999', OVER],
  ['', MISSING], ['   ', MISSING], ['NaN', MISSING], ['nan', MISSING], ['NA', MISSING], ['N/A', MISSING],
  ['#N/A', MISSING], ['null', MISSING], ['NULL', MISSING], ['-', MISSING], [' NaN ', MISSING],
  ['inf', NOT], ['Infinity', NOT], ['-inf', NOT], ['None', NOT], ['abc', NOT], ['0x1F', NOT], ['0b1', NOT],
  ['1_000', NOT], ['(12.3)', NOT], ['1,234.56', NOT], ['1.234,56', NOT], ['12,5', NOT], ["1'000", NOT], ['1 000', NOT],
  ['$5', NOT], ['5%', NOT], ['５', NOT], ['1.2.3', NOT], ['.', NOT], ['+', NOT], ['--1', NOT], ['+-1', NOT], ['- 1', NOT],
  ['1e', NOT], ['1e+', NOT], ['e5', NOT], ['1e5.0', NOT], ['1e5x', NOT], ['1.5 USD', NOT], ['1\u00a0', NOT], ['\u06f1', NOT],
  ['1\u0000', NOT], ['12n', NOT], ['true', NOT], ['[1]', NOT],
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

t.test('rounding to cents agrees with BigInt arithmetic on any digits', async () => {
  const twin = (top: bigint, bottom: bigint, even: boolean): bigint => {
    const floor = top / bottom;
    const twice = 2n * (top % bottom);
    return twice > bottom || (twice === bottom && (!even || floor % 2n === 1n)) ? floor + 1n : floor;
  };
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 25 }), (n, decimals) => {
      const padded = n.toString().padStart(decimals + 1, '0');
      const cut = padded.length - decimals;
      const text = decimals === 0 ? `${padded}` : `${padded.slice(0, cut)}.${padded.slice(cut)}`;
      const up = twin(n * 100n, 10n ** BigInt(decimals), false);
      const even = twin(n * 100n, 10n ** BigInt(decimals), true);
      if (up > BigInt(Number.MAX_SAFE_INTEGER)) return true;
      return (
        pricesToCents([text], { rounding: 'half-up' })[0] === Number(up) &&
        pricesToCents([text], { rounding: 'half-even' })[0] === Number(even)
      );
    }),
    { numRuns: 5000, seed: 21 },
  );
});

t.test(
  'pricesToCents rounds the decimals people see, as decimal.Decimal(repr(x)).quantize does',
  async (t) => {
    // Python: ROUND_HALF_UP and ROUND_HALF_EVEN of the shortest decimal text.
    // biome-ignore format: a table
    const cases: readonly (readonly [number, number, number])[] = [
    [1.005, 101, 100], [8.575, 858, 858], [2.675, 268, 268], [1.115, 112, 112], [0.285, 29, 28], [0.125, 13, 12],
    [0.135, 14, 14], [10.075, 1008, 1008], [1e-7, 0, 0], [0.005, 1, 0], [0.015, 2, 2], [0.0005, 0, 0],
    [123456789.125, 12345678913, 12345678912], [1e13, 1e15, 1e15], [4.35, 435, 435], [0, 0, 0], [-0, 0, 0],
    [90071992547409.9, 9007199254740990, 9007199254740990], [21474836.48, 2147483648, 2147483648],
  ];
    for (const [price, up, even] of cases) {
      t.equal(pricesToCents([price])[0], up, `${price} half up, the default`);
      t.equal(
        pricesToCents(Float64Array.of(price), { rounding: 'half-even' })[0],
        even,
        `${price} half even`,
      );
    }
    t.same([...pricesToCents(['1.005', '', 'NaN', '2'])], [101, Number.NaN, Number.NaN, 200]);
    t.same([...pricesToCents([Number.NaN, 1])], [Number.NaN, 100], 'NaN stays NaN');
    t.equal(pricesToCents([]).length, 0);
  },
);

t.test('cents survive the round trip through prices', async (t) => {
  fc.assert(
    // From 2^46 currency units on, neighbouring doubles are more than a cent apart.
    fc.property(
      fc.integer({ min: 0, max: 100 * 2 ** 46 }),
      (cents) => pricesToCents(centsToPrices([cents]))[0] === cents,
    ),
    { seed: 22 },
  );
  t.same([...centsToPrices([101, Number.NaN])], [1.01, Number.NaN]);
  t.throws(() => centsToPrices([1.5]), {
    name: 'ValidationError',
    detail: { field: 'cents[0]', value: 1.5 },
  });
});

t.test('pricesToCents names what it cannot convert', async (t) => {
  t.throws(() => pricesToCents([1, -0.01]), {
    name: 'PriceError',
    exitCode: 2,
    message: 'prices[1] must be a price of at least 0, was -0.01',
    detail: { field: 'prices[1]', value: -0.01, constraint: 'a price of at least 0' },
  });
  t.throws(() => pricesToCents(['1', '0x1F']), PriceError);
  t.throws(() => pricesToCents([-Infinity]), PriceError);
  for (const big of [90071992547409.92, 1e300, Infinity]) {
    t.throws(() => pricesToCents([big]), {
      name: 'OverflowError',
      detail: { field: 'prices[0]', value: big },
    });
  }
  // @ts-expect-error: not a number
  t.throws(() => pricesToCents([null]), { name: 'ValidationError', detail: { field: 'prices[0]' } });
  // @ts-expect-error: not an array
  t.throws(() => pricesToCents('1.5'), { name: 'ValidationError', detail: { field: 'prices' } });
  // @ts-expect-error: no such rounding
  t.throws(() => pricesToCents([1], { rounding: 'down' }), {
    detail: { field: 'options.rounding', value: 'down' },
  });
  // @ts-expect-error: no such option
  t.throws(() => pricesToCents([1], { round: 'half-up' }), {
    name: 'ValidationError',
    detail: { field: 'options.round' },
  });
});

t.test('parseMoneyCents takes an amount of at most two decimals and nothing else', async (t) => {
  t.equal(parseMoneyCents('1000000.00'), 100_000_000);
  t.equal(parseMoneyCents('1e6'), 100_000_000);
  t.equal(parseMoneyCents('21474836.48'), 2_147_483_648);
  t.equal(parseMoneyCents('0'), 0);
  t.equal(parseMoneyCents('90071992547409.91'), Number.MAX_SAFE_INTEGER);
  for (const text of ['abc', '', '-1', '1.234', '1,000', 'NaN', '0x10', 'Infinity', '-']) {
    t.throws(() => parseMoneyCents(text), {
      name: 'ValidationError',
      message: `Field 'cash' has invalid value ${JSON.stringify(text)}. Constraint: an amount of at least 0 with at most 2 decimals. Fix: write it as in 1000000 or 1000000.00, without separators or signs.`,
    });
  }
  t.throws(() => parseMoneyCents('90071992547409.92', 'minTradeFee'), {
    name: 'OverflowError',
    detail: { field: 'minTradeFee', value: '90071992547409.92', constraint: 'at most 2^53 - 1 cents' },
  });
  // @ts-expect-error: a number, not a text
  t.throws(() => parseMoneyCents(100), ValidationError);
});

t.test('formatCents groups thousands and keeps every cent', async (t) => {
  // biome-ignore format: a table
  const cases: readonly (readonly [number, string, string])[] = [
    [0, '0.00', '0.00'], [5, '0.05', '0.05'], [-5, '-0.05', '-0.05'], [123456, '1,234.56', '1234.56'],
    [99999, '999.99', '999.99'], [100000, '1,000.00', '1000.00'], [-123456789, '-1,234,567.89', '-1234567.89'],
    [Number.MAX_SAFE_INTEGER, '90,071,992,547,409.91', '90071992547409.91'],
  ];
  for (const [cents, grouped, plain] of cases) {
    t.equal(formatCents(cents), grouped);
    t.equal(formatCents(cents, { grouping: false }), plain);
  }
  for (const cents of [0.5, Number.NaN, Infinity, 2 ** 53])
    t.throws(() => formatCents(cents), ValidationError);
});

t.test('a price scale is a power of ten from 1 to 1,000,000', async (t) => {
  for (let decimals = 0; decimals <= 6; decimals++) {
    t.equal(scaleDecimals(checkPriceScale(Number(`1e${decimals}`))), decimals);
  }
  for (const scale of [0, 0.1, 2, 50, 1e7, -100, Number.NaN, '100', undefined]) {
    t.throws(() => checkPriceScale(scale), {
      name: 'ValidationError',
      detail: { field: 'priceScale', constraint: 'a power of ten from 1 to 1000000' },
    });
  }
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

t.test(
  'overflow is an error at 2^31, 2^53 / 100 and 2^63 only where 2^53 - 1 ticks are passed',
  async (t) => {
    t.equal(parseTicks('2147483648', 1), 2147483648);
    t.equal(parseTicks('21474836.48', 100), 2147483648);
    t.equal(parseTicks('9007199254740991', 1), 9007199254740991);
    t.equal(parseTicks('9007199254740992', 1), OVER);
    t.equal(parseTicks('9007199254740993', 1), OVER, 'rounds to 2^53 as a double');
    t.equal(parseTicks('9007199254.740991', 1_000_000), 9007199254740991);
    t.equal(parseTicks('9007199254.740992', 1_000_000), OVER);
    t.throws(() => pricesToCents(['9223372036854775807']), OverflowError);
  },
);
