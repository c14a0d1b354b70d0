import t from 'tap';
import { runLargeFile } from '../testing/large-file.js';

// A tenth of the ten million rows of `npm run soak -- large-file`.
t.test('a file of a million rows is read whole, in little memory', async (t) => {
  const { fileBytes, rssBytes, read, written } = runLargeFile(1_000_000, 7);
  t.same(read, written);
  t.ok(fileBytes > 50_000_000, `${fileBytes} bytes`);
  // About 55 MB of Node, 20 bytes a row and 8 for each of four prices, twice while they are put in place.
  t.ok(rssBytes < 300_000_000, `${rssBytes} bytes of memory`);
});
