import { atr, bbands, indicators, Macd, macd, type Mat, Rsi, rsi } from 'nb-backtest';

const close = Float64Array.from({ length: 300 }, (_, i) => 100 + ((7919 * i) % 101) / 10);
const high = close.map((price) => price + 1);
const low = close.map((price) => price - 1);

// Arrays in, arrays of the same length out; NaN until there are enough bars.
console.log(rsi(close, 14)[299]);
const { upper, middle, lower } = bbands(close, 20, 2, 2);
console.log(upper[299], middle[299], lower[299], atr(high, low, close)[299]);

// Into arrays of your own: no new one is made.
const out = new Float64Array(close.length);
rsi.into(close, 14, out);
console.log(out[14] === rsi(close, 14)[14], rsi.lookback(14)); // true 14

// Bar by bar, with the same bits.
const stream = new Rsi(14);
let last = NaN;
for (const price of close) last = stream.update(price);
console.log(last === out[299]); // true
console.log(new Macd().update(100)); // { macd: NaN, signal: NaN, histogram: NaN }

// A matrix of symbols: rows are bars, every column is one series.
const panel: Mat = { data: Float64Array.from([...close, ...close]), rows: 300, cols: 2 };
console.log(macd(panel, 12, 26, 9).signal.rows, macd.lookback()); // 300 33

// Every indicator with its inputs, parameters and defaults.
console.log(indicators().map(({ name }) => name));
