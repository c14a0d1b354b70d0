/** Symbols and their order. */

/** For every symbol its place in the order of the names (by UTF-16 code units), whatever the listing order. */
export function nameRanks(symbols: readonly string[]): Int32Array {
  const order = symbols.map((_, i) => i).sort((a, b) => (symbols[a]! < symbols[b]! ? -1 : 1));
  const ranks = new Int32Array(symbols.length);
  for (const [place, i] of order.entries()) ranks[i] = place;
  return ranks;
}
