/** Where our exchange differs from nanobook's on purpose. */
import type { Divergence } from '../comparison.js';

const NANOBOOK = { function: 'Exchange', fixture: 'exchange/nanobook-defects.json' };

const ACCEPTED =
  'nanobook takes prices and quantities that cannot be right. Ours throws an error that names the field, the value, ' +
  'the constraint and the fix, and nothing changes.';

const BEYOND =
  'Past 2^53 a number of this language no longer counts one by one, so ours refuses it by name. nanobook goes to 2^63 ' +
  'and 2^64; there the quantity of a level stands still, whatever is added.';

const STALE =
  'nanobook keeps the place that an order had in the queue of its price. Once the first order has left, the places are ' +
  'wrong: a cancel takes out another order than it says. The next order then finds an order that is not there, or ' +
  'nanobook never returns (a process of its own was ended after three seconds). Ours links the orders of a queue.';

const STOPS =
  'nanobook fires the stops that a trade hits in the order in which they came. Ours fires the nearest to the trade ' +
  'first, then the oldest.';

const LAST_TRADE =
  'nanobook looks for stops at the last trade of an order alone. Ours looks at each trade, so that no price that was ' +
  'paid is passed over.';

const CASCADE =
  'nanobook fires at most 100 stops after one order; the others stay pending beyond their price. Ours goes on until no ' +
  'pending stop is hit: each fires once, so that it ends.';

const NEW_ID =
  'A modification cancels the order and makes another there, with another id. Ours keeps the id, and the place in the ' +
  'queue when only the quantity shrinks.';

function refused(name: string, theirs: string): Divergence {
  return {
    ...NANOBOOK,
    id: 'order-accepted',
    case: name,
    ours: 'ValidationError',
    theirs,
    reason: ACCEPTED,
  };
}

export const divergences: readonly Divergence[] = [
  refused('a quantity of 0', 'a filled order'),
  refused('a price of -5', 'a best bid of -5'),
  refused('a price of 0', 'a best bid of 0'),
  refused('a modification to a price of 0', 'a best bid of 0'),
  refused('a stop at -1', 'a pending stop'),
  refused('a stop of quantity 0', 'a pending stop'),
  refused('a trail of -10 %', 'a pending stop'),
  refused('a trail of 150 %', 'a pending stop'),
  refused('a trail of 0 ticks', 'a pending stop'),
  {
    ...NANOBOOK,
    id: 'beyond-2-53',
    case: 'a level that holds more than 2^64',
    ours: 'ValidationError',
    theirs: '18446744073709551615, with 5 more added to it',
    reason: BEYOND,
  },
  {
    ...NANOBOOK,
    id: 'beyond-2-53',
    case: 'a price of 2^63 - 1',
    ours: 'ValidationError',
    theirs: 'a level at 9223372036854775807',
    reason: BEYOND,
  },
  {
    ...NANOBOOK,
    id: 'stale-queue',
    case: 'the second of three cancelled after the first was filled',
    path: 'returns',
    ours: 'returns, with the third order filled',
    theirs: 'never returns',
    reason: STALE,
  },
  {
    ...NANOBOOK,
    id: 'stale-queue',
    case: 'the last of three cancelled after the first was cancelled and the second traded',
    path: 'best[1]',
    ours: 'none',
    theirs: 101,
    reason: STALE,
  },
  {
    ...NANOBOOK,
    id: 'events-cannot-be-kept',
    case: 'an event and back',
    path: 'eventComesBack',
    ours: 'the same event',
    theirs: 'cannot be pickled',
    reason:
      'The events of nanobook cannot leave the process: pickling one fails, and there is no other form. Ours are plain ' +
      'objects, and lines of JSON.',
  },
  {
    ...NANOBOOK,
    id: 'exchange-of-several-is-a-copy',
    case: 'an order to one exchange of several',
    path: 'bestOfSeveral',
    ours: 100,
    theirs: 'none',
    reason:
      "nanobook's `get_or_create` gives a copy: an order sent to it is lost. Ours gives the exchange itself.",
  },
  {
    ...NANOBOOK,
    id: 'full-book-without-orders',
    case: 'the orders of a full book',
    path: 'ordersOfFullBook',
    ours: 2,
    theirs: 0,
    reason: "nanobook's `full_book` has levels alone. Ours has every order, with its place in the queue.",
  },
  {
    ...NANOBOOK,
    id: 'stops-by-distance',
    case: 'two stops hit by one trade',
    path: 'tradedQuantities[1]',
    ours: 2,
    theirs: 1,
    reason: STOPS,
  },
  {
    ...NANOBOOK,
    id: 'stops-by-distance',
    case: 'two stops hit by one trade',
    path: 'tradedQuantities[2]',
    ours: 1,
    theirs: 2,
    reason: STOPS,
  },
  {
    ...NANOBOOK,
    id: 'every-trade-fires-stops',
    case: 'a stop hit by the first of two trades',
    path: 'pendingStops',
    ours: 0,
    theirs: 1,
    reason: LAST_TRADE,
  },
  {
    ...NANOBOOK,
    id: 'cascade-to-its-end',
    case: '101 stops, each set off by the one before',
    path: 'pendingStops',
    ours: 0,
    theirs: 1,
    reason: CASCADE,
  },
  {
    ...NANOBOOK,
    id: 'modify-keeps-the-id',
    case: 'a modified order',
    path: 'cancelOfFirst',
    ours: 'cancelled under its id',
    theirs: 'unknown under its id',
    reason: NEW_ID,
  },
];
