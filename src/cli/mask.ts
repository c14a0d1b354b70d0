/** Secrets that come along in names and texts, taken out before anything is shown or logged. */

/** Stands where a secret stood. */
export const MASK = '***';

const SECRET_NAME =
  /(?:^|[-_.])(?:password|passwd|pwd|secret|token|credentials?|auth|api[-_]?key|access[-_]?key|private[-_]?key|key)(?:$|[-_.])/i;

const SECRETS: readonly (readonly [pattern: RegExp, shown: string])[] = [
  // The password in an address.
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi, `$1:${MASK}@`],
  // token=…, "apiKey": "…"; then --password …
  [
    /((?:password|passwd|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key)["']?\s*[=:]\s*)["'\\]*[^\s"'\\,;&]+/gi,
    `$1${MASK}`,
  ],
  [/(--?[\w-]*(?:password|passwd|pwd|secret|token|key)\s+)[^\s"',;&]+/gi, `$1${MASK}`],
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${MASK}`],
  [
    /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|npm_[A-Za-z0-9]{20,}|sk-[A-Za-z0-9_-]{20,}|(?:AKIA|ASIA)[A-Z0-9]{16}|xox[abprs]-[A-Za-z0-9-]{10,}|AIza[A-Za-z0-9_-]{30,})/g,
    MASK,
  ],
];

/** Whether a value under this name must not be shown: `api-token`, `DB_PASSWORD`. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** `text` without what looks like a secret. */
export function maskSecrets(text: string): string {
  return SECRETS.reduce((masked, [pattern, shown]) => masked.replace(pattern, shown), text);
}
