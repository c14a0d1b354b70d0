/** What became of the calls of a bridge. */
import type { BridgeCall } from './types.js';

/** Calls that are kept. */
const KEPT = 1_000;

/** A call, before it has a number. */
export type CallNote = Omit<BridgeCall, 'number' | 'method' | 'equalWeight' | 'error'> &
  Partial<Pick<BridgeCall, 'method' | 'equalWeight' | 'error'>>;

/** Numbers calls and keeps the last ones. */
export class CallLog {
  readonly #onCall: ((call: BridgeCall) => void) | undefined;
  readonly #calls: BridgeCall[] = [];
  #count: number = 0;

  constructor(onCall: ((call: BridgeCall) => void) | undefined) {
    this.#onCall = onCall;
  }

  /** Does the work of a call and writes it down, also where it throws. */
  run<T>(note: CallNote, work: (also: (more: Partial<CallNote>) => void) => T): T {
    let noted = note;
    let answer: T;
    try {
      answer = work((more) => (noted = { ...noted, ...more }));
    } catch (error) {
      this.#add({ ...noted, error: error instanceof Error ? error.message : String(error) });
      throw error;
    }
    this.#add(noted);
    return answer;
  }

  /** The last calls, oldest first; a copy. */
  calls(): readonly BridgeCall[] {
    return [...this.#calls];
  }

  #add(note: CallNote): void {
    this.#count += 1;
    const call = Object.freeze({
      number: this.#count,
      method: null,
      equalWeight: null,
      error: null,
      ...note,
    });
    if (this.#calls.length === KEPT) this.#calls.shift();
    this.#calls.push(call);
    this.#onCall?.(call);
  }
}
