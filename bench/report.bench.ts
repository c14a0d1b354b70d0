/** The report page of ten years of daily returns, against the tear sheet of quantstats. */
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { computeMetrics } from '../src/metrics/index.js';
import { reportHtml } from '../src/report/index.js';
import { sampleInput } from '../src/testing/sample-result.js';
import { type Bench, job, type Kernel } from './harness.js';
import { randomReturns } from './inputs.js';

/** Metrics, page and file from a result that holds these returns, with its trades and costs. */
const page: Kernel = ({ returns, benchmark }) => {
  const { result, ...rest } = sampleInput({ returns: returns.data });
  const file = join(mkdtempSync(join(tmpdir(), 'nb-bench-page-')), 'page.html');
  return job(
    () => {
      const metrics = computeMetrics(result.returns);
      const html = reportHtml({
        ...rest,
        result: { ...result, metrics },
        benchmark: { name: 'Benchmark', returns: benchmark.data },
      });
      writeFileSync(file, html);
    },
    () => ({ bytes: statSync(file).size }),
  );
};

export const bench: Bench = {
  name: 'report',
  kernels: { page },
  cases: [
    {
      name: 'html-2500',
      title: 'reportHtml of 2,500 days with a benchmark, into a file',
      kernel: 'page',
      bytes: true,
      makeInput: () => ({
        returns: randomReturns(2500, 0.0004, 0.01, 3),
        benchmark: randomReturns(2500, 0.0003, 0.01, 4),
      }),
      peers: [
        {
          script: 'quantstats',
          kernel: 'page',
          what: 'reports.html of the same returns and benchmark as pandas series, into a file',
          agree: 'they are pages; the figures on them are compared by the parity suite',
        },
      ],
    },
  ],
};
