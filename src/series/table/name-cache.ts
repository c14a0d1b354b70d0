/** Texts that come again and again, such as symbols, found by their bytes. */
import { GrowingInts } from '../growing-ints.js';

/** Slots of the hash; a power of two. */
const SLOTS = 1 << 16;

/** Names by their bytes. A slot of the hash has one name; another one of the slot is never found. */
export class NameCache {
  readonly #names: string[] = [];
  /** For each slot the number of its name + 1. */
  readonly #slots: Int32Array = new Int32Array(SLOTS);
  /** Where the bytes of each name start, one after the other in `#bytes`. */
  readonly #starts: GrowingInts = new GrowingInts();
  #bytes: Uint8Array = new Uint8Array(1024);

  /** The slot of some bytes. */
  slotOf(bytes: Uint8Array, start: number, length: number): number {
    let hash = length;
    for (let k = 0; k < length; k++) hash = (Math.imul(hash, 31) + bytes[start + k]!) | 0;
    return (hash ^ (hash >>> 15)) & (SLOTS - 1);
  }

  /** The name of a number that `find` or `remember` gave. */
  at(id: number): string {
    return this.#names[id]!;
  }

  /** The number of the name of some bytes, -1 where it is not known. */
  find(slot: number, bytes: Uint8Array, start: number, length: number): number {
    const known = this.#slots[slot]! - 1;
    if (known < 0) return -1;
    const from = this.#starts.at(known);
    if (this.#starts.at(known + 1) - from !== length) return -1;
    const names = this.#bytes;
    for (let k = 0; k < length; k++) if (names[from + k] !== bytes[start + k]) return -1;
    return known;
  }

  /** Keeps a name and gives its number; -1 where its slot has another one. */
  remember(slot: number, name: string, bytes: Uint8Array, start: number, length: number): number {
    if (this.#slots[slot] !== 0) return -1;
    if (this.#starts.length === 0) this.#starts.push(0);
    const from = this.#starts.at(this.#names.length);
    if (from + length > this.#bytes.length) {
      const grown = new Uint8Array(2 * (from + length));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes.set(bytes.subarray(start, start + length), from);
    this.#starts.push(from + length);
    this.#names.push(name);
    this.#slots[slot] = this.#names.length;
    return this.#names.length - 1;
  }
}
