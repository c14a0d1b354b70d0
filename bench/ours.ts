/** Our side of a benchmark: a process that stays alive, reads commands on stdin and answers with JSON lines. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { version } from '../src/version.js';
import type { Bench, Job, Params } from './harness.js';
import { readInput } from './inputs.js';

type Command =
  | { readonly op: 'info' }
  | {
      readonly op: 'prepare';
      readonly kernel: string;
      readonly input: string | null;
      readonly params: Params;
    }
  | { readonly op: 'time'; readonly repeat: number; readonly cold: boolean }
  | { readonly op: 'memory' };

let current: Job | undefined;

async function answer(bench: Bench, command: Command): Promise<Record<string, unknown>> {
  switch (command.op) {
    case 'info':
      return { version: bench.version ?? version };
    case 'prepare': {
      const kernel = bench.kernels[command.kernel];
      if (kernel === undefined) throw new Error(`bench ${bench.name} has no kernel ${command.kernel}`);
      resetPeak();
      current = kernel(command.input === null ? {} : readInput(command.input), command.params);
      return {};
    }
    case 'time': {
      if (current === undefined) throw new Error('time before prepare');
      return time(current, command.repeat, command.cold);
    }
    case 'memory':
      return { peakBytes: peakBytes() };
  }
}

async function time(job: Job, repeat: number, cold: boolean): Promise<Record<string, unknown>> {
  globalThis.gc?.();
  // While the other side ran, memory and caches went cold: one call that is not timed.
  let result = cold ? undefined : job.run();
  if (result instanceof Promise) result = await result;
  const start = process.hrtime.bigint();
  for (let i = 0; i < repeat; i++) {
    result = job.run();
    if (result instanceof Promise) result = await result;
  }
  const ms = Number(process.hrtime.bigint() - start) / 1e6 / repeat;
  return { ms, check: job.check(result) };
}

/** Linux can start the high-water mark of a process afresh; elsewhere it counts from the start of the process. */
function resetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Not Linux, or not allowed: the mark from the start of the process stands.
  }
}

function peakBytes(): number {
  try {
    // Not resourceUsage(): on Linux that starts with the size of the process that started this one.
    const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    if (match !== null) return Number(match[1]) * 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS * 1024;
}

const module = (await import(`./${process.argv[2]}.bench.js`)) as { bench: Bench };
for await (const line of createInterface({ input: process.stdin })) {
  let reply: Record<string, unknown>;
  try {
    reply = await answer(module.bench, JSON.parse(line) as Command);
  } catch (error) {
    reply = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
