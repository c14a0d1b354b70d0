/** The run of a strategy, bar by bar; how the answers are waited for is left to the caller. */
import { checkInteger } from '../check.js';
import { StrategyError, ValidationError } from '../errors.js';
import { formatDate } from '../time.js';
import { resolveBacktestOptions } from './config.js';
import { Decisions } from './decisions.js';
import { type PreparedInput, type PreparedPrices, preparePrices, pricePanels } from './input.js';
import { toResult } from './run.js';
import { Stepper } from './stepper.js';
import type { StrategyInput, StrategyOptions, StrategyPortfolio, StrategyPrices } from './strategy-types.js';
import { PortfolioWindow, PriceWindow, SymbolColumns } from './strategy-view.js';
import type { BacktestResult, ResolvedBacktestOptions } from './types.js';

/** A strategy's backtest between two bars. For each bar: `begin`, the answer to `asks` or nothing, `end`. */
export class StrategyRun {
  readonly bars: number;
  readonly window: StrategyPrices;
  readonly portfolio: StrategyPortfolio;

  private readonly prices: PreparedPrices;
  private readonly config: ResolvedBacktestOptions;
  private readonly priceWindow: PriceWindow;
  private readonly stepper: Stepper;
  private readonly decisions: Decisions;
  private readonly asked: Uint8Array | null;

  constructor(input: StrategyInput, options: StrategyOptions) {
    const { bars: askedBars, ...rest } = options ?? {};
    // Everything that a strategy knows at a bar includes its close: it trades at the next one unless told otherwise.
    const { config, costs } = resolveBacktestOptions({ lag: defaultLag(rest.fillPolicy), ...rest });
    this.config = config;
    this.prices = preparePrices(input, config);
    this.bars = this.prices.bars;
    this.stepper = new Stepper(this.prices, config, costs);
    const columns = new SymbolColumns(this.prices.symbols);
    this.decisions = new Decisions(this.prices, config, columns);
    this.priceWindow = new PriceWindow(this.prices, pricePanels(input.prices, config), columns);
    this.window = this.priceWindow;
    this.portfolio = new PortfolioWindow(this.stepper, this.prices.symbols, columns);
    this.asked = askedBars === undefined ? null : askedAt(askedBars, this.bars);
  }

  /** Opens bar `t`. A target known before it has been traded when the strategy is asked; see `ask`. */
  begin(t: number): void {
    this.stepper.open(t);
    PriceWindow.move(this.priceWindow, t);
    if (this.stepper.shift > 0) {
      this.tradeFor(t);
      this.stepper.close(t);
    }
  }

  /** Whether the strategy is asked at bar `t`; not once the portfolio is bankrupt. */
  asks(t: number): boolean {
    return this.stepper.bankruptBar < 0 && (this.asked === null || this.asked[t] === 1);
  }

  /** Takes what the strategy has answered at bar `t`. */
  take(t: number, answer: unknown): void {
    this.decisions.take(t, answer);
  }

  /** Ends bar `t`. */
  end(t: number): void {
    if (this.stepper.shift > 0) return;
    this.tradeFor(t);
    this.stepper.close(t);
  }

  /** What the strategy threw at bar `t`, with the bar. */
  failed(t: number, cause: unknown): StrategyError {
    const { dates } = this.prices;
    const when = `bar ${t}${dates === null ? '' : ` (${formatDate(dates[t]!)})`}`;
    const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    return new StrategyError(`the strategy failed at ${when}: ${what}`, { cause, barIndex: t });
  }

  /** The result, once every bar has ended. */
  result(): BacktestResult {
    const { rowOfBar } = this.decisions;
    const run = this.stepper.finish((bar) => rowOfBar[bar]! >= 0);
    return toResult(this.decisions.input(), this.config, run, 'kernels');
  }

  /** What was decided, as a schedule. */
  decided(): PreparedInput {
    return this.decisions.input();
  }

  private tradeFor(t: number): void {
    const known = t - this.stepper.shift;
    const row = known >= 0 ? this.decisions.rowOfBar[known]! : -1;
    if (row >= 0) {
      this.stepper.trade(t, known, this.decisions.weights, row * this.prices.symbols.length);
    }
  }
}

/** Bars from a decision to its trade at the close, 1; at the next bar's open or typical price that bar is the next. */
function defaultLag(fillPolicy: string | undefined): number {
  return fillPolicy === undefined || fillPolicy === 'close' ? 1 : 0;
}

function askedAt(bars: Int32Array | readonly number[], count: number): Uint8Array {
  if (typeof bars !== 'object' || bars === null || typeof bars.length !== 'number') {
    throw new ValidationError('bars', bars, 'an array of bars', 'pass rebalanceBars(dates, …)');
  }
  const asked = new Uint8Array(count);
  for (let k = 0; k < bars.length; k++) asked[checkInteger(`bars[${k}]`, bars[k], 0, count - 1)] = 1;
  return asked;
}

/** Throws unless `strategy` can be called. */
export function checkStrategy(strategy: unknown): void {
  if (typeof strategy !== 'function') {
    const fix = 'pass (bar, prices, portfolio) => targets';
    throw new ValidationError('strategy', strategy, 'a function', fix);
  }
}
