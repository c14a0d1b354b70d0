/** The public names of the report writers. */
export { reportCsv } from './csv.js';
export { reportHtml } from './html.js';
export { reportJson } from './json.js';

export type { ReportBenchmark, ReportFile, ReportInput, ReportProvenance } from './types.js';
