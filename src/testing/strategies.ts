/** Ten honest strategies and ten that look ahead, each made from the prices it may use. */
import type { Mat } from '../check.js';
import type { Strategy, StrategyInput, StrategyTargets } from '../backtest/strategy-types.js';

/** Makes a strategy, as `checkLookahead` takes it. */
export type StrategyMaker = (input: StrategyInput) => Strategy;

const symbolsOf = (input: StrategyInput): readonly string[] => input.symbols ?? [];
const closesOf = (input: StrategyInput): Mat => input.prices as Mat;
const at = (panel: Mat, t: number, i: number): number => panel.data[t * panel.cols + i]!;

/** All in the symbol with the highest score; nothing where there is none. */
function best(symbols: readonly string[], score: (i: number) => number): StrategyTargets {
  let top = -1;
  let highest = 0;
  for (let i = 0; i < symbols.length; i++) {
    if (score(i) > highest) [top, highest] = [i, score(i)];
  }
  return top < 0 ? {} : { [symbols[top]!]: 1 };
}

/** Weights that sum to 1 from positive numbers. */
function shared(symbols: readonly string[], size: (i: number) => number): StrategyTargets {
  const sizes = symbols.map((_, i) => size(i));
  const sum = sizes.reduce((a, b) => a + b, 0);
  return Object.fromEntries(symbols.map((symbol, i) => [symbol, (sizes[i]! / sum) * 0.999]));
}

/** Every one of these uses the past only, each in its own way. */
export const HONEST: Readonly<Record<string, StrategyMaker>> = {
  'equal weight': (input) => () => shared(symbolsOf(input), () => 1),
  'buy and hold': (input) => (bar) => (bar === 0 ? shared(symbolsOf(input), () => 1) : null),
  'momentum of 20 bars': (input) => (bar, prices) =>
    bar < 20 ? null : best(symbolsOf(input), (i) => prices.close(i) / prices.close(i, 20)),
  'inverse volatility': (input) => (bar, prices) => {
    if (bar < 10) return {};
    return shared(symbolsOf(input), (i) => {
      const past = prices.history(i, 11)!;
      return 1 / (1e-9 + past.slice(1).reduce((sum, p, k) => sum + Math.abs(p / past[k]! - 1), 0));
    });
  },
  'moving average worked out beforehand': (input) => {
    const panel = closesOf(input);
    const average = new Float64Array(panel.data.length);
    for (let cell = 0; cell < average.length; cell++) {
      const first = cell % panel.cols;
      let sum = 0;
      let count = 0;
      for (let k = cell; k >= first && count < 10; k -= panel.cols, count++) sum += panel.data[k]!;
      average[cell] = sum / count;
    }
    return (bar) => best(symbolsOf(input), (i) => at(panel, bar, i) / average[bar * panel.cols + i]! - 1);
  },
  'keeps a state of its own': (input) => {
    let turns = 0;
    return () => ({ [symbolsOf(input)[turns++ % symbolsOf(input).length]!]: 1 });
  },
  'asks what it holds': (input) => (_bar, _prices, portfolio) =>
    best(symbolsOf(input), (i) => 1 - portfolio.weight(i)),
  'stops buying after a loss': (input) => {
    let peak = 0;
    return (_bar, _prices, portfolio) => {
      peak = Math.max(peak, portfolio.equity);
      return portfolio.equity < peak * 0.9 ? {} : shared(symbolsOf(input), () => 1);
    };
  },
  'mean reversion every tenth bar': (input) => (bar, prices) =>
    bar % 10 !== 5 ? null : best(symbolsOf(input), (i) => prices.close(i, 5) / prices.close(i)),
  'trades at the first bars only': (input) => (bar) =>
    bar < 3 ? best(symbolsOf(input), (i) => i + bar) : null,
};

/** Every one of these knows something of a later bar. */
export const PEEKING: Readonly<Record<string, StrategyMaker>> = {
  "tomorrow's close": (input) => (bar) => {
    const panel = closesOf(input);
    const next = Math.min(bar + 1, panel.rows - 1);
    return best(symbolsOf(input), (i) => at(panel, next, i) / at(panel, bar, i) - 0.999);
  },
  'a return shifted the wrong way': (input) => {
    const panel = closesOf(input);
    const returns = panel.data.map((price, cell) => (panel.data[cell + panel.cols] ?? price) / price - 1);
    return (bar) => best(symbolsOf(input), (i) => returns[bar * panel.cols + i]! + 0.001);
  },
  'scaled by the mean of the whole series': (input) => {
    const panel = closesOf(input);
    const mean = Array.from({ length: panel.cols }, (_, i) => {
      let sum = 0;
      for (let t = 0; t < panel.rows; t++) sum += at(panel, t, i);
      return sum / panel.rows;
    });
    return (bar) => shared(symbolsOf(input), (i) => at(panel, bar, i) / mean[i]!);
  },
  'scaled by the highest price there will be': (input) => {
    const panel = closesOf(input);
    return (bar) =>
      shared(symbolsOf(input), (i) => {
        let top = 0;
        for (let t = 0; t < panel.rows; t++) top = Math.max(top, at(panel, t, i));
        return at(panel, bar, i) / top;
      });
  },
  'a centred moving average': (input) => {
    const panel = closesOf(input);
    return (bar) =>
      shared(symbolsOf(input), (i) => {
        let sum = 0;
        for (let k = -5; k <= 5; k++) {
          sum += at(panel, Math.max(0, Math.min(panel.rows - 1, bar + k)), i);
        }
        return sum;
      });
  },
  'gaps filled from behind': (input) => {
    const panel = closesOf(input);
    return (bar) =>
      shared(symbolsOf(input), (i) => at(panel, Math.min(panel.rows - 1, bar - (bar % 7) + 7), i));
  },
  'sells on the last bar': (input) => (bar) =>
    bar === closesOf(input).rows - 1 ? {} : shared(symbolsOf(input), () => 1),
  'picks the winner of the whole period': (input) => {
    const panel = closesOf(input);
    return () => best(symbolsOf(input), (i) => at(panel, panel.rows - 1, i) / at(panel, 0, i));
  },
  'fails where there is no tomorrow': (input) => (bar) => {
    const panel = closesOf(input);
    if (bar % 4 !== 0 || bar >= panel.rows - 1) {
      if (bar % 4 === 0 && bar < 110) throw new RangeError('no price for tomorrow');
      return null;
    }
    return shared(symbolsOf(input), (i) => (at(panel, bar + 1, i) > at(panel, bar, i) ? 2 : 1));
  },
  'a threshold fitted on everything': (input) => {
    const panel = closesOf(input);
    const sorted = panel.data.slice().sort();
    const median = sorted[sorted.length >> 1]!;
    return (bar) => shared(symbolsOf(input), (i) => (at(panel, bar, i) > median ? 3 : 1));
  },
};
