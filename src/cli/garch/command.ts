/** `nb-backtest garch`: price files in, a volatility model of every symbol out. */
import { ConfigError } from '../../errors.js';
import { writeFileAtomic } from '../../node/files.js';
import { garchCsv } from '../../report/garch/csv.js';
import { garchHtml, SYMBOLS_DRAWN } from '../../report/garch/html.js';
import { garchJson } from '../../report/garch/json.js';
import { horizonOf } from '../../report/garch/model.js';
import { garchText } from '../../report/garch/text.js';
import type { GarchAsked, GarchInput } from '../../report/garch/types.js';
import { version } from '../../version.js';
import { type Context, widthOf } from '../context.js';
import { endedNote } from '../price-series.js';
import { pricesArgument } from '../run-arguments.js';
import { type Found, refuseOverwriting } from '../run-files.js';
import { loadPrices } from '../run-prices.js';
import type { Settings } from '../settings.js';
import { fitSymbols } from './fits.js';

/** `nb-backtest garch PRICES`. */
export async function garchCommand(context: Context): Promise<void> {
  const { settings, journal, console } = context;
  const paths = pricesArgument(context, 'garch');
  refuseOverwriting(settings, paths);
  const asked = askedModel(settings);
  const found: Found = { files: [], notes: [] };
  const horizon = horizonFor(asked, settings, found);
  const wanted = settings.list('symbols');
  const panel = await journal.phase('read', () =>
    loadPrices(
      paths,
      undefined,
      {
        symbols: wanted,
        from: settings.numberIf('from'),
        to: settings.numberIf('to'),
        priceScale: settings.numberIf('price-scale'),
      },
      context,
      found,
    ),
  );
  const { symbols, notes } = await journal.phase('fit', () =>
    fitSymbols(panel, wanted ?? panel.symbols, asked, settings.on('strict-fit'), context),
  );
  found.notes.push(...endedNote(panel, symbols), ...notes);
  const input: GarchInput = {
    name: settings.text('name') ?? symbols.map(({ symbol }) => symbol).join(', '),
    dates: panel.dates,
    priceDecimals: String(panel.priceScale).length - 1,
    asked,
    horizon,
    periodsPerYear: settings.number('periods'),
    symbols,
    provenance: { command: context.line(), files: found.files, version, notes: found.notes },
  };
  const html = settings.text('html');
  const text = await journal.phase('report', () => {
    // The page first: if it cannot be written, no result is printed as if all were well.
    if (html !== undefined) writeFileAtomic(html, garchHtml(input));
    if (settings.on('json')) return garchJson(input);
    if (settings.on('csv')) return garchCsv(input);
    return garchText(input, { color: context.color, ...widthOf(context) });
  });
  for (const sentence of found.notes) journal.note(sentence);
  console.out(text);
  if (html === undefined) return;
  const more =
    symbols.length > SYMBOLS_DRAWN
      ? `, charts of the first ${SYMBOLS_DRAWN} of ${symbols.length} symbols`
      : '';
  journal.note(`Wrote ${html}${more}`);
}

function askedModel(settings: Settings): GarchAsked {
  return {
    model: settings.choice('model'),
    p: settings.number('p'),
    o: settings.number('o'),
    q: settings.number('q'),
    mean: settings.choice('mean'),
    dist: settings.choice('dist'),
  };
}

/** The periods to forecast; `ConfigError` where somebody asked for some whose variance is infinite. */
function horizonFor(asked: GarchAsked, settings: Settings, found: Found): number {
  const horizon = settings.number('horizon');
  const possible = horizonOf(asked, horizon);
  if (possible === horizon) return horizon;
  const why = `beyond the next bar the expected variance of EGARCH with --dist ${asked.dist} is infinite`;
  if (settings.has('horizon')) {
    throw new ConfigError(
      settings.label('horizon'),
      horizon,
      `1: ${why}`,
      'write --horizon 1, --dist normal, or --model garch with --o 1',
    );
  }
  found.notes.push(`The forecast is of one bar: ${why}.`);
  return possible;
}
