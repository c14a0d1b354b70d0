/** Portfolios in files. */
import { SchemaError, ValidationError } from '../errors.js';
import { Portfolio } from '../portfolio/index.js';
import { readTextFile, writeFileAtomic } from './files.js';

/**
 * Saves a portfolio as JSON: its cash, costs, options, positions and equity curve, with a schema version.
 *
 * path       the file to write; after a crash at any moment it holds the old portfolio or all of the new one
 * portfolio  a `Portfolio`
 *
 * Throws `ValidationError` for anything else, and as `writeFileAtomic` does: `StorageError`, `ResourceLimitError`.
 */
export function savePortfolio(path: string, portfolio: Portfolio): void {
  if (!(portfolio instanceof Portfolio)) {
    throw new ValidationError('portfolio', portfolio, 'a Portfolio', 'pass a Portfolio, not its JSON');
  }
  writeFileAtomic(path, `${JSON.stringify(portfolio)}\n`);
}

/**
 * The portfolio that `savePortfolio` wrote, exact to the cent and the micro-share.
 *
 * path  the file to read; plain or gzip
 *
 * Throws `DataSourceError` for a file that cannot be read, and `SchemaError` naming the file for one that is torn, is no
 * JSON, or is no portfolio; then it names the first field that is not right, and for another schema version what to do.
 */
export function loadPortfolio(path: string): Portfolio {
  const json = parse(path, readTextFile(path));
  try {
    return Portfolio.fromJSON(json);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const problem = new SchemaError(error.message, { file: path }, error.detail);
    problem.cause = error;
    throw problem;
  }
}

/** The value of a JSON text. The engine's own words for what is wrong differ by version, so they are not repeated. */
function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const body = text.trim();
    const [what, fix] =
      body === ''
        ? ['is empty', 'save the portfolio again']
        : body.startsWith('{') && !body.endsWith('}')
          ? ['ends in the middle of a portfolio', 'copy the file again, or take an older copy']
          : ['is not JSON', 'name a file that savePortfolio wrote'];
    const detail = { field: 'path', value: path, constraint: 'a portfolio saved as JSON', fix };
    const problem = new SchemaError(
      `${what}. Constraint: ${detail.constraint}. Fix: ${fix}`,
      { file: path },
      detail,
    );
    problem.cause = cause;
    throw problem;
  }
}
