/** Where a Chromium for the tests is, and how to start it: headless, and silent on the network. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What to tell whoever has none. */
export const CHROMIUM_HINT =
  'install it (Debian, Ubuntu: apt-get install chromium) or set NB_CHROMIUM to a Chrome or Chromium program';

/** Flags of a browser that only renders what it is given. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome.exe'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of the browser named by NB_CHROMIUM, else of the first one on PATH or in a usual place; else undefined. */
export function findChromium(): string | undefined {
  const named = process.env.NB_CHROMIUM;
  if (named) return existsSync(named) ? named : undefined;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      if (folder !== '' && existsSync(path)) return path;
    }
  }
  return PLACES.find((path) => existsSync(path));
}
