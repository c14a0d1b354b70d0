/** A growing list of 32-bit integers: 4 bytes each, where an array of numbers takes 8 and more. */
export class GrowingInts {
  length = 0;
  #data: Int32Array = new Int32Array(1024);

  /** Appends a value. */
  push(value: number): void {
    if (this.length === this.#data.length) {
      const grown = new Int32Array(2 * this.length);
      grown.set(this.#data);
      this.#data = grown;
    }
    this.#data[this.length] = value;
    this.length += 1;
  }

  /** The value at an index. */
  at(index: number): number {
    return this.#data[index]!;
  }

  /** All values, in place. */
  values(): Int32Array {
    return this.#data.subarray(0, this.length);
  }
}
