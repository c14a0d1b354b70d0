/** Columns of commands, checked before a book runs them. */
import { firstBadCommand } from '../../kernels/book/check-commands.js';
import { checkBoolean, checkInteger, checkKeys, checkLength } from '../check.js';
import { ShapeError, ValidationError } from '../errors.js';
import { policyCode, sideCode, timeInForceCode } from './codes.js';
import type { BookCommands } from './book.js';
import { checkWhole } from './check-input.js';
import type { LimitOptions, Side, TimeInForce } from './types.js';

/** Owners' codes share an Int32 with three more bits. */
const OWNERS = 268_435_456;

const KINDS = ['limit', 'market', 'cancel', 'modify'] as const;

/** What `bookOp` is told. */
export interface BookOpOptions extends Omit<LimitOptions, 'owner'> {
  /** Default `gtc`. */
  readonly timeInForce?: TimeInForce;
}

/** The `op` of a command: `bookOp('limit', 'buy', { timeInForce: 'ioc' })` is 8. Cancels and modifications need no side. */
export function bookOp(
  kind: 'limit' | 'market' | 'cancel' | 'modify',
  side: Side = 'buy',
  options: BookOpOptions = {},
): number {
  checkKeys('options', options, ['timeInForce', 'stp', 'postOnly']);
  const code = KINDS.indexOf(kind);
  if (code < 0) throw new ValidationError('kind', kind, `one of ${KINDS.join(', ')}`, 'use one of them');
  const force = timeInForceCode(options.timeInForce ?? 'gtc');
  const policy = policyCode('options.stp', options.stp ?? 'off');
  if (code === 1 && force !== 0) {
    throw new ValidationError(
      'options.timeInForce',
      options.timeInForce,
      'absent for a market order',
      'leave it out',
    );
  }
  const postOnly = checkBoolean('options.postOnly', options.postOnly ?? false) ? 32 : 0;
  return code + sideCode(side) * 4 + force * 8 + postOnly + policy * 64;
}

/** Throws unless the columns fit each other and every row from `from` to `to - 1` can be run. Allocates nothing. */
export function checkCommands(
  op: Uint8Array,
  price: Float64Array,
  quantity: Float64Array,
  id: Float64Array,
  owner: Int32Array | undefined,
  from: number,
  to: number,
): void {
  if (!(op instanceof Uint8Array)) throw wrongColumn('commands.op', op, 'a Uint8Array');
  checkColumn('commands.price', price, op.length);
  checkColumn('commands.quantity', quantity, op.length);
  checkColumn('commands.id', id, op.length);
  if (owner !== undefined) {
    if (!(owner instanceof Int32Array)) throw wrongColumn('commands.owner', owner, 'an Int32Array');
    checkLength('commands.owner', owner.length, op.length, 'commands.op');
  }
  checkInteger('to', to, 0, op.length);
  checkInteger('from', from, 0, to);
  const bad = firstBadCommand(op, price, quantity, id, owner ?? NOBODY, OWNERS, from, to);
  if (bad < to) explain({ op, price, quantity, id, ...(owner === undefined ? {} : { owner }) }, bad);
}

const NOBODY: Int32Array = new Int32Array(0);

// Without texts put together: a run allocates nothing.
function checkColumn(field: string, column: unknown, length: number): void {
  if (!(column instanceof Float64Array)) throw wrongColumn(field, column, 'a Float64Array');
  checkLength(field, column.length, length, 'commands.op');
}

function wrongColumn(field: string, value: unknown, constraint: string): ShapeError {
  return new ShapeError(field, value, constraint, `make ${field} ${constraint}`);
}

/** Throws what is wrong with a row. */
function explain({ op, price, quantity, id, owner }: BookCommands, i: number): void {
  const code = op[i]!;
  const kind = code & 3;
  if (kind !== 2) checkWhole(`commands.quantity[${i}]`, quantity[i]);
  if (kind === 0 || kind === 3) checkWhole(`commands.price[${i}]`, price[i]);
  if (kind >= 2) checkWhole(`commands.id[${i}]`, id[i]);
  if (owner !== undefined) checkInteger(`commands.owner[${i}]`, owner[i], 0, OWNERS - 1);
  throw new ValidationError(
    `commands.op[${i}]`,
    code,
    'a time in force of 0, 1 or 2, 0 for a market order, and post-only with good-till-cancelled limit orders alone',
    'write it with bookOp',
  );
}
