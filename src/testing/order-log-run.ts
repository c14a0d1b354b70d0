/** A long log of orders of every kind, made by a live exchange, and its replay by the command on any Node. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Exchange } from '../exchange/index.js';
import { writeEventFile } from '../node/index.js';
import { cleanEnv, withoutHooks } from './child.js';
import { findNode, SUPPORTED_NODES } from './other-nodes.js';
import { randomStream } from './random.js';
import { ROOT } from './repository.js';

const MID = 10_000;
const POLICIES = ['off', 'cancel-newest', 'cancel-oldest', 'decrement-and-cancel'] as const;
const TIMES = ['gtc', 'gtc', 'gtc', 'gtc', 'ioc', 'fok'] as const;

/** An exchange that has taken `inputs` random orders, cancels, modifications, stops, trailing stops and bars. */
export function liveRun(inputs: number, seed: number): Exchange {
  const exchange = new Exchange();
  const { below, of, oneIn } = randomStream(seed, 0);
  const recent = (): number => Math.max(1, ids - below(2_000));
  let ids = 0;
  for (let i = 0; i < inputs; i++) {
    const kind = below(100);
    const side = of(['buy', 'sell'] as const);
    const sign = side === 'buy' ? 1 : -1;
    const quantity = 1 + below(100);
    const owner = oneIn(3) ? 1 + below(5) : null;
    const options = { owner, stp: of(POLICIES) };
    const stop = MID + sign * below(60);
    if (kind < 55) exchange.submitLimit(side, MID + sign * (10 - below(60)), quantity, of(TIMES), options);
    else if (kind < 65) exchange.submitMarket(side, quantity, options);
    else if (kind < 90) exchange.cancel(recent());
    else if (kind < 94) exchange.modify(recent(), MID - below(40) + 20, quantity);
    else if (kind < 95) exchange.submitStopMarket(side, stop, quantity, options);
    else if (kind < 96) exchange.submitStopLimit(side, stop, stop + sign * 5, quantity, of(TIMES), options);
    else if (kind < 97) {
      const trail = of([
        { kind: 'fixed', offset: 1 + below(30) },
        { kind: 'percentage', fraction: 0.0007 },
        { kind: 'atr', multiplier: 1.5, period: 14 },
      ] as const);
      exchange.submitTrailingStopMarket(side, stop, quantity, trail, options);
    } else if (kind < 98) {
      exchange.submitTrailingStopLimit(side, stop, quantity, { kind: 'fixed', offset: 9 }, 3, options);
    } else {
      const low = MID - 1 - below(50);
      const high = MID + below(50);
      exchange.onBar(high, low, low + below(high - low + 1));
    }
    if (kind < 65 || (kind >= 94 && kind < 98)) ids += 1;
  }
  return exchange;
}

/** What came of a log of `inputs` events: the state hash live, and as each Node's `book replay` gives it. */
export function replayEverywhere(
  inputs: number,
  seed: number,
): { live: string; replayed: Map<string, string> } {
  const folder = mkdtempSync(join(tmpdir(), 'nb-orders-'));
  try {
    const path = join(folder, 'events.jsonl');
    const exchange = liveRun(inputs, seed);
    writeEventFile(path, exchange.events());
    const replayed = new Map<string, string>();
    const nodes = SUPPORTED_NODES.map((version) => [version, findNode(version)] as const);
    for (const [version, node] of [['this one', process.execPath] as const, ...nodes]) {
      if (node !== undefined) replayed.set(version, replay(node, path));
    }
    return { live: exchange.stateHash(), replayed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function replay(node: string, path: string): string {
  const args = [join(ROOT, 'dist', 'src', 'cli', 'main.js'), 'book', 'replay', path, '--json', '--quiet'];
  const env = cleanEnv();
  const text = withoutHooks(() =>
    execFileSync(node, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  return (JSON.parse(text) as { stateHash: string }).stateHash;
}
