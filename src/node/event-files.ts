/** Order-event logs in files: replayed piece by piece whatever their size, written whole or not at all. */
import { createReadStream, statSync } from 'node:fs';
import type { Event, SymbolEvent } from '../exchange/event.js';
import { eventLines } from '../exchange/event-json.js';
import { EventReader } from '../exchange/event-reader.js';
import { Exchange, type ExchangeOptions } from '../exchange/exchange.js';
import { MultiExchange } from '../exchange/multi-exchange.js';
import type { ReplayNotes } from '../exchange/replay-into.js';
import { checkPath, readError } from './files.js';
import { LineFile } from './line-file.js';
import { checkOnProgress, feed, PIECE } from './pieces.js';

/** Is told now and then how many bytes of how many have been read; the total is NaN where it is not known. */
export type OnProgress = (done: number, total: number) => void;

/** Options of `replayEventFile`: those of the exchange, and progress. */
export interface ReplayFileOptions extends ExchangeOptions {
  /** Told how many bytes of how many have been read; the total is NaN where it is not known. */
  readonly onProgress?: OnProgress;
}

/** What `replayEventFile` gives: `exchange` for a log without symbols, `multi` for one with; the other is null. */
export type ReplayedFile = ReplayNotes & {
  /** SHA-256 of the bytes as they stand in the file, in hex. */
  readonly sha256: string;
} & (
    | { readonly exchange: Exchange; readonly multi: null }
    | { readonly exchange: null; readonly multi: MultiExchange }
  );

/**
 * Replays the order-event log of a file, plain or gzip, in pieces: the file may be larger than the memory.
 *
 * path     of the file
 * options  `stp` and `priceScale` of the exchange; `onProgress`
 *
 * Throws `DataSourceError` for a file that cannot be read, `SchemaError` with file and line for a line that is no event,
 * `OverflowError` where the open quantity of a side would pass 2^53 - 1. A last line that was cut off is left out and
 * given back.
 */
export async function replayEventFile(path: string, options: ReplayFileOptions = {}): Promise<ReplayedFile> {
  const { onProgress, ...rules } = options;
  checkPath(path);
  checkOnProgress(onProgress);
  const exchange = new Exchange(rules);
  const multi = new MultiExchange(rules);
  const reader = new EventReader((symbol) => (symbol === null ? exchange : multi.exchange(symbol)), {
    file: path,
  });
  const sha256 = await feedEventFile(path, reader, onProgress === undefined ? {} : { onProgress });
  const tornLastLine = reader.end();
  const notes = { events: reader.events, counts: reader.counts(), tornLastLine, sha256 };
  return multi.size === 0 ? { exchange, multi: null, ...notes } : { exchange: null, multi, ...notes };
}

/**
 * Gives the bytes of a log to a reader, unpacked; the caller ends it. The SHA-256 of the bytes as they came.
 *
 * path     of the file; what messages call the source where `source` is given
 * options  `source`: read this instead of the file; `onProgress`
 */
export async function feedEventFile(
  path: string,
  reader: EventReader,
  options: { readonly source?: AsyncIterable<Uint8Array>; readonly onProgress?: OnProgress } = {},
): Promise<string> {
  const { source, onProgress } = options;
  const total = source === undefined ? sizeOf(path) : Number.NaN;
  const pieces = source ?? createReadStream(path, { highWaterMark: PIECE });
  return feed(reader, pieces, path, (read) => onProgress?.(read, total));
}

/** Bytes of a file; NaN for a device or pipe. */
function sizeOf(path: string): number {
  try {
    const stats = statSync(path);
    return stats.isFile() ? stats.size : Number.NaN;
  } catch (cause) {
    throw readError(path, cause);
  }
}

/**
 * Writes a log: what `eventsToJsonl` gives, line by line. A reader, or a crash at any moment, sees the old file or all
 * of the new one.
 *
 * path    of the file; one that ends in .gz is packed
 * events  in order, all of them with a symbol or none
 *
 * Throws as `eventsToJsonl`, and `StorageError` or `ResourceLimitError` where the file cannot be written; then what
 * stood at `path` stays.
 */
export function writeEventFile(path: string, events: Iterable<Event | SymbolEvent>): void {
  const file = new LineFile(path);
  try {
    for (const line of eventLines(events)) file.line(line);
    file.commit();
  } catch (error) {
    file.abort();
    throw error;
  }
}
