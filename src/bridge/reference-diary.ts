/** What the slow twin of the backtest does, written down as the kernels write it. */
import { missingPrice } from '../backtest/missing-price.js';
import type { PreparedInput } from '../backtest/input.js';
import type { ResolvedBacktestOptions, SkippedRebalance, TradeTable } from '../backtest/types.js';
import { referenceCost, type ReferenceRules } from '../reference/backtest.js';
import type { ReferenceDiary } from '../reference/diary.js';
import { exactNotional, floorDiv, MICRO } from '../reference/exact.js';
import type { ReferenceStopEvent } from '../reference/stops.js';

interface Trade {
  readonly bar: number;
  readonly symbol: number;
  readonly quantity: number;
  readonly price: number;
  readonly notional: number;
  readonly cost: number;
}

/** Shares of micro-shares, as the ledger counts them. */
export function sharesOf(micro: bigint): number {
  const whole = floorDiv(micro, MICRO);
  return Number(whole) + Number(micro - whole * MICRO) / 1_000_000;
}

/** Keeps trades, skipped rebalances and weights; throws `PriceError` where the kernels would. */
export class BacktestDiary implements ReferenceDiary {
  readonly skipped: SkippedRebalance[] = [];
  /** Last known prices at the end of each bar, in ticks. */
  readonly marks: number[][] = [];
  readonly #input: PreparedInput;
  readonly #config: ResolvedBacktestOptions;
  readonly #rules: ReferenceRules;
  readonly #shift: number;
  readonly #trades: Trade[] = [];
  #last: number[];
  /** What stops look at must be whole. */
  readonly #wholeBars: boolean;
  /** The bar that has begun, what was held then, and what time stops have ended in it. */
  #bar: number = -1;
  #held: readonly bigint[] = [];
  #aged: number[] = [];

  constructor(
    input: PreparedInput,
    config: ResolvedBacktestOptions,
    { rules, shift }: { rules: ReferenceRules; shift: number },
  ) {
    this.#input = input;
    this.#config = config;
    this.#rules = rules;
    this.#shift = shift;
    this.#last = input.symbols.map(() => 1);
    this.#wholeBars = config.missingPrice === 'error' && input.stopBars?.gaps === true;
  }

  exited({ bar, column, reason, side, micro, exitPrice, ...event }: ReferenceStopEvent): void {
    this.#begin(bar);
    if (reason === 'max-bars') this.#aged.push(column);
    this.#trades.push({
      bar,
      symbol: column,
      quantity: Number(side === 'long' ? -micro : micro) / 1_000_000,
      price: exitPrice,
      notional: Number(event.notionalCents),
      cost: Number(event.costCents),
    });
  }

  trading(
    t: number,
    weights: readonly number[],
    frozen: readonly number[],
    held: readonly bigint[],
    equity: bigint,
  ): void {
    this.#begin(t);
    this.#know(this.#input.fill, t);
    const bar = t - this.#shift;
    for (const i of frozen) {
      const wanted = weights[i] !== 0;
      if (!wanted && held[i] === 0n) continue;
      if (this.#config.missingPrice === 'error') {
        throw missingPrice(this.#input, t, i, wanted ? 'is a target' : 'is held');
      }
      this.skipped.push({ bar, reason: 'missing-price', symbol: this.#input.symbols[i]! });
    }
    if (equity <= 0n) this.skipped.push({ bar, reason: 'bankrupt' });
  }

  traded(t: number, before: readonly bigint[], after: readonly bigint[]): void {
    const scale = BigInt(this.#config.priceScale);
    for (const sells of [true, false]) {
      for (const [i, held] of after.entries()) {
        const change = held - before[i]!;
        if (change === 0n || change < 0n !== sells) continue;
        const price = this.#last[i]!;
        const notional = exactNotional(change < 0n ? -change : change, BigInt(price), scale);
        const parts = (micro: bigint): bigint => micro - floorDiv(micro, MICRO) * MICRO;
        const rest = parts(held) - parts(before[i]!);
        this.#trades.push({
          bar: t,
          symbol: i,
          quantity: Number((change - rest) / MICRO) + Number(rest) / 1_000_000,
          price,
          notional: Number(notional),
          cost: Number(referenceCost(this.#rules, notional)),
        });
      }
    }
  }

  marking(t: number, held: readonly bigint[]): void {
    const { close, symbols } = this.#input;
    this.#begin(t);
    if (this.#config.fillPolicy === 'nextOpen') {
      this.#refuseGaps(t, (i) => held[i] !== 0n || this.#aged.includes(i));
    }
    this.#held = [...held];
    for (const [i, quantity] of held.entries()) {
      if (quantity !== 0n && Number.isNaN(close[t * symbols.length + i]!)) {
        if (this.#config.missingPrice === 'error') throw missingPrice(this.#input, t, i, 'is held');
      }
    }
    this.#know(close, t);
    this.marks.push([...this.#last]);
  }

  /** The trades as columns. */
  table(): TradeTable {
    const trades = this.#trades;
    return {
      count: trades.length,
      bar: Int32Array.from(trades, ({ bar }) => bar),
      symbol: Int32Array.from(trades, ({ symbol }) => symbol),
      quantity: Float64Array.from(trades, ({ quantity }) => quantity),
      price: Float64Array.from(trades, ({ price }) => price),
      notional: Float64Array.from(trades, ({ notional }) => notional),
      cost: Float64Array.from(trades, ({ cost }) => cost),
    };
  }

  /** Fills at the close come after the stops, which look at what was held before. */
  #begin(t: number): void {
    if (t === this.#bar) return;
    this.#bar = t;
    this.#aged = [];
    if (this.#config.fillPolicy !== 'nextOpen') {
      this.#refuseGaps(t, (i) => (this.#held[i] ?? 0n) !== 0n);
    }
  }

  #refuseGaps(t: number, held: (i: number) => boolean): void {
    if (!this.#wholeBars) return;
    const { symbols, stopBars } = this.#input;
    const { open, high, low, close } = stopBars!;
    for (const i of symbols.keys()) {
      const cell = t * symbols.length + i;
      if (!held(i) || !Number.isNaN(open[cell]! + high[cell]! + low[cell]! + close[cell]!)) continue;
      throw missingPrice(this.#input, t, i, 'is held, and its stops look at the whole bar');
    }
  }

  #know(prices: Float64Array, t: number): void {
    const n = this.#input.symbols.length;
    this.#last = this.#last.map((before, i) => {
      const price = prices[t * n + i]!;
      return Number.isNaN(price) ? before : price;
    });
  }
}
