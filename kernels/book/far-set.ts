/**
 * The set of prices far from the market: a tree of 32-bit words with 32 children a node, kept in a hash table by
 * (height, place). Adding, removing and asking for a neighbour take at most 11 words for any price below 2^53, and one
 * or two beside prices that are in the set.
 */
import type { BookArrays } from './layout.js';
import { WORDS } from './layout.js';
import { placeOf } from './price-hash.js';

const HEIGHTS = 11;

/** Key of a word: never 0. Places are below 2^48, so that the key stays exact. */
function keyOf(place: number, height: number): number {
  return place * 16 + height + 1;
}

/** Where a word stands, or where it would be added. */
function findWord(wordKeys: Float64Array, key: number): number {
  const mask = wordKeys.length - 1;
  let at = placeOf(key, mask);
  while (wordKeys[at] !== key && wordKeys[at] !== 0) at = (at + 1) & mask;
  return at;
}

/** Adds a price that is not in the set. */
export function addFar(book: BookArrays, price: number): void {
  const { wordKeys, wordBits, ints } = book;
  let place = price;
  for (let height = 0; height < HEIGHTS; height++) {
    const up = Math.floor(place / 32);
    const bit = 1 << (place - up * 32);
    const key = keyOf(up, height);
    const at = findWord(wordKeys, key);
    if (wordKeys[at] === key) {
      wordBits[at] = wordBits[at]! | bit;
      return;
    }
    wordKeys[at] = key;
    wordBits[at] = bit;
    ints[WORDS] = (ints[WORDS]! + 1) | 0;
    place = up;
  }
}

/** Removes a price that is in the set. */
export function removeFar(book: BookArrays, price: number): void {
  const { wordKeys, wordBits, ints } = book;
  let place = price;
  for (let height = 0; height < HEIGHTS; height++) {
    const up = Math.floor(place / 32);
    const at = findWord(wordKeys, keyOf(up, height));
    const rest = wordBits[at]! & ~(1 << (place - up * 32));
    wordBits[at] = rest;
    if (rest !== 0) return;
    removeWord(wordKeys, wordBits, at);
    ints[WORDS] = (ints[WORDS]! - 1) | 0;
    place = up;
  }
}

/** Closes the gap that a word leaves: later words of the run move toward their home. */
function removeWord(wordKeys: Float64Array, wordBits: Int32Array, from: number): void {
  const mask = wordKeys.length - 1;
  let gap = from;
  for (let at = (gap + 1) & mask; ; at = (at + 1) & mask) {
    const key = wordKeys[at]!;
    if (key === 0) break;
    if (((at - placeOf(key, mask)) & mask) < ((at - gap) & mask)) continue;
    wordKeys[gap] = key;
    wordBits[gap] = wordBits[at]!;
    gap = at;
  }
  wordKeys[gap] = 0;
}

/** The highest price of the set below `price`, or 0. */
export function farBelow(book: BookArrays, price: number): number {
  const { wordKeys, wordBits } = book;
  let place = price;
  for (let height = 0; height < HEIGHTS; height++) {
    const up = Math.floor(place / 32);
    const key = keyOf(up, height);
    const at = findWord(wordKeys, key);
    const lower = wordKeys[at] === key ? wordBits[at]! & ((1 << (place - up * 32)) - 1) : 0;
    if (lower !== 0) {
      place = up * 32 + 31 - Math.clz32(lower);
      for (let h = height - 1; h >= 0; h--) {
        place = place * 32 + 31 - Math.clz32(wordBits[findWord(wordKeys, keyOf(place, h))]!);
      }
      return place;
    }
    place = up;
  }
  return 0;
}

/** The lowest price of the set above `price`, or 0. */
export function farAbove(book: BookArrays, price: number): number {
  const { wordKeys, wordBits } = book;
  let place = price;
  for (let height = 0; height < HEIGHTS; height++) {
    const up = Math.floor(place / 32);
    const key = keyOf(up, height);
    const at = findWord(wordKeys, key);
    const bit = place - up * 32;
    const higher = wordKeys[at] === key && bit < 31 ? wordBits[at]! & (-2 << bit) : 0;
    if (higher !== 0) {
      place = up * 32 + lowestBit(higher);
      for (let h = height - 1; h >= 0; h--) {
        place = place * 32 + lowestBit(wordBits[findWord(wordKeys, keyOf(place, h))]!);
      }
      return place;
    }
    place = up;
  }
  return 0;
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** Moves every word of a smaller table into this book's empty one. */
export function moveWords(fromKeys: Float64Array, fromBits: Int32Array, book: BookArrays): void {
  const { wordKeys, wordBits } = book;
  for (let i = 0; i < fromKeys.length; i++) {
    const key = fromKeys[i]!;
    if (key === 0) continue;
    const at = findWord(wordKeys, key);
    wordKeys[at] = key;
    wordBits[at] = fromBits[i]!;
  }
}
