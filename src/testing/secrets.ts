/** A small scan for what must never be committed: keys, tokens, passwords, and paths of somebody's machine. */
import type { Violation } from './source-file.js';

const PATTERNS: readonly (readonly [string, RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['an AWS key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a Slack token', /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  ['a Google key', /\bAIza[A-Za-z0-9_-]{35}\b/],
  ['an API key', /\bsk-[A-Za-z0-9_-]{32,}/],
  ['a signed token', /\beyJ[A-Za-z0-9_-]{16,}\.eyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/],
  ['a password in an address', /\b[a-z][a-z0-9+]*:\/\/[^\s/:@$<{]+:[^\s/:@$<{]{3,}@/],
  [
    'a password or key in a setting',
    /\b(?:password|passwd|secret|api_?key|access_?token)\b["']?\s*[:=]\s*["'][^"'\s${<]{8,}["']/i,
  ],
  ['a path of one machine', /(?:^|[\s"'`(=])\/(?:home|root|Users)\/[A-Za-z0-9._-]+/],
];

const MAX_BYTES = 2_000_000;

/** What in the file looks like a secret. Binary files and files over 2 MB are read as far as their text goes. */
export function secretsIn(path: string, bytes: Uint8Array): Violation[] {
  const text = Buffer.from(bytes.subarray(0, MAX_BYTES)).toString('latin1');
  if (text.includes('\0')) return [];
  const found: Violation[] = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    for (const [name, pattern] of PATTERNS) {
      if (pattern.test(lines[i]!)) {
        found.push({
          path,
          line: i + 1,
          message: `looks like ${name}: take it out, and revoke it if it was real`,
        });
      }
    }
  }
  return found;
}
