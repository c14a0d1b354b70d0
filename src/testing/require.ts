/** The rule for tests that need a program which not every machine has. */

/** The part of a tap test that the rule uses. */
interface Test {
  plan(count: number, comment?: string): void;
  fail(message: string): unknown;
}

/**
 * Whether a test that needs `name` can run. Where it was not found, the test is skipped with one line saying what
 * to install; with `NB_REQUIRE=all` in the environment it fails instead.
 *
 * t            the tap test, before its first assertion
 * name         what is needed, for example `Chromium`
 * found        whether it is there
 * installHint  what to do, for example `install chromium or set NB_CHROMIUM`
 */
export function requireOrSkip(t: Test, name: string, found: boolean, installHint: string): boolean {
  if (found) return true;
  const reason = `${name} not found: ${installHint}`;
  if (process.env.NB_REQUIRE === 'all') t.fail(`${reason} (NB_REQUIRE=all turns this skip into a failure)`);
  else t.plan(0, reason);
  return false;
}
