/** From the options of the command to what an optimizer is told. */
import { parseNumber } from '../../decimal.js';
import { ConfigError, NbError } from '../../errors.js';
import type { CovarianceName, GroupLimit } from '../../optimize/types.js';
import {
  OPTIMIZER_OPTIONS,
  type OptimizerName,
  type OptimizerSettings,
} from '../../targets/optimizer-names.js';
import { perPeriod } from '../run-options.js';
import type { Settings } from '../settings.js';

/** Options that limit the weights. */
const LIMITS = ['min-weight', 'max-weight', 'groups', 'turnover-limit'];

/** What was asked for; a setting that nobody gave is undefined. Whether the method takes it is checked elsewhere. */
export function optimizerSettings(method: OptimizerName, settings: Settings): OptimizerSettings {
  const least = settings.numberIf('min-weight');
  const most = settings.numberIf('max-weight');
  if (least !== undefined && most !== undefined && least > most) {
    const fix = `lower ${settings.label('min-weight')} or raise ${settings.label('max-weight')}`;
    const constraint = `at most ${settings.label('max-weight')}, ${most}`;
    throw new ConfigError(settings.label('min-weight'), least, constraint, fix);
  }
  const groups = settings.list('groups');
  return {
    alpha: settings.numberIf('alpha'),
    riskFree: OPTIMIZER_OPTIONS[method].includes('riskFree')
      ? perPeriod(settings.number('risk-free'), settings.number('periods'))
      : undefined,
    covariance: settings.text('covariance') as CovarianceName | undefined,
    bounds: least === undefined && most === undefined ? undefined : [least ?? 0, most ?? 1],
    groups: groups?.map((text) => groupLimit(text, settings.label('groups'))),
    turnover: settings.numberIf('turnover-limit'),
    l2: settings.numberIf('l2'),
  };
}

/** `AAPL+MSFT=0.4` or `AAPL+MSFT=0.1..0.4`. */
function groupLimit(text: string, label: string): GroupLimit {
  const at = text.lastIndexOf('=');
  const symbols = at < 1 ? [] : text.slice(0, at).split('+');
  const limits = text.slice(at + 1).split('..');
  const [low, high] = limits.length === 1 ? ['0', limits[0]!] : limits;
  const [min, max] = [low!, high!].map(parseNumber);
  const example = `write for example ${label.startsWith('--') ? `${label} ` : ''}AAPL+MSFT=0.1..0.4`;
  if (symbols.length === 0 || symbols.includes('') || limits.length > 2) {
    throw new ConfigError(label, text, 'symbols with + between, =, and a limit or two', example);
  }
  if (typeof min !== 'number' || typeof max !== 'number' || !(min >= 0 && min <= max && max <= 1)) {
    throw new ConfigError(label, text, 'limits from 0 to 1, the lower first', example);
  }
  return { symbols, min, max };
}

/** An error of limits that clash, in the words of the options that set them; anything else as it is. */
export function clashInFlags(error: unknown, settings: Settings): unknown {
  if (!(error instanceof NbError) || error.code !== 'INFEASIBLE') return error;
  const given = LIMITS.filter((name) => settings.has(name));
  const label = given.map((name) => settings.label(name)).join(', ');
  const value = given.map((name) => settings.found(name)!.text).join(', ');
  const [, why, fix] = /^(.*?)\.? Fix: (.*?)\.?$/s.exec(error.message) ?? [];
  const groups = settings.list('groups') ?? [];
  const said = (text: string): string =>
    text
      .replace(/^No portfolio meets [^:]*: /, '')
      .replace(/\bbounds of\b/g, 'limits of')
      .replace(/\bgroups\[(\d+)\]/g, (_, k: string) => `group ${groups[Number(k)] ?? k}`);
  return new ConfigError(
    label,
    value,
    `limits that one portfolio can keep together: ${said(why ?? error.message)}`,
    fix === undefined ? 'loosen one of them' : said(fix),
    { cause: error },
  );
}
