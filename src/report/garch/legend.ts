/** What the lines and areas of a chart are. */
import { escapeHtml } from '../escape.js';

/** A legend of classes and labels. */
export function legendHtml(items: readonly (readonly [role: string, label: string])[]): string {
  const rows = items.map(([role, label]) => `<li class="${role}"><i></i>${escapeHtml(label)}</li>`);
  return `<ul class="legend">${rows.join('')}</ul>`;
}
