import {
  backtestWeights,
  equalWeights,
  NbError,
  PriceReader,
  rebalanceBars,
  reportHtml,
  version,
} from 'nb-backtest';

const input = document.querySelector<HTMLInputElement>('#file')!;
const status = document.querySelector<HTMLOutputElement>('#status')!;
const frame = document.querySelector<HTMLIFrameElement>('#report')!;

/** Reads the file piece by piece: it is never held as one text, and never leaves the page. */
async function readPrices(file: File): Promise<ReturnType<PriceReader['finish']>> {
  const reader = new PriceReader({ file: file.name });
  const gzip = file.name.endsWith('.gz');
  if (!gzip) reader.size = file.size;
  const stream = gzip ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  const pieces = stream.getReader();
  for (;;) {
    const { done, value } = await pieces.read();
    if (done) return reader.finish();
    reader.push(value);
  }
}

/** The tear sheet of equal weights of all symbols, monthly. */
async function tearSheet(file: File): Promise<string> {
  const { panel, notes } = await readPrices(file);
  const weights = equalWeights(panel, rebalanceBars(panel.dates, 'monthly'));
  const { close: prices, symbols, dates, priceScale } = panel;
  const result = backtestWeights(
    { prices, symbols, dates, weights },
    { initialCash: 1_000_000_00, priceScale, lag: 1, costBps: 10, missingPrice: 'mark-last' },
  );
  const command = `nb-backtest ${file.name} --cost-bps 10 --missing-price mark-last`;
  const provenance = { command, files: [], version, notes: notes.sentences };
  return reportHtml({ result, name: file.name, prices: panel, provenance });
}

let shown = '';

input.addEventListener('change', async () => {
  const file = input.files?.[0];
  if (file === undefined) return;
  status.textContent = `Reading ${file.name} …`;
  try {
    const page = await tearSheet(file);
    URL.revokeObjectURL(shown);
    shown = URL.createObjectURL(new Blob([page], { type: 'text/html' }));
    frame.src = shown;
    status.textContent = 'Done.';
  } catch (error) {
    frame.removeAttribute('src');
    status.textContent = error instanceof NbError ? error.message : `Unexpected: ${String(error)}`;
  }
});
