/** What needs Node.js: files and worker threads. */
export { backtestWeightsAsync } from './backtest-async.js';
export { readTextFile, writeFileAtomic } from './files.js';
