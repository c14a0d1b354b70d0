import { DataError, NbError, readPrices, type RejectedRow } from 'nb-backtest';

const text = `Date,AAPL
2024-01-02,185.64
2024-01-03,n/a?
2024-01-04,181.91
`;

// Every bad row is in one error, with place, reason and fix.
try {
  readPrices(text, { file: 'aapl.csv' });
} catch (error) {
  if (!(error instanceof NbError)) throw error;
  console.log(error.code, error.message);
  if (error instanceof DataError) console.log(error.place?.file, error.place?.row, error.place?.column);
}

// Or take them and go on without them.
const rejected: RejectedRow[] = [];
const { panel, notes } = readPrices(text, { file: 'aapl.csv', onReject: (row) => rejected.push(row) });
console.log(panel.dates.length, rejected.length, notes.sentences);
