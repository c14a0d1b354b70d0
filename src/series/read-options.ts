/** Options of the price readers, what they give back, and the checks of both. */
import { checkBoolean, checkInteger, checkKeys, checkOneOf } from '../check.js';
import { ValidationError } from '../errors.js';
import { checkPriceScale } from '../money.js';
import { DAY_MAX, DAY_MIN, formatDate } from '../time.js';
import { COLUMN_ROLES, type ColumnChoice } from './column-names.js';
import type { DateOrderName } from './date-format.js';
import { MISSING_CELLS, type MissingCells } from './missing-cells.js';
import { PRICE_FORMATS, type PriceFormatName } from './price-formats.js';
import type { PriceLayoutName } from './price-layout.js';
import type { PricePanel } from './price-panel.js';
import type { RowFilter } from './price-rows.js';
import type { PlanChoice } from './read-plan.js';
import type { RejectedRow } from './row-problems.js';
import { type Separator, SEPARATORS } from './table/separator.js';

/** Options of `readPrices` and `PriceReader`. What is left out is found from the file, and told in the notes. */
export interface ReadPricesOptions {
  /** Name of the file, for messages and for the symbol of a file of one symbol. */
  readonly file?: string;
  /** Forces the price scale, a power of ten from 1 to 1,000,000; finer prices are rounded half to even and counted. */
  readonly priceScale?: number;
  /** First epoch day to keep. Default: the file's first. */
  readonly from?: number;
  /** Last epoch day to keep. Default: the file's last. */
  readonly to?: number;
  /** Symbols to keep, in this order. Default: all, in the order of the file. */
  readonly symbols?: readonly string[];
  /** Whether an adjusted close is used where the file has one. Default true. */
  readonly adjusted?: boolean;
  /** Bad rows that the error names; the others are counted. Default 5. */
  readonly maxErrors?: number;
  /** Where the file comes from. Default `auto`. */
  readonly format?: 'auto' | PriceFormatName;
  /** Character between the columns. */
  readonly separator?: Separator;
  /** Decimal mark of the prices. */
  readonly decimal?: '.' | ',';
  /** Order of day and month in dates such as 03/04/2020. */
  readonly dateOrder?: DateOrderName;
  /** Whether the first row holds names. */
  readonly header?: boolean;
  /** Which column is which, by name or position from 1. */
  readonly columns?: ColumnChoice;
  /** What becomes of cells without a price. Default `keep`. */
  readonly missing?: MissingCells;
  /** Several bars a day: an error (default), or one made of them. */
  readonly intraday?: 'error' | 'daily';
  /** Whether traded volumes are kept, where the file has them. Default false. */
  readonly volume?: boolean;
  /** Takes bad rows, which are then left out; without it they are an error. */
  readonly onReject?: (row: RejectedRow) => void;
  /** Last epoch day that is believed; a later one is an error. */
  readonly lastDay?: number;
}

/** What the reader saw and decided. */
export interface ReadNotes {
  /** The format that was recognised. */
  readonly format: PriceFormatName;
  readonly layout: PriceLayoutName;
  /** Dates kept. */
  readonly rows: number;
  /** Symbols kept. */
  readonly symbols: number;
  readonly firstDate: number;
  readonly lastDate: number;
  readonly priceScale: number;
  /** Whether the caller chose the price scale. */
  readonly scaleForced: boolean;
  /** Most decimals of a price as read (after rounding). */
  readonly decimals: number;
  /** Cells of the close without a price, before the policy for them. */
  readonly missingCells: number;
  /** Cells that a forced scale changed, or that had more than six decimals. */
  readonly roundedCells: number;
  /** Rows of data in the file. */
  readonly dataRows: number;
  /** Rows left out because they were bad. */
  readonly rejectedRows: number;
  /** The same for a person, to print one per line. */
  readonly sentences: readonly string[];
}

/** Prices, and what the reader saw. */
export interface ReadPricesResult {
  readonly panel: PricePanel;
  readonly notes: ReadNotes;
}

const KEYS: readonly string[] = [
  'file',
  'priceScale',
  'from',
  'to',
  'symbols',
  'adjusted',
  'maxErrors',
  'format',
  'separator',
  'decimal',
  'dateOrder',
  'header',
  'columns',
  'missing',
  'intraday',
  'volume',
  'onReject',
  'lastDay',
];

/** Checks every option; throws `ValidationError`. */
export function checkReadOptions(options: ReadPricesOptions): { choice: PlanChoice; filter: RowFilter } {
  checkKeys('options', options, KEYS);
  const { priceScale, adjusted, maxErrors, header, onReject, symbols } = options;
  if (priceScale !== undefined) checkPriceScale(priceScale, 'options.priceScale');
  if (adjusted !== undefined) checkBoolean('options.adjusted', adjusted);
  if (header !== undefined) checkBoolean('options.header', header);
  if (options.volume !== undefined) checkBoolean('options.volume', options.volume);
  if (maxErrors !== undefined) checkInteger('options.maxErrors', maxErrors, 1, 1_000_000);
  if (onReject !== undefined && typeof onReject !== 'function') {
    throw new ValidationError('options.onReject', onReject, 'a function', 'pass a function that takes a row');
  }
  const format = checkOneOf('options.format', options.format ?? 'auto', ['auto', ...PRICE_FORMATS]);
  if (options.separator !== undefined) checkOneOf('options.separator', options.separator, SEPARATORS);
  const decimal =
    options.decimal === undefined ? undefined : checkOneOf('options.decimal', options.decimal, ['.', ',']);
  const dateOrder =
    options.dateOrder === undefined
      ? undefined
      : checkOneOf('options.dateOrder', options.dateOrder, ['ymd', 'dmy', 'mdy']);
  if (options.missing !== undefined) checkOneOf('options.missing', options.missing, MISSING_CELLS);
  const intraday = checkOneOf('options.intraday', options.intraday ?? 'error', ['error', 'daily']);
  const day = (name: 'from' | 'to' | 'lastDay', fallback: number): number =>
    options[name] === undefined ? fallback : checkInteger(`options.${name}`, options[name], DAY_MIN, DAY_MAX);
  const from = day('from', DAY_MIN);
  const to = day('to', DAY_MAX);
  if (from > to) {
    const constraint = `at or before to, ${formatDate(to)}`;
    throw new ValidationError('options.from', formatDate(from), constraint, 'swap from and to');
  }
  return {
    choice: {
      format: format === 'auto' ? undefined : format,
      decimal,
      dateOrder,
      header,
      columns: checkColumns(options.columns ?? {}),
      adjusted: adjusted ?? true,
    },
    filter: {
      from,
      to,
      symbols: checkSymbols(symbols),
      forcedScale: priceScale,
      daily: intraday === 'daily',
      volume: options.volume ?? false,
      lastDay: day('lastDay', DAY_MAX),
    },
  };
}

function checkSymbols(symbols: readonly string[] | undefined): readonly string[] | undefined {
  if (symbols === undefined) return undefined;
  if (
    !Array.isArray(symbols) ||
    symbols.length === 0 ||
    symbols.some((symbol) => typeof symbol !== 'string')
  ) {
    const fix = 'leave it out to read all';
    throw new ValidationError('options.symbols', symbols, 'an array of at least one symbol', fix);
  }
  const known = new Set<string>();
  for (const symbol of symbols) {
    if (known.has(symbol)) {
      throw new ValidationError(
        'options.symbols',
        symbol,
        'symbols without repeats',
        'name each symbol once',
      );
    }
    known.add(symbol);
  }
  return symbols;
}

function checkColumns(columns: ColumnChoice): ColumnChoice {
  checkKeys('options.columns', columns, COLUMN_ROLES);
  for (const [role, choice] of Object.entries(columns)) {
    const ok =
      typeof choice === 'number'
        ? Number.isInteger(choice) && choice >= 1
        : typeof choice === 'string' && choice !== '';
    if (!ok) {
      const fix = 'write a name of the header, or a number such as 1';
      throw new ValidationError(`options.columns.${role}`, choice, 'the name or position of a column', fix);
    }
  }
  return columns;
}

/** The symbol of a file of one symbol: its name without folder and ending, `PRICE` where no file is known. */
export function symbolOf(file: string | undefined): string {
  const base = (file ?? '').slice(
    Math.max((file ?? '').lastIndexOf('/'), (file ?? '').lastIndexOf('\\')) + 1,
  );
  const dot = base.indexOf('.', 1);
  return (dot < 0 ? base : base.slice(0, dot)).trim() || 'PRICE';
}
