/** Indicators of every symbol of a panel. */
import { nearestHint } from '../../check.js';
import { ConfigError, DataError, InsufficientDataError, UnknownSymbolError } from '../../errors.js';
import type { InputName } from '../../indicators/indicator.js';
import { computeSpan } from '../../indicators/span.js';
import { callOf } from '../../report/indicators/names.js';
import type { AskedIndicator, SymbolIndicators } from '../../report/indicators/types.js';
import type { PricePanel } from '../../series/price-panel.js';
import { columnOf } from '../columns.js';
import { indicatorOption } from '../options/indicators.js';
import { checkGaps, decimals, endedNote, some } from '../price-series.js';
import type { Settings } from '../settings.js';

/** The columns of prices that the indicators take. */
export function neededColumns(asked: readonly AskedIndicator[]): ReadonlySet<InputName> {
  return new Set(asked.flatMap(({ row }) => row.inputs));
}

/** What is compared with, which symbols are shown, and the first bar that is. */
export interface ComputeOptions {
  readonly against: string | undefined;
  readonly wanted: readonly string[] | undefined;
  readonly first: number;
}

/**
 * The indicators of each symbol, from bar `first` on; what was said about them. Prices enter as the doubles nearest to
 * their decimals.
 *
 * Throws `ConfigError` where the files lack a column, `DataError` for a gap among a symbol's prices,
 * `InsufficientDataError` where no symbol has enough bars for an indicator.
 */
export function computeIndicators(
  panel: PricePanel,
  asked: readonly AskedIndicator[],
  options: ComputeOptions,
  settings: Settings,
): { symbols: SymbolIndicators[]; notes: string[] } {
  const needed = neededColumns(asked);
  checkColumns(panel, asked, settings);
  const other = needed.has('other') ? otherSeries(panel, options.against!, settings) : undefined;
  const shown = options.wanted ?? panel.symbols;
  const notes: string[] = needed.has('volume') ? withoutVolume(panel, shown) : [];
  const symbols = shown.map((symbol): SymbolIndicators => {
    const j = panel.symbols.indexOf(symbol);
    const series = (name: InputName): Float64Array => {
      if (name === 'other') return other!;
      if (name === 'volume') return columnOf(panel.volume!, j);
      return decimals(panel[name === 'values' ? 'close' : name]!, j, panel.priceScale);
    };
    const columns = new Map<InputName, Float64Array>();
    for (const name of new Set<InputName>(['close', ...needed])) columns.set(name, series(name));
    const close = columns.get('close')!;
    for (const [name, values] of columns) if (name !== 'other') checkGaps(panel, symbol, name, values, close);
    return {
      symbol,
      close: close.subarray(options.first),
      outputs: asked.map(({ row, parameters }) => {
        const inputs = row.inputs.map((name) => columns.get(name)!);
        const outputs = row.outputs.map(() => new Float64Array(panel.dates.length));
        computeSpan(row, inputs, parameters, outputs);
        return outputs.map((values) => values.subarray(options.first));
      }),
    };
  });
  asked.forEach((each, i) => {
    const without = symbols.filter(
      ({ outputs }) => !outputs[i]!.some((values) => values.some(Number.isFinite)),
    );
    if (without.length === 0) return;
    if (without.length === symbols.length) throw tooShort(each, panel, shown, options.first);
    notes.push(`Too few prices for ${callOf(each)}: ${some(without.map(({ symbol }) => symbol))}.`);
  });
  notes.push(...endedNote(panel, symbols));
  return { symbols, notes };
}

/** A sentence about symbols that never were traded; `DataError` if none was: indicators of volume would say nothing. */
function withoutVolume(panel: PricePanel, shown: readonly string[]): string[] {
  const idle = shown.filter(
    (symbol) => !columnOf(panel.volume!, panel.symbols.indexOf(symbol)).some((value) => value > 0),
  );
  if (idle.length === 0) return [];
  if (idle.length < shown.length) return [`No volume above 0: ${some(idle)}.`];
  const constraint = 'a volume above 0 on some date';
  const fix = 'name the column with the volumes (--columns volume=NAME), or ask for no indicator of volume';
  throw new DataError(
    `the prices must have ${constraint}, but have none. Fix: ${fix}`,
    {},
    { detail: { field: 'volume', value: 0, constraint, fix } },
  );
}

function checkColumns(panel: PricePanel, asked: readonly AskedIndicator[], settings: Settings): void {
  for (const each of asked) {
    const { row } = each;
    const missing = row.inputs.filter(
      (name) => name !== 'values' && name !== 'other' && panel[name] === undefined,
    );
    if (missing.length === 0) continue;
    const fix =
      settings.choice('adjusted') === 'yes' && !missing.includes('volume')
        ? 'give Open,High,Low,Close columns, or try --adjusted no if the close is an adjusted one'
        : `give files with ${missing.join(', ')}`;
    const label = settings.label(indicatorOption(row.name));
    throw new ConfigError(label, callOf(each), `prices with ${missing.join(', ')}`, fix);
  }
}

function otherSeries(panel: PricePanel, against: string, settings: Settings): Float64Array {
  const j = panel.symbols.indexOf(against);
  if (j < 0) {
    const hint = nearestHint(against, panel.symbols);
    throw new UnknownSymbolError(settings.label('against'), against, 'a symbol of the price files', hint);
  }
  const values = decimals(panel.close, j, panel.priceScale);
  checkGaps(panel, against, 'close', values, values);
  return values;
}

function tooShort(
  asked: AskedIndicator,
  panel: PricePanel,
  shown: readonly string[],
  first: number,
): InsufficientDataError {
  const bars = asked.lookback + 1;
  const call = callOf(asked);
  const has = shown.reduce((most, symbol) => {
    const prices = columnOf(panel.close, panel.symbols.indexOf(symbol));
    return Math.max(most, prices.filter((price) => !Number.isNaN(price)).length);
  }, 0);
  const constraint = `at least ${bars} bar${bars === 1 ? '' : 's'}`;
  const fix = first > 0 && has >= bars ? 'set an earlier --from' : 'give more prices, or a shorter period';
  const message = `${call} needs ${constraint}, the prices have ${has}. Fix: ${fix}`;
  return new InsufficientDataError(message, {}, { field: call, value: has, constraint, fix });
}
