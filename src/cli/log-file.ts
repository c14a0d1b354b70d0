/** The log file: one JSON object a line. The one door to pino, loaded only when a log is asked for. */
import { openSync, writeSync } from 'node:fs';
import { pino } from 'pino';
import { writeError } from '../node/files.js';
import { stripTerminal } from '../report/escape.js';
import { isSecretName, MASK, maskSecrets } from './mask.js';

export type LogLevel = 'info' | 'error';

/** A log that is open. */
export interface LogFile {
  /** One line: level, time, text, and fields beside them. On the disk when this returns. */
  write(level: LogLevel, text: string, fields?: Readonly<Record<string, unknown>>): void;
}

/**
 * Opens a log for appending. Each line is written at once, so that nothing is lost however the process ends; JSON
 * escapes line breaks, terminal sequences are taken out and secrets masked.
 *
 * Throws `StorageError` when the file cannot be opened or written, `ResourceLimitError` when the disk is full.
 */
export function openLog(path: string): LogFile {
  let file: number;
  try {
    file = openSync(path, 'a', 0o666);
  } catch (cause) {
    throw writeError(path, cause);
  }
  const destination = {
    write(line: string): void {
      try {
        writeSync(file, line);
      } catch (cause) {
        throw writeError(path, cause);
      }
    },
  };
  const logger = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (name) => ({ level: name }) },
    },
    destination,
  );
  return {
    write(level, text, fields = {}) {
      logger[level](clean(fields) as Record<string, unknown>, clean(text) as string);
    },
  };
}

/** Texts without terminal sequences and secrets, at any depth. */
function clean(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return isSecretName(name) ? MASK : maskSecrets(withoutSequences(value));
  if (Array.isArray(value)) return value.map((item) => clean(item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, clean(item, key)]));
  }
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** Line breaks stay: JSON writes them as `\n`. */
function withoutSequences(text: string): string {
  return text.split('\n').map(stripTerminal).join('\n');
}
