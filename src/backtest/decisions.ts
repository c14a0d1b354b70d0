/** What a strategy has decided: answers checked, and kept as rows of weights in the form that a schedule has. */
import { nearestHint } from '../check.js';
import { InvalidWeightsError } from '../errors.js';
import { formatDate } from '../time.js';
import type { PreparedInput, PreparedPrices } from './input.js';
import type { SymbolColumns } from './strategy-view.js';
import type { ResolvedBacktestOptions } from './types.js';
import { isRebalance } from './weight-rows.js';

const ANSWERS =
  'weights by symbol ({AAPL: 0.5}), pairs ([["AAPL", 0.5]]), one number per symbol, or null to keep what is held';

/** Rows of weights that grow with the decisions; memory is that of the rebalances, not of the bars. */
export class Decisions {
  readonly rowOfBar: Int32Array;
  private rows: Float64Array<ArrayBuffer>;
  private count = 0;
  /** The last bar that named each column. */
  private readonly namedAt: Int32Array;
  private readonly prices: PreparedPrices;
  private readonly config: ResolvedBacktestOptions;
  private readonly columns: SymbolColumns;

  constructor(prices: PreparedPrices, config: ResolvedBacktestOptions, columns: SymbolColumns) {
    this.prices = prices;
    this.config = config;
    this.columns = columns;
    this.rowOfBar = new Int32Array(prices.bars).fill(-1);
    this.rows = new Float64Array(prices.symbols.length * 64);
    this.namedAt = new Int32Array(prices.symbols.length).fill(-1);
  }

  /** All rows, one after the other; valid until the next `take`. */
  get weights(): Float64Array {
    return this.rows;
  }

  /** Takes the answer of bar `t`. Throws `InvalidWeightsError`, naming the bar, for what is no set of weights. */
  take(t: number, answer: unknown): void {
    if (answer === null) return;
    const n = this.prices.symbols.length;
    const from = this.count * n;
    if (from + n > this.rows.length) {
      const grown = new Float64Array(this.rows.length * 2);
      grown.set(this.rows);
      this.rows = grown;
    }
    this.rows.fill(0, from, from + n);
    if (answer instanceof Float64Array) this.takeVector(t, answer, from);
    else this.takeNamed(t, answer, from);
    const { symbols, dates } = this.prices;
    if (!isRebalance(this.rows, this.count, t, symbols, dates, this.config)) return;
    this.rowOfBar[t] = this.count;
    this.count += 1;
  }

  /** The run as a schedule would have it: what digests and attribution read. */
  input(): PreparedInput {
    const weights = this.rows.slice(0, this.count * this.prices.symbols.length);
    return { ...this.prices, weights, rowOfBar: this.rowOfBar };
  }

  private takeVector(t: number, answer: Float64Array, from: number): void {
    const n = this.prices.symbols.length;
    if (answer.length !== n) {
      const constraint = `one number for each of the ${n} symbols`;
      throw new InvalidWeightsError(
        this.field(t),
        answer,
        constraint,
        'use the order of the symbols, or name them',
      );
    }
    const missing = answer.findIndex(Number.isNaN);
    if (missing >= 0) {
      const field = `${this.field(t)}, symbol ${this.prices.symbols[missing]}`;
      throw new InvalidWeightsError(field, NaN, 'a number', 'return null to keep what is held, 0 to sell');
    }
    this.rows.set(answer, from);
  }

  private takeNamed(t: number, answer: unknown, from: number): void {
    if (typeof answer !== 'object' || answer === null) {
      throw new InvalidWeightsError(
        this.field(t),
        answer,
        ANSWERS,
        'return what to hold, or null for no change',
      );
    }
    const pairs: Iterable<unknown> =
      answer instanceof Map || Array.isArray(answer) ? (answer as Iterable<unknown>) : Object.entries(answer);
    for (const pair of pairs) {
      if (!Array.isArray(pair) || pair.length !== 2) {
        throw new InvalidWeightsError(this.field(t), pair, ANSWERS, 'give each symbol with its weight');
      }
      const [symbol, weight] = pair as [unknown, unknown];
      const column = typeof symbol === 'string' ? this.columns.find(symbol) : undefined;
      if (column === undefined) {
        throw new InvalidWeightsError(
          this.field(t),
          symbol,
          `names among the ${this.prices.symbols.length} symbols of the prices`,
          nearestHint(String(symbol), this.prices.symbols),
        );
      }
      if (typeof weight !== 'number' || Number.isNaN(weight)) {
        const fix = 'leave the symbol out to sell it';
        throw new InvalidWeightsError(`${this.field(t)}, symbol ${String(symbol)}`, weight, 'a number', fix);
      }
      if (this.namedAt[column] === t) {
        const fix = 'give one weight for each symbol';
        throw new InvalidWeightsError(this.field(t), symbol, 'each symbol once', fix);
      }
      this.namedAt[column] = t;
      this.rows[from + column] = weight;
    }
  }

  private field(t: number): string {
    const { dates } = this.prices;
    return `weights at bar ${t}${dates === null ? '' : ` (${formatDate(dates[t]!)})`}`;
  }
}
