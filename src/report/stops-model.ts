/** What the stops of a backtest did: exits by reason, their share of all exits, and where to mark them. */
import type { ResolvedStops, StopEvent, StopReason } from '../backtest/stop-types.js';
import type { BacktestResult, TradeTable } from '../backtest/types.js';
import type { PricePanel } from '../series/price-panel.js';
import { closesOf } from './trades-model.js';

/** Rows of the table. */
const LARGEST = 20;
/** Symbols drawn with their prices. */
const DRAWN = 4;
/** Places along a chart that can each hold one mark of a kind. */
const PLACES = 110;
/** Millionths of a share, in which quantities are whole. */
const MICRO = 1e6;

/** Reasons in the order of texts and tables. */
export const STOP_REASONS: readonly StopReason[] = ['fixed', 'trailing', 'atr', 'take-profit', 'max-bars'];

/** What the reasons are called. */
export const STOP_LABELS: Readonly<Record<StopReason, string>> = {
  fixed: 'Fixed stop',
  trailing: 'Trailing stop',
  atr: 'ATR stop',
  'take-profit': 'Take-profit',
  'max-bars': 'Time limit',
};

/** An event with what it brought. */
export interface StopExit {
  readonly event: StopEvent;
  /** From the average entry price to the exit, a fraction, positive for a gain; costs apart. */
  readonly return: number;
  /** The same for the whole position, in cents. */
  readonly gainCents: number;
}

/** Exits of one reason, or of all. */
export interface StopGroup {
  readonly reason: StopReason | 'all';
  readonly count: number;
  /** Of all positions that ended, by a stop or a rebalance; NaN where the result keeps no trades. */
  readonly share: number;
  /** Exits at an open beyond the level. */
  readonly gaps: number;
  readonly meanReturn: number;
  readonly worst: StopExit;
}

/** A mark on a chart. */
export interface StopMark {
  readonly kind: StopReason | 'entry';
  readonly bar: number;
  /** Currency units. */
  readonly price: number;
}

/** A symbol with its prices, entries and exits. */
export interface StoppedSymbol {
  readonly name: string;
  readonly exits: number;
  readonly entries: number;
  /** Closes in currency units, with one NaN for the start before them. */
  readonly price: Float64Array;
  readonly marks: readonly StopMark[];
}

export interface StopsModel {
  readonly stops: ResolvedStops;
  /** In the order of the result. */
  readonly exits: readonly StopExit[];
  /** Positions that ended, by whatever; NaN where the result keeps no trades. */
  readonly ended: number;
  /** By reason, those that happened; then all. Empty without exits. */
  readonly groups: readonly StopGroup[];
  /** The most stopped first; empty without prices. */
  readonly drawn: readonly StoppedSymbol[];
  /** Those that gained or lost most, the largest first. */
  readonly largest: readonly StopExit[];
}

/** What the stops did; null where none were asked for. O(events + trades). */
export function stopsModel(result: BacktestResult, prices: PricePanel | null): StopsModel | null {
  const { stops, priceScale } = result.config;
  if (stops === undefined) return null;
  const exits = result.stopEvents.map((event) => exitOf(event, priceScale));
  const entries = result.trades === null ? null : positions(result.trades, result.symbols.length);
  const ended = entries === null ? Number.NaN : entries.ended;
  const groups = STOP_REASONS.flatMap((reason) => {
    const some = exits.filter(({ event }) => event.reason === reason);
    return some.length === 0 ? [] : [groupOf(reason, some, ended)];
  });
  if (groups.length > 0) groups.push(groupOf('all', exits, ended));
  return {
    stops,
    exits,
    ended,
    groups,
    drawn: prices === null ? [] : drawnOf(result, exits, entries?.opened ?? [], prices),
    largest: exits
      .map((exit, i) => ({ exit, i }))
      .sort((a, b) => Math.abs(b.exit.gainCents) - Math.abs(a.exit.gainCents) || a.i - b.i)
      .slice(0, LARGEST)
      .map(({ exit }) => exit),
  };
}

function exitOf(event: StopEvent, priceScale: number): StopExit {
  const { side, quantity, entryPrice, exitPrice } = event;
  const rise = side === 'long' ? exitPrice - entryPrice : entryPrice - exitPrice;
  return { event, return: rise / entryPrice, gainCents: Math.round((rise * quantity * 100) / priceScale) };
}

function groupOf(reason: StopGroup['reason'], exits: readonly StopExit[], ended: number): StopGroup {
  let sum = 0;
  let worst = exits[0]!;
  let gaps = 0;
  for (const exit of exits) {
    sum += exit.return;
    if (exit.return < worst.return) worst = exit;
    if (exit.event.gap) gaps++;
  }
  const count = exits.length;
  return { reason, count, share: count / ended, gaps, meanReturn: sum / count, worst };
}

/** Trades that opened a position, as rows of the table, and the number of positions that ended. */
function positions(trades: TradeTable, symbols: number): { opened: number[]; ended: number } {
  const held = new Float64Array(symbols);
  const opened: number[] = [];
  let ended = 0;
  for (let i = 0; i < trades.count; i++) {
    const symbol = trades.symbol[i]!;
    const before = held[symbol]!;
    const after = before + Math.round(trades.quantity[i]! * MICRO);
    held[symbol] = after;
    if (before !== 0 && after * before <= 0) ended++;
    if (after !== 0 && after * before <= 0) opened.push(i);
  }
  return { opened, ended };
}

function drawnOf(
  { symbols, trades, config: { priceScale }, returns }: BacktestResult,
  exits: readonly StopExit[],
  opened: readonly number[],
  prices: PricePanel,
): StoppedSymbol[] {
  const counts = new Map<string, number>();
  for (const { event } of exits) counts.set(event.symbol, (counts.get(event.symbol) ?? 0) + 1);
  const most = [...counts].sort(([a, n], [b, m]) => m - n || symbols.indexOf(a) - symbols.indexOf(b));
  return most.slice(0, DRAWN).flatMap(([name, count]): StoppedSymbol[] => {
    const column = prices.symbols.indexOf(name);
    if (column < 0) return [];
    const own = symbols.indexOf(name);
    const entries = opened.filter((i) => trades!.symbol[i] === own);
    const marks: StopMark[] = [
      ...entries.map((i): StopMark => ({
        kind: 'entry',
        bar: trades!.bar[i]!,
        price: trades!.price[i]! / priceScale,
      })),
      ...exits.flatMap(({ event }): StopMark[] =>
        event.symbol === name
          ? [{ kind: event.reason, bar: event.bar, price: event.exitPrice / priceScale }]
          : [],
      ),
    ];
    return [
      {
        name,
        exits: count,
        entries: entries.length,
        price: closesOf(prices, column),
        marks: thinned(marks, returns.length),
      },
    ];
  });
}

/** Of the marks of a kind that fall on one place of a chart, the first. */
export function thinned<T extends { readonly kind: string; readonly bar: number }>(
  marks: readonly T[],
  bars: number,
): T[] {
  const taken = new Set<string>();
  return marks.filter(({ kind, bar }) => {
    const place = `${kind} ${Math.floor((bar * PLACES) / bars)}`;
    if (taken.has(place)) return false;
    taken.add(place);
    return true;
  });
}
