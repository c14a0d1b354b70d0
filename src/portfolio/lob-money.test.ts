import t from 'tap';
import { MultiExchange } from '../exchange/multi-exchange.js';
import type { Trade } from '../exchange/types.js';
import { exactCost, exactEquity, roundDiv } from '../reference/exact.js';
import { type Random, randomStream } from '../testing/random.js';
import { SlowMarket } from '../testing/slow-market.js';
import type { LobOptions } from './lob-types.js';
import { Portfolio } from './portfolio.js';

type Market = SlowMarket | MultiExchange;

const NAMES = ['A', 'B', 'C', '__proto__', 'constructor'];
const MICRO = 1_000_000n;

/** Cash and holdings of one portfolio in BigInt, followed through the trades of the exchanges alone. */
class Twin {
  cash: bigint;
  paid = 0n;
  readonly scale: bigint;
  readonly micro = new Map<string, bigint>();
  readonly basis = new Map<string, bigint>();
  readonly realized = new Map<string, bigint>();
  private readonly commission: bigint;
  private readonly fee: bigint;

  constructor(portfolio: Portfolio) {
    const { cash, positions, options, costModel } = portfolio.toJSON();
    this.cash = BigInt(cash);
    this.scale = BigInt(options.priceScale!);
    this.commission = BigInt(costModel.commissionBps! * 1000);
    this.fee = BigInt(costModel.minTradeFee!);
    for (const { symbol, whole, micro, basis, realized } of positions) {
      this.micro.set(symbol, BigInt(whole) * MICRO + BigInt(micro));
      this.basis.set(symbol, BigInt(basis));
      this.realized.set(symbol, BigInt(realized));
    }
  }

  /** Books an order that bought (or with a negative `quantity` sold) shares for `ticks` in all. */
  trade(symbol: string, quantity: bigint, ticks: bigint): void {
    const cents = roundDiv(ticks * 100n, this.scale) * (quantity < 0n ? -1n : 1n);
    const cost = exactCost(cents < 0n ? -cents : cents, this.commission, 0n, this.fee);
    this.cash -= cents + cost;
    this.paid += cost;
    const held = this.micro.get(symbol) ?? 0n;
    const change = quantity * MICRO;
    let basis = this.basis.get(symbol) ?? 0n;
    let realized = this.realized.get(symbol) ?? 0n;
    this.micro.set(symbol, held + change);
    if (held === 0n || held > 0n === change > 0n) {
      basis += cents;
    } else if (held + change === 0n || held + change > 0n !== held > 0n) {
      // Closed, and what is left of the order opens the other side: its share of the value is the new basis.
      const closing = held + change === 0n ? cents : nearest(cents * held, -change);
      realized += -closing - basis;
      basis = cents - closing;
    } else {
      const released = nearest(basis * change, -held);
      realized += -cents - released;
      basis -= released;
    }
    this.basis.set(symbol, basis);
    this.realized.set(symbol, realized);
  }
}

/** a / b to the nearest integer, a half up, as `Math.round` does. */
function nearest(a: bigint, b: bigint): bigint {
  const [x, y] = b < 0n ? [-a, -b] : [a, b];
  const twice = 2n * x + y;
  const down = twice / (2n * y);
  return twice % (2n * y) < 0n ? down - 1n : down;
}

/** Orders of a market maker around a price that wanders; sometimes of owner 1, who then meets them again. */
function quote(market: Market, random: Random, mids: Map<string, number>): void {
  for (const symbol of NAMES) {
    const exchange = market.exchange(symbol);
    const mid = Math.max(20, (mids.get(symbol) ?? 500 + random.below(5000)) + random.below(41) - 20);
    mids.set(symbol, mid);
    for (let count = 2 + random.below(5); count > 0; count--) {
      const owner = random.oneIn(6) ? 1 : 99;
      exchange.submitLimit('buy', mid - 1 - random.below(9), 1 + random.below(400), 'gtc', { owner });
      exchange.submitLimit('sell', mid + random.below(9), 1 + random.below(400), 'gtc', { owner });
    }
  }
}

function tradesOf(market: Market, symbol: string, orderId: number | null): Trade[] {
  return market
    .exchange(symbol)
    .trades()
    .filter(({ aggressorOrderId }) => aggressorOrderId === orderId);
}

/** Two portfolios and what is known of them from outside. */
interface Scene {
  readonly market: Market;
  readonly portfolios: Portfolio[];
  readonly twins: Twin[];
  /** Ticks and shares that the two took from the makers of the books. */
  ticks: bigint;
  shares: bigint;
}

const counts = { orders: 0, short: 0, selfTrades: 0 };

/** One rebalance of one portfolio, followed by its twin; says what is wrong, if anything is. */
function trade(scene: Scene, who: number, targets: Map<string, number>, options: LobOptions): string[] {
  const { market } = scene;
  const portfolio = scene.portfolios[who]!;
  const twin = scene.twins[who]!;
  const wrong: string[] = [];
  const twice = new Map(NAMES.map((symbol) => [symbol, twiceMiddle(market, symbol)]));
  const before = equityAt(twin, twice);
  const report = portfolio.rebalanceLob(targets, market, options);
  for (const { symbol, side, orderId, filledQuantity, notionalCents, reason } of report.orders) {
    const trades = tradesOf(market, symbol, orderId);
    const ticks = trades.reduce((total, { price, quantity }) => total + BigInt(price * quantity), 0n);
    const quantity = trades.reduce((total, trade) => total + BigInt(trade.quantity), 0n);
    if (quantity !== BigInt(filledQuantity)) wrong.push('filled is not what was traded');
    if (roundDiv(ticks * 100n, twin.scale) !== BigInt(notionalCents)) wrong.push('value of the fills');
    if (quantity > 0n) twin.trade(symbol, side === 'buy' ? quantity : -quantity, ticks);
    scene.ticks += side === 'buy' ? ticks : -ticks;
    scene.shares += side === 'buy' ? quantity : -quantity;
    counts.orders += 1;
    if (reason === 'cash') counts.short += 1;
    if (reason === 'self-trade') counts.selfTrades += 1;
  }
  if (!agrees(portfolio, twin, market)) wrong.push('differs from its twin');
  // At the reference prices, the orders cost the equity what the report says; each is rounded to the cent.
  const lost = before - equityAt(twin, twice) - BigInt(report.costCents + report.slippageCents);
  const slack = BigInt(report.orders.length + 1);
  if (lost > slack || -lost > slack) wrong.push(`${lost} cents are not accounted for`);
  if (before !== BigInt(report.equityCents)) wrong.push('equity before');
  return wrong;
}

/** Twelve rounds of a seed on a market; returns what is wrong, and the two portfolios as they end. */
function play(market: Market, seed: number): { wrong: string[]; end: string } {
  const random = randomStream(21, seed);
  const { priceScale } = market;
  const margin = seed % 3 === 0;
  const options = { priceScale, allowShort: margin, maxGross: margin ? 1.5 : 1 };
  const costs = { commissionBps: random.below(40) / 8, minTradeFee: random.below(30) };
  const cash = priceScale === 1_000_000 ? 40_000 : 5_000_000;
  const portfolios = [new Portfolio(cash, costs, options), new Portfolio(cash, costs, options)];
  // One of them starts with fractions of shares.
  const opening = new Map(NAMES.map((symbol, i) => [symbol, 777 + 1000 * i]));
  portfolios[0]!.rebalanceSimple(new Map(NAMES.slice(0, 3).map((name) => [name, 0.2])), opening);
  const twins = portfolios.map((portfolio) => new Twin(portfolio));
  const scene: Scene = { market, portfolios, twins, ticks: 0n, shares: 0n };
  const sums = (): [cash: bigint, shares: bigint] => {
    const held = twins.flatMap((twin) => [...twin.micro.values()]);
    return [twins[0]!.cash + twins[1]!.cash, held.reduce((total, micro) => total + micro, 0n)];
  };
  const [cashBefore, heldBefore] = sums();
  const mids = new Map<string, number>();
  const wrong: string[] = [];
  for (let round = 0; round < 12; round++) {
    quote(market, random, mids);
    for (const who of portfolios.keys()) {
      const parts = NAMES.map(
        () => (random.oneIn(3) ? 0 : 1 + random.below(9)) * (margin && random.oneIn(4) ? -1 : 1),
      );
      const scale =
        (margin ? 1.5 : 1) /
        Math.max(
          1,
          parts.reduce((total, part) => total + Math.abs(part), 0),
        );
      const targets = new Map(NAMES.map((name, i) => [name, parts[i]! * scale * 0.9999]));
      const stp = random.of(['off', 'cancel-newest', 'cancel-oldest', 'decrement-and-cancel'] as const);
      const band = random.oneIn(3) ? { maxSlippageBps: random.below(300) } : {};
      wrong.push(...trade(scene, who, targets, { owner: who + 1, stp, ...band }));
      if (!margin && portfolios[who]!.cash < 0) wrong.push('cash below zero without credit');
      // Saved and read back in the middle, everything goes on the same.
      if (round === 6) portfolios[who] = Portfolio.fromJSON(JSON.parse(JSON.stringify(portfolios[who])));
    }
  }
  // What left the two went to the makers of the books, to the tick, and into costs.
  const [cashAfter, heldAfter] = sums();
  const spent = cashBefore - cashAfter - twins[0]!.paid - twins[1]!.paid;
  if (priceScale <= 100 && spent !== (scene.ticks * 100n) / BigInt(priceScale))
    wrong.push('cash of all together');
  if (heldAfter - heldBefore !== scene.shares * MICRO) wrong.push('shares of all together');
  return { wrong, end: JSON.stringify(portfolios) };
}

t.test(
  'two portfolios trade through the same books: cash, basis and shares are those of a BigInt twin',
  async (t) => {
    for (let seed = 0; seed < 12; seed++) {
      const priceScale = [100, 10, 1000, 1_000_000][seed % 4]!;
      const { wrong, end } = play(new MultiExchange({ priceScale }), seed);
      t.same(wrong, [], `seed ${seed}`);
      t.equal(
        play(new SlowMarket({ priceScale }), seed).end,
        end,
        'the slow exchange leaves the same portfolios',
      );
    }
    const { orders, short, selfTrades } = counts;
    t.ok(orders > 1000 && short > 60 && selfTrades > 30, JSON.stringify(counts));
  },
);

/** Whether a portfolio is its twin, and its equity cash plus positions. */
function agrees(portfolio: Portfolio, twin: Twin, market: Market): boolean {
  const saved = portfolio.toJSON();
  let same = BigInt(portfolio.cash) === twin.cash;
  for (const { symbol, whole, micro, basis, realized } of saved.positions) {
    same &&= BigInt(whole) * MICRO + BigInt(micro) === (twin.micro.get(symbol) ?? 0n);
    same &&= BigInt(basis) === (twin.basis.get(symbol) ?? 0n);
    same &&= BigInt(realized) === (twin.realized.get(symbol) ?? 0n);
  }
  // At the last fill prices, equity is cash plus positions to the cent.
  const held = [...portfolio.positions().keys()];
  const last = held.map((symbol) => {
    const exchange = market.exchange(symbol);
    return exchange.lastTradePrice() ?? exchange.bestBid() ?? exchange.bestAsk()!;
  });
  const equity = portfolio.totalEquity(new Map(held.map((symbol, i) => [symbol, last[i]!])));
  const micro = held.map((symbol) => twin.micro.get(symbol)!);
  const scale = BigInt(saved.options.priceScale!);
  same &&= BigInt(equity) === exactEquity(twin.cash, micro, last.map(BigInt), scale);
  return same;
}

/** Twice the middle of the book in ticks: of one side, or the last trade, twice that. */
function twiceMiddle(market: Market, symbol: string): bigint {
  const exchange = market.exchange(symbol);
  const bid = exchange.bestBid() ?? exchange.bestAsk() ?? exchange.lastTradePrice()!;
  return BigInt(bid) + BigInt(exchange.bestAsk() ?? bid);
}

/** Equity at prices given in half ticks. */
function equityAt(twin: Twin, twice: ReadonlyMap<string, bigint>): bigint {
  const held = [...twin.micro];
  const prices = held.map(([symbol]) => twice.get(symbol)!);
  return exactEquity(
    twin.cash,
    held.map(([, micro]) => micro),
    prices,
    2n * twin.scale,
  );
}
