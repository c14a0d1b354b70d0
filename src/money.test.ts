import fc from 'fast-check';
import t from 'tap';
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

const OVER = 'overflow';

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
    // prettier-ignore
    const cases: readonly (readonly [number, number, number])[] = [
      [1.005, 101, 100],
      [8.575, 858, 858],
      [2.675, 268, 268],
      [1.115, 112, 112],
      [0.285, 29, 28],
      [0.125, 13, 12],
      [0.135, 14, 14],
      [10.075, 1008, 1008],
      [1e-7, 0, 0],
      [0.005, 1, 0],
      [0.015, 2, 2],
      [0.0005, 0, 0],
      [123456789.125, 12345678913, 12345678912],
      [1e13, 1e15, 1e15],
      [4.35, 435, 435],
      [0, 0, 0],
      [-0, 0, 0],
      [90071992547409.9, 9007199254740990, 9007199254740990],
      [21474836.48, 2147483648, 2147483648],
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
  // prettier-ignore
  const cases: readonly (readonly [number, string, string])[] = [
    [0, '0.00', '0.00'],
    [5, '0.05', '0.05'],
    [-5, '-0.05', '-0.05'],
    [123456, '1,234.56', '1234.56'],
    [99999, '999.99', '999.99'],
    [100000, '1,000.00', '1000.00'],
    [-123456789, '-1,234,567.89', '-1234567.89'],
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
