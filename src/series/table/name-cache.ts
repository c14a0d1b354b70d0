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

  /** The name of some bytes, undefined where it is not known. */
  find(slot: number, bytes: Uint8Array, start: number, length: number): string | undefined {
    const known = this.#slots[slot]! - 1;
    if (known < 0) return undefined;
    const from = this.#starts.at(known);
    if (this.#starts.at(known + 1) - from !== length) return undefined;
    const names = this.#bytes;
    for (let k = 0; k < length; k++) if (names[from + k] !== bytes[start + k]) return undefined;
    return this.#names[known];
  }

  /** Keeps a name, unless its slot has one. */
  remember(slot: number, name: string, bytes: Uint8Array, start: number, length: number): void {
    if (this.#slots[slot] !== 0) return;
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
  }
}
