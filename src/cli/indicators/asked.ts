/** From the options of `nb-backtest indicators` to rows and parameters. */
import { nearestHint } from '../../check.js';
import { ConfigError, NbError } from '../../errors.js';
import { checkParameter } from '../../indicators/define.js';
import { indicators } from '../../indicators/index.js';
import type { IndicatorRow } from '../../indicators/indicator.js';
import { callOf } from '../../report/indicators/names.js';
import type { AskedIndicator } from '../../report/indicators/types.js';
import { INDICATOR_OPTIONS, indicatorOption } from '../options/indicators.js';
import type { Settings } from '../settings.js';

/** What is computed where nothing is asked for. */
const BY_DEFAULT = ['bbands', 'rsi', 'macd'];

/** The indicators that were asked for, in the order of the help; `ConfigError` for parameters that do not fit. */
export function askedIndicators(settings: Settings): AskedIndicator[] {
  const rows = new Map(indicators().map((row) => [indicatorOption(row.name), row]));
  const asked = INDICATOR_OPTIONS.flatMap(({ name }) =>
    (settings.list(name) ?? []).map((text) => withParameters(rows.get(name)!, text, settings.label(name))),
  );
  // The same twice is one column.
  const calls = new Map(asked.map((each) => [callOf(each), each]));
  if (calls.size > 0) return [...calls.values()];
  return BY_DEFAULT.map((name) => withParameters(rows.get(name)!, '', `--${name}`));
}

function withParameters(row: IndicatorRow, text: string, label: string): AskedIndicator {
  const given = text === '' ? [] : text.split(',');
  // Bands of one width are meant where only one is given.
  if (row.name === 'bbands' && given.length === 2) given.push(given[1]!);
  const { parameters: known } = row;
  const names = known.map(({ name }) => name).join(', ');
  if (given.length > known.length) {
    const count = known.length === 1 ? '1 parameter' : `${known.length} parameters`;
    const constraint = known.length === 0 ? 'no parameter' : `at most ${count} (${names})`;
    const rest = given.slice(known.length).join(',');
    const each = known.length === 1 ? `, or write ${given.map((word) => `${label} ${word}`).join(' ')}` : '';
    throw new ConfigError(label, text, constraint, `leave out ${rest}${each}`);
  }
  const parameters = known.map((parameter, k) => {
    const word = given[k];
    if (word === undefined) return checkParameter(parameter, undefined);
    if ('choices' in parameter) {
      if (parameter.choices.includes(word)) return parameter.choices.indexOf(word);
      const constraint = `${parameter.name} one of ${parameter.choices.join(', ')}`;
      throw new ConfigError(label, text, constraint, nearestHint(word, parameter.choices));
    }
    try {
      return checkParameter(parameter, Number(word));
    } catch (error) {
      if (!(error instanceof NbError) || error.detail === undefined) throw error;
      const constraint = `${parameter.name} ${error.detail.constraint}`;
      throw new ConfigError(label, text, constraint, `write for example ${label} ${examples(row)}`, {
        cause: error,
      });
    }
  });
  return { row, parameters, lookback: row.lookback(parameters) };
}

function examples({ parameters }: IndicatorRow): string {
  return parameters.map((parameter) => String(parameter.default)).join(',');
}
