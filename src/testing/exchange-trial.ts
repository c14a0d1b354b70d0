/** One run of random calls on an exchange and its slow twin side by side, with the invariants watched. */
import type { Order, StpPolicy } from '../exchange/types.js';
import { Audit, BrokenInvariant } from './exchange-audit.js';
import {
  type Call,
  type GoodCall,
  levelsOf,
  make,
  type Outcome,
  same,
  show,
  showCall,
  type Subject,
} from './exchange-calls.js';
import { anyPolicy, nextCall, type Style, STYLES } from './exchange-stream.js';
import { randomStream } from './random.js';

/** Where the exchanges of a trial come from. */
export interface Kit {
  /** The exchange under test. */
  live(policy: StpPolicy): Subject;
  twin(policy: StpPolicy): Subject;
  /** Whether the exchange under test checks its arguments; else it gets none that it would have to refuse. */
  readonly checks: boolean;
  /** A new exchange that was given the inputs that the live one remembers. */
  replay?(live: Subject): Subject;
  /** Gives another exchange the inputs that the live one remembers, and makes it forget them. */
  forward?(live: Subject, to: Subject): void;
  /** A new exchange made of the live one's plain data. */
  copy?(live: Subject): Subject;
}

/** A trial as data: the same script makes the same calls. */
export interface Script {
  /** Decides style, policy, and where prefixes are replayed. */
  readonly seed: number;
  /** One number a call. */
  readonly words: readonly number[];
}

/** What trials came to. */
export class Tally {
  calls: number = 0;
  /** Checks by number of the invariant. */
  readonly checks: number[] = new Array<number>(13).fill(0);
  /** Most stops that one call set off. */
  longestCascade: number = 0;
  /** Calls by method, status and reason. */
  private readonly counts = new Map<string, Map<string, Map<string, number>>>();

  count(call: Call, { error, value }: Outcome): void {
    this.calls += 1;
    const { status, reason, triggered } = (value ?? {}) as {
      readonly status?: string;
      readonly reason?: string | null;
      readonly triggered?: readonly number[];
    };
    let byStatus = this.counts.get(call.method);
    if (byStatus === undefined) this.counts.set(call.method, (byStatus = new Map()));
    const end = error ?? status ?? 'done';
    let byReason = byStatus.get(end);
    if (byReason === undefined) byStatus.set(end, (byReason = new Map()));
    byReason.set(reason ?? '', (byReason.get(reason ?? '') ?? 0) + 1);
    if (triggered !== undefined) this.longestCascade = Math.max(this.longestCascade, triggered.length);
  }

  /** Calls by method and what came of them: `cancel refused not-open`. */
  get outcomes(): Map<string, number> {
    const flat = new Map<string, number>();
    for (const [method, byStatus] of this.counts) {
      for (const [status, byReason] of byStatus) {
        for (const [reason, count] of byReason) flat.set(`${method} ${status} ${reason}`.trimEnd(), count);
      }
    }
    return flat;
  }
}

/** Good calls between two comparisons of the whole book. */
const COMPARE_EVERY = 16;

/** Calls that an error tells. */
const STORY = 25;

/** Orders and stops of a short run. */
const CROWD = 40;

/** Two exchanges, the calls made so far, and what is known of them. */
export class Trial {
  readonly live: Subject;
  private readonly kit: Kit;
  private readonly tally: Tally;
  private readonly crowd: number;
  private readonly style: Style;
  private readonly twin: Subject;
  private readonly audit: Audit | null;
  private readonly name: string;
  private readonly story: Call[] = [];
  private tail: Subject | null = null;
  private crowded = false;
  private lastId = 0;
  private made = 0;

  /**
   * crowd    orders and stops from which on some are taken away
   * watched  whether the invariants are checked, too
   */
  constructor(kit: Kit, seed: number, tally: Tally, crowd: number, watched: boolean = true) {
    const random = randomStream(seed, 0);
    this.kit = kit;
    this.tally = tally;
    this.crowd = crowd;
    this.style = random.of(STYLES);
    const policy = anyPolicy(random);
    this.live = kit.live(policy);
    this.twin = kit.twin(policy);
    this.audit = watched ? new Audit(this.live, policy) : null;
    this.name = `${this.style.name}, ${policy}`;
  }

  /** Makes the call of a word on both. Throws what is wrong. */
  step(word: number): void {
    const { lastId, crowded, live, twin } = this;
    const getOrder = (id: number): Order | null => twin.getOrder(id);
    const scene = { lastId, crowded, lastPrice: twin.lastTradePrice(), getOrder };
    const call = nextCall(randomStream(word, 1), this.style, scene);
    if (call.bad && !this.kit.checks) return;
    this.story.push(call);
    try {
      this.audit?.before(call);
      const outcome = make(live, call);
      this.tally.count(call, outcome);
      if (!call.bad) this.compare(call, outcome);
      else if (outcome.error !== 'ValidationError') throw new BrokenInvariant(11, 'a bad argument was taken');
      this.audit?.after(call, outcome);
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${this.tell()}`, { cause: error });
    }
  }

  /** The last calls, in words. */
  tell(): string {
    const calls = this.story.slice(-STORY).map(showCall);
    return [`Style: ${this.name}. Calls, the last ${STORY}:`, ...calls].join('\n  ');
  }

  /** Compares everything, and adds up what was checked. */
  finish(): void {
    this.compareAll();
    this.audit?.finish();
    for (const [i, count] of this.audit?.checks.entries() ?? []) this.tally.checks[i]! += count;
    this.checkTail();
  }

  /** 9: a new exchange that is given the inputs of this one ends in the same state. */
  checkReplay(): void {
    if (this.kit.replay !== undefined) this.sameState(this.kit.replay(this.live), 'the replay of all inputs');
  }

  /** 9: makes an exchange of this one's plain data, which gets every later call, too. */
  startTail(): void {
    this.checkTail();
    this.tail = this.kit.copy?.(this.live) ?? null;
    if (this.tail !== null) this.sameState(this.tail, 'plain data');
  }

  /** 9: an exchange that gets nothing but the inputs of this one, piece by piece, is in the same state. */
  checkFollower(follower: Subject): void {
    this.kit.forward?.(this.live, follower);
    this.sameState(follower, 'the inputs up to here');
  }

  /** Throws unless `other` is in the same state. */
  private sameState(other: Subject, what: string): void {
    this.tally.checks[9]! += 1;
    if (other.stateHash?.() !== this.live.stateHash?.()) {
      throw new BrokenInvariant(9, `another state from ${what}`);
    }
  }

  private checkTail(): void {
    if (this.tail !== null) this.sameState(this.tail, 'plain data and what came after it');
  }

  private compare(call: GoodCall, outcome: Outcome): void {
    const expected = make(this.twin, call);
    if (!same(outcome, expected)) throw new Error(`gave ${show(outcome)}, the twin ${show(expected)}`);
    const forgets = call.method.startsWith('clear'); // plain data need not hold what is over
    if (this.tail !== null && !same(make(this.tail, call), expected) && !forgets) {
      throw new BrokenInvariant(9, 'another result from an exchange made of plain data');
    }
    if (call.method.startsWith('submit') && expected.error === null) this.lastId += 1;
    this.made += 1;
    if (this.made % COMPARE_EVERY === 0) this.compareViews();
  }

  private compareViews(): void {
    const { live, twin } = this;
    const book = levelsOf(twin);
    expectSame('book', levelsOf(live), book);
    let waiting = twin.pendingStopCount();
    for (const { orderCount } of [...book.bids, ...book.asks]) waiting += orderCount;
    this.crowded = waiting > this.crowd;
    expectSame('last trade price', live.lastTradePrice(), twin.lastTradePrice());
    expectSame('pending stops', live.pendingStopCount(), twin.pendingStopCount());
  }

  private compareAll(): void {
    const { live, twin } = this;
    this.compareViews();
    expectSame('best prices', [live.bestBid(), live.bestAsk()], [twin.bestBid(), twin.bestAsk()]);
    expectSame('trades', live.trades(), twin.trades());
    for (let id = 1; id <= this.lastId + 1; id++) {
      expectSame('order', live.getOrder(id), twin.getOrder(id));
      expectSame('stop', live.getStopOrder(id), twin.getStopOrder(id));
    }
  }
}

/** Runs a script. Throws what is wrong, with the number of the call. */
export function runScript(kit: Kit, { seed, words }: Script, tally: Tally): void {
  const random = randomStream(seed, 2);
  const trial = new Trial(kit, seed, tally, CROWD);
  const lookAt = random.below(words.length);
  const replays = random.oneIn(2);
  let at = 0;
  try {
    for (; at < words.length; at++) {
      trial.step(words[at]!);
      if (at !== lookAt) continue;
      if (replays) trial.checkReplay();
      else trial.startTail();
    }
    trial.finish();
  } catch (error) {
    const where = at < words.length ? `call ${at + 1}` : 'the end';
    throw new Error(`${where}: ${(error as Error).message}`, { cause: error });
  }
}

/** The invariant that an error of a script speaks of; null if it is a difference to the twin. */
export function brokenInvariantOf(error: unknown): number | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof BrokenInvariant) return cause.invariant;
  }
  return null;
}

function expectSame(what: string, live: unknown, twin: unknown): void {
  if (!same(live, twin)) throw new Error(`${what}: ${show(live)}, the twin has ${show(twin)}`);
}
