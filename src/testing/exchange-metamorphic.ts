/** Pairs of runs whose trades follow from each other: mirrored prices, scaled quantities, orders split in two. */
import type { Order, Side, StpPolicy, Trade } from '../exchange/types.js';
import { ReferenceExchange } from '../reference/exchange.js';
import { type GoodCall, levelsOf, make, same, show, type Subject } from './exchange-calls.js';
import { anyPolicy, nextGoodCall, type Style, STYLES } from './exchange-stream.js';
import type { Script } from './exchange-trial.js';
import { randomStream } from './random.js';

/** Prices p and MIRROR - p change places. Far from both ends of the numbers, where a trail would stop short. */
const MIRROR = 2_000_000;
const FACTOR = 7;

const MIDDLE: Style = {
  name: 'far from both ends',
  price: (random) => 1_000_000 + random.below(30) - random.below(30),
  quantity: (random) => 1 + random.below(12),
  offset: (random) => 1 + random.below(12),
};

type MakeSubject = (policy: StpPolicy) => Subject;

/** The good calls of a script. */
function callsOf({ seed, words }: Script, style: Style): { policy: StpPolicy; calls: GoodCall[] } {
  const policy = anyPolicy(randomStream(seed, 0));
  const twin = new ReferenceExchange({ stp: policy });
  let lastId = 0;
  const calls = words.map((word) => {
    const getOrder = (id: number): Order | null => twin.getOrder(id);
    const scene = { lastId, lastPrice: twin.lastTradePrice(), crowded: false, getOrder };
    const call = nextGoodCall(randomStream(word, 1), style, scene);
    const { error } = make(twin, call);
    if (error === null && call.method.startsWith('submit')) lastId += 1;
    return call;
  });
  return { policy, calls: calls.filter(({ method }) => method !== 'clearTrades') };
}

function run(makeSubject: MakeSubject, policy: StpPolicy, calls: readonly GoodCall[]): Subject {
  const subject = makeSubject(policy);
  for (const call of calls) make(subject, call);
  return subject;
}

function expectSame(what: string, found: unknown, expected: unknown): void {
  if (!same(found, expected)) throw new Error(`${what}: ${show(found)}, expected ${show(expected)}`);
}

function flip(side: Side): Side {
  return side === 'buy' ? 'sell' : 'buy';
}

/** Where prices and the quantity stand among the arguments. */
const PRICES_AT: ReadonlyMap<string, readonly number[]> = new Map([
  ['submitLimit', [1]],
  ['submitStopMarket', [1]],
  ['submitStopLimit', [1, 2]],
  ['submitTrailingStopMarket', [1]],
  ['submitTrailingStopLimit', [1]],
  ['modify', [1]],
]);
const QUANTITY_AT: ReadonlyMap<string, number> = new Map([
  ['submitLimit', 2],
  ['submitMarket', 1],
  ['submitStopMarket', 2],
  ['submitStopLimit', 3],
  ['submitTrailingStopMarket', 2],
  ['submitTrailingStopLimit', 2],
  ['modify', 2],
]);

/** The call with each argument as `change` has it. */
function changed(call: GoodCall, change: (argument: unknown, at: number) => unknown): GoodCall {
  return { ...call, args: (call.args as readonly unknown[]).map(change) } as GoodCall;
}

/** The same call seen in a mirror. */
function mirrored(call: GoodCall): GoodCall {
  if (call.method === 'onBar') {
    const [high, low, close] = call.args;
    return { method: 'onBar', args: [MIRROR - low, MIRROR - high, MIRROR - close] };
  }
  const prices = PRICES_AT.get(call.method) ?? [];
  return changed(call, (argument, at) => {
    if (argument === 'buy' || argument === 'sell') return flip(argument);
    return prices.includes(at) ? MIRROR - (argument as number) : argument;
  });
}

/** A trail of a percentage, which has no mirror image, becomes one of fixed ticks. */
function withoutPercentage(call: GoodCall): GoodCall {
  const isPercentage = (argument: unknown): boolean =>
    (argument as { kind?: unknown } | null | undefined)?.kind === 'percentage';
  return changed(call, (argument) => (isPercentage(argument) ? { kind: 'fixed', offset: 5 } : argument));
}

/** Sides and prices mirrored: the same trades, mirrored. Returns how many; throws if they differ. */
export function checkMirror(makeSubject: MakeSubject, script: Script): number {
  const { policy, calls } = callsOf(script, MIDDLE);
  const plain = run(makeSubject, policy, calls.map(withoutPercentage));
  const image = run(makeSubject, policy, calls.map(withoutPercentage).map(mirrored));
  const expected = plain.trades().map((trade) => ({
    ...trade,
    price: MIRROR - trade.price,
    aggressorSide: flip(trade.aggressorSide),
  }));
  expectSame('mirrored trades', image.trades(), expected);
  const { bids, asks } = levelsOf(plain);
  const turned = (levels: typeof bids): unknown =>
    levels.map((level) => ({ ...level, price: MIRROR - level.price }));
  expectSame('mirrored book', levelsOf(image), { bids: turned(asks), asks: turned(bids) });
  return expected.length;
}

/** The same call for another quantity. */
function withQuantity(call: GoodCall, quantityOf: (quantity: number) => number): GoodCall {
  const place = QUANTITY_AT.get(call.method);
  return changed(call, (argument, at) => (at === place ? quantityOf(argument as number) : argument));
}

/** All quantities times seven: the same trades, each for seven times as much. */
export function checkScaling(makeSubject: MakeSubject, script: Script): number {
  const style = STYLES[script.seed % 5]!; // the sixth has quantities that cannot grow
  const { policy, calls } = callsOf(script, style);
  const small = run(makeSubject, policy, calls);
  const large = run(
    makeSubject,
    policy,
    calls.map((call) => withQuantity(call, (quantity) => FACTOR * quantity)),
  );
  const expected = small.trades().map((trade) => ({ ...trade, quantity: FACTOR * trade.quantity }));
  expectSame('scaled trades', large.trades(), expected);
  return expected.length;
}

/** Trades by the ids that `idOf` gives, without ticks; what follows each other between the same two is one. */
function joined(trades: readonly Trade[], idOf: (id: number) => number): number[][] {
  const rows: number[][] = [];
  for (const { aggressorOrderId, passiveOrderId, price, quantity } of trades) {
    const [aggressor, passive] = [idOf(aggressorOrderId), idOf(passiveOrderId)];
    const last = rows.at(-1);
    if (last?.[0] === aggressor && last[1] === passive && last[2] === price) last[3]! += quantity;
    else rows.push([aggressor, passive, price, quantity]);
  }
  return rows;
}

/**
 * An order is worth as much in two parts, one right behind the other: the same trades, when parts are taken together.
 * Without owners, stops and fill-or-kill, which look at whole orders.
 */
export function checkSplitting(makeSubject: MakeSubject, script: Script): number {
  const { calls } = callsOf(script, STYLES[script.seed % 5]!);
  const whole = makeSubject('off');
  const parts = makeSubject('off');
  /** Ids of the parts of an order, and of an order by its part. */
  const partsOf = new Map<number, number[]>();
  const wholeOf = new Map<number, number>();
  let partId = 0;
  const submit = (call: GoodCall, quantities: readonly number[]): void => {
    const { orderId } = make(whole, call).value as { orderId: number };
    for (const part of quantities) {
      make(
        parts,
        withQuantity(call, () => part),
      );
      wholeOf.set(++partId, orderId);
      partsOf.set(orderId, [...(partsOf.get(orderId) ?? []), partId]);
    }
  };
  for (const call of calls) {
    if (call.method === 'submitLimit') {
      const [side, price, quantity, tif = 'gtc', options = {}] = call.args;
      if (tif === 'fok') continue;
      const { postOnly = false } = options;
      submit({ method: call.method, args: [side, price, quantity, tif, { postOnly }] }, inTwo(quantity));
    } else if (call.method === 'submitMarket') {
      const [side, quantity] = call.args;
      submit({ method: call.method, args: [side, quantity] }, inTwo(quantity));
    } else if (call.method === 'cancel') {
      make(whole, call);
      for (const id of partsOf.get(call.args[0]) ?? []) make(parts, { method: 'cancel', args: [id] });
    } else if (call.method === 'modify') {
      const [id, price, quantity] = call.args;
      const ids = partsOf.get(id) ?? [];
      if (ids.length !== 1) continue;
      make(whole, call);
      make(parts, { method: 'modify', args: [ids[0]!, price, quantity] });
    }
  }
  const expected = joined(whole.trades(), (id) => id);
  expectSame(
    'trades of parts',
    joined(parts.trades(), (id) => wholeOf.get(id)!),
    expected,
  );
  return expected.length;
}

/** Two of three quantities in two parts. */
function inTwo(quantity: number): number[] {
  if (quantity === 1 || quantity % 3 === 0) return [quantity];
  const first = Math.ceil(quantity / 3);
  return [first, quantity - first];
}
