/** Prices of one bar in the form the kernels read. */
import { takePriceRow } from '../../kernels/portfolio/panel.js';

/** From 2^52 on every double is whole; the kernel takes prices below it. */
const BIG = 4503599627370496;

/** Prices as the kernels read them: whole cents, and parts of a cent beyond them, `ticksPerCent` to the cent. */
export interface SplitPrices {
  readonly cents: Float64Array;
  readonly rem: Float64Array;
  readonly ticksPerCent: number;
}

/**
 * One price a symbol: the ticks as given, and split into whole cents and the ticks beyond them.
 * With prices in cents the split is the price itself, so both names show the same array.
 */
export class PriceRow implements SplitPrices {
  readonly ticks: Float64Array;
  readonly cents: Float64Array;
  readonly rem: Float64Array;
  readonly ticksPerCent: number;
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
   * Takes the prices from `data[offset …]`, in ticks. Returns false if some are missing or not whole numbers from 1 to
   * `limit` ticks: those keep the value they had.
   */
  load(data: Float64Array, offset: number, limit: number): boolean {
    const { ticks, cents } = this;
    const left = takePriceRow(ticks.length, data, offset, Math.min(limit, BIG - 1), ticks);
    for (let i = 0; i < ticks.length && left !== 0; i++) {
      const price = data[offset + i]!;
      if (price >= BIG && price <= limit) ticks[i] = price;
    }
    if (cents !== ticks) for (let i = 0; i < ticks.length; i++) this.set(i, ticks[i]!);
    return left === 0;
  }

  /** Sets the price of symbol `i`, in ticks. */
  set(i: number, price: number): void {
    const whole = Math.floor(price / this.ticksPerCent);
    this.ticks[i] = price;
    this.cents[i] = whole * this.centsPerTick;
    this.rem[i] = price - whole * this.ticksPerCent;
  }
}
