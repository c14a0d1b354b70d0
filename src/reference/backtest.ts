/**
 * The backtest, slow and plain: BigInt money, one symbol after the other, no scratch arrays. Oracle of the tests.
 * It knows closes and next-bar fills, costs, lots, leverage and shorts; not order limits, nor missing prices.
 * Its rebalance, which can leave symbols out, serves the twin with stops too.
 */
import { exactCost, exactEquity, exactNotional, MICRO } from './exact.js';

/** How the twin trades. */
export interface ReferenceRules {
  readonly priceScale: number;
  readonly lotMicro: number;
  readonly commissionBps: number;
  readonly slippageBps: number;
  readonly minTradeFee: number;
  readonly maxGross: number;
}

/** Input of the twin: plain rows. `fill` holds the fill prices of each bar; targets are null without a rebalance. */
export interface ReferenceInput extends ReferenceRules {
  readonly close: readonly (readonly number[])[];
  readonly fill: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[] | null)[];
  /** Bars from a target to its trade. */
  readonly shift: number;
  readonly initialCash: number;
}

/** Cash and equity after each bar, and the micro-shares held. */
export interface ReferenceResult {
  readonly cash: bigint[];
  readonly equity: bigint[];
  readonly quantities: bigint[][];
}

/** Runs the bars; stops at the first bar whose equity is not positive. */
export function referenceBacktest(input: ReferenceInput): ReferenceResult {
  const scale = BigInt(input.priceScale);
  const symbols = input.close[0]!.length;
  let cash = BigInt(input.initialCash);
  let held = new Array<bigint>(symbols).fill(0n);
  const result: ReferenceResult = { cash: [], equity: [], quantities: [] };
  for (let t = 0; t < input.close.length; t++) {
    const targets = t >= input.shift ? input.targets[t - input.shift] : null;
    if (targets) {
      ({ cash, held } = referenceRebalance(input, cash, held, targets, input.fill[t]!.map(BigInt), []));
    }
    const equity = exactEquity(cash, held, input.close[t]!.map(BigInt), scale);
    result.cash.push(cash);
    result.equity.push(equity);
    result.quantities.push([...held]);
    if (equity <= 0n) break;
  }
  return result;
}

/** Accounts after a rebalance, and what it traded and paid in cents. */
export interface ReferenceTrades {
  readonly cash: bigint;
  readonly held: bigint[];
  readonly traded: bigint;
  readonly cost: bigint;
}

/**
 * Trades from `held` micro-shares towards weights of the equity at `prices`; symbols in `frozen` are valued, but left
 * alone. Nothing happens where the equity is gone.
 */
export function referenceRebalance(
  rules: ReferenceRules,
  cash: bigint,
  held: readonly bigint[],
  targets: readonly number[],
  prices: readonly bigint[],
  frozen: readonly number[],
): ReferenceTrades {
  const scale = BigInt(rules.priceScale);
  const equity = Number(exactEquity(cash, held, prices, scale));
  if (equity <= 0) return { cash, held: [...held], traded: 0n, cost: 0n };
  const wanted = prices.map((price, i) =>
    frozen.includes(i) ? held[i]! : targetMicro(rules, targets[i]!, equity, price, held[i]!, scale),
  );
  const borrowed = targets.reduce((sum, w) => sum + nearestCents(w * equity), 0n) - BigInt(equity);
  const floor = rules.maxGross > 1 && borrowed > 0n ? -borrowed : 0n;
  return trade(rules, cash, held, wanted, prices, floor);
}

/** The nearest whole number of cents, a half to the even one. */
function nearestCents(amount: number): bigint {
  const up = Math.round(amount);
  return BigInt(up - amount === 0.5 && up % 2 !== 0 ? up - 1 : up);
}

/** Commission, slippage and least fee of a trade of `cents`, whatever their sign. */
export function referenceCost(rules: ReferenceRules, cents: bigint): bigint {
  const commission = BigInt(Math.round(rules.commissionBps * 1000));
  const slippage = BigInt(Math.round(rules.slippageBps * 1000));
  return exactCost(cents < 0n ? -cents : cents, commission, slippage, BigInt(rules.minTradeFee));
}

/** Largest number of lots worth at most weight × equity (rounded down to the cent); what is held if no cent moves. */
function targetMicro(
  input: ReferenceRules,
  weight: number,
  equity: number,
  price: bigint,
  held: bigint,
  scale: bigint,
): bigint {
  const value = BigInt(Math.floor(Math.abs(weight) * (equity * (1 + 4.440892098500626e-16))));
  const lot = BigInt(input.lotMicro);
  const micro = ((value * scale * MICRO) / (100n * price) / lot) * lot;
  const wanted = weight < 0 ? -micro : micro;
  return weight !== 0 && exactNotional(wanted - held, price, scale) === 0n ? held : wanted;
}

/** Sells, then buys; all buys at the largest common factor that the cash covers, found by trying. */
function trade(
  input: ReferenceRules,
  cash: bigint,
  held: readonly bigint[],
  wanted: readonly bigint[],
  prices: readonly bigint[],
  floor: bigint,
): ReferenceTrades {
  const scale = BigInt(input.priceScale);
  const cost = (notional: bigint): bigint => referenceCost(input, notional);
  const worth = (steps: readonly bigint[]): bigint =>
    steps.reduce((sum, step, i) => {
      const notional = exactNotional(step, prices[i]!, scale);
      return sum + notional + cost(notional);
    }, 0n);
  const steps = wanted.map((target, i) => target - held[i]!);
  const isBuy = steps.map((step, i) => exactNotional(step, prices[i]!, scale) > 0n);
  let sells = steps.map((step, i) => (isBuy[i] ? 0n : step));
  const buys = steps.map((step, i) => (isBuy[i] ? step : 0n));
  if (cash - worth(sells) < floor) {
    sells = sells.map((step, i) => {
      const notional = exactNotional(step, prices[i]!, scale);
      return notional < 0n && cost(notional) > -notional ? 0n : step;
    });
  }
  const available = cash - worth(sells) - floor;
  let chosen = buys;
  if (worth(buys) > available) {
    const full = worth(buys);
    let aim = available;
    for (let round = 0; round < 8 && worth(chosen) > available; round++) {
      if (round > 0) aim -= worth(chosen) - available + 1n;
      const factor = aim > 0n ? Number(aim) / Number(full) : 0;
      chosen = buys.map((step, i) => scaled(step, factor, input, prices[i]!, held[i]!));
    }
  }
  const moved = [...sells, ...chosen].map((step, k) =>
    exactNotional(step, prices[k % prices.length]!, scale),
  );
  return {
    cash: cash - worth(sells) - worth(chosen),
    held: held.map((quantity, i) => quantity + sells[i]! + chosen[i]!),
    traded: moved.reduce((sum, cents) => sum + (cents < 0n ? -cents : cents), 0n),
    cost: moved.reduce((sum, cents) => sum + cost(cents), 0n),
  };
}

/** `factor` of a buy, counted in whole and micro-shares as the ledger stores them, down to lots. */
function scaled(step: bigint, factor: number, input: ReferenceRules, price: bigint, held: bigint): bigint {
  const heldMicro = ((held % MICRO) + MICRO) % MICRO;
  const nextMicro = (((held + step) % MICRO) + MICRO) % MICRO;
  const stepMicro = Number(nextMicro - heldMicro);
  const stepWhole = Number((step - BigInt(stepMicro)) / MICRO);
  const shares = Math.floor(factor * stepWhole);
  const parts = Math.floor((factor * stepWhole - shares) * 1e6 + factor * stepMicro);
  const lot = BigInt(input.lotMicro);
  const micro = ((BigInt(shares) * MICRO + BigInt(parts)) / lot) * lot;
  return exactNotional(micro, price, BigInt(input.priceScale)) === 0n ? 0n : micro;
}
