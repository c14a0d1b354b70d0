/** What `simulateGarch` and `fitMany` refuse. */
import t from 'tap';
import { ShapeError, ValidationError } from '../errors.js';
import { fitMany } from './garch-many.js';
import { simulateGarch } from './garch-simulate.js';
import type { GarchFit } from './garch-types.js';

t.test('what is no model is not drawn from, and what is no matrix not fitted', (t) => {
  const params = { omega: 1, alpha: [0.1], gamma: [], beta: [0.8] };
  const cases: [unknown, RegExp][] = [
    [undefined, /fit\.params/],
    [{ params }, /fit\.dist/],
    [{ params, dist: 'normal', model: 'figarch' }, /fit\.model/],
    [{ params: { ...params, omega: NaN }, dist: 'normal' }, /omega/],
    [{ params: { ...params, omega: -1 }, dist: 'normal' }, /omega/],
    [{ params: { ...params, omega: 0 }, dist: 'normal' }, /omega.*stays 0/],
    [{ params: { ...params, beta: 0.8 }, dist: 'normal' }, /beta/],
    [{ params, dist: 't' }, /nu/],
    [{ params: { ...params, nu: 2 }, dist: 't' }, /nu/],
    [{ params: { ...params, nu: 5, lambda: 1.5 }, dist: 'skewt' }, /lambda/],
  ];
  for (const [model, message] of cases)
    t.throws(() => simulateGarch(model as GarchFit, 5), { message } as never, `${message}`);
  const data = new Float64Array(6);
  t.throws(() => fitMany({ data, rows: -2, cols: -3 }), ValidationError);
  t.throws(() => fitMany({ data: new Float64Array(0), rows: 3, cols: 0 }), ValidationError);
  t.throws(() => fitMany({ data, rows: 2, cols: 2 }), ShapeError);
  t.end();
});
