/** An optimised portfolio as one JSON document for programs. */
import { formatDate } from '../../time.js';
import { settingWords } from '../../targets/optimizer-sentences.js';
import { certificate, objectiveWords, type OptimizeModel, type PortfolioFigures } from './model.js';

/** Raised when a field changes its name or meaning. */
const FORMAT_VERSION = 1;

/** Why a number is missing. */
const LEFT_OUT = 'the symbol took no part';
const CANCELLED = 'the portfolio does not move';
const BY_FORMULA = 'a formula gives the weights: nothing is proven';

/**
 * One line of JSON and a newline; keys always in the same order. Means, volatilities and Sharpe ratios are of a year, those
 * of the frontier too; the objective and the tails are of one period. A number that is not there is null, with a field of
 * the same name and the ending `Reason` beside it.
 */
export function optimizeJson(model: OptimizeModel): string {
  const { input, rows, own, equal, alpha } = model;
  const { portfolio } = input;
  const proof = certificate(input)?.name;
  const document = {
    format: 'nb-backtest-optimize',
    formatVersion: FORMAT_VERSION,
    name: input.name,
    method: input.method,
    settings: settingWords(input.method, input.settings),
    from: formatDate(input.from),
    to: formatDate(input.to),
    returns: input.returns.rows,
    periodsPerYear: input.periodsPerYear,
    riskFreePerPeriod: input.riskFree,
    alpha,
    weights: rows.map(({ symbol, weight, riskShare, mean, volatility }) => ({
      symbol,
      weight,
      ...stated('riskShare', riskShare, 'the portfolio has no variance'),
      ...stated('mean', mean, LEFT_OUT),
      ...stated('volatility', volatility, LEFT_OUT),
    })),
    objective: { ...stated('value', portfolio.objective, CANCELLED), what: objectiveWords(model) },
    status: portfolio.status,
    iterations: portfolio.iterations,
    ...stated('kkt', portfolio.kkt, proof === undefined ? BY_FORMULA : 'the proof is dualityGap'),
    ...stated('dualityGap', portfolio.dualityGap, proof === undefined ? BY_FORMULA : 'the proof is kkt'),
    warnings: portfolio.warnings,
    inSample: { portfolio: figures(own), equalWeight: figures(equal) },
    ...(input.frontier === undefined
      ? {}
      : {
          frontier: model.frontier.map(({ mean, volatility, sharpe }, k) => ({
            mean,
            volatility,
            ...stated('sharpe', sharpe, CANCELLED),
            weights: input.used.map((symbol, j) => ({ symbol, weight: input.frontier![k]!.vector[j]! })),
          })),
        }),
    provenance: input.provenance,
  };
  return `${JSON.stringify(document)}\n`;
}

function figures(all: PortfolioFigures): object {
  const entries = Object.entries(all).map(([name, value]) => stated(name, value as number, CANCELLED));
  return Object.assign({}, ...entries) as object;
}

/** A number by its name; null and the reason where it is none. */
function stated(field: string, value: number, reason: string): object {
  return Number.isFinite(value) ? { [field]: value } : { [field]: null, [`${field}Reason`]: reason };
}
