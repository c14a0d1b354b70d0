/** The public names of the report writers. */
export { compareCsv } from './compare/csv.js';
export { compareHtml } from './compare/html.js';
export { compareJson } from './compare/json.js';
export { parseReportJson } from './compare/parse-report.js';
export type { CompareInput, ConfigValue, ReportDocument, ReportTrading } from './compare/types.js';
export { reportCsv } from './csv.js';
export { reportHtml } from './html.js';
export { reportJson } from './json.js';

export type { ReportBenchmark, ReportFile, ReportInput, ReportProvenance, ReportStrategy } from './types.js';
