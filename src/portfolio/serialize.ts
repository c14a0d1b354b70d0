/** The saved form of a portfolio, and the checks it passes on the way back in. */
import { checkInteger, checkKeys } from '../check.js';
import { ValidationError } from '../errors.js';
import type { CostModelOptions } from './cost-model.js';
import type { PortfolioOptions } from './types.js';

/** A portfolio as plain data; amounts in cents, quantities as whole and micro-shares. */
export interface PortfolioJson {
  readonly schemaVersion: 1;
  readonly cash: number;
  readonly costModel: CostModelOptions;
  readonly options: PortfolioOptions;
  readonly positions: readonly {
    readonly symbol: string;
    readonly whole: number;
    readonly micro: number;
    readonly basis: number;
    readonly realized: number;
  }[];
  readonly equityCurve: readonly number[];
}

const MAX = Number.MAX_SAFE_INTEGER;

/** Checks data read from outside; throws `ValidationError` naming the first field that is not right. */
export function readPortfolioJson(json: unknown): PortfolioJson {
  checkVersion(json);
  checkKeys('portfolio', json, ['schemaVersion', 'cash', 'costModel', 'options', 'positions', 'equityCurve']);
  const data = json as PortfolioJson;
  checkInteger('portfolio.cash', data.cash, -MAX, MAX);
  checkObject('portfolio.costModel', data.costModel);
  checkObject('portfolio.options', data.options);
  checkArray('portfolio.positions', data.positions);
  const seen = new Set<string>();
  for (const [i, position] of data.positions.entries()) {
    const field = `portfolio.positions[${i}]`;
    checkKeys(field, position, ['symbol', 'whole', 'micro', 'basis', 'realized']);
    if (typeof position.symbol !== 'string' || position.symbol === '' || seen.has(position.symbol)) {
      throw new ValidationError(
        `${field}.symbol`,
        position.symbol,
        'a unique name',
        'name every symbol once',
      );
    }
    seen.add(position.symbol);
    if (position.whole < 0 && data.options.allowShort !== true) {
      const constraint = 'at least 0 while allowShort is false';
      throw new ValidationError(
        `${field}.whole`,
        position.whole,
        constraint,
        'save it with allowShort: true',
      );
    }
    checkInteger(`${field}.whole`, position.whole, -MAX, MAX);
    checkInteger(`${field}.micro`, position.micro, 0, 999_999);
    checkInteger(`${field}.basis`, position.basis, -MAX, MAX);
    checkInteger(`${field}.realized`, position.realized, -MAX, MAX);
  }
  checkArray('portfolio.equityCurve', data.equityCurve);
  if (data.equityCurve.length === 0) {
    throw new ValidationError(
      'portfolio.equityCurve',
      [],
      'at least the starting cash',
      'add the starting cash',
    );
  }
  for (const [i, equity] of data.equityCurve.entries())
    checkInteger(`portfolio.equityCurve[${i}]`, equity, -MAX, MAX);
  const held = data.positions.findIndex(({ whole, micro }) => whole !== 0 || micro !== 0);
  if (held >= 0 && data.equityCurve[data.equityCurve.length - 1]! <= 0) {
    throw new ValidationError(
      `portfolio.positions[${held}].whole`,
      data.positions[held]!.whole,
      'nothing held once the last recorded equity is 0 or less: positions end there',
      'pass what toJSON returned',
    );
  }
  return data;
}

/** First of all: the fields of another version are not those of this one. */
function checkVersion(json: unknown): void {
  const known = typeof json === 'object' && json !== null && Object.hasOwn(json, 'schemaVersion');
  const version = known ? (json as { readonly schemaVersion: unknown }).schemaVersion : undefined;
  if (version === 1 || (version === undefined && (typeof json !== 'object' || json === null))) return;
  const fix =
    typeof version === 'number' && version > 1
      ? 'a newer nb-backtest saved it: update this one to read it'
      : 'pass what toJSON returned';
  throw new ValidationError('portfolio.schemaVersion', version, 'version 1', fix);
}

function checkObject(field: string, value: unknown): void {
  if (typeof value === 'object' && value !== null) return;
  throw new ValidationError(field, value, 'an object', 'pass what toJSON returned');
}

function checkArray(field: string, value: unknown): void {
  if (!Array.isArray(value)) throw new ValidationError(field, value, 'an array', 'pass what toJSON returned');
}
