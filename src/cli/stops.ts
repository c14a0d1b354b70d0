/** From the options of stops to what the library takes, and what a person should know about them. */
import type { StopConfig } from '../backtest/stop-types.js';
import { ConfigError } from '../errors.js';
import type { PricePanel } from '../series/price-panel.js';
import type { Settings } from './settings.js';

/** Options that end positions. */
const KINDS = ['fixed-stop', 'trailing-stop', 'atr-stop', 'take-profit', 'max-bars'];
/** Options that only say how, with what each needs. */
const MANNERS: readonly (readonly [name: string, needs: readonly string[], example: string])[] = [
  ['atr-period', ['atr-stop'], '--atr-stop 2'],
  ['stop-fill', KINDS, '--trailing-stop 0.1'],
  ['reentry', KINDS, '--trailing-stop 0.1'],
];

/**
 * The stops that were asked for; undefined without any. `ConfigError` for a flag that says how where nothing is to be done;
 * in a config file it may stand for later.
 */
export function stopConfig(settings: Settings): StopConfig | undefined {
  for (const [name, needs, example] of MANNERS) {
    if (settings.found(name)?.origin !== 'flag' || needs.some((kind) => settings.has(kind))) continue;
    const { text, label } = settings.found(name)!;
    const constraint = needs.length === 1 ? `given with --${needs[0]!}` : 'given with a stop';
    throw new ConfigError(label, text, constraint, `add for example ${example}, or leave it out`);
  }
  if (!KINDS.some((kind) => settings.has(kind))) return undefined;
  const kinds = {
    fixedStopPct: settings.numberIf('fixed-stop'),
    trailingStopPct: settings.numberIf('trailing-stop'),
    atrMultiple: settings.numberIf('atr-stop'),
    takeProfitPct: settings.numberIf('take-profit'),
    maxBars: settings.numberIf('max-bars'),
  };
  const given = Object.entries(kinds).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(given) as StopConfig),
    atrPeriod: settings.number('atr-period'),
    intrabar: settings.choice('stop-fill'),
    reentry: settings.choice('reentry'),
  };
}

/** Whether these stops read more than closes, where there is more. */
export function readsBars(stops: StopConfig | undefined): boolean {
  return stops !== undefined && (seesRange(stops) || stops.atrMultiple !== undefined);
}

/** Whether levels are checked against low and high. */
function seesRange(stops: StopConfig): boolean {
  const { fixedStopPct, trailingStopPct, atrMultiple, takeProfitPct, intrabar } = stops;
  const levels = [fixedStopPct, trailingStopPct, atrMultiple, takeProfitPct];
  return intrabar !== 'close' && levels.some((level) => level !== undefined);
}

/** What the prices do not tell the stops. */
export function stopNotes(stops: StopConfig | undefined, { open, high, low }: PricePanel): string[] {
  if (stops === undefined || (open && high && low)) return [];
  const notes: string[] = [];
  if (seesRange(stops)) {
    notes.push('Stops look at closes only: the prices have no open, high and low on the basis of the close.');
  }
  if (stops.atrMultiple !== undefined) {
    notes.push('The range of a bar is |close − previous close|: no true range without high and low.');
  }
  return notes;
}
