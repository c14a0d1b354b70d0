/** How a command ends: what is printed for an error, and with which code. */
import { DataError, type ExitCode, NbError } from '../errors.js';

/** The exit codes of every command, as the help lists them. */
export const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'done'],
  [1, 'the command line or an option is wrong'],
  [2, 'the data are missing or wrong'],
  [3, 'a fit or a solver failed'],
  [4, 'a limit of memory, time or disk was met'],
  [5, 'a risk limit refused the trade'],
  [130, 'interrupted'],
  [255, 'unexpected: please report it'],
];

/** What to print on stderr for an error, and the code to end with. */
export interface Failure {
  readonly text: string;
  readonly code: ExitCode;
}

/**
 * Turns anything thrown into a line for stderr (JSON when `json`), without a stack trace unless `debug`.
 * Errors that are not ours are unexpected: 255.
 */
export function failureOf(error: unknown, json: boolean, debug: boolean): Failure {
  const known = error instanceof NbError;
  const code: ExitCode = known ? error.exitCode : 255;
  const message = printable(error instanceof Error ? error.message : String(error));
  const stack = debug && error instanceof Error ? `\n${error.stack}` : '';
  if (json) {
    const detail = known && error.detail ? { ...error.detail, value: plain(error.detail.value) } : {};
    const place = error instanceof DataError ? error.place : {};
    const body = {
      error: { code: known ? error.code : 'UNEXPECTED', exitCode: code, message, ...place, ...detail },
    };
    return { text: JSON.stringify(body) + stack, code };
  }
  const hint =
    known || debug ? '' : '\nThis is a bug in nb-backtest. Run again with --debug and report what it prints.';
  return { text: `nb-backtest: ${message}${hint}${stack}`, code };
}

/** Numbers that JSON has no word for become text. */
function plain(value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** The text with control characters (terminal escapes) shown, not obeyed. */
export function printable(text: string): string {
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0)!;
    const control = (code < 32 && char !== '\n') || (code >= 127 && code < 160);
    out += control ? `\\x${code.toString(16).padStart(2, '0')}` : char;
  }
  return out;
}
