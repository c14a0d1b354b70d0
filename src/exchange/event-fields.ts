/** The words of the order-event log: types, fields and enums as they are written, and what each field holds. */
import * as codes from './codes.js';
import type { Event } from './event.js';
import type { Side, StpPolicy, TimeInForce } from './types.js';

/** What kind of input an event is. */
export type EventType = Event['type'];

/**
 * What a field holds. `whole`: an integer from 1 to 2^53 - 1. `clock`: a whole number of any length that is only
 * looked at. The enums have their words below.
 */
export type FieldKind =
  | 'type'
  | 'side'
  | 'timeInForce'
  | 'stpPolicy'
  | 'whole'
  | 'owner'
  | 'flag'
  | 'trail'
  | 'symbol'
  | 'version'
  | 'clock';

/** One field of the log. */
export interface Field {
  /** Its key in a line. */
  readonly wire: string;
  /** Its key in an `Event`. */
  readonly key: string;
  readonly kind: FieldKind;
}

/** The fields a type of event must and may have, in the order in which they are written. */
export interface EventForm {
  readonly type: EventType;
  readonly required: readonly Field[];
  readonly optional: readonly Field[];
  /** Names of all of them, for messages. */
  readonly wires: readonly string[];
}

/** The version of the format, and the only one that is read. */
export const SCHEMA_VERSION = '1.0';
/** Most characters of a symbol. */
export const SYMBOL_MAX = 64;

/** Each enum as it is written and as the exchange has it. */
export const SIDES: readonly (readonly [string, Side])[] = codes.SIDES.map((word) => [
  word.toUpperCase(),
  word,
]);
export const TIMES_IN_FORCE: readonly (readonly [string, TimeInForce])[] = codes.TIMES_IN_FORCE.map(
  (word) => [word.toUpperCase(), word],
);
export const STP_POLICIES: readonly (readonly [string, StpPolicy])[] = [
  ['Off', 'off'],
  ['CancelNewest', 'cancel-newest'],
  ['CancelOldest', 'cancel-oldest'],
  ['DecrementAndCancel', 'decrement-and-cancel'],
];

/** Every field but `trail`, which is an object of its own; its place in the list is its number in the row scanner. */
export const FIELDS: readonly Field[] = [
  { wire: 'type', key: 'type', kind: 'type' },
  { wire: 'symbol', key: 'symbol', kind: 'symbol' },
  { wire: 'side', key: 'side', kind: 'side' },
  { wire: 'price', key: 'price', kind: 'whole' },
  { wire: 'quantity', key: 'quantity', kind: 'whole' },
  { wire: 'time_in_force', key: 'timeInForce', kind: 'timeInForce' },
  { wire: 'owner', key: 'owner', kind: 'owner' },
  { wire: 'stp_policy', key: 'stpPolicy', kind: 'stpPolicy' },
  { wire: 'post_only', key: 'postOnly', kind: 'flag' },
  { wire: 'order_id', key: 'orderId', kind: 'whole' },
  { wire: 'stop_price', key: 'stopPrice', kind: 'whole' },
  { wire: 'limit_price', key: 'limitPrice', kind: 'whole' },
  { wire: 'limit_offset', key: 'limitOffset', kind: 'whole' },
  { wire: 'high', key: 'high', kind: 'whole' },
  { wire: 'low', key: 'low', kind: 'whole' },
  { wire: 'close', key: 'close', kind: 'whole' },
  { wire: 'schema_version', key: '', kind: 'version' },
  { wire: 'timestamp', key: '', kind: 'clock' },
];

const TRAIL: Field = { wire: 'trail', key: 'trail', kind: 'trail' };
/** What any line may have besides: public corpora carry both on every line. */
const ANYWHERE: readonly string[] = ['schema_version', 'timestamp'];

/** The field of a name; the name is one of the table. */
export function fieldNamed(wire: string): Field {
  return wire === 'trail' ? TRAIL : FIELDS.find((field) => field.wire === wire)!;
}

function form(type: EventType, required: string, optional = ''): readonly [EventType, EventForm] {
  const fields = (names: string): Field[] => names.split(' ').filter(Boolean).map(fieldNamed);
  const form = { type, required: fields(required), optional: fields(optional) };
  const wires = [...form.required, ...form.optional].map(({ wire }) => wire);
  return [type, { ...form, wires: ['type', 'symbol', ...wires, ...ANYWHERE] }];
}

/** Every type of event; its place, from 1, is its number in the row scanner. */
export const EVENT_FORMS: ReadonlyMap<EventType, EventForm> = new Map([
  form('SubmitLimit', 'side price quantity time_in_force', 'owner stp_policy post_only'),
  form('SubmitMarket', 'side quantity', 'owner stp_policy'),
  form('Cancel', 'order_id'),
  form('Modify', 'order_id price quantity'),
  form('SubmitStopMarket', 'side stop_price quantity', 'owner stp_policy'),
  form('SubmitStopLimit', 'side stop_price limit_price quantity time_in_force', 'owner stp_policy'),
  form('SubmitTrailingStopMarket', 'side stop_price quantity trail', 'owner stp_policy'),
  form('SubmitTrailingStopLimit', 'side stop_price quantity trail limit_offset', 'owner stp_policy'),
  form('Bar', 'high low close'),
]);

/** The types by their numbers less 1. */
export const EVENT_TYPES: readonly EventType[] = [...EVENT_FORMS.keys()];

/** The fields of each kind of trail, in the order in which they are written. */
export const TRAIL_FORMS: ReadonlyMap<string, readonly string[]> = new Map([
  ['fixed', ['offset']],
  ['percentage', ['fraction']],
  ['atr', ['multiplier', 'period']],
]);

/** The keys that an event of a type may have as an object. */
export const EVENT_KEYS: ReadonlyMap<EventType, readonly string[]> = new Map(
  [...EVENT_FORMS.values()].map(({ type, required, optional }) => [
    type,
    ['type', 'seq', 'symbol', ...[...required, ...optional].map(({ key }) => key)],
  ]),
);
