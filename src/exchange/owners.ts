/** Owners of orders and the codes the kernels know them by. Code 0 is nobody. */
import { ResourceLimitError, ValidationError } from '../errors.js';

/** A `Map` holds 2^24 entries at most. */
const CODES = 16_777_216;

/** Throws unless `value` is an owner: any safe integer, or null for nobody. */
export function checkOwner(field: string, value: unknown): number | null {
  if (value === null) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0)) return value;
  const fix = 'number the owners 1, 2, 3, …';
  throw new ValidationError(field, value, 'an integer below 2^53, or null', fix);
}

export class Owners {
  private readonly codes = new Map<number, number>();
  private readonly names: number[] = [];

  /** Code of an owner, given on first use; 0 for null. */
  codeOf(given: unknown): number {
    const owner = checkOwner('owner', given ?? null);
    if (owner === null) return 0;
    const known = this.codes.get(owner);
    if (known !== undefined) return known;
    if (this.names.length + 1 >= CODES) {
      throw new ResourceLimitError(`owner ${owner} is one too many: an exchange holds ${CODES - 1} owners`);
    }
    this.names.push(owner);
    this.codes.set(owner, this.names.length);
    return this.names.length;
  }

  /** Owner of a code; null for 0. */
  ownerOf(code: number): number | null {
    return code === 0 ? null : this.names[code - 1]!;
  }
}
