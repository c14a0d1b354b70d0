/** The inputs of an exchange in the order of arrival. The common ones take 24 bytes, the others an object. */
import { POLICIES, SIDES, TIMES_IN_FORCE } from './codes.js';
import type { Event } from './event.js';
import type { Owners } from './owners.js';

const ROWS = 4096;
/** The first piece begins small: many exchanges see few inputs. */
const FIRST_ROWS = 16;

// Kinds of rows.
const LIMIT = 0;
const MARKET = 1;
const CANCEL = 2;
const OTHER = 3;

/** An event without its number. */
export type Unnumbered = Event extends infer E ? (E extends Event ? Omit<E, 'seq'> : never) : never;

interface Piece {
  /** Two a row: price or id, quantity. */
  readonly nums: Float64Array;
  /** Kind + side × 4 + time in force × 8. */
  readonly codes: Int32Array;
  /** Tag as in the book, or the place among the others. */
  readonly extras: Int32Array;
  /** Numbers, where they are shared with other exchanges. */
  readonly seqs: Float64Array | undefined;
}

function newPiece(rows: number, numbered: boolean): Piece {
  return {
    nums: new Float64Array(rows * 2),
    codes: new Int32Array(rows),
    extras: new Int32Array(rows),
    seqs: numbered ? new Float64Array(rows) : undefined,
  };
}

/** Rows in pieces of 4,096, so that growing copies little. */
export class InputLog {
  private readonly owners: Owners;
  private readonly sequence: { next: number } | undefined;
  private pieces: Piece[] = [];
  private others: Unnumbered[] = [];
  private count = 0;
  private firstSeq = 1;

  constructor(owners: Owners, sequence: { next: number } | undefined) {
    this.owners = owners;
    this.sequence = sequence;
  }

  get length(): number {
    return this.count;
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
    const row = this.count & (ROWS - 1);
    const piece = this.pieceFor(row);
    piece.nums[row * 2] = a;
    piece.nums[row * 2 + 1] = b;
    piece.codes[row] = code;
    piece.extras[row] = extra;
    if (this.sequence !== undefined) piece.seqs![row] = this.sequence.next++;
    this.count++;
  }

  /** The last piece, with room for a row. */
  private pieceFor(row: number): Piece {
    const { pieces } = this;
    const numbered = this.sequence !== undefined;
    const last = pieces.length - 1;
    if (row === 0) {
      pieces.push(newPiece(last < 0 ? FIRST_ROWS : ROWS, numbered));
      return pieces[last + 1]!;
    }
    const piece = pieces[last]!;
    if (row < piece.codes.length) return piece;
    const larger = newPiece(Math.min(piece.codes.length * 4, ROWS), numbered);
    larger.nums.set(piece.nums);
    larger.codes.set(piece.codes);
    larger.extras.set(piece.extras);
    if (numbered) larger.seqs!.set(piece.seqs!);
    pieces[last] = larger;
    return larger;
  }

  /** Every event since the last clearing. */
  list(): Event[] {
    const events: Event[] = [];
    for (let i = 0; i < this.count; i++) events.push(this.at(i));
    return events;
  }

  private at(i: number): Event {
    const piece = this.pieces[Math.floor(i / ROWS)]!;
    const row = i & (ROWS - 1);
    const seq = piece.seqs === undefined ? this.firstSeq + i : piece.seqs[row]!;
    const code = piece.codes[row]!;
    const extra = piece.extras[row]!;
    const kind = code & 3;
    if (kind === CANCEL) return { seq, type: 'Cancel', orderId: piece.nums[row * 2]! };
    if (kind === OTHER) return { seq, ...this.others[extra]! } as Event;
    const side = SIDES[(code >> 2) & 1]!;
    const quantity = piece.nums[row * 2 + 1]!;
    const owner = this.owners.ownerOf(extra >>> 3);
    const stpPolicy = POLICIES[(extra >> 1) & 3]!;
    if (kind === MARKET) return { seq, type: 'SubmitMarket', side, quantity, owner, stpPolicy };
    return {
      seq,
      type: 'SubmitLimit',
      side,
      price: piece.nums[row * 2]!,
      quantity,
      timeInForce: TIMES_IN_FORCE[(code >> 3) & 3]!,
      postOnly: (extra & 1) === 1,
      owner,
      stpPolicy,
    };
  }

  /** Forgets the events, not their numbers; how many there were. */
  clear(): number {
    const { count } = this;
    this.firstSeq += count;
    this.pieces = [];
    this.others = [];
    this.count = 0;
    return count;
  }
}
