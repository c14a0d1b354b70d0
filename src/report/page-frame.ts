/** The frame of every page: one HTML file that needs nothing else, with its head, its panels and what ends its body. */
import { escapeHtml } from './escape.js';

/** What makes one page. All but `title` and `version` is HTML. */
export interface PageFrame {
  /** Title of the window; plain text. */
  readonly title: string;
  /** Version of this package; plain text. */
  readonly version: string;
  /** The content policy. */
  readonly policy: string;
  readonly style: string;
  readonly header: string;
  readonly panels: readonly string[];
  /** Data and script at the end of the body. */
  readonly tail?: string;
}

/** The whole page. */
export function pageHtml({ title, version, policy, style, header, panels, tail = '' }: PageFrame): string {
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
    '<meta name="referrer" content="no-referrer">\n',
    `<meta name="generator" content="nb-backtest ${escapeHtml(version)}">\n`,
    '<meta name="color-scheme" content="light dark">\n',
    '<link rel="icon" href="data:,">\n',
    `<title>${escapeHtml(title)}</title>\n`,
    `<style>${style}</style>\n</head>\n<body>\n<div class="page">\n`,
    header,
    '<main class="panels">\n',
    ...panels,
    '</main>\n</div>\n',
    tail,
    '</body>\n</html>\n',
  ].join('');
}
