/** Options in which the runs differ: all that is the same is left out. */
import { moneyText } from '../format.js';
import type { ConfigValue, ReportDocument } from './types.js';

/** One option and its value in every run, as text. */
export interface ConfigDifference {
  /** Dotted name; amounts in cents lose the ending `Cents` and are shown in currency units. */
  readonly option: string;
  readonly texts: readonly string[];
}

/** Characters of a digest that are shown: enough to tell two apart. */
const DIGEST_SHOWN = 12;

/** The rows that differ: options first, then symbols, input and version. */
export function configDifferences(runs: readonly ReportDocument[]): ConfigDifference[] {
  const settings = new Set(runs.flatMap((run) => [...run.provenance.settings.keys()]));
  const asked = [...settings].map((name) =>
    row(name, runs, (run) => run.provenance.settings.get(name) ?? 'not given'),
  );
  const keys = new Set(runs.flatMap((run) => [...run.config.keys()]));
  const rows = [...keys].map((key) =>
    row(shownName(key), runs, (run) => valueText(key, run.config.get(key))),
  );
  return [
    ...asked,
    ...rows,
    row('symbols', runs, (run) => symbolsText(run.symbols)),
    row('digest of prices and weights', runs, (run) => run.digests.input.slice(0, DIGEST_SHOWN)),
    row('version of nb-backtest', runs, (run) => run.provenance.version),
  ].filter(({ texts }) => texts.some((text) => text !== texts[0]));
}

function row(
  option: string,
  runs: readonly ReportDocument[],
  text: (run: ReportDocument) => string,
): ConfigDifference {
  return { option, texts: runs.map(text) };
}

function shownName(key: string): string {
  return key.replace(/Cents$/, '');
}

function valueText(key: string, value: ConfigValue | undefined): string {
  if (value === undefined || value === null) return 'none';
  return key.endsWith('Cents') && typeof value === 'number' ? moneyText(value) : String(value);
}

function symbolsText(symbols: readonly string[]): string {
  return `${symbols.length}: ${symbols.join(', ')}`;
}
