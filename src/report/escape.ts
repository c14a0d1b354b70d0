/**
 * Text from outside (titles, symbols, file names, commands) made inert for the place it goes to.
 * Such text is hostile until shown otherwise: markup, terminal escapes, spreadsheet formulas, direction overrides.
 */

// Control characters, line and paragraph separators, half surrogates, marks that change the writing direction,
// and characters without width (but not the joiners, which some scripts need).
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\u200b\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

// Whole terminal sequences: CSI, the string kinds (OSC, DCS, SOS, PM, APC) up to their end, and two-character ones.
const TERMINAL =
  // eslint-disable-next-line no-control-regex -- these are the characters to find
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/**
 * `text` as HTML text or as the value of a quoted attribute. Markup characters become entities; control
 * characters and direction overrides become visible codes such as `\u202e`.
 */
export function escapeHtml(text: string): string {
  return visibleText(text).replace(/[&<>"'`]/g, (c) => ENTITIES[c]!);
}

/** `text` for a place that shows plain text: control characters and direction overrides as visible codes. */
export function visibleText(text: string): string {
  return text.replace(UNSAFE, visibleCode);
}

/** A value as JSON between `<script>` tags: no character that ends a script, acts on text or breaks a line. */
export function scriptJson(value: unknown): string {
  return visibleText(JSON.stringify(value)).replace(/[<>&]/g, visibleCode);
}

/** As `escapeHtml`, isolated so that right-to-left text does not reorder what stands around it. */
export function isolate(text: string): string {
  return `<bdi>${escapeHtml(text)}</bdi>`;
}

/** `text` on one line of a terminal: escape sequences, control characters and direction overrides are gone. */
export function stripTerminal(text: string): string {
  return text.replace(TERMINAL, '').replace(UNSAFE, '');
}

/** A number for a cell of CSV: the fewest digits that give the same double back, never -0; empty where it is not finite. */
export function csvNumber(value: number): string {
  return Number.isFinite(value) ? String(value === 0 ? 0 : value) : '';
}

/**
 * `text` as one CSV cell. A cell that a spreadsheet would read as a formula (it starts with = + - @, a tab or a
 * carriage return) gets a leading apostrophe; cells with quotes, commas, semicolons,
 * tabs and line breaks are quoted, so that a spreadsheet that splits at another mark finds no formula inside.
 */
export function csvText(text: string): string {
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\t\n\r]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** At most `length` characters of `text`, the last one an ellipsis where something was cut. */
export function clip(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

function visibleCode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
