/** `nb-backtest optimize`: price files in, the weights of a portfolio out, with the proof that they are the best. */
import { ConfigError, InsufficientDataError, showValue } from '../../errors.js';
import { writeFileAtomic } from '../../node/files.js';
import { optimizeCsv } from '../../report/optimize/csv.js';
import { optimizeHtml } from '../../report/optimize/html.js';
import { optimizeJson } from '../../report/optimize/json.js';
import { optimizeModel } from '../../report/optimize/model.js';
import { optimizeText } from '../../report/optimize/text.js';
import { capital } from '../../report/optimize/words.js';
import { checkLimitSymbols } from '../../targets/optimizer-limits.js';
import { OPTIMIZER_OPTIONS, OPTIMIZER_TITLES, type OptimizerName } from '../../targets/optimizer-names.js';
import type { ReturnWindow } from '../../targets/return-window.js';
import { formatDate } from '../../time.js';
import { version } from '../../version.js';
import { type Context, widthOf } from '../context.js';
import { refuseForeign } from '../foreign-options.js';
import { pricesArgument } from '../run-arguments.js';
import { type Found, refuseOverwriting } from '../run-files.js';
import { perPeriod } from '../run-options.js';
import { loadPrices } from '../run-prices.js';
import type { Settings } from '../settings.js';
import { currentWeights } from './current.js';
import { sampleOf } from './sample.js';
import { clashInFlags, optimizerSettings } from './settings.js';
import { solve, type Solved } from './solve.js';

/** `nb-backtest optimize PRICES`. */
export async function optimizeCommand(context: Context): Promise<void> {
  const { settings, journal, console } = context;
  const paths = pricesArgument(context, 'optimize');
  refuseOverwriting(settings, paths);
  const method = settings.choice<OptimizerName>('method');
  refuseForeign(method, OPTIMIZER_OPTIONS, 'method', settings);
  const asked = optimizerSettings(method, settings);
  checkSpan(settings);
  const found: Found = { files: [], notes: [] };
  const panel = await journal.phase('read', () =>
    loadPrices(
      paths,
      undefined,
      {
        symbols: settings.list('symbols'),
        from: settings.numberIf('from'),
        to: settings.numberIf('to'),
        priceScale: settings.numberIf('price-scale'),
      },
      context,
      found,
    ),
  );
  const { window, from, to } = sampleOf(panel, settings.numberIf('lookback'), settings);
  checkLimitSymbols(asked, panel.symbols);
  found.notes.push(...leftOut(window, panel.symbols));
  const current = currentWeights(panel.symbols, settings, found);
  const html = settings.text('html');
  const riskFree = perPeriod(settings.number('risk-free'), settings.number('periods'));
  const solved = await journal.phase('optimize', (): Solved => {
    try {
      return solve(method, asked, window, current, html !== undefined || settings.on('frontier'));
    } catch (error) {
      throw clashInFlags(error, settings);
    }
  });
  found.notes.push(...solved.notes);
  const count = `${window.symbols.length} ${window.symbols.length === 1 ? 'symbol' : 'symbols'}`;
  const model = optimizeModel({
    name: settings.text('name') ?? `${OPTIMIZER_TITLES[method]} of ${count}`,
    method,
    settings: asked,
    from,
    to,
    symbols: panel.symbols,
    used: window.symbols,
    returns: window.returns,
    portfolio: solved.portfolio,
    covariance: solved.covariance,
    ...(solved.frontier === undefined ? {} : { frontier: solved.frontier }),
    periodsPerYear: settings.number('periods'),
    riskFree,
    provenance: { command: context.line(), files: found.files, version, notes: found.notes },
  });
  const text = await journal.phase('report', () => {
    // The page first: if it cannot be written, no result is printed as if all were well.
    if (html !== undefined) writeFileAtomic(html, optimizeHtml(model));
    if (settings.on('json')) return optimizeJson(model);
    if (settings.on('csv')) return optimizeCsv(model);
    return optimizeText(model, { color: context.color, ...widthOf(context) });
  });
  for (const sentence of found.notes) journal.note(sentence);
  // A table of weights has no place for what is wrong with them.
  if (settings.on('csv')) for (const sentence of doubts(solved.portfolio)) journal.note(`! ${sentence}`);
  console.out(text);
  if (html !== undefined) journal.note(`Wrote ${html}`);
}

/** What a person should know before trading the weights. */
function doubts({ status, warnings }: Solved['portfolio']): string[] {
  const early =
    status === 'max-iterations' ? ['The search ended early: the weights are not proven to be the best.'] : [];
  return [...early, ...warnings.map((warning) => `${capital(warning.replace(/\.$/, ''))}.`)];
}

function checkSpan(settings: Settings): void {
  const from = settings.numberIf('from');
  const to = settings.numberIf('to');
  if (from === undefined || to === undefined || from <= to) return;
  const constraint = `at or before to, ${formatDate(to)}`;
  throw new ConfigError(settings.label('from'), formatDate(from), constraint, 'swap from and to');
}

/** A sentence for each reason why symbols take no part; `InsufficientDataError` where none is left. */
function leftOut({ symbols, gaps, flat }: ReturnWindow, all: readonly string[]): string[] {
  const some = (columns: readonly number[]): string =>
    `${columns
      .slice(0, 5)
      .map((j) => showValue(all[j]!))
      .join(', ')}${columns.length > 5 ? ', …' : ''}`;
  const out: string[] = [];
  if (gaps.length > 0) out.push(`Left out for a missing price among those to learn from: ${some(gaps)}.`);
  if (flat.length > 0) out.push(`Left out for a price that did not move: ${some(flat)}.`);
  if (symbols.length > 0) return out;
  const fix =
    gaps.length > 0
      ? 'learn from fewer returns (--lookback), from other dates (--from, --to), or fill gaps with --missing-cells'
      : 'learn from more returns, or look at the prices, which never move';
  const constraint = 'at least one symbol with a price at every date, which moves';
  const detail = { field: 'symbols', value: all.length, constraint, fix };
  throw new InsufficientDataError(`${out.join(' ')} No symbol is left. Fix: ${fix}`, {}, detail);
}
