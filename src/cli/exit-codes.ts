/** How a command ends: what is printed for an error, and with which code. */
import { type ExitCode, NbError } from '../errors.js';
import { isSecretName, MASK, maskSecrets } from './mask.js';

/** The exit codes of every command, as the help lists them. */
export const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'done'],
  [1, 'the command line or an option is wrong'],
  [2, 'the data are missing or wrong'],
  [3, 'a fit or a solver failed'],
  [4, 'a limit of memory, time or disk was met'],
  [5, 'a risk limit refused the trade'],
  [130, 'interrupted (143: terminated)'],
  [255, 'unexpected: please report it'],
];

/** What to print on stderr for an error, and the code to end with. */
export interface Failure {
  readonly text: string;
  readonly code: ExitCode;
  /** Every part of the error, null where the error has none: the object that --json prints, and the log. */
  readonly error: Readonly<Record<string, unknown>>;
}

/**
 * Turns anything thrown into a line for stderr (JSON when `json`), without a stack trace unless `debug`.
 * Errors that are not ours are unexpected: 255. Secrets are masked, control characters shown.
 */
export function failureOf(error: unknown, json: boolean, debug: boolean): Failure {
  const known = error instanceof NbError;
  const code: ExitCode = known ? error.exitCode : 255;
  const message = maskSecrets(printable(inOptions(error instanceof Error ? error.message : String(error))));
  const stack = debug && error instanceof Error ? `\n${maskSecrets(printable(String(error.stack)))}` : '';
  const { file = null, row = null, column = null, record } = (known ? error.place : undefined) ?? {};
  const detail = (known ? error.detail : undefined) ?? detailIn(message, column, file);
  const parts = {
    code: known ? error.code : 'UNEXPECTED',
    exitCode: code,
    message,
    field: detail.field,
    value: plain(detail.value, detail.field),
    constraint: detail.constraint,
    fix: detail.fix,
    file,
    row,
    column,
    ...(record === undefined ? {} : { record }),
  };
  if (json) return { text: JSON.stringify({ error: parts }) + stack, code, error: parts };
  const hint =
    known || debug ? '' : '\nThis is a bug in nb-backtest. Run again with --debug and report what it prints.';
  return { text: `nb-backtest: ${message}${hint}${stack}`, code, error: parts };
}

/** What the library advises in the words of TypeScript, in those of the command line. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /set missingPrice: 'mark-last' to value it at its last price/g,
    'use --missing-cells carry or drop, or --missing-price mark-last, which leaves it at its last price',
  ],
  [/missingPrice: 'mark-last'/g, '--missing-price mark-last'],
  [/(--[a-z-]+): true/g, '$1'],
];

function inOptions(message: string): string {
  return ADVICE.reduce((text, [words, option]) => text.replace(words, option), message);
}

interface Parts {
  readonly field: string | null;
  readonly value: unknown;
  readonly constraint: string | null;
  readonly fix: string | null;
}

/** The parts of an error that came without them, from its message: `place: what is wrong. Fix: what to do`. */
function detailIn(message: string, column: string | null, file: string | null): Parts {
  const [said, fix] = message.split(/\. Fix: |; (?=check |give |use |set )/, 2);
  const wrong = file !== null && said!.startsWith(file) ? said!.slice(said!.indexOf(': ') + 2) : said!;
  const field = column ?? (file === null ? null : 'file');
  return {
    field,
    value: field === 'file' ? file : null,
    constraint: wrong,
    fix: fix?.replace(/\.$/, '') ?? null,
  };
}

/** Numbers that JSON has no word for become text; secrets are masked. */
function plain(value: unknown, field: string | null): unknown {
  if (typeof value === 'string') return field !== null && isSecretName(field) ? MASK : maskSecrets(value);
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol')
    return String(value);
  return (typeof value === 'number' && !Number.isFinite(value)) || value === undefined
    ? String(value)
    : value;
}

// Control characters but the line feed, marks that change the writing direction, and characters without width.
const UNSAFE = /[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\u200b\u2060-\u206f\ufeff]/gu;

/**
 * The text with control characters (terminal escapes) and direction overrides shown, not obeyed. Lines after the
 * first are indented, so that a line break in a name does not look like a message of its own.
 */
export function printable(text: string): string {
  return text
    .replace(UNSAFE, (char) => {
      const code = char.codePointAt(0)!;
      return code < 256
        ? `\\x${code.toString(16).padStart(2, '0')}`
        : `\\u${code.toString(16).padStart(4, '0')}`;
    })
    .replace(/\n(?=[^\s])/g, '\n  ');
}
