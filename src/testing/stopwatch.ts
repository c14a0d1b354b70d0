/** Time that a piece of work takes on a machine that does other things, too. */

/**
 * Starts a clock; each call of it gives the milliseconds since, by the wall clock or by the processor's, whichever is
 * less: a busy machine lengthens the one, memory that is tidied up in the background the other.
 */
export function stopwatch(): () => number {
  const start = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return Math.min(performance.now() - start, (user + system) / 1_000);
  };
}
