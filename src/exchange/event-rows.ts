/** Common lines of an order-event log, from their bytes to the methods of an exchange without an object between. */
import { scanEventRow } from '../../kernels/text/event-row.js';
import { EVENT_TYPES, SIDES, STP_POLICIES, TIMES_IN_FORCE } from './event-fields.js';
import { fieldNumber, type RowTables, rowTables } from './event-words.js';
import type { OrderTarget } from './order-target.js';
import type { LimitOptions, OrderOptions, Side, TimeInForce } from './types.js';

const TYPE = fieldNumber('type');
const SYMBOL = fieldNumber('symbol');
const SIDE = fieldNumber('side');
const PRICE = fieldNumber('price');
const QUANTITY = fieldNumber('quantity');
const TIME_IN_FORCE = fieldNumber('time_in_force');
const OWNER = fieldNumber('owner');
const STP_POLICY = fieldNumber('stp_policy');
const POST_ONLY = fieldNumber('post_only');
const ORDER_ID = fieldNumber('order_id');
const STOP_PRICE = fieldNumber('stop_price');
const LIMIT_PRICE = fieldNumber('limit_price');
const HIGH = fieldNumber('high');
const LOW = fieldNumber('low');
const CLOSE = fieldNumber('close');
const OPTION_BITS = (1 << OWNER) | (1 << STP_POLICY) | (1 << POST_ONLY);

const typeNumber = (type: (typeof EVENT_TYPES)[number]): number => EVENT_TYPES.indexOf(type) + 1;
const SUBMIT_LIMIT = typeNumber('SubmitLimit');
const SUBMIT_MARKET = typeNumber('SubmitMarket');
const CANCEL = typeNumber('Cancel');
const MODIFY = typeNumber('Modify');
const SUBMIT_STOP_MARKET = typeNumber('SubmitStopMarket');
const SUBMIT_STOP_LIMIT = typeNumber('SubmitStopLimit');
const BAR = typeNumber('Bar');

const DEFAULTS: OrderOptions = Object.freeze({ owner: null, stp: 'off' });
const LIMIT_DEFAULTS: LimitOptions = Object.freeze({ owner: null, stp: 'off', postOnly: false });

let shared: RowTables | undefined;

/**
 * One row after the other. What it takes is an event beyond doubt; whatever is in any way special is left to the
 * parser of whole lines, which also names the mistakes.
 */
export class EventRows {
  /** Number of the type of the row. */
  type = 0;
  /** Where the symbol of the row starts and how long it is; -1 where it has none. */
  symbolStart = -1;
  symbolLength = 0;
  readonly #tables: RowTables;
  readonly #row: Float64Array;
  #seen = 0;

  constructor() {
    this.#tables = shared ??= rowTables();
    this.#row = new Float64Array(this.#tables.roots.length + 1);
  }

  /** Reads the row that starts at `from`: the index of its line feed, or 0 where it is not of the common kind. */
  scan(bytes: Uint8Array, from: number): number {
    const { words, roots, required, allowed } = this.#tables;
    const row = this.#row;
    const end = scanEventRow(bytes, from, words, roots, row);
    if (end === 0) return 0;
    const seen = row[0]!;
    if ((seen & (1 << TYPE)) === 0) return 0;
    const type = row[TYPE]!;
    const needed = required[type]!;
    if ((seen & needed) !== needed || (seen & ~allowed[type]!) !== 0) return 0;
    this.#seen = seen;
    this.type = type;
    this.symbolStart = -1;
    if ((seen & (1 << SYMBOL)) !== 0) {
      this.symbolStart = row[SYMBOL]!;
      this.symbolLength = row[row.length - 1]! - this.symbolStart;
    }
    return end;
  }

  /** Gives the row to its exchange; false where it must be read in full, and then nothing was given. */
  feed(target: OrderTarget): boolean {
    const row = this.#row;
    switch (this.type) {
      case SUBMIT_LIMIT: {
        const tif = this.#timeInForce();
        const options = this.#limitOptions();
        if (options.postOnly === true && tif !== 'gtc') return false;
        target.submitLimit(this.#side(), row[PRICE]!, row[QUANTITY]!, tif, options);
        return true;
      }
      case SUBMIT_MARKET:
        target.submitMarket(this.#side(), row[QUANTITY]!, this.#options());
        return true;
      case CANCEL:
        target.cancel(row[ORDER_ID]!);
        return true;
      case MODIFY:
        target.modify(row[ORDER_ID]!, row[PRICE]!, row[QUANTITY]!);
        return true;
      case SUBMIT_STOP_MARKET:
        target.submitStopMarket(this.#side(), row[STOP_PRICE]!, row[QUANTITY]!, this.#options());
        return true;
      case SUBMIT_STOP_LIMIT: {
        const tif = this.#timeInForce();
        const [stop, limit, quantity] = [row[STOP_PRICE]!, row[LIMIT_PRICE]!, row[QUANTITY]!];
        target.submitStopLimit(this.#side(), stop, limit, quantity, tif, this.#options());
        return true;
      }
      case BAR:
        if (!(row[LOW]! <= row[CLOSE]! && row[CLOSE]! <= row[HIGH]!)) return false;
        target.onBar(row[HIGH]!, row[LOW]!, row[CLOSE]!);
        return true;
      default:
        return false;
    }
  }

  #side(): Side {
    return SIDES[this.#row[SIDE]! - 1]![1];
  }

  #timeInForce(): TimeInForce {
    return TIMES_IN_FORCE[this.#row[TIME_IN_FORCE]! - 1]![1];
  }

  #limitOptions(): LimitOptions {
    const seen = this.#seen;
    if ((seen & OPTION_BITS) === 0) return LIMIT_DEFAULTS;
    const postOnly = (seen & (1 << POST_ONLY)) !== 0 && this.#row[POST_ONLY] === 1;
    return { ...this.#options(), postOnly };
  }

  #options(): OrderOptions {
    const seen = this.#seen;
    if ((seen & OPTION_BITS) === 0) return DEFAULTS;
    const row = this.#row;
    const owner = (seen & (1 << OWNER)) === 0 || Number.isNaN(row[OWNER]) ? null : row[OWNER]!;
    const stp = (seen & (1 << STP_POLICY)) === 0 ? 'off' : STP_POLICIES[row[STP_POLICY]! - 1]![1];
    return { owner, stp };
  }
}
