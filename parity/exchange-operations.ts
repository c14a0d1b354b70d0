/** The operations of the exchange's fixtures, and how they are sent to ours. */
import type { Exchange, Side, TimeInForce, Trail } from '../src/exchange/index.js';
import type { FixtureCase } from './comparison.js';

/** An operation as the generators write it; a number beyond 2^53 is a text of digits. */
export type Operation =
  | readonly ['limit', Side, Ticks, Ticks, TimeInForce]
  | readonly ['market', Side, Ticks]
  | readonly ['cancel', number]
  | readonly ['modify', number, Ticks, Ticks]
  | readonly ['stopMarket', Side, Ticks, Ticks]
  | readonly ['stopLimit', Side, Ticks, Ticks, Ticks, TimeInForce]
  | readonly ['trailMarket', Side, Ticks, Ticks, 'fixed' | 'percentage', number];

type Ticks = number | string;

/** Filled, resting and cancelled quantity of an operation; zeros for a stop. */
export type Answer = [filled: number, resting: number, cancelled: number];

export function operationsOf(c: FixtureCase): readonly Operation[] {
  const { operations } = c.inputs;
  if (!Array.isArray(operations)) throw new TypeError(`fixture: '${c.case}' has no operations`);
  return operations as Operation[];
}

/** Sends one operation. */
export function send(exchange: Exchange, operation: Operation): Answer {
  switch (operation[0]) {
    case 'limit': {
      const [, side, price, quantity, force] = operation;
      return answerOf(exchange.submitLimit(side, Number(price), Number(quantity), force));
    }
    case 'market':
      return answerOf(exchange.submitMarket(operation[1], Number(operation[2])));
    case 'cancel':
      return [0, 0, exchange.cancel(operation[1]).cancelledQuantity];
    case 'modify':
      return answerOf(exchange.modify(operation[1], Number(operation[2]), Number(operation[3])));
    case 'stopMarket':
      exchange.submitStopMarket(operation[1], Number(operation[2]), Number(operation[3]));
      return [0, 0, 0];
    case 'stopLimit': {
      const [, side, stop, limit, quantity, force] = operation;
      exchange.submitStopLimit(side, Number(stop), Number(limit), Number(quantity), force);
      return [0, 0, 0];
    }
    case 'trailMarket': {
      const [, side, stop, quantity, kind, distance] = operation;
      const trail: Trail = kind === 'fixed' ? { kind, offset: distance } : { kind, fraction: distance };
      exchange.submitTrailingStopMarket(side, Number(stop), Number(quantity), trail);
      return [0, 0, 0];
    }
  }
}

interface Quantities {
  readonly filledQuantity: number;
  readonly restingQuantity: number;
  readonly cancelledQuantity: number;
}

function answerOf({ filledQuantity, restingQuantity, cancelledQuantity }: Quantities): Answer {
  return [filledQuantity, restingQuantity, cancelledQuantity];
}
