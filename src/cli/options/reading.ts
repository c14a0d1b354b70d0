/** Options of how price files are read. */
import { COLUMN_ROLES } from '../../series/column-names.js';
import { MISSING_CELLS } from '../../series/missing-cells.js';
import { PRICE_FORMATS } from '../../series/price-formats.js';
import type { Separator } from '../../series/table/separator.js';
import { type OptionGroup, READERS } from './option.js';

/** How separators are written on a command line. */
export const SEPARATOR_WORDS: Readonly<Record<string, Separator>> = {
  ',': ',',
  ';': ';',
  '|': '|',
  tab: '\t',
};

export const READING: OptionGroup = {
  title: 'Reading',
  options: [
    {
      name: 'symbols',
      value: 'A,B',
      kind: { type: 'list', symbols: true },
      help: 'use only these columns',
      commands: READERS,
      library: ['options.symbols', 'symbols'],
    },
    {
      name: 'from',
      value: 'DATE',
      kind: { type: 'date' },
      help: 'first date to use (YYYY-MM-DD)',
      commands: READERS,
      library: ['options.from'],
    },
    {
      name: 'to',
      value: 'DATE',
      kind: { type: 'date' },
      help: 'last date to use (YYYY-MM-DD)',
      commands: READERS,
      library: ['options.to'],
    },
    {
      name: 'price-scale',
      value: 'N',
      kind: { type: 'integer', min: 1, max: 1e6 },
      help: 'ticks per currency unit (found from the digits)',
      commands: READERS,
      library: ['options.priceScale', 'priceScale'],
    },
    {
      name: 'format',
      value: 'NAME',
      kind: { type: 'choice', choices: ['auto', ...PRICE_FORMATS] },
      default: 'auto',
      help: 'what wrote the file: auto (default), csv, yahoo, stooq, stooq-bulk, binance,\nalphavantage, tiingo, nasdaq, metatrader, json',
      commands: READERS,
      library: ['options.format', 'format'],
    },
    {
      name: 'separator',
      value: 'CHAR',
      kind: { type: 'choice', choices: Object.keys(SEPARATOR_WORDS) },
      help: "between the columns: ',' ';' '|' or tab (found)",
      commands: READERS,
      library: ['options.separator', 'separator'],
    },
    {
      name: 'decimal',
      value: 'MARK',
      kind: { type: 'choice', choices: ['.', ','] },
      help: "decimal mark of the prices: '.' or ',' (found)",
      commands: READERS,
      library: ['options.decimal', 'decimal'],
    },
    {
      name: 'date-order',
      value: 'ORDER',
      kind: { type: 'choice', choices: ['ymd', 'dmy', 'mdy'] },
      help: 'of dates such as 03/04/2020: dmy or mdy (asked for where no date tells)',
      commands: READERS,
      library: ['options.dateOrder', 'dateOrder'],
    },
    {
      name: 'header',
      value: 'yes|no',
      kind: { type: 'choice', choices: ['yes', 'no'] },
      help: 'whether the first row holds names (found)',
      commands: READERS,
      library: ['options.header', 'header'],
    },
    {
      name: 'columns',
      value: 'ROLE=COLUMN,...',
      kind: { type: 'list' },
      help: 'which column is which, by name or number: date=Day,close=5',
      commands: READERS,
      library: ['options.columns', ...COLUMN_ROLES.map((role) => `options.columns.${role}`)],
    },
    {
      name: 'adjusted',
      value: 'yes|no',
      kind: { type: 'choice', choices: ['yes', 'no'] },
      default: 'yes',
      help: 'use the adjusted close where there is one (yes)',
      commands: READERS,
      library: ['options.adjusted', 'adjusted'],
    },
    {
      name: 'missing-cells',
      value: 'POLICY',
      kind: { type: 'choice', choices: MISSING_CELLS },
      default: 'skip-empty',
      help: 'cells without a price: skip-empty (default: leaves out dates without any, keeps the\nothers, see --missing-price), keep, error, drop (their dates), carry (the last price)',
      commands: READERS,
      library: ['options.missing', 'missing'],
    },
    {
      name: 'intraday',
      value: 'POLICY',
      kind: { type: 'choice', choices: ['error', 'daily'] },
      default: 'error',
      help: 'several bars a day: error (default), or daily to make one of them',
      commands: READERS,
      library: ['options.intraday', 'intraday'],
    },
    {
      name: 'rejects',
      value: 'FILE',
      kind: { type: 'file' },
      help: 'leave bad rows out and list them here (CSV), instead of refusing the file',
      commands: READERS,
    },
  ],
};
