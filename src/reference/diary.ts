/** What a run of the twin can be followed by: told of each step as it is taken. */
import type { ReferenceStopEvent } from './stops.js';

/** Quantities are micro-shares by column. */
export interface ReferenceDiary {
  /** A stop has ended a position. */
  exited(event: ReferenceStopEvent): void;
  /** A rebalance is about to trade towards `weights` with `equity` cents; columns in `frozen` have no fill price. */
  trading(
    t: number,
    weights: readonly number[],
    frozen: readonly number[],
    held: readonly bigint[],
    equity: bigint,
  ): void;
  /** A rebalance has traded. */
  traded(t: number, before: readonly bigint[], after: readonly bigint[]): void;
  /** Bar `t` is about to be valued at its closes. */
  marking(t: number, held: readonly bigint[]): void;
}
