/** The windows through which a strategy sees prices and portfolio. One of each serves a whole run. */
import { MICRO } from '../../kernels/portfolio/notional.js';
import { notionalCents } from '../../kernels/portfolio/notional.js';
import { checkInteger, type Mat, nearestHint } from '../check.js';
import { UnknownSymbolError } from '../errors.js';
import type { PreparedPrices } from './input.js';
import type { PricePanels } from './stop-bars.js';
import type { Stepper } from './stepper.js';
import type { StrategyPortfolio, StrategyPrices } from './strategy-types.js';

/** Columns of symbols by name. */
export class SymbolColumns {
  private readonly names: readonly string[];
  private readonly byName: ReadonlyMap<string, number>;

  constructor(symbols: readonly string[]) {
    this.names = symbols;
    this.byName = new Map(symbols.map((name, i) => [name, i]));
  }

  /** The column of a name or a column; throws for one that is neither. */
  of(symbol: string | number): number {
    if (typeof symbol === 'number') return checkInteger('symbol', symbol, 0, this.names.length - 1);
    const column = this.byName.get(symbol);
    if (column !== undefined) return column;
    throw new UnknownSymbolError(
      'symbol',
      symbol,
      `one of the ${this.names.length} symbols of the prices`,
      nearestHint(String(symbol), this.names),
    );
  }

  /** The column of a name, or undefined. */
  find(symbol: string): number | undefined {
    return this.byName.get(symbol);
  }
}

/** Prices up to the bar that the run has reached. Nothing here can be moved from outside. */
export class PriceWindow implements StrategyPrices {
  readonly symbols: readonly string[];
  readonly #prices: PreparedPrices;
  readonly #panels: PricePanels;
  readonly #columns: SymbolColumns;
  #bar = -1;

  constructor(prices: PreparedPrices, panels: PricePanels, columns: SymbolColumns) {
    this.symbols = Object.freeze([...prices.symbols]);
    this.#prices = prices;
    this.#panels = panels;
    this.#columns = columns;
  }

  /** Moves `window` to bar `t`. Apart from the class, so that a strategy does not have it. */
  static move(window: PriceWindow, t: number): void {
    window.#bar = t;
  }

  get bar(): number {
    return this.#bar;
  }

  get date(): number | null {
    return this.#prices.dates === null ? null : this.#prices.dates[this.#bar]!;
  }

  close(symbol: string | number, ago: number = 0): number {
    return this.#at(this.#panels.close, symbol, ago);
  }

  open(symbol: string | number, ago: number = 0): number {
    return this.#at(this.#panels.open ?? this.#panels.close, symbol, ago);
  }

  high(symbol: string | number, ago: number = 0): number {
    return this.#at(this.#panels.high ?? this.#panels.close, symbol, ago);
  }

  low(symbol: string | number, ago: number = 0): number {
    return this.#at(this.#panels.low ?? this.#panels.close, symbol, ago);
  }

  history(symbol: string | number, count: number): Float64Array | undefined {
    const column = this.#columns.of(symbol);
    checkInteger('count', count, 1, Number.MAX_SAFE_INTEGER);
    if (count > this.#bar + 1) return undefined;
    const { data, cols } = this.#panels.close;
    const out = new Float64Array(count);
    let cell = (this.#bar + 1 - count) * cols + column;
    for (let k = 0; k < count; k++, cell += cols) out[k] = data[cell]!;
    return out;
  }

  closes(count: number): Mat | undefined {
    checkInteger('count', count, 1, Number.MAX_SAFE_INTEGER);
    if (count > this.#bar + 1) return undefined;
    const { data, cols } = this.#panels.close;
    return { data: data.slice((this.#bar + 1 - count) * cols, (this.#bar + 1) * cols), rows: count, cols };
  }

  #at(panel: Mat, symbol: string | number, ago: number): number {
    const column = this.#columns.of(symbol);
    if (ago !== 0) checkInteger('ago', ago, 0, Number.MAX_SAFE_INTEGER);
    return ago > this.#bar ? Number.NaN : panel.data[(this.#bar - ago) * panel.cols + column]!;
  }
}

/** The portfolio as the run has it. */
export class PortfolioWindow implements StrategyPortfolio {
  readonly #stepper: Stepper;
  readonly #symbols: readonly string[];
  readonly #columns: SymbolColumns;

  constructor(stepper: Stepper, symbols: readonly string[], columns: SymbolColumns) {
    this.#stepper = stepper;
    this.#symbols = symbols;
    this.#columns = columns;
  }

  get cash(): number {
    return this.#stepper.ledger.cash;
  }

  get equity(): number {
    return this.#stepper.ledger.equity(this.#stepper.marks);
  }

  quantity(symbol: string | number): number {
    const i = this.#columns.of(symbol);
    const { whole, micro } = this.#stepper.ledger;
    return whole[i]! + micro[i]! / MICRO;
  }

  weight(symbol: string | number): number {
    return this.#weightOf(this.#columns.of(symbol), this.equity);
  }

  weights(): Record<string, number> {
    const { ledger } = this.#stepper;
    const { equity } = this;
    // Entries are defined, not assigned: a symbol may be called __proto__.
    return Object.fromEntries(
      this.#symbols.flatMap((symbol, i) => (ledger.holds(i) ? [[symbol, this.#weightOf(i, equity)]] : [])),
    );
  }

  #weightOf(i: number, equity: number): number {
    const { ledger, marks } = this.#stepper;
    if (!ledger.holds(i)) return 0;
    const { cents, rem, ticksPerCent } = marks;
    return notionalCents(ledger.whole[i]!, ledger.micro[i]!, cents[i]!, rem[i]!, ticksPerCent) / equity;
  }
}
