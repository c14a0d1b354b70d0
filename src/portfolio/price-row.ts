/** Prices of one bar in the form the kernels read. */

/**
 * One price a symbol: the ticks as given, and split into whole cents and the ticks beyond them.
 * With prices in cents the split is the price itself, so both names show the same array.
 */
export class PriceRow {
  readonly ticks: Float64Array;
  readonly cents: Float64Array;
  readonly rem: Float64Array;
  private readonly ticksPerCent: number;
  private readonly centsPerTick: number;

  constructor(size: number, priceScale: number) {
    this.ticksPerCent = priceScale > 100 ? priceScale / 100 : 1;
    this.centsPerTick = priceScale < 100 ? 100 / priceScale : 1;
    this.ticks = new Float64Array(size);
    this.cents = priceScale === 100 ? this.ticks : new Float64Array(size);
    this.rem = new Float64Array(size);
    // A symbol that has never had a price stands at one tick: it is not held, and nothing divides by zero.
    for (let i = 0; i < size; i++) this.set(i, 1);
  }

  /** Takes over the values of another row of the same size and scale. */
  copy(other: PriceRow): void {
    this.ticks.set(other.ticks);
    this.cents.set(other.cents);
    this.rem.set(other.rem);
  }

  /**
   * Takes the prices from `data[offset …]`, in ticks. `complete` promises that none is NaN; otherwise a missing one
   * keeps the value it had.
   */
  load(data: Float64Array, offset: number, complete: boolean): void {
    const { ticks, cents } = this;
    const n = ticks.length;
    if (complete) {
      ticks.set(data.subarray(offset, offset + n));
      if (cents === ticks) return;
    }
    for (let i = 0; i < n; i++) {
      const price = data[offset + i]!;
      if (!Number.isNaN(price)) this.set(i, price);
    }
  }

  /** Sets the price of symbol `i`, in ticks. */
  set(i: number, price: number): void {
    const whole = Math.floor(price / this.ticksPerCent);
    this.ticks[i] = price;
    this.cents[i] = whole * this.centsPerTick;
    this.rem[i] = price - whole * this.ticksPerCent;
  }
}
