/** A ledger by name. It works on the symbols held or wanted now; of the others it keeps the profit taken. */
import { notionalCents } from '../../kernels/portfolio/notional.js';
import type { CostModel } from './cost-model.js';
import { Ledger } from './ledger.js';
import type { LedgerRules } from './ledger-rules.js';
import { nameRanks } from './names.js';
import { PriceRow } from './price-row.js';

/** A column of the ledger. */
interface Column {
  readonly symbol: string;
  /** Its number among the symbols ever traded; -1 before its first trade. */
  place: number;
}

/** What is kept of one symbol, as it is saved. */
export interface Account {
  readonly symbol: string;
  readonly whole: number;
  readonly micro: number;
  readonly basis: number;
  readonly realized: number;
}

/**
 * The ledger's columns stand in the order in which the symbols were first traded, new ones after them: a saved
 * portfolio that comes back adds up in the same order. Time and memory of a call go with the symbols held or wanted,
 * so a universe that changes for years does not slow down; a symbol that was closed costs its name and one number.
 */
export class Accounts {
  ledger: Ledger;
  /** Prices by column, in whole ticks. */
  prices: PriceRow;
  readonly costs: CostModel;
  readonly rules: LedgerRules;
  readonly priceScale: number;
  private columns: Column[] = [];
  private column = new Map<string, number>();
  /** Every symbol ever traded, with its number. */
  private readonly place = new Map<string, number>();
  /** Profit taken, by number; of a symbol that has a column the ledger knows it. */
  private readonly settled: number[] = [];
  private settledSum = 0;

  constructor(cashCents: number, costs: CostModel, rules: LedgerRules, priceScale: number) {
    this.costs = costs;
    this.rules = rules;
    this.priceScale = priceScale;
    this.ledger = new Ledger(cashCents, new Int32Array(0), costs, rules, true);
    this.prices = new PriceRow(0, priceScale);
  }

  /** Name of column `i`. */
  symbol(i: number): string {
    return this.columns[i]!.symbol;
  }

  /** The column of a symbol, or -1. */
  columnOf(symbol: string): number {
    return this.column.get(symbol) ?? -1;
  }

  /** Columns that hold something. */
  held(): number[] {
    const { ledger } = this;
    const found: number[] = [];
    for (let i = 0; i < ledger.size; i++) if (ledger.holds(i)) found.push(i);
    return found;
  }

  /** What is kept of a symbol; null if it was never traded. */
  account(symbol: string): Account | null {
    const place = this.place.get(symbol);
    if (place === undefined) return null;
    const i = this.columnOf(symbol);
    if (i < 0) return { symbol, whole: 0, micro: 0, basis: 0, realized: this.settled[place]! };
    const { whole, micro, basis, realized } = this.ledger;
    return { symbol, whole: whole[i]!, micro: micro[i]!, basis: basis[i]!, realized: realized[i]! };
  }

  /** Every symbol ever traded, in the order of the first trades. */
  accounts(): Account[] {
    return [...this.place.keys()].map((symbol) => this.account(symbol)!);
  }

  /** Cents paid for what is held, and profit taken by all symbols ever traded. */
  sums(): { basis: number; realized: number } {
    let basis = 0;
    let realized = this.settledSum;
    for (let i = 0; i < this.ledger.size; i++) {
      basis += this.ledger.basis[i]!;
      realized += this.ledger.realized[i]!;
    }
    return { basis, realized };
  }

  /** Gives every symbol that is held or wanted a column. What the ledger holds does not change. */
  arrange(wanted: readonly string[]): void {
    const held = this.held();
    const needed = new Set(held.map((i) => this.symbol(i)));
    for (const symbol of wanted) needed.add(symbol);
    // Columns closed since are kept while they are few: targets that come and go need no new arrays.
    const roomy =
      this.columns.length <= 2 * needed.size + 16 && this.columns.every(({ place }) => place >= 0);
    if (roomy && wanted.every((symbol) => this.column.has(symbol))) return;
    const known: Column[] = [];
    const fresh: Column[] = [];
    for (const symbol of needed) {
      const place = this.place.get(symbol);
      if (place === undefined) fresh.push({ symbol, place: -1 });
      else known.push({ symbol, place });
    }
    known.sort((a, b) => a.place - b.place);
    this.replaceColumns([...known, ...fresh]);
  }

  /** Takes in the symbols that the trades just booked have opened. */
  enroll(): void {
    const { size, whole, micro, priorWhole, priorMicro } = this.ledger;
    for (let i = 0; i < size; i++) {
      const column = this.columns[i]!;
      if (column.place >= 0) continue;
      if (whole[i] === priorWhole[i] && micro[i] === priorMicro[i]) continue;
      column.place = this.settled.length;
      this.place.set(column.symbol, column.place);
      this.settled.push(0);
    }
  }

  /** Takes over saved accounts; `this` must be new. */
  restore(cash: number, accounts: readonly Account[]): void {
    const columns = accounts.map(({ symbol }, place) => ({ symbol, place }));
    for (const { symbol } of columns) {
      this.place.set(symbol, this.settled.length);
      this.settled.push(0);
    }
    this.replaceColumns(columns);
    const { ledger } = this;
    for (const [i, { whole, micro, basis, realized }] of accounts.entries()) {
      ledger.whole[i] = whole;
      ledger.micro[i] = micro;
      ledger.basis[i] = basis;
      ledger.realized[i] = realized;
    }
    ledger.cash = cash;
    this.replaceColumns(columns.filter((_, i) => ledger.holds(i)));
  }

  /**
   * Ends all positions at `prices`, without cost, and leaves `equityCents`. Each takes its profit at its value; the last
   * one also what the rounding of the equity left over, so that profit and cash stay equal to the cent.
   */
  closeAll(equityCents: number, prices: PriceRow): void {
    const { ledger } = this;
    const { whole, micro, basis, realized } = ledger;
    const { cents, rem, ticksPerCent } = prices;
    const held = this.held();
    let left = equityCents - ledger.cash;
    for (const [k, i] of held.entries()) {
      const value = notionalCents(whole[i]!, micro[i]!, cents[i]!, rem[i]!, ticksPerCent);
      const taken = k === held.length - 1 ? left : value;
      realized[i]! += taken - basis[i]!;
      left -= taken;
    }
    ledger.close(equityCents);
  }

  private replaceColumns(columns: Column[]): void {
    const old = this.ledger;
    for (const [i, { place }] of this.columns.entries()) {
      if (place < 0) continue;
      this.settled[place] = old.realized[i]!;
      this.settledSum += old.realized[i]!;
    }
    const names = columns.map(({ symbol }) => symbol);
    const ranked = this.rules.maxTradesPerRebalance > 0;
    const next = new Ledger(
      old.cash,
      ranked ? nameRanks(names) : new Int32Array(names.length),
      this.costs,
      this.rules,
      true,
    );
    for (const [i, { symbol, place }] of columns.entries()) {
      if (place < 0) continue;
      next.realized[i] = this.settled[place]!;
      this.settledSum -= this.settled[place]!;
      const from = this.columnOf(symbol);
      if (from < 0) continue;
      next.whole[i] = old.whole[from]!;
      next.micro[i] = old.micro[from]!;
      next.basis[i] = old.basis[from]!;
    }
    this.ledger = next;
    this.columns = columns;
    this.column = new Map(names.map((symbol, i) => [symbol, i]));
    this.prices = new PriceRow(names.length, this.priceScale);
  }
}
