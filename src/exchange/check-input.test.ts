import t from 'tap';
import { OverflowError, ValidationError } from '../errors.js';
import { errorOf } from '../testing/error-of.js';
import { checkBar, checkOrderRoom, checkSideRoom, checkWhole, tagOf } from './check-input.js';
import { Owners } from './owners.js';

const MAX = 9_007_199_254_740_991;

/** Class and detail of what a call throws. */
function told(call: () => void): unknown[] {
  const { constructor, detail } = errorOf(call);
  return [constructor, detail?.field, detail?.value, detail?.constraint, detail?.fix];
}

t.test('a whole number is an integer from 1 to 2^53 - 1, and too large a one is told apart', async (t) => {
  checkWhole('price', 1);
  checkWhole('price', MAX);
  const range = 'an integer from 1 to 9007199254740991';
  const least = 'pass a whole number of ticks, units or the like, at least 1';
  for (const bad of [0, -0, -1, 1.5, Number.NaN, -Infinity, '5', 5n, null, undefined, [7]]) {
    t.same(
      told(() => checkWhole('price', bad)),
      [ValidationError, 'price', bad, range, least],
    );
  }
  const coarser = 'use a coarser unit: beyond 2^53 - 1 integers are not exact';
  for (const bad of [2 ** 53, Infinity]) {
    t.same(
      told(() => checkWhole('high', bad)),
      [ValidationError, 'high', bad, range, coarser],
    );
  }
});

t.test(
  'a tag is made of owner, policy and post-only; what is left out is nobody, the policy given, and no',
  async (t) => {
    const owners = new Owners();
    t.equal(tagOf({}, true, 0, owners, 2), 4);
    t.equal(tagOf({ owner: 77 }, true, 0, owners, 3), 8 + 6);
    t.equal(tagOf({ owner: -5, stp: 'cancel-newest', postOnly: true }, true, 0, owners, 0), 16 + 2 + 1);
    t.equal(tagOf({ owner: null, stp: 'off', postOnly: false }, true, 2, owners, 3), 0);
    t.equal(tagOf({ owner: 77, stp: 'off' }, false, 1, owners, 3), 8);
  },
);

t.test('options that make no sense are refused by name', async (t) => {
  const refused = (options: object, limit: boolean, timeInForce: number): unknown[] =>
    told(() => tagOf(options, limit, timeInForce, new Owners(), 0)).slice(0, 4);
  t.same(refused({ postOnly: 1 }, true, 0), [ValidationError, 'options.postOnly', 1, 'true or false']);
  t.same(told(() => tagOf({ postOnly: 1 } as object, true, 0, new Owners(), 0))[4], 'pass a boolean');
  for (const timeInForce of [1, 2]) {
    t.same(
      told(() => tagOf({ postOnly: true }, true, timeInForce, new Owners(), 0)),
      [ValidationError, 'options.postOnly', true, 'false unless timeInForce is gtc', 'use gtc'],
    );
  }
  t.same(refused({ stp: 'on' }, true, 0).slice(0, 3), [ValidationError, 'options.stp', 'on']);
  t.throws(() => refused({ postOnly: true }, true, 0), /nothing was thrown/, 'a limit order may be');
  for (const [limit, option] of [
    [false, 'postOnly'],
    [true, 'post'],
    [false, 'own'],
  ] as const) {
    const { constructor, message } = errorOf(() => tagOf({ [option]: true }, limit, 0, new Owners(), 0));
    t.equal(constructor, ValidationError);
    t.match(message, option);
  }
});

t.test('a side holds 2^53 - 1 and not one more', async (t) => {
  checkSideRoom('buy', 0, MAX);
  checkSideRoom('buy', MAX - 1, 1);
  checkSideRoom('buy', 3, MAX - 3);
  const error = errorOf(() => checkSideRoom('sell', MAX - 1, 2));
  t.equal(error.constructor, OverflowError);
  t.equal(
    error.message,
    '2 more would take the open quantity of the sell side from 9007199254740990 past 2^53 - 1',
  );
  t.same(error.detail, {
    field: 'quantity',
    value: 2,
    constraint:
      'open quantity of the sell side of at most 9007199254740991, resting orders and stops together',
    fix: 'use a smaller quantity, or a coarser unit',
  });
  for (const [open, more] of [
    [MAX, 1],
    [1, MAX],
    [MAX, MAX],
  ] as const) {
    t.equal(errorOf(() => checkSideRoom('buy', open, more)).detail?.value, more);
  }
});

t.test('what an order filled and what is open are 2^53 - 1 together at most', async (t) => {
  checkOrderRoom(0, MAX);
  checkOrderRoom(5, MAX - 5);
  const error = errorOf(() => checkOrderRoom(5, MAX - 4));
  t.equal(error.constructor, OverflowError);
  t.equal(
    error.message,
    '9007199254740987 more after 5 filled would take the quantity of the order past 2^53 - 1',
  );
  t.same(error.detail, {
    field: 'quantity',
    value: MAX - 4,
    constraint: 'quantity of an order of at most 9007199254740991, what it filled and what is open together',
    fix: 'use a smaller quantity, or a new order',
  });
});

t.test('the close of a bar lies from its low to its high, ends included', async (t) => {
  checkBar(7, 7, 7);
  checkBar(9, 5, 5);
  checkBar(9, 5, 9);
  const correct = 'correct the bar';
  t.same(
    told(() => checkBar(5, 6, 5)),
    [ValidationError, 'low', 6, 'at most the high, 5', correct],
  );
  const range = 'a price from the low 5 to the high 9';
  for (const close of [4, 10]) {
    t.same(
      told(() => checkBar(9, 5, close)),
      [ValidationError, 'close', close, range, correct],
    );
  }
  t.equal(errorOf(() => checkBar(0, 1, 1)).detail?.field, 'high');
  t.equal(errorOf(() => checkBar(1, 0, 1)).detail?.field, 'low');
  t.equal(errorOf(() => checkBar(1, 1, 0)).detail?.field, 'close');
});
