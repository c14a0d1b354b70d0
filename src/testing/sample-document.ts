/** Reports of runs in JSON, made of given returns, for tests of the comparison. */
import type { ResolvedBacktestOptions } from '../backtest/types.js';
import { computeMetrics } from '../metrics/index.js';
import { parseReportJson } from '../report/compare/parse-report.js';
import type { ReportDocument } from '../report/compare/types.js';
import { reportJson } from '../report/json.js';
import { parseDate } from '../time.js';
import { sampleInput, type SampleOptions } from './sample-result.js';

export interface DocumentOptions extends Omit<SampleOptions, 'dates' | 'returns'> {
  readonly name?: string;
  readonly file?: string;
  readonly sha256?: string;
  /** Days as YYYY-MM-DD; seeded weekdays by default, null for none. */
  readonly days?: readonly string[] | null;
  readonly returns?: readonly number[];
  readonly config?: Partial<ResolvedBacktestOptions>;
  readonly command?: string;
  readonly bankruptBar?: number;
}

/** The document as `nb-backtest run … --json` would print it. */
export function documentText(options: DocumentOptions = {}): string {
  const { days, returns, name, config, command, bankruptBar, ...rest } = options;
  const input = sampleInput({
    ...rest,
    ...(days === undefined ? {} : { dates: days && Int32Array.from(days, (day) => parseDate(day)!) }),
    ...(returns === undefined ? {} : { returns: Float64Array.from(returns) }),
    withoutBenchmark: true,
  });
  const resolved = { ...input.result.config, ...config };
  const { periodsPerYear, riskFree, profile, metricsFrom } = resolved;
  return reportJson({
    ...input,
    name: name ?? input.name,
    result: {
      ...input.result,
      config: resolved,
      metrics: computeMetrics(input.result.returns.subarray(metricsFrom), {
        periodsPerYear,
        riskFree,
        profile,
      }),
      ...(bankruptBar === undefined ? {} : { status: 'bankrupt' as const, bankruptBar }),
    },
    provenance: { ...input.provenance, ...(command === undefined ? {} : { command }) },
  });
}

/** The same, read back. */
export function documentOf(options: DocumentOptions = {}): ReportDocument {
  const { file = 'a.json', sha256 } = options;
  return parseReportJson(documentText(options), { file, ...(sha256 === undefined ? {} : { sha256 }) });
}
