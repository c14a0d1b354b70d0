/** Volatility fits of the symbols of a panel. */
import { ConvergenceError, InsufficientDataError, showValue } from '../../errors.js';
import { statusText } from '../../report/garch/names.js';
import type { GarchAsked, SymbolFit } from '../../report/garch/types.js';
import type { PricePanel } from '../../series/price-panel.js';
import { fitGarch } from '../../volatility/index.js';
import type { Context } from '../context.js';
import { checkGaps, decimals, some } from '../price-series.js';

/** Returns below which nothing is fitted. */
const RETURNS_MIN = 20;

/** One series of returns. */
type SymbolReturns = Omit<SymbolFit, 'fit'>;

/**
 * Simple returns of the closes of a symbol, from its first to its last price. Throws `DataError` for a gap,
 * `InsufficientDataError` where there is no return.
 */
function returnsOf(panel: PricePanel, symbol: string): SymbolReturns {
  const close = decimals(panel.close, panel.symbols.indexOf(symbol), panel.priceScale);
  checkGaps(panel, symbol, 'close', close, close);
  const first = close.findIndex((price) => !Number.isNaN(price));
  const last = close.findLastIndex((price) => !Number.isNaN(price));
  if (last - first < 1) {
    const constraint = 'at least 2 prices';
    const fix = 'give more prices, set an earlier --from, or leave it out with --symbols';
    const detail = { field: symbol, value: 1, constraint, fix };
    throw new InsufficientDataError(
      `${showValue(symbol)} must have ${constraint}, has 1. Fix: ${fix}`,
      {},
      detail,
    );
  }
  const returns = Float64Array.from(
    { length: last - first },
    (_, k) => close[first + 1 + k]! / close[first + k]! - 1,
  );
  return { symbol, close, first, returns };
}

/**
 * The model fitted to each symbol, and remarks about those that could not be. Throws `ConvergenceError` where none could;
 * with `strict` where one could not.
 */
export async function fitSymbols(
  panel: PricePanel,
  wanted: readonly string[],
  asked: GarchAsked,
  strict: boolean,
  context: Pick<Context, 'progress'>,
): Promise<{ symbols: SymbolFit[]; notes: string[] }> {
  const series = wanted.map((symbol) => returnsOf(panel, symbol));
  const bar = context.progress('Fitting', series.length, 'symbols');
  const symbols: SymbolFit[] = [];
  try {
    for (const each of series) {
      // A Ctrl-C is heard between two symbols.
      if (symbols.length > 0) await new Promise((resolve) => setImmediate(resolve));
      symbols.push({ ...each, fit: fitGarch(each.returns, { ...asked, minObservations: RETURNS_MIN }) });
      bar.update(symbols.length);
    }
  } finally {
    bar.stop();
  }
  const unfitted = symbols.filter(({ fit }) => fit.method !== 'mle');
  if (unfitted.length === symbols.length || (strict && unfitted.length > 0))
    throw notFitted(unfitted, unfitted.length < symbols.length);
  const calm = symbols.filter(({ fit }) => isCalm(fit));
  return {
    symbols,
    notes: [
      ...unfitted.map((each) => `! ${sentence(each)}`),
      ...calm.map(
        ({ symbol }) =>
          `! ${showValue(symbol)}: alpha is 0: large moves do not follow large ones, and beta says little.`,
      ),
    ],
  };
}

/** True where a fit found nothing that moves the variance. */
function isCalm({ method, model, params }: SymbolFit['fit']): boolean {
  const weights = [...params.alpha, ...params.gamma];
  return method === 'mle' && model === 'garch' && weights.every((weight) => Math.abs(weight) < 1e-6);
}

function sentence({ symbol, returns, fit }: SymbolFit): string {
  const stand =
    fit.method === 'sample-fallback'
      ? 'the root mean square of its returns stands in'
      : 'exponentially weighted squares (0.94) stand in';
  return `${showValue(symbol)} is not fitted: ${statusText(fit.status)} (${returns.length} returns); ${stand}.`;
}

/** `several`: others could be. */
function notFitted(unfitted: readonly SymbolFit[], several: boolean): ConvergenceError {
  const [{ symbol, fit, returns }] = unfitted as [SymbolFit];
  const constraint = `at least ${RETURNS_MIN} returns that vary, and a search that ends`;
  const mend =
    fit.status === 'too-few-observations'
      ? ['give more prices', 'set an earlier --from']
      : fit.status === 'zero-variance'
        ? ['look at the prices, which never move']
        : ['try fewer lags (--p, --o, --q)', 'write --dist normal'];
  if (several) mend.push('leave it out with --symbols', 'drop --strict-fit');
  const fix = [mend.slice(0, -1).join(', '), mend.at(-1)].filter((part) => part !== '').join(', or ');
  const few = fit.status === 'too-few-observations' ? `, at least ${RETURNS_MIN} are needed` : '';
  const others = unfitted.slice(1).map((each) => each.symbol);
  const more = others.length === 0 ? '' : ` (nor to ${some(others)})`;
  return new ConvergenceError(
    `GARCH cannot be fitted to ${showValue(symbol)}${more}: ${statusText(fit.status)} (${returns.length} returns${few}). Fix: ${fix}`,
    { detail: { field: symbol, value: returns.length, constraint, fix } },
  );
}
