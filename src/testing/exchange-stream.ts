/** Random calls of an exchange: every kind of order, at prices of several styles, some of them not allowed. */
import type {
  LimitOptions,
  Order,
  OrderOptions,
  Side,
  StpPolicy,
  TimeInForce,
  Trail,
} from '../exchange/types.js';
import type { Call, GoodCall } from './exchange-calls.js';
import type { Random } from './random.js';

const MAX = Number.MAX_SAFE_INTEGER;

/** Where prices and quantities of a stream lie. */
export interface Style {
  readonly name: string;
  /** `last` is the last trade price, null before the first trade. */
  price(random: Random, last: number | null): number;
  quantity(random: Random): number;
  /** Ticks of a trail or a limit behind its stop. */
  offset(random: Random): number;
}

function usualQuantity(random: Random): number {
  return random.oneIn(40) ? 100 + random.below(900) : 1 + random.below(20);
}

function anyOffset(random: Random): number {
  return random.of([1, 2, 3, 1_000, 4e15, MAX]);
}

/** Distances at which tables of whatever kind have their ends. */
const POWERS: readonly number[] = [32, 64, 1_024, 2_048, 4_096, 65_536];

/** A new style is a new row. */
export const STYLES: readonly Style[] = [
  {
    name: 'five ticks',
    price: (random) => 98 + random.below(5),
    quantity: usualQuantity,
    offset: (random) => 1 + random.below(4),
  },
  {
    name: 'wide',
    price: (random) => 1 + random.below(2_000),
    quantity: usualQuantity,
    offset: (random) => 1 + random.below(400),
  },
  {
    name: 'around the last trade',
    price: (random, last) => {
      if (random.oneIn(60)) return 1 + random.below(10_000_000);
      const away = random.oneIn(6)
        ? POWERS[random.below(POWERS.length)]! + random.below(3) - 1
        : random.below(80);
      return Math.min(Math.max((last ?? 50_000) + (random.oneIn(2) ? away : -away), 1), MAX);
    },
    quantity: (random) => 1 + random.below(3),
    offset: (random) => 1 + random.below(40),
  },
  {
    name: 'beyond 32 bits and at the end of exact integers',
    price: (random) => (random.oneIn(2) ? MAX - random.below(4) : 2_147_483_646 + random.below(4)),
    quantity: usualQuantity,
    offset: anyOffset,
  },
  {
    name: 'both ends at once',
    price: (random) => random.of([1, 1, 2, 2, 5e15, 9e15 - 1, 9e15, MAX]),
    quantity: usualQuantity,
    offset: anyOffset,
  },
  {
    name: 'quantities up to the end of exact integers',
    price: (random) => 98 + random.below(5),
    quantity: (random) => {
      if (!random.oneIn(4)) return usualQuantity(random);
      return random.of([2_251_799_813_685_248, 4_503_599_627_370_496, MAX - 5, MAX]);
    },
    offset: (random) => 1 + random.below(4),
  },
];

/** What the next call may depend on. */
export interface Scene {
  /** Ids given so far. */
  readonly lastId: number;
  readonly lastPrice: number | null;
  /** More orders wait than the run wants: now and then a market order takes all of a side. */
  readonly crowded: boolean;
  getOrder(id: number): Order | null;
}

const POLICIES: readonly StpPolicy[] = ['off', 'cancel-newest', 'cancel-oldest', 'decrement-and-cancel'];

/** The policy that an exchange starts with. */
export function anyPolicy(random: Random): StpPolicy {
  return random.of(POLICIES);
}

function side(random: Random): Side {
  return random.oneIn(2) ? 'buy' : 'sell';
}

function timeInForce(random: Random): TimeInForce {
  return random.of(['gtc', 'gtc', 'gtc', 'gtc', 'gtc', 'gtc', 'ioc', 'fok'] as const);
}

function orderOptions(random: Random): OrderOptions {
  const owner = random.of([null, 1, 1, 1, 2, 3]);
  return random.oneIn(3) ? { owner } : { owner, stp: anyPolicy(random) };
}

function trail(random: Random, style: Style): Trail {
  const which = random.below(4);
  if (which === 0) return { kind: 'fixed', offset: style.offset(random) };
  if (which === 1) {
    return { kind: 'percentage', fraction: random.of([0.07, 0.01, 0.001, 1 / 3, 0.5, 0.999, 1e-7, 5e-324]) };
  }
  const multiplier = random.of([1, 2, 0.5, 1.5, 0.1, 1e300]);
  return { kind: 'atr', multiplier, period: random.of([1, 1, 2, 3, 5, 1_000_000]) };
}

/** An id that was given a short while ago, some time ago, or not yet; mostly that of an open order. */
function someId(random: Random, scene: Scene): number {
  const { lastId } = scene;
  const which = random.below(16);
  if (which === 0) return lastId + 1 + random.below(3);
  let id = 1;
  for (let tries = 0; tries < 4; tries++) {
    id = which < 4 ? 1 + random.below(Math.max(1, lastId)) : Math.max(1, lastId - random.below(20));
    if (which < 2 || scene.getOrder(id)?.remainingQuantity !== 0) break;
  }
  return id;
}

function modification(random: Random, style: Style, scene: Scene): GoodCall {
  const id = someId(random, scene);
  const order = scene.getOrder(id);
  const open = order?.remainingQuantity ?? 0;
  const known = order?.price ?? null;
  const price = known !== null && random.below(5) < 3 ? known : style.price(random, scene.lastPrice);
  const wanted = random.of([open, 1 + random.below(Math.max(1, open)), open + style.quantity(random)]);
  return { method: 'modify', args: [id, price, Math.min(Math.max(wanted, 1), MAX)] };
}

function bar(random: Random, style: Style, { lastPrice }: Scene): GoodCall {
  const prices = [0, 1, 2].map(() => style.price(random, lastPrice)).sort((a, b) => a - b);
  return { method: 'onBar', args: [prices[2]!, prices[0]!, prices[1]!] };
}

/** A stop order, two of three on the side where it waits. */
function stop(random: Random, style: Style, { lastPrice }: Scene): GoodCall {
  const which = random.below(5);
  const at = style.price(random, lastPrice);
  const anyhow = lastPrice === null || at === lastPrice || random.oneIn(3);
  const to = anyhow ? side(random) : at < lastPrice ? 'sell' : 'buy';
  const quantity = style.quantity(random);
  const options = orderOptions(random);
  if (which === 0) return { method: 'submitStopMarket', args: [to, at, quantity, options] };
  if (which < 3) {
    const args = [to, at, style.price(random, lastPrice), quantity, timeInForce(random), options] as const;
    return { method: 'submitStopLimit', args: [...args] };
  }
  const by = trail(random, style);
  if (which === 3) return { method: 'submitTrailingStopMarket', args: [to, at, quantity, by, options] };
  const args = [to, at, quantity, by, style.offset(random), options] as const;
  return { method: 'submitTrailingStopLimit', args: [...args] };
}

function limit(random: Random, style: Style, { lastPrice }: Scene): GoodCall {
  const args = [side(random), style.price(random, lastPrice), style.quantity(random)] as const;
  const tif = timeInForce(random);
  const options: LimitOptions = orderOptions(random);
  if (tif !== 'gtc') return { method: 'submitLimit', args: [...args, tif, options] };
  const which = random.below(8);
  if (which === 0) return { method: 'submitLimit', args: [...args] };
  if (which < 3) return { method: 'submitLimit', args: [...args, tif, { ...options, postOnly: true }] };
  return { method: 'submitLimit', args: [...args, tif, options] };
}

/** The next call that is allowed; the same one for the same stream, style and scene. */
export function nextGoodCall(random: Random, style: Style, scene: Scene): GoodCall {
  const which = random.below(200);
  if (scene.crowded && which < 20) return { method: 'submitMarket', args: [side(random), MAX] };
  if (which < 94) return limit(random, style, scene);
  if (which < 112) {
    return { method: 'submitMarket', args: [side(random), style.quantity(random), orderOptions(random)] };
  }
  if (which < 138) return { method: 'cancel', args: [someId(random, scene)] };
  if (which < 162) return modification(random, style, scene);
  if (which < 188) return stop(random, style, scene);
  if (which < 197) return bar(random, style, scene);
  return { method: (['clearTrades', 'clearOrderHistory', 'compact'] as const)[which - 197]!, args: [] };
}

const BAD_NUMBERS: readonly unknown[] = [
  ...[NaN, -0, 0, 1.5, -1, MAX + 1, 1e300, Infinity, -Infinity],
  ...['10', '', 10n, null, true, [1], {}],
];
const BAD_WORDS: readonly unknown[] = [
  'BUY',
  'Sell',
  'GTC',
  'day',
  '',
  '__proto__',
  'toString',
  null,
  1,
  true,
  [],
];
const BAD_OPTIONS: readonly unknown[] = [
  ...[null, 5, 'owner', [], { ownr: 1 }, { owner: 1.5 }, { owner: -0 }, { owner: NaN }, { owner: '1' }],
  ...[{ owner: MAX + 1 }, { owner: true }, { stp: 'Off' }, { stp: null }, { stp: 1 }, { postOnly: 1 }],
  ...[{ quantity: 5 }, { timeInForce: 'gtc' }],
];
const BAD_TRAILS: readonly unknown[] = [
  ...[
    null,
    5,
    'fixed',
    [],
    {},
    { kind: 'fixed' },
    { kind: 'fixed', offset: 0 },
    { kind: 'fixed', offset: 1.5 },
  ],
  ...[0, 1, 1.5, -0.1, NaN, '0.1'].map((fraction) => ({ kind: 'percentage', fraction })),
  ...[0, -1, NaN, Infinity, '2'].map((multiplier) => ({ kind: 'atr', multiplier, period: 14 })),
  ...[0, 1.5, 1_000_001, NaN, undefined].map((period) => ({ kind: 'atr', multiplier: 2, period })),
  ...[{ kind: 'fixed', offset: 5, period: 2 }, { kind: 'Fixed', offset: 5 }, { offset: 5 }],
];

/** What may not stand in the place of an argument. */
function badOnesFor(argument: unknown): readonly unknown[] {
  if (typeof argument === 'number') return BAD_NUMBERS;
  if (typeof argument === 'string') return BAD_WORDS;
  return (argument as Partial<Trail>).kind === undefined ? BAD_OPTIONS : BAD_TRAILS;
}

/** The next call; one in forty has one argument that is not allowed, or a bar whose prices contradict each other. */
export function nextCall(random: Random, style: Style, scene: Scene): Call {
  const good = nextGoodCall(random, style, scene);
  if (good.args.length === 0 || !random.oneIn(40)) return good;
  const { method } = good;
  if (method === 'onBar' && random.oneIn(4)) {
    return {
      method,
      args: random.of([
        [5, 6, 5],
        [6, 5, 4],
        [6, 5, 7],
      ]),
      bad: true,
    };
  }
  const args: unknown[] = [...good.args];
  const at = random.below(args.length);
  args[at] = random.of(badOnesFor(args[at]));
  return { method, args, bad: true };
}
