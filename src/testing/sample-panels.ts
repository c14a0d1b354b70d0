/** What a sample report can hold besides: weights after each bar, and the prices its trades took place at. */
import type { TradeTable } from '../backtest/types.js';
import type { ReportInput } from '../report/types.js';
import { sampleReturns } from './sample-result.js';

/** The input with prices, weights that drift between rebalances (one of them short), and trades at the prices. */
export function withPanels(input: ReportInput): ReportInput {
  const { result } = input;
  const { symbols, dates } = result;
  const bars = result.returns.length;
  const cols = symbols.length;
  const close = new Float64Array(bars * cols);
  const weights = new Float64Array(bars * cols);
  const moved = new Float64Array(bars * cols);
  for (let j = 0; j < cols; j++) {
    const steps = sampleReturns(bars, 300 + j);
    let price = 5000 * (j + 1);
    for (let bar = 0; bar < bars; bar++) {
      price *= 1 + steps[bar]! * 1.5;
      close[bar * cols + j] = Math.max(1, Math.round(price));
      moved[bar * cols + j] =
        bar === 0 ? Number.NaN : close[bar * cols + j]! / close[(bar - 1) * cols + j]! - 1;
      weights[bar * cols + j] = (j === cols - 1 ? -0.1 : 1.05 / (cols - 1)) + 3 * steps[bar]!;
    }
  }
  const known = result.trades!;
  const price = Float64Array.from(known.bar, (bar, i) => close[bar * cols + known.symbol[i]!]!);
  const quantity = Float64Array.from(price, (_, i) => ((i % 7) - 3 || 2) * 125.5);
  const trades: TradeTable = {
    ...known,
    price,
    quantity,
    notional: price.map((ticks, i) => Math.round(ticks * Math.abs(quantity[i]!))),
  };
  return {
    ...input,
    result: {
      ...result,
      trades,
      holdings: { data: weights, rows: bars, cols },
      symbolReturns: { data: moved, rows: bars, cols },
    },
    prices: {
      dates: dates ?? Int32Array.from({ length: bars }, (_, bar) => bar),
      symbols,
      priceScale: result.config.priceScale,
      close: { data: close, rows: bars, cols },
    },
  };
}
