import t from 'tap';
import { newBook } from '../../src/exchange/book-memory.js';
import { randomStream } from '../../src/testing/random.js';
import { addFar, farAbove, farBelow, moveWords, removeFar } from './far-set.js';
import { addId, findId, removeId } from './id-table.js';
import * as layout from './layout.js';
import { addNear, nearFrom, NEAR_PRICES, NEAR_WORDS, nearUpTo, removeNear } from './near-set.js';
import { placeOf } from './price-hash.js';

/** Ids that pile up in a table that is laid out carelessly: in a row, at regular distances, beyond 2^32. */
const PATTERNS: readonly (readonly [string, (i: number) => number])[] = [
  ['in a row', (i) => i + 1],
  ['every 4,096th', (i) => i * 4_096 + 1],
  ['every 65,536th', (i) => i * 65_536 + 7],
  ['every 2^20th', (i) => i * 1_048_576 + 3],
  ['alike in the low half', (i) => i * 4_294_967_296 + 5],
  ['in a row beyond 2^40', (i) => 1_099_511_627_776 + i],
];

for (const [name, idOf] of PATTERNS) {
  t.test(`ids ${name} are found as long as they are there`, async (t) => {
    const random = randomStream(3, 1);
    const book = newBook(512, 16, 16);
    const slots = new Map<number, number>();
    const free = Array.from({ length: 512 }, (_, slot) => slot);
    let next = 0;
    for (let step = 0; step < 4_000; step++) {
      if (free.length > 0 && (random.below(100) < 55 || slots.size === 0)) {
        const slot = free.pop()!;
        const id = idOf(next++);
        book.orderNums[slot * 4 + 1] = id;
        addId(book, id, slot);
        slots.set(id, slot);
      } else {
        const [id, slot] = [...slots][random.below(slots.size)]!;
        t.equal(findId(book, id), slot);
        removeId(book, id, slot);
        slots.delete(id);
        free.push(slot);
        t.equal(findId(book, id), -1);
      }
    }
    t.ok([...slots].every(([id, slot]) => findId(book, id) === slot));
    t.equal(findId(book, idOf(next)), -1);
  });
}

t.test('the near set gives the neighbours that a sorted list gives', async (t) => {
  const random = randomStream(11, 1);
  for (const density of [5, 100, 5_000]) {
    const bits = new Int32Array(NEAR_WORDS);
    const set = new Set<number>();
    for (let place = 0; place < NEAR_PRICES; place++) {
      if (random.below(10_000) < density || place === 0 || place === 2_047) {
        addNear(bits, place);
        set.add(place);
      }
    }
    for (let place = 0; place < NEAR_PRICES; place++) {
      if (set.has(place) && random.below(10) < 3) {
        removeNear(bits, place);
        set.delete(place);
      }
    }
    const sorted = [...set].sort((a, b) => a - b);
    for (let place = 0; place < NEAR_PRICES; place++) {
      const up = sorted.find((other) => other >= place) ?? -1;
      const down = sorted.findLast((other) => other <= place) ?? -1;
      if (nearFrom(bits, place) !== up || nearUpTo(bits, place) !== down) t.fail(`place ${place}`);
    }
    t.equal(nearFrom(bits, NEAR_PRICES), -1);
    t.equal(nearUpTo(bits, -1), -1);
  }
});

t.test('the far set gives the neighbours that a sorted list gives, for any price below 2^53', async (t) => {
  const random = randomStream(17, 1);
  for (const spread of [100, 100_000, layout.MAX_TICKS]) {
    const book = newBook(16, 16, 16);
    book.wordKeys = new Float64Array(8_192);
    book.wordBits = new Int32Array(8_192);
    const set = new Set<number>([1, layout.MAX_TICKS]);
    for (const price of set) addFar(book, price);
    for (let i = 0; i < 300; i++) {
      const price = 1 + random.below(spread - 1);
      if (set.has(price)) removeFar(book, price);
      else addFar(book, price);
      if (!set.delete(price)) set.add(price);
    }
    const fresh = { ...book, wordKeys: new Float64Array(16_384), wordBits: new Int32Array(16_384) };
    moveWords(book.wordKeys, book.wordBits, fresh);
    const sorted = [...set].sort((a, b) => a - b);
    const probes = [...sorted, ...sorted.map((price) => price + 1), ...sorted.map((price) => price - 1)];
    for (const price of probes.filter((each) => each >= 0 && each <= layout.MAX_TICKS)) {
      const above = sorted.find((other) => other > price) ?? 0;
      const below = sorted.findLast((other) => other < price) ?? 0;
      if (farAbove(fresh, price) !== above || farBelow(fresh, price) !== below) t.fail(`price ${price}`);
    }
    for (const price of set) removeFar(book, price);
    t.equal(book.ints[layout.WORDS], 0, 'an empty set keeps no words');
    t.ok(book.wordKeys.every((key) => key === 0));
  }
});

t.test(
  'places of prices lie inside the table, and neighbours as well as far prices spread over it',
  async (t) => {
    const mask = 1023;
    const spreads = [1, 2_048, 4_294_967_296, 8_796_093_022_208];
    for (const step of spreads) {
      const counts = new Int32Array(mask + 1);
      for (let k = 1; k <= 1_000; k++) {
        const place = placeOf(k * step, mask);
        t.ok(Number.isInteger(place) && place >= 0 && place <= mask, `${k * step} has a place`);
        counts[place]!++;
      }
      // A thousand balls thrown at random into 1,024 boxes leave no box with more than ten, but once in a billion.
      t.ok(Math.max(...counts) <= 10, `steps of ${step} do not pile up`);
    }
  },
);
