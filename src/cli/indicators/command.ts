/** `nb-backtest indicators`: price files in, indicators of every symbol out. */
import { ConfigError, InsufficientDataError, UnknownSymbolError } from '../../errors.js';
import { writeFileAtomic } from '../../node/files.js';
import { indicatorsCsv } from '../../report/indicators/csv.js';
import { indicatorsHtml, SYMBOLS_DRAWN } from '../../report/indicators/html.js';
import { indicatorsJson } from '../../report/indicators/json.js';
import { indicatorsText } from '../../report/indicators/text.js';
import { callOf } from '../../report/indicators/names.js';
import type { AskedIndicator, IndicatorsInput } from '../../report/indicators/types.js';
import { barAtOrAfter } from '../../series/bar-dates.js';
import { formatDate } from '../../time.js';
import { version } from '../../version.js';
import { type Context, widthOf } from '../context.js';
import { indicatorOption } from '../options/indicators.js';
import { pricesArgument } from '../run-arguments.js';
import { type Found, refuseOverwriting } from '../run-files.js';
import { loadPrices } from '../run-prices.js';
import type { Settings } from '../settings.js';
import { askedIndicators } from './asked.js';
import { computeIndicators, neededColumns } from './compute.js';

/** The symbols to read: the second one too, if some are chosen. */
function withAgainst(
  symbols: readonly string[] | undefined,
  against: string | undefined,
): readonly string[] | undefined {
  if (symbols === undefined || against === undefined || symbols.includes(against)) return symbols;
  return [...symbols, against];
}

/** An error about the second symbol names the option that it came from. */
function aboutAgainst(error: unknown, against: string | undefined, settings: Settings): unknown {
  if (!(error instanceof UnknownSymbolError) || error.detail?.value !== against) return error;
  if (settings.list('symbols')?.includes(against!)) return error;
  const { constraint, fix } = error.detail!;
  return new UnknownSymbolError(settings.label('against'), against, constraint, fix, { cause: error });
}

/** Whether a second symbol is named where one is needed, and only there. */
function checkAgainst(
  asked: readonly AskedIndicator[],
  against: string | undefined,
  settings: Settings,
): void {
  const pair = asked.find(({ row }) => row.inputs.includes('other'));
  if (pair !== undefined && against === undefined) {
    const label = `--${indicatorOption(pair.row.name)}`;
    throw new ConfigError(label, callOf(pair), 'a second symbol to compare with', 'name one: --against SPY');
  }
  if (pair === undefined && against !== undefined) {
    const fix = 'leave it out, or ask for --correl or --beta';
    throw new ConfigError(settings.label('against'), against, 'given with --correl or --beta', fix);
  }
}

/** `nb-backtest indicators PRICES`. */
export async function indicatorsCommand(context: Context): Promise<void> {
  const { settings, journal, console } = context;
  const paths = pricesArgument(context, 'indicators');
  refuseOverwriting(settings, paths);
  const asked = askedIndicators(settings);
  const needed = neededColumns(asked);
  const against = settings.text('against');
  checkAgainst(asked, against, settings);
  const found: Found = { files: [], notes: [] };
  const from = settings.numberIf('from');
  const to = settings.numberIf('to');
  if (from !== undefined && to !== undefined && from > to) {
    const constraint = `at or before to, ${formatDate(to)}`;
    throw new ConfigError(settings.label('from'), formatDate(from), constraint, 'swap from and to');
  }
  // Bars before --from warm the indicators up; they are not shown.
  const panel = await journal.phase('read', () =>
    loadPrices(
      paths,
      undefined,
      {
        symbols: withAgainst(settings.list('symbols'), against),
        from: undefined,
        to,
        priceScale: settings.numberIf('price-scale'),
        volume: needed.has('volume'),
      },
      context,
      found,
    ).catch((error: unknown) => {
      throw aboutAgainst(error, against, settings);
    }),
  );
  const first = from === undefined ? 0 : barAtOrAfter(panel.dates, from);
  if (first === panel.dates.length) {
    const detail = {
      field: settings.label('from'),
      value: formatDate(from!),
      constraint: `a date up to the last, ${formatDate(panel.dates[first - 1]!)}`,
      fix: 'set an earlier --from',
    };
    const message = `no price on or after ${detail.value}. Fix: ${detail.fix}`;
    throw new InsufficientDataError(message, {}, detail);
  }
  const { symbols, notes } = await journal.phase('compute', () =>
    computeIndicators(panel, asked, { against, wanted: settings.list('symbols'), first }, settings),
  );
  found.notes.push(...notes);
  const input: IndicatorsInput = {
    name: settings.text('name') ?? symbols.map(({ symbol }) => symbol).join(', '),
    dates: panel.dates.subarray(first),
    priceDecimals: String(panel.priceScale).length - 1,
    asked,
    symbols,
    provenance: { command: context.line(), files: found.files, version, notes: found.notes },
  };
  const text = await journal.phase('report', () => {
    const html = settings.text('html');
    // The page first: if it cannot be written, no result is printed as if all were well.
    if (html !== undefined) writeFileAtomic(html, indicatorsHtml(input));
    if (settings.on('json')) return indicatorsJson(input);
    if (settings.on('csv')) return indicatorsCsv(input);
    return indicatorsText(input, { color: context.color, ...widthOf(context) });
  });
  for (const sentence of found.notes) journal.note(sentence);
  console.out(text);
  const html = settings.text('html');
  if (html === undefined) return;
  const more =
    symbols.length > SYMBOLS_DRAWN ? `, the first ${SYMBOLS_DRAWN} of ${symbols.length} symbols` : '';
  journal.note(`Wrote ${html}${more}`);
}
