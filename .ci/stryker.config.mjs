// Mutation tests of the matching code: `npm run mutation`. The mutants are built once, into one bundle with the tests;
// which of them is alive is told by the environment.
const files = (folder, names) => names.split(' ').map((name) => `${folder}/${name}.ts`);

export default {
  mutate: [
    ...files(
      'kernels/book',
      'id-table ladder rest match place change run-plain run-commands near-set far-set check-commands trade-hash',
    ),
    ...files(
      'src/exchange',
      'order-engine order-flow order-log book-memory book-view check-input stop-book trail stop-heap',
    ),
  ],
  testRunner: 'command',
  commandRunner: { command: 'node .ci/run-mutant.mjs' },
  buildCommand:
    'esbuild src/testing/mutation-tests.ts --bundle --platform=node --format=esm --ignore-annotations --alias:tap=./.ci/mutation-tap.mjs --outfile=dist/src/testing/mutation-tests.js --log-level=warning',
  coverageAnalysis: 'off',
  concurrency: 2,
  timeoutFactor: 2,
  timeoutMS: 60_000,
  tempDirName: '.cache/stryker',
  ignorePatterns: ['/bench', '/parity', '/fixtures', '/docs/images', '/docs/examples', '.tap', '/dist'],
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: '.cache/mutation.json' },
  allowConsoleColors: false,
  checkers: [],
  plugins: [],
  tsconfigFile: 'none.json',
};
