/** What makes a page live: its content policy, the data and the script at its end, the style of what that adds. */
import { scriptJson } from './escape.js';
import type { PageData } from './page-data.js';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH } from './page-script.generated.js';

export { PAGE_STYLE } from './page-script.generated.js';

/**
 * Nothing may be loaded, and no script runs but the page's own, known by its digest. Styles are the page's own and
 * the empty icon is a data address.
 */
export const POLICY: string = [
  "default-src 'none'",
  `script-src 'sha256-${PAGE_SCRIPT_HASH}'`,
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The data and the script, for the end of the body. */
export function scriptTags(data: PageData): string {
  return [
    `<script type="application/json" id="nb-data">${scriptJson(data)}</script>\n`,
    `<script>${PAGE_SCRIPT}</script>\n`,
  ].join('');
}
