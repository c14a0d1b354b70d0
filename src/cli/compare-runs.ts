/** `nb-backtest compare-runs`: the JSON reports of several runs in, their comparison out. */
import { ConfigError } from '../errors.js';
import { readTextAndDigest, writeFileAtomic } from '../node/files.js';
import { compareCsv } from '../report/compare/csv.js';
import { compareHtml } from '../report/compare/html.js';
import { compareJson } from '../report/compare/json.js';
import { RUNS_MAX, RUNS_MIN } from '../report/compare/model.js';
import { parseReportJson } from '../report/compare/parse-report.js';
import { compareText } from '../report/compare/text.js';
import type { CompareInput } from '../report/compare/types.js';
import { version } from '../version.js';
import type { Typed } from './args.js';
import { type Console, note } from './terminal.js';

/** What the command is told beside the words typed. */
export interface CompareContext {
  /** The command line, for the page. */
  readonly command?: string;
  /** Columns of the terminal; 80 where stdout is none. */
  readonly width?: number;
}

/**
 * Reads two to twelve JSON reports, compares the runs and writes: tables (or `--json`, `--csv`) to stdout, a page
 * to `--html`. Throws what went wrong: `ConfigError` for the words, `SchemaError` for a file that is no report of a
 * run, `DataSourceError` for one that cannot be read, `InsufficientDataError` for runs that share no period.
 */
export async function compareRunsCommand(
  typed: Typed,
  console: Console,
  color: boolean,
  context: CompareContext = {},
): Promise<void> {
  const { positionals: files, values, switches } = typed;
  checkFiles(files);
  const html = values.get('html');
  const name = values.get('name');
  const input: CompareInput = {
    runs: files.map((file) => {
      const { text, sha256 } = readTextAndDigest(file);
      return parseReportJson(text, { file, sha256 });
    }),
    version,
    ...(name === undefined ? {} : { name }),
    ...(context.command === undefined ? {} : { command: context.command }),
  };
  const width = context.width === undefined ? {} : { width: context.width };
  const text = switches.has('json')
    ? compareJson(input)
    : switches.has('csv')
      ? compareCsv(input)
      : compareText(input, { color: color && !switches.has('no-color'), ...width });
  // The page first: if it cannot be written, no result is printed as if all were well.
  if (html !== undefined) writeFileAtomic(html, compareHtml(input));
  console.out(text);
  if (html !== undefined && !switches.has('quiet')) note(console, `Wrote ${html}`);
}

function checkFiles(files: readonly string[]): void {
  if (files.length < RUNS_MIN) {
    throw new ConfigError(
      'FILES',
      files.join(' '),
      `${RUNS_MIN} to ${RUNS_MAX} JSON reports`,
      'write nb-backtest compare-runs a.json b.json, made by nb-backtest run PRICES --json > a.json',
    );
  }
  if (files.length > RUNS_MAX) {
    throw new ConfigError(
      'FILES',
      files.length,
      `${RUNS_MIN} to ${RUNS_MAX} JSON reports`,
      'compare fewer at a time',
    );
  }
}
