/** Where a Chromium is, and how tests start it: no network of its own, no graphics card, no first-run pages. */
import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The path in `NB_CHROMIUM`, else the first usual place that exists; undefined where there is none. */
export function chromiumPath(): string | undefined {
  const named = process.env.NB_CHROMIUM;
  const places = named === undefined || named === '' ? PLACES : [named];
  return places.find((place) => existsSync(place));
}

/** What to do where `chromiumPath` finds nothing. */
export const CHROMIUM_HINT =
  'install chromium (Debian: apt-get install chromium) or set NB_CHROMIUM to its path';

/** Arguments for a test's browser. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
