/** Indicators as tables for a terminal. */
import { formatDate } from '../../time.js';
import { type Palette, palette } from '../color.js';
import { clip, stripTerminal } from '../escape.js';
import { numberText } from '../format.js';
import { textTable } from '../table.js';
import type { TextOptions } from '../text.js';
import { decimalsFor } from './digits.js';
import { callOf, titleOf } from './names.js';
import type { AskedIndicator, IndicatorsInput, SymbolIndicators } from './types.js';

const WIDTH_DEFAULT = 80;
const WIDTH_MIN = 40;
/** Characters of a symbol in a table. */
const SYMBOL_SHOWN = 24;
const DECIMALS_MAX = 6;

/** What an indicator is called in a table. */
type Naming = (asked: AskedIndicator) => string;

/**
 * The values at the last date: for one symbol with those before, lowest, highest and the first date; for several one
 * table an indicator with a row a symbol. Where `width` is given and too small, titles become calls, and then the last
 * columns of one symbol go. The last line ends with a newline; terminal escapes in names are removed.
 */
export function indicatorsText(input: IndicatorsInput, options: TextOptions): string {
  const colors = palette(options.color);
  const width = Math.max(WIDTH_MIN, options.width ?? WIDTH_DEFAULT);
  const { symbols, asked } = input;
  // What is piped on is whole.
  const room = options.width === undefined ? Infinity : width;
  const tables =
    symbols.length === 1
      ? [oneSymbol(input, symbols[0]!, room, colors)]
      : asked.map((each, i) => manySymbols(each, i, symbols, room, colors));
  return `${[head(input, width, colors), ...tables].join('\n\n')}\n`;
}

function head({ name, dates, symbols }: IndicatorsInput, width: number, colors: Palette): string {
  const [from, to] = [dates[0]!, dates[dates.length - 1]!].map(formatDate);
  const bars = `${numberText(dates.length, 0)} bar${dates.length === 1 ? '' : 's'}`;
  const count = symbols.length === 1 ? '' : ` · ${numberText(symbols.length, 0)} symbols`;
  return [
    colors.strong(colors.accent(clip(stripTerminal(name), width))),
    colors.faint(clip(`${from} to ${to} · ${bars}${count}`, width)),
  ].join('\n');
}

function oneSymbol(input: IndicatorsInput, symbol: SymbolIndicators, width: number, colors: Palette): string {
  const { dates, asked } = input;
  const row = (label: string, values: Float64Array, decimals?: number): string[] => {
    const last = values.length - 1;
    const numbers = values.filter((value) => Number.isFinite(value));
    const first = values.findIndex((value) => Number.isFinite(value));
    const low = numbers.reduce((lowest, value) => Math.min(lowest, value), Infinity);
    const high = numbers.reduce((highest, value) => Math.max(highest, value), -Infinity);
    const digits = decimals ?? decimalsOf([low, high]);
    return [
      `  ${label}`,
      shown(values[last]!, digits),
      shown(values[last - 1] ?? Number.NaN, digits),
      shown(low, digits),
      shown(high, digits),
      first < 0 ? '-' : formatDate(dates[first]!),
    ];
  };
  const columns = ['Indicator', 'Last', 'Before', 'Lowest', 'Highest', 'First'];
  const table = (name: Naming): string[][] => {
    const rows = asked.flatMap((each, i) => {
      const outputs = symbol.outputs[i]!;
      if (outputs.length === 1) return [row(name(each), outputs[0]!)];
      return [
        [`  ${name(each)}`, '', '', '', '', ''],
        ...outputs.map((values, k) => {
          const output = each.row.outputs[k]!;
          return row(`  ${output}`, values, output === 'direction' ? 0 : undefined);
        }),
      ];
    });
    return [columns, row('Close', symbol.close, input.priceDecimals), ...rows];
  };
  return fitted([table(titleOf), table(callOf)], 2, width, colors);
}

/** The first of the tables that fits into the width; else the last, with as many of its columns as do, at least `least`. */
function fitted(
  tables: readonly (readonly string[][])[],
  least: number,
  width: number,
  colors: Palette,
): string {
  const plain = palette(false);
  const draw = (rows: readonly string[][], by: Palette): string => textTable(rows[0]!, rows.slice(1), by);
  const fits = (rows: readonly string[][]): boolean =>
    draw(rows, plain)
      .split('\n')
      .every((line) => line.length <= width);
  let rows = tables.find(fits) ?? tables[tables.length - 1]!;
  while (rows[0]!.length > least && !fits(rows)) rows = rows.map((cells) => cells.slice(0, -1));
  return draw(rows, colors);
}

function manySymbols(
  asked: AskedIndicator,
  i: number,
  symbols: readonly SymbolIndicators[],
  width: number,
  colors: Palette,
): string {
  const { outputs } = asked.row;
  const heads = outputs.length === 1 ? ['Last', 'Before'] : [...outputs];
  const cells = symbols.map(({ outputs: all }) => {
    const values = all[i]!;
    const last = values[0]!.length - 1;
    return outputs.length === 1
      ? [values[0]![last]!, values[0]![last - 1] ?? Number.NaN]
      : values.map((output) => output[last]!);
  });
  const digits = heads.map((head, k) => (head === 'direction' ? 0 : decimalsOf(cells.map((row) => row[k]!))));
  const rows = symbols.map(({ symbol }, j) => [
    `  ${clip(stripTerminal(symbol), SYMBOL_SHOWN)}`,
    ...cells[j]!.map((value, k) => shown(value, digits[k]!)),
  ]);
  const table = (name: Naming): string[][] => [[name(asked), ...heads], ...rows];
  return fitted([table(titleOf), table(callOf)], heads.length + 1, width, colors);
}

/** Decimals of values in one column. */
function decimalsOf(values: readonly number[]): number {
  const largest = values.reduce(
    (high, value) => (Number.isFinite(value) ? Math.max(high, Math.abs(value)) : high),
    0,
  );
  return decimalsFor(largest, DECIMALS_MAX);
}

/** A value with so many decimals; with three digits and an exponent where these would show nothing of it. */
function shown(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return '-';
  const size = Math.abs(value);
  const hidden = size !== 0 && size < 1e-4;
  return hidden || size >= 1e15 ? value.toExponential(3) : numberText(value, decimals);
}
