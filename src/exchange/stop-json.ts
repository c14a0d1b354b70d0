/** The saved form of a stop book: checked on the way back in, and as columns for the state hash. */
import { checkBoolean, checkInteger, checkKeys, checkOneOf } from '../check.js';
import { ValidationError } from '../errors.js';
import { POLICIES, SIDES, TIMES_IN_FORCE } from './codes.js';
import { checkOwner } from './owners.js';
import type { NewStop, StopRecord } from './stop-record.js';
import { checkTrail } from './trail.js';
import type { Trail } from './types.js';
import type { WilderRangeJson } from './wilder-range.js';

/** A pending stop as plain data. */
export interface PendingStopJson extends NewStop {
  readonly watermark: number | null;
}

/** The pending stops of an exchange, by id, and the bars its trails follow. */
export interface StopBookJson {
  readonly pending: readonly PendingStopJson[];
  readonly bars: WilderRangeJson;
}

const MAX = Number.MAX_SAFE_INTEGER;
/** Numbers of a stop in the state hash. */
const ROW = 15;
const TRAILS = ['fixed', 'percentage', 'atr'];
const KEYS: readonly (keyof PendingStopJson)[] = [
  'id',
  'side',
  'stopPrice',
  'limitPrice',
  'limitOffset',
  'quantity',
  'timeInForce',
  'market',
  'trail',
  'owner',
  'stp',
  'timestamp',
  'watermark',
];

/** A pending stop as `fromJSON` takes it. */
export function toPendingJson(stop: StopRecord): PendingStopJson {
  return {
    id: stop.id,
    side: stop.side,
    stopPrice: stop.stopPrice,
    limitPrice: stop.limitPrice,
    limitOffset: stop.limitOffset,
    quantity: stop.quantity,
    timeInForce: stop.timeInForce,
    market: stop.market,
    trail: stop.trail === null ? null : { ...stop.trail },
    owner: stop.owner,
    stp: stop.stp,
    timestamp: stop.timestamp,
    watermark: stop.watermark,
  };
}

/** Checks the stops of data read from outside; the bars are left to `WilderRange.fromJSON`. O(pending). */
export function readStopBookJson(
  field: string,
  json: unknown,
): { readonly pending: readonly PendingStopJson[]; readonly bars: unknown } {
  checkKeys(field, json, ['pending', 'bars']);
  const { pending, bars } = json as { pending: unknown; bars: unknown };
  if (!Array.isArray(pending)) {
    throw new ValidationError(`${field}.pending`, pending, 'an array of stops', 'pass what toJSON gave');
  }
  const stops: PendingStopJson[] = [];
  let last = 0;
  for (let i = 0; i < pending.length; i++) {
    const stop = readPending(`${field}.pending[${i}]`, pending[i]);
    if (stop.id <= last) {
      const constraint = `above ${last}, the id before it`;
      throw new ValidationError(
        `${field}.pending[${i}].id`,
        stop.id,
        constraint,
        'put the stops in order of id',
      );
    }
    last = stop.id;
    stops.push(stop);
  }
  return { pending: stops, bars };
}

function readPending(field: string, json: unknown): PendingStopJson {
  checkKeys(field, json, KEYS);
  const data = json as Readonly<Record<keyof PendingStopJson, unknown>>;
  const price = (key: 'limitPrice' | 'limitOffset' | 'watermark'): number | null =>
    data[key] === null ? null : checkInteger(`${field}.${key}`, data[key], 1, MAX);
  const stop: PendingStopJson = {
    id: checkInteger(`${field}.id`, data.id, 1, MAX),
    side: checkOneOf(`${field}.side`, data.side, SIDES),
    stopPrice: checkInteger(`${field}.stopPrice`, data.stopPrice, 1, MAX),
    limitPrice: price('limitPrice'),
    limitOffset: price('limitOffset'),
    quantity: checkInteger(`${field}.quantity`, data.quantity, 1, MAX),
    timeInForce: checkOneOf(`${field}.timeInForce`, data.timeInForce, TIMES_IN_FORCE),
    market: checkBoolean(`${field}.market`, data.market),
    trail: data.trail === null ? null : checkTrail(`${field}.trail`, data.trail),
    owner: checkOwner(`${field}.owner`, data.owner),
    stp: checkOneOf(`${field}.stp`, data.stp, POLICIES),
    timestamp: checkInteger(`${field}.timestamp`, data.timestamp, 1, MAX),
    watermark: price('watermark'),
  };
  const limits = (stop.limitPrice === null ? 0 : 1) + (stop.limitOffset === null ? 0 : 1);
  const refuse = (key: keyof PendingStopJson, constraint: string): never => {
    throw new ValidationError(`${field}.${key}`, stop[key], constraint, 'pass what toJSON gave');
  };
  if (limits !== (stop.market ? 0 : 1)) refuse('market', 'true without a limit, false with one');
  if (stop.trail === null && stop.limitOffset !== null) refuse('limitOffset', 'null without a trail');
  if (stop.trail !== null && stop.limitPrice !== null) refuse('limitPrice', 'null with a trail');
  if (stop.trail === null && stop.watermark !== null) refuse('watermark', 'null without a trail');
  return stop;
}

function sizeOf(trail: Trail | null): number {
  if (trail === null) return 0;
  if (trail.kind === 'fixed') return trail.offset;
  return trail.kind === 'percentage' ? trail.fraction : trail.multiplier;
}

/** Pending stops as rows of `ROW` numbers, for the state hash; NaN stands for no owner, 0 for any other null. */
export function stopColumns(stops: readonly StopRecord[]): Float64Array {
  const out = new Float64Array(stops.length * ROW);
  let at = 0;
  for (const stop of stops) {
    const { trail } = stop;
    out[at++] = stop.id;
    out[at++] = SIDES.indexOf(stop.side);
    out[at++] = stop.stopPrice;
    out[at++] = stop.limitPrice ?? 0;
    out[at++] = stop.limitOffset ?? 0;
    out[at++] = stop.quantity;
    out[at++] = TIMES_IN_FORCE.indexOf(stop.timeInForce);
    out[at++] = stop.market ? 1 : 0;
    out[at++] = trail === null ? -1 : TRAILS.indexOf(trail.kind);
    out[at++] = sizeOf(trail);
    out[at++] = trail?.kind === 'atr' ? trail.period : 0;
    out[at++] = stop.owner ?? NaN;
    out[at++] = POLICIES.indexOf(stop.stp);
    out[at++] = stop.timestamp;
    out[at++] = stop.watermark ?? 0;
  }
  return out;
}
