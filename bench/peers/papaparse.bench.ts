/** papaparse as a peer: the whole text of a file to rows of texts. */
import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { type Bench, job, type Kernel } from '../harness.js';

const parse: Kernel = (_, params) => {
  const path = String(params.file);
  const long = params.layout === 'long';
  return job(
    () => Papa.parse<string[]>(readFileSync(path, 'utf8'), { delimiter: ',', skipEmptyLines: true }).data,
    (rows) => {
      const last = rows[rows.length - 1];
      return {
        cells: (rows.length - 1) * (long ? 1 : last.length - 1),
        lastClose: Number(long ? last[5] : last[last.length - 1]),
      };
    },
  );
};

export const bench: Bench = { name: 'papaparse', kernels: { parse }, cases: [], version: '5.7.1' };
