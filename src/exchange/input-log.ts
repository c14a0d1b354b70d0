/** The inputs of an exchange in the order of arrival. The common ones take 12 bytes, the others an object. */
import { POLICIES, SIDES, TIMES_IN_FORCE } from './codes.js';
import type { Event } from './event.js';
import type { Owners } from './owners.js';
import { RowLog } from './rows.js';

// Kinds of rows.
const LIMIT = 0;
const MARKET = 1;
const CANCEL = 2;
const OTHER = 3;

/** An event without its number. */
export type Unnumbered = Event extends infer E ? (E extends Event ? Omit<E, 'seq'> : never) : never;

/** 12 bytes a common input; 24 from prices, quantities or ids of 2^32 on. */
export class InputLog {
  private readonly owners: Owners;
  private readonly sequence: { next: number } | undefined;
  /** Price or id, quantity, and kind + side × 4 + time in force × 8 + 32 × tag as in the book, or place among the others. */
  private readonly rows = new RowLog(3);
  /** Numbers, where they are shared with other exchanges. */
  private readonly seqs = new RowLog(1);
  private others: Unnumbered[] = [];
  private firstSeq = 1;

  constructor(owners: Owners, sequence: { next: number } | undefined) {
    this.owners = owners;
    this.sequence = sequence;
  }

  get length(): number {
    return this.rows.length;
  }

  limit(side: number, price: number, quantity: number, timeInForce: number, tag: number): void {
    this.write(LIMIT | (side << 2) | (timeInForce << 3), price, quantity, tag);
  }

  market(side: number, quantity: number, tag: number): void {
    this.write(MARKET | (side << 2), 0, quantity, tag);
  }

  cancel(id: number): void {
    this.write(CANCEL, id, 0, 0);
  }

  other(event: Unnumbered): void {
    this.write(OTHER, 0, 0, this.others.length);
    this.others.push(event);
  }

  private write(code: number, a: number, b: number, extra: number): void {
    const { rows, sequence } = this;
    const to = rows.next(a + b);
    const { at } = rows;
    to[at] = a;
    to[at + 1] = b;
    to[at + 2] = code + extra * 32;
    if (sequence !== undefined) {
      const seq = sequence.next++;
      this.seqs.next(seq)[this.seqs.at] = seq;
    }
  }

  /** Every event since the last clearing. */
  list(): Event[] {
    const events: Event[] = [];
    for (let i = 0; i < this.length; i++) events.push(this.eventAt(i));
    return events;
  }

  private eventAt(i: number): Event {
    const { rows, seqs, owners } = this;
    const seq = this.sequence === undefined ? this.firstSeq + i : seqs.find(i)[seqs.at]!;
    const piece = rows.find(i);
    const { at } = rows;
    const code = piece[at + 2]!;
    const extra = code >>> 5;
    const kind = code & 3;
    if (kind === CANCEL) return { seq, type: 'Cancel', orderId: piece[at]! };
    if (kind === OTHER) return { seq, ...this.others[extra]! } as Event;
    const side = SIDES[(code >> 2) & 1]!;
    const quantity = piece[at + 1]!;
    const owner = owners.ownerOf(extra >>> 3);
    const stpPolicy = POLICIES[(extra >> 1) & 3]!;
    if (kind === MARKET) return { seq, type: 'SubmitMarket', side, quantity, owner, stpPolicy };
    return {
      seq,
      type: 'SubmitLimit',
      side,
      price: piece[at]!,
      quantity,
      timeInForce: TIMES_IN_FORCE[(code >> 3) & 3]!,
      postOnly: (extra & 1) === 1,
      owner,
      stpPolicy,
    };
  }

  /** Forgets the events, not their numbers; how many there were. */
  clear(): number {
    const count = this.rows.clear();
    this.seqs.clear();
    this.firstSeq += count;
    this.others = [];
    return count;
  }
}
