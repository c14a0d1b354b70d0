/** Random schedules and prices with stops: the backtest against its slow twin, field by field. */
import { resolveBacktestOptions, ledgerRules } from '../backtest/config.js';
import { backtestWeights } from '../backtest/run.js';
import type { StopConfig } from '../backtest/stop-types.js';
import type { BacktestInput, BacktestOptions, BacktestResult, FillPolicy } from '../backtest/types.js';
import type { Mat } from '../check.js';
import { referenceStops, type ReferenceStopsInput, type ReferenceStopsResult } from '../reference/stops.js';
import { type Random, randomStream } from './random.js';
import type { SoakResult } from './soaks.js';

/** Prices, targets and options of one trial. */
export interface StopTrial {
  readonly input: BacktestInput;
  readonly options: BacktestOptions & { readonly stops: StopConfig };
}

interface Bars {
  readonly open: Mat;
  readonly high: Mat;
  readonly low: Mat;
  readonly close: Mat;
}

/** The trial of a seed and a number. */
export function stopTrial(seed: number, stream: number): StopTrial {
  const random = randomStream(seed, stream);
  const rows = 8 + random.below(40);
  const cols = 1 + random.below(4);
  const priceScale = random.of([100, 100, 10_000]);
  const missing = random.oneIn(3);
  const bars = randomBars(random, rows, cols, priceScale, missing);
  const closesOnly = random.oneIn(4);
  const fillPolicy: FillPolicy = closesOnly ? 'close' : random.of(['close', 'nextOpen', 'nextTypical']);
  const allowShort = random.oneIn(2);
  const maxGross = random.of([1, 1, 1.5, 2.5]);
  const quantityStep = random.of([1e-6, 1e-6, 0.001, 1, 10]);
  const options = {
    // Parts of shares are told from doubles while there are less than 2^52 of them.
    initialCash: random.of([1_000_000, 12_345_678, quantityStep < 1 ? 345_678_901 : 99_999_999_999]),
    costModel: {
      commissionBps: random.of([0, 10, 2.5]),
      slippageBps: random.of([0, 5]),
      minTradeFee: random.of([0, 0, 7]),
    },
    lag: random.below(3),
    fillPolicy,
    quantityStep,
    priceScale,
    maxGross,
    allowShort,
    missingPrice: missing ? ('mark-last' as const) : ('error' as const),
    stops: randomStops(random),
  };
  const weights = randomWeights(random, rows, cols, maxGross, allowShort);
  return { input: { prices: closesOnly ? bars.close : bars, weights }, options };
}

/** Paths with jumps; now and then a bar whose open and close do not lie between its low and high. */
function randomBars(random: Random, rows: number, cols: number, scale: number, missing: boolean): Bars {
  const cells = rows * cols;
  const mat = (): Mat => ({ data: new Float64Array(cells), rows, cols });
  const bars = { open: mat(), high: mat(), low: mat(), close: mat() };
  const width = random.of([0.01, 0.05, 0.2]);
  const move = (): number => 1 + ((random.below(2001) - 1000) / 1000) * width;
  const tick = (price: number): number => Math.max(1, Math.round(price));
  for (let i = 0; i < cols; i++) {
    let last = tick(scale * random.of([0.05, 1, 40, 3000]) * (1 + random.below(1000) / 1000));
    for (let cell = i; cell < cells; cell += cols) {
      const jump = random.oneIn(25) ? random.of([0.5, 0.8, 1.2, 2]) : 1;
      const open = tick(last * jump * (random.oneIn(3) ? 1 : move()));
      const close = tick(open * move());
      const ends = random.oneIn(30) ? [open, open] : [open, close];
      bars.open.data[cell] = open;
      bars.high.data[cell] = tick(Math.max(...ends) * (1 + (random.below(1000) / 1000) * width));
      bars.low.data[cell] = tick(Math.min(...ends) * (1 - (random.below(1000) / 1000) * width));
      bars.close.data[cell] = close;
      last = close;
      if (!missing || !random.oneIn(8)) continue;
      for (const panel of Object.values(bars)) if (random.oneIn(2)) panel.data[cell] = Number.NaN;
    }
  }
  return bars;
}

function randomWeights(random: Random, rows: number, cols: number, gross: number, short: boolean): Mat {
  const data = new Float64Array(rows * cols).fill(Number.NaN);
  const every = random.of([1, 1, 3, 7, 20]);
  const used = random.of([1, gross, gross]);
  for (let t = random.below(3); t < rows; t += every) {
    const row = Array.from({ length: cols }, () => {
      const size = random.oneIn(4) ? 0 : random.below(1000);
      return short && random.oneIn(2) ? -size : size;
    });
    const sum = row.reduce((total, size) => total + Math.abs(size), 0);
    for (let i = 0; i < cols; i++) {
      data[t * cols + i] = sum === 0 ? 0 : (row[i]! / sum) * used * 0.999999999;
    }
  }
  return { data, rows, cols };
}

function randomStops(random: Random): StopConfig {
  const fraction = (): number => random.of([0.05, 0.1, 0.29, 0.01, 0.3, 1e-9, 0.123456789]);
  const kinds: StopConfig[] = [
    { fixedStopPct: fraction() },
    { trailingStopPct: fraction() },
    { atrMultiple: random.of([0.5, 1, 2.5]), atrPeriod: random.of([1, 2, 5, 14]) },
    { takeProfitPct: random.of([0.05, 0.1, 0.29, 1.5, 1e-9]) },
    { maxBars: 1 + random.below(8) },
  ];
  const chosen = kinds.filter(() => random.oneIn(2));
  const given = Object.assign({}, ...(chosen.length > 0 ? chosen : [random.of(kinds)])) as StopConfig;
  return {
    ...given,
    intrabar: random.of(['worst', 'worst', 'close']),
    reentry: random.of(['next-rebalance', 'immediate', 'never']),
  };
}

/** The input of the twin for a trial. */
export function twinInput({ input, options }: StopTrial): ReferenceStopsInput {
  const { config } = resolveBacktestOptions(options);
  const { prices } = input;
  const bars = 'close' in prices ? prices : null;
  const rows = (mat: Mat): number[][] =>
    Array.from({ length: mat.rows }, (_, t) =>
      Array.from(mat.data.subarray(t * mat.cols, (t + 1) * mat.cols)),
    );
  const close = rows(bars === null ? (prices as Mat) : bars.close);
  const others = bars === null ? null : { open: rows(bars.open), high: rows(bars.high), low: rows(bars.low) };
  const typical = (t: number, i: number): number => {
    const sum = others!.high[t]![i]! + others!.low[t]![i]! + close[t]![i]!;
    return Math.floor((sum + 1) / 3); // thirds have no exact half: the nearest tick
  };
  const fills = {
    close: () => close,
    nextOpen: () => others!.open,
    nextTypical: () => close.map((row, t) => row.map((_, i) => typical(t, i))),
  };
  const { commissionBps, slippageBps, minTradeFee } = config.costModel;
  return {
    initialCash: config.initialCash,
    priceScale: config.priceScale,
    lotMicro: ledgerRules(config).lotMicro,
    commissionBps,
    slippageBps,
    minTradeFee,
    maxGross: config.maxGross,
    bars: others,
    close,
    fill: fills[config.fillPolicy](),
    fillsAtOpen: config.fillPolicy === 'nextOpen',
    targets: rows(input.weights as Mat).map((row) => (row.every(Number.isNaN) ? null : row)),
    shift: config.lag + (config.fillPolicy === 'close' ? 0 : 1),
    stops: config.stops!,
  };
}

/** Where a result differs from its twin, in words; the first difference alone. */
export function stopDifference(result: BacktestResult, twin: ReferenceStopsResult): string | null {
  const { events } = twin;
  for (let k = 0; k < Math.max(events.length, result.stopEvents.length); k++) {
    const ours = JSON.stringify(result.stopEvents[k] ?? null);
    const event = events[k];
    const theirs = event === undefined ? 'null' : JSON.stringify(plainEvent(event, result.symbols));
    if (ours !== theirs) return `event ${k}: ${ours}, the twin has ${theirs}`;
  }
  const n = result.symbols.length;
  for (const [t, equity] of twin.equity.entries()) {
    if (BigInt(result.equityCurve[t + 1]!) !== equity)
      return `equity of bar ${t}: ${result.equityCurve[t + 1]}, ${equity}`;
    if (BigInt(result.cash[t + 1]!) !== twin.cash[t])
      return `cash of bar ${t}: ${result.cash[t + 1]}, ${twin.cash[t]}`;
    if (BigInt(result.costs[t]!) !== twin.costs[t])
      return `costs of bar ${t}: ${result.costs[t]}, ${twin.costs[t]}`;
    const { traded, of } = twin.rebalanced[t]!;
    const turnover = Number(traded) / Number(of) + Number(twin.exited[t]) / result.equityCurve[t]!;
    if (result.turnover[t] !== turnover) return `turnover of bar ${t}: ${result.turnover[t]}, ${turnover}`;
    for (const [i, micro] of twin.quantities[t]!.entries()) {
      const quantity = result.quantities!.data[t * n + i]!;
      if (BigInt(Math.round(quantity * 1e6)) !== micro)
        return `quantity of bar ${t}, symbol ${i}: ${quantity}, ${micro}`;
    }
  }
  const end = twin.equity.at(-1)! <= 0n ? twin.equity.length - 1 : -1;
  return result.bankruptBar === end ? null : `bankrupt at ${result.bankruptBar}, the twin at ${end}`;
}

function plainEvent(event: ReferenceStopsResult['events'][number], symbols: readonly string[]): unknown {
  const { column, micro, bar, side, notionalCents, costCents, ...rest } = event;
  return {
    bar,
    date: null,
    symbol: symbols[column],
    side,
    quantity: Number(micro) / 1e6,
    ...rest,
    notionalCents: Number(notionalCents),
    costCents: Number(costCents),
  };
}

/** Runs the trials `from` to `from + count − 1` of a seed. */
export function soakStops(seed: number, count: number, tell: (done: number) => void): SoakResult {
  const problems: string[] = [];
  const outcomes: Record<string, number> = { events: 0, bankrupt: 0 };
  let problemCount = 0;
  for (let stream = 0; stream < count; stream++) {
    const trial = stopTrial(seed, stream);
    const result = backtestWeights(trial.input, trial.options);
    const problem = stopDifference(result, referenceStops(twinInput(trial)));
    if (problem !== null) {
      problemCount += 1;
      if (problems.length < 20) problems.push(`seed ${seed}, trial ${stream}: ${problem}`);
    }
    outcomes.events! += result.stopEvents.length;
    outcomes.bankrupt! += result.status === 'bankrupt' ? 1 : 0;
    for (const { reason, side, gap } of result.stopEvents) {
      for (const name of [reason, side, ...(gap ? ['gap'] : [])]) outcomes[name] = (outcomes[name] ?? 0) + 1;
    }
    if ((stream + 1) % 1_000 === 0) tell(stream + 1);
  }
  return { inputs: count, outcomes, problemCount, problems };
}
