/** What went wrong in somebody's strategy, at the line where it did: their frames, none of ours or of Node's. */
import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DataPlace, InvalidWeightsError, StrategyError } from '../../errors.js';

/** Where our own compiled code is. */
const OURS = new URL('../../../', import.meta.url).href;
const CHECK_MS = 10_000;

/** A line of a stack that is the user's. */
interface Frame {
  readonly file: string;
  readonly row: number;
  readonly text: string;
}

/** The error of a run as its author should see it: file and line first. Others are returned as they are. */
export function atTheirLine(error: unknown, path: string): unknown {
  const file = basename(path);
  if (error instanceof InvalidWeightsError) {
    const { field, value, constraint, fix } = error.detail;
    const where = field.replace(/^weights at bar/, `what ${file} returned at bar`);
    return new InvalidWeightsError(where, value, constraint, fix, { place: { file }, cause: error });
  }
  // One that has a place has been told already.
  if (!(error instanceof StrategyError) || error.place !== undefined) return error;
  const [frame] = framesOf(error.cause);
  const { barIndex } = error;
  const options = { cause: error.cause, ...(barIndex === undefined ? {} : { barIndex }) };
  return failed(frame, file, error.message, options);
}

/** What making a strategy threw. */
export function cannotMake(path: string, error: unknown): StrategyError {
  const [frame] = framesOf(error);
  const message = `createStrategy failed: ${described(error)}`;
  return failed(frame, basename(path), message, { cause: error });
}

/** What importing a strategy threw. */
export function cannotLoad(path: string, error: unknown): StrategyError {
  const file = basename(path);
  const [frame] = framesOf(error);
  const row = frame?.row ?? (error instanceof SyntaxError ? syntaxLine(path) : undefined);
  const at = frame ?? (row === undefined ? undefined : { file, row, text: '' });
  return failed(at, file, `the module cannot be loaded: ${described(error)}`, { cause: error });
}

function failed(
  frame: Frame | undefined,
  file: string,
  message: string,
  options: { cause?: unknown; barIndex?: number },
): StrategyError {
  const place: DataPlace = frame === undefined ? { file } : { file: frame.file, row: frame.row };
  const where = frame === undefined ? file : `${frame.file}:${frame.row}`;
  const inside = frame === undefined || frame.text === '' ? '' : ` (at ${frame.text})`;
  return new StrategyError(`${where}: ${message}${inside}`, { ...options, place });
}

function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Only the name: where it is imported from is said before.
  const message = error.message.replace(/ imported from .*$/s, '');
  return `${error.name}: ${message}`;
}

/** The frames of an error that are neither ours nor Node's, innermost first. */
function framesOf(error: unknown): Frame[] {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return [];
  const frames: Frame[] = [];
  for (const line of error.stack.split('\n')) {
    const [, name = '', url, row, column] =
      /^\s+at (?:async )?(?:(.*) \()?(file:\/\/.*?):(\d+):(\d+)\)?$/.exec(line) ?? [];
    if (url === undefined || url.startsWith(OURS)) continue;
    const file = basename(fileURLToPath(url.replace(/\?.*$/, '')));
    frames.push({
      file,
      row: Number(row),
      text: `${name === '' ? '' : `${name}, `}${file}:${row}:${column}`,
    });
  }
  return frames;
}

/** The line of a syntax error, which the engine tells only to a terminal. */
function syntaxLine(path: string): number | undefined {
  const { stderr } = spawnSync(process.execPath, ['--check', path], { encoding: 'utf8', timeout: CHECK_MS });
  const [, row] = /^.*:(\d+)$/m.exec(stderr ?? '') ?? [];
  return row === undefined ? undefined : Number(row);
}
