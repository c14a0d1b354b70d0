/** A stop as it is submitted, checked: for the stop book and for the log. */
import { POLICIES, SIDES, sideCode, TIMES_IN_FORCE, timeInForceCode } from './codes.js';
import { checkWhole } from './check-input.js';
import type { Unnumbered } from './input-log.js';
import type { UnnumberedStop } from './order-flow.js';
import type { Owners } from './owners.js';
import { checkTrail } from './trail.js';
import type { Side, TimeInForce, Trail } from './types.js';

/** The fields that a stop may have, as the caller gave them. */
export interface StopFields {
  readonly side: Side;
  readonly stopPrice: number;
  readonly quantity: number;
  readonly limitPrice?: number;
  readonly timeInForce?: TimeInForce;
  readonly trail?: Trail;
  readonly limitOffset?: number;
}

/** Names of the four stops. */
export type StopType = Extract<Unnumbered['type'], `Submit${string}Stop${string}`>;

/** The stop and its event. Throws `ValidationError` for the first field that is not right. */
export function stopInput(
  type: StopType,
  fields: StopFields,
  tag: number,
  owners: Owners,
): { stop: UnnumberedStop; event: Unnumbered } {
  const { stopPrice, quantity, limitPrice, limitOffset } = fields;
  const side = SIDES[sideCode(fields.side)]!;
  checkWhole('stopPrice', stopPrice);
  if (limitPrice !== undefined || type === 'SubmitStopLimit') checkWhole('limitPrice', limitPrice);
  checkWhole('quantity', quantity);
  const market = type.endsWith('Market');
  const timeInForce = market
    ? 'ioc'
    : TIMES_IN_FORCE[fields.timeInForce === undefined ? 0 : timeInForceCode(fields.timeInForce)]!;
  const trail = type.includes('Trailing') ? checkTrail('trail', fields.trail) : null;
  if (limitOffset !== undefined || type === 'SubmitTrailingStopLimit') checkWhole('limitOffset', limitOffset);
  const owner = owners.ownerOf(tag >>> 3);
  const stp = POLICIES[(tag >>> 1) & 3]!;
  const stop = {
    side,
    stopPrice,
    limitPrice: limitPrice ?? null,
    limitOffset: limitOffset ?? null,
    quantity,
    timeInForce,
    market,
    trail,
    owner,
    stp,
  };
  const event = { type, ...fields, owner, stpPolicy: stp, ...(trail === null ? {} : { trail }) };
  return { stop, event: event as Unnumbered };
}
