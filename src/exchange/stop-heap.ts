/** A binary heap of slots by key, in which any slot can be moved or taken out. */

/**
 * Slots ordered by a number, the lowest on top.
 *
 * Slots are small integers (0, 1, 2 …) that the caller hands out; each stands in the heap at most once. Keys are any
 * numbers but NaN; equal keys come in no stated order. `topKey` is O(1), all else O(log size).
 * Memory: 16 bytes a slot in the heap and 4 to 8 a slot ever used.
 */
export class StopHeap {
  /** Slot and key by place in the heap, place by slot. */
  readonly #slots: number[] = [];
  readonly #keys: number[] = [];
  readonly #places: number[] = [];

  get size(): number {
    return this.#slots.length;
  }

  /** Lowest key; infinite when empty. */
  get topKey(): number {
    return this.#keys.length === 0 ? Infinity : this.#keys[0]!;
  }

  /** Slot of the lowest key; −1 when empty. */
  get top(): number {
    return this.#slots.length === 0 ? -1 : this.#slots[0]!;
  }

  /** Puts in a slot that is not there. */
  add(slot: number, key: number): void {
    while (this.#places.length <= slot) this.#places.push(-1);
    this.#slots.push(slot);
    this.#keys.push(key);
    this.#up(this.#slots.length - 1, slot, key);
  }

  /** Gives a slot that is there another key. */
  move(slot: number, key: number): void {
    const place = this.#places[slot]!;
    if (key < this.#keys[place]!) this.#up(place, slot, key);
    else this.#down(place, slot, key);
  }

  /** Takes out a slot that is there. */
  remove(slot: number): void {
    const place = this.#places[slot]!;
    const removed = this.#keys[place]!;
    const lastSlot = this.#slots.pop()!;
    const lastKey = this.#keys.pop()!;
    this.#places[slot] = -1;
    if (place === this.#slots.length) return;
    if (lastKey < removed) this.#up(place, lastSlot, lastKey);
    else this.#down(place, lastSlot, lastKey);
  }

  /** Carries slot and key from `place` towards the top. */
  #up(place: number, slot: number, key: number): void {
    let at = place;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#keys[parent]! <= key) break;
      this.#put(at, this.#slots[parent]!, this.#keys[parent]!);
      at = parent;
    }
    this.#put(at, slot, key);
  }

  /** Carries slot and key from `place` towards the bottom. */
  #down(place: number, slot: number, key: number): void {
    const keys = this.#keys;
    const size = keys.length;
    let at = place;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && keys[child + 1]! < keys[child]!) child++;
      if (keys[child]! >= key) break;
      this.#put(at, this.#slots[child]!, keys[child]!);
      at = child;
    }
    this.#put(at, slot, key);
  }

  #put(place: number, slot: number, key: number): void {
    this.#slots[place] = slot;
    this.#keys[place] = key;
    this.#places[slot] = place;
  }
}
