/** Somebody's code, run by the command. */

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs somebody's code. stdout is for the result alone: what it writes to the console goes to stderr. Ctrl-C ends the
 * process at once, even in a loop that never ends, in which a handler of ours would never be called.
 */
export async function inTheirHands<T>(work: () => Promise<T>): Promise<T> {
  const { log, info, debug } = console;
  console.log = console.info = console.debug = (...words: unknown[]) => console.error(...words);
  const handlers = SIGNALS.map((signal) => [signal, process.listeners(signal)] as const);
  for (const signal of SIGNALS) process.removeAllListeners(signal);
  try {
    return await work();
  } finally {
    for (const [signal, list] of handlers) for (const handler of list) process.once(signal, handler);
    Object.assign(console, { log, info, debug });
  }
}
