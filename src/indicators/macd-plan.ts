/** Where the averages of `macdExt` start. */
import { movingAverageLookback } from '../../kernels/indicators/moving-average.js';

/** Parameters of `macdExt` with the shorter average first, and where things start. */
export interface MacdPlan {
  readonly fast: number;
  readonly fastType: number;
  readonly slow: number;
  readonly slowType: number;
  /** Index of the first number of the line, before the signal masks it. */
  readonly lineAt: number;
  /** Index from which the fast and the slow average see the values, so that both begin at `lineAt`. */
  readonly fastFrom: number;
  readonly slowFrom: number;
  readonly lookback: number;
}

/** The plan of checked parameters: fast period and type, slow period and type, signal period and type. */
export function planOf([a, aType, b, bType, signal, signalType]: readonly number[]): MacdPlan {
  const swap = b! < a!;
  const fast = swap ? b! : a!;
  const fastType = swap ? bType! : aType!;
  const slow = swap ? a! : b!;
  const slowType = swap ? aType! : bType!;
  const fastAt = movingAverageLookback(fastType, fast);
  const slowAt = movingAverageLookback(slowType, slow);
  const lineAt = Math.max(fastAt, slowAt);
  const lookback = lineAt + movingAverageLookback(signalType!, signal!);
  return {
    fast,
    fastType,
    slow,
    slowType,
    lineAt,
    fastFrom: lineAt - fastAt,
    slowFrom: lineAt - slowAt,
    lookback,
  };
}
