/** What needs Node.js: files and worker threads. */

export { reportText, type TextOptions } from '../report/text.js';
export { backtestWeightsAsync } from './backtest-async.js';
export {
  type OnProgress,
  type ReplayedFile,
  replayEventFile,
  type ReplayFileOptions,
  writeEventFile,
} from './event-files.js';
export { readTextFile, writeFileAtomic } from './files.js';
export { fitManyAsync, type FitManyOptions } from './garch-pool.js';
export { createPool, type Pool, type PoolOptions } from './pool.js';
export { loadPortfolio, savePortfolio } from './portfolio-files.js';
export {
  type PriceFile,
  type PriceFilesOptions,
  type PriceFilesResult,
  readPriceFiles,
} from './price-files.js';
export { type ManifestRun, type RunManifest, runManifest } from './run-manifest.js';
