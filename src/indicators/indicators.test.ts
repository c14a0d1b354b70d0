/** Every indicator of the table in all its forms: what holds for each of them. */
import t from 'tap';
import { NonFiniteError, ShapeError, ValidationError } from '../errors.js';
import { errorOf } from '../testing/error-of.js';
import { firstDifference, listOf, market, series, type Values, variants } from '../testing/indicator-kit.js';
import type { IndicatorRow } from './indicator.js';
import * as all from './index.js';
import { STREAMS, type StreamClass } from './streams/index.js';

type Call = ((...args: unknown[]) => Float64Array | Record<string, Float64Array>) & {
  into(...args: unknown[]): void;
  lookback(...parameters: unknown[]): number;
};

/** Those with a streaming class; the first test says which have none. */
const rows = all.indicators().filter(({ name }) => name in STREAMS);
const functions = all as unknown as Readonly<Record<string, Call>>;

/** A line for every variant (the first `most` of a row) and output in which `other` differs from the friendly form. */
function differences(
  inputs: (row: IndicatorRow) => Float64Array[],
  other: (row: IndicatorRow, inputs: Float64Array[], parameters: Values) => readonly Float64Array[],
  most: number = Infinity,
): readonly string[] {
  const problems: string[] = [];
  for (const row of rows) {
    const given = inputs(row);
    for (const parameters of variants(row).slice(0, most)) {
      const expected = listOf(row, functions[row.name]!(...given, ...parameters));
      const found = other(row, given, parameters);
      expected.forEach((array, k) => {
        const at = firstDifference(array, found[k]!);
        if (at < 0) return;
        const where = `${row.name}(${parameters.join(', ')}).${row.outputs[k]}[${at}]`;
        problems.push(`${where}: ${array[at]} against ${found[k]![at]}`);
      });
    }
  }
  return problems;
}

function streamed(row: IndicatorRow, inputs: Float64Array[], parameters: Values): readonly Float64Array[] {
  const Class = STREAMS[row.name] as unknown as new (...parameters: Values) => InstanceType<StreamClass>;
  const stream = new Class(...parameters);
  const outputs = row.outputs.map(() => new Float64Array(inputs[0]!.length));
  for (let i = 0; i < inputs[0]!.length; i++) {
    const made = stream.update(...inputs.map((column) => column[i]!));
    outputs.forEach((out, k) => {
      out[i] = typeof made === 'number' ? made : made[row.outputs[k]!]!;
    });
  }
  return outputs;
}

t.test('every row has its function, its streaming class and its place in the order of names', async (t) => {
  const names = all.indicators().map(({ name }) => name);
  t.strictSame(names, [...new Set(names)].sort());
  t.strictSame(
    names.map((name) => functions[name]?.name),
    names,
  );
  t.strictSame(Object.keys(STREAMS).sort(), names);
  const classes: Readonly<Record<string, unknown>> = { ...all };
  const pascal = (name: string): string => name[0]!.toUpperCase() + name.slice(1);
  t.strictSame(
    names.filter((name) => classes[pascal(name)] !== STREAMS[name]),
    [],
  );
});

for (const [what, kind, most, spoil] of [
  ['a walk', 'walk', Infinity, undefined],
  ['constant prices', 'flat', 4, undefined],
  ['leading NaN', 'walk', 4, { from: 0, to: 3 }],
  ['a NaN inside', 'walk', 4, { from: 120, to: 121 }],
] as const) {
  t.test(`update() gives the bits of the array form over ${what}`, async (t) => {
    const columns = market(260, kind);
    if (spoil) for (const column of Object.values(columns)) column.fill(NaN, spoil.from, spoil.to);
    t.strictSame(
      differences((row) => series(row, columns), streamed, most),
      [],
    );
  });
}

t.test('.into writes every cell with the bits of the friendly form, again and again', async (t) => {
  const columns = market(150, 'walk');
  const found = differences(
    (row) => series(row, columns),
    (row, inputs, parameters) => {
      const outputs = row.outputs.map(() => new Float64Array(150).fill(-7));
      const record = Object.fromEntries(row.outputs.map((name, k) => [name, outputs[k]!]));
      for (let again = 0; again < 2; again++) {
        functions[row.name]!.into(...inputs, ...parameters, outputs.length === 1 ? outputs[0] : record);
      }
      return outputs;
    },
  );
  t.strictSame(found, []);
});

t.test('a panel gives the columns, each as if it stood alone', async (t) => {
  const bars = 90;
  const markets = [1, 2, 3].map((seed) => market(bars, 'walk', seed));
  for (const column of Object.values(markets[1]!)) column.fill(NaN, 0, 4);
  const cols = markets.length;
  const problems: string[] = [];
  for (const row of rows) {
    const panels = row.inputs.map((name) => {
      const data = new Float64Array(bars * cols);
      markets.forEach((columns, j) => columns[name]!.forEach((value, i) => (data[i * cols + j] = value)));
      return { data, rows: bars, cols };
    });
    const made: unknown = functions[row.name]!(...panels);
    const matrices = listOf(row, made) as unknown as readonly { data: Float64Array }[];
    markets.forEach((columns, j) => {
      const alone = listOf(row, functions[row.name]!(...series(row, columns)));
      alone.forEach((array, k) => {
        const column = array.map((_, i) => matrices[k]!.data[i * cols + j]!);
        if (firstDifference(array, column) >= 0) problems.push(`${row.name}.${row.outputs[k]} column ${j}`);
      });
    });
  }
  t.strictSame(problems, []);
});

t.test('a panel of impossible shape is refused, and an infinity in one has a row and a column', async (t) => {
  const refusal = (rows: number, cols: number, ...cells: number[]): string =>
    errorOf(() => all.sma({ data: Float64Array.from(cells), rows, cols }, 1)).message;
  t.match(refusal(-1, -1, 5), /'close\.rows' has invalid value -1/);
  t.match(refusal(2, 0.5, 5), /'close\.cols' has invalid value 0\.5/);
  t.match(refusal('2' as never, 1, 5, 6), /'close\.rows' has invalid value "2"/);
  t.match(refusal(2, 2, 5, 6, 7), /'close\.data' has invalid value 3.*= 4 cells/);
  t.match(refusal(2, 2, 5, 6, 7, Infinity), /'close\[1\]\[1\]' has invalid value Infinity/);
});

t.test('a choice that cannot even be printed is refused like any other', async (t) => {
  const { message } = errorOf(() => all.ma([1, 2], 1, Object.create(null) as never));
  t.match(message, /'maType' has invalid value .*one of sma, ema.*Fix: use one of/);
});

t.test('.lookback is the index of the first number, and leading NaN shift it', async (t) => {
  const bars = 400;
  const columns = market(bars, 'walk');
  const late = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, Float64Array.from([NaN, NaN, NaN, ...column])]),
  );
  const problems: string[] = [];
  for (const row of rows) {
    const call = functions[row.name]!;
    for (const parameters of variants(row)) {
      const expected = call.lookback(...parameters);
      const made = listOf(row, call(...series(row, columns), ...parameters));
      const first = Math.min(...made.map((out) => out.findIndex((value) => !Number.isNaN(value))));
      const label = `${row.name}(${parameters.join(', ')})`;
      if (first !== expected) problems.push(`${label}: first number at ${first}, lookback ${expected}`);
      const shifted = listOf(row, call(...series(row, late), ...parameters));
      shifted.forEach((out, k) => {
        if (firstDifference(out.subarray(3), made[k]!) >= 0 || !out.subarray(0, 3).every(Number.isNaN)) {
          problems.push(`${label}.${row.outputs[k]}: not shifted by leading NaN`);
        }
      });
    }
  }
  t.strictSame(problems, []);
});

t.test('everything from a NaN inside onwards is NaN, everything before it as without', async (t) => {
  const problems: string[] = [];
  const columns = market(200, 'walk');
  for (const row of rows) {
    const whole = listOf(row, functions[row.name]!(...series(row, columns)));
    row.inputs.forEach((name, k) => {
      const inputs = series(row, columns);
      inputs[k] = inputs[k]!.with(150, NaN);
      listOf(row, functions[row.name]!(...inputs)).forEach((out, j) => {
        const before = firstDifference(out.subarray(0, 150), whole[j]!.subarray(0, 150)) < 0;
        const after = out.subarray(150).every(Number.isNaN);
        if (!before || !after) problems.push(`${row.name}: NaN in ${name}, output ${row.outputs[j]}`);
      });
    });
  }
  t.strictSame(problems, []);
});

t.test(
  'short series: nothing gives nothing, up to the lookback only NaN, one more the first number',
  async (t) => {
    const problems: string[] = [];
    for (const row of rows) {
      const call = functions[row.name]!;
      for (const parameters of variants(row)) {
        const lookback = call.lookback(...parameters);
        for (const n of new Set([0, 1, lookback, lookback + 1])) {
          const columns = market(n, 'walk');
          const made = listOf(row, call(...series(row, columns), ...parameters));
          const numbers = Math.max(...made.map((out) => out.filter((value) => !Number.isNaN(value)).length));
          const right = made.every((out) => out.length === n) && numbers === (n > lookback ? 1 : 0);
          if (!right) problems.push(`${row.name}(${parameters.join(', ')}) of ${n} bars: ${numbers} numbers`);
        }
      }
    }
    t.strictSame(problems, []);
  },
);

t.test('a bad argument names itself, its value, what is asked and what to do', async (t) => {
  const problems: string[] = [];
  const columns = market(50, 'walk');
  const refuse = (label: string, kind: typeof ValidationError, field: string, work: () => unknown): void => {
    try {
      work();
      problems.push(`${label}: not refused`);
    } catch (error) {
      if (!(error instanceof kind)) problems.push(`${label}: ${String(error)}`);
      else {
        const { detail } = error;
        if (detail.field !== field) problems.push(`${label}: names ${detail.field} instead of ${field}`);
        if (!detail.constraint || !detail.fix) problems.push(`${label}: no constraint or no fix`);
      }
    }
  };
  for (const row of rows) {
    const call = functions[row.name]!;
    const inputs = series(row, columns);
    const Class = STREAMS[row.name] as unknown as new (...parameters: unknown[]) => unknown;
    row.parameters.forEach((parameter, k) => {
      const bad: unknown[] = ['choices' in parameter ? 'nonsense' : 'ten', NaN];
      if (!('choices' in parameter)) {
        bad.push(parameter.min - (parameter.whole ? 1 : Math.abs(parameter.min) + 1), Infinity);
        if (parameter.whole) bad.push(parameter.min + 0.5, parameter.max + 1);
      }
      for (const value of bad) {
        const parameters = row.parameters.map(({ default: byDefault }, j) => (j === k ? value : byDefault));
        const label = `${row.name} with ${parameter.name} ${String(value)}`;
        refuse(label, ValidationError, parameter.name, () => call(...inputs, ...parameters));
        refuse(`${label}, lookback`, ValidationError, parameter.name, () => call.lookback(...parameters));
        refuse(`${label}, stream`, ValidationError, parameter.name, () => new Class(...parameters));
      }
    });
    row.inputs.forEach((name, k) => {
      const replaced = (value: unknown): unknown[] => inputs.map((column, j) => (j === k ? value : column));
      refuse(`${row.name} of words`, ValidationError, name, () => call(...replaced('12')));
      refuse(`${row.name} to infinity`, NonFiniteError as never, `${name}[9]`, () =>
        call(...replaced(inputs[k]!.with(9, Infinity))),
      );
      const bar = (value: unknown): unknown[] =>
        replaced(value).map((x) => (x instanceof Float64Array ? 5 : x));
      const stream = new Class() as { update(...values: unknown[]): unknown };
      const field = name === 'values' ? 'value' : name;
      refuse(`${row.name}, a word in the stream`, ValidationError, field, () => stream.update(...bar('12')));
      refuse(`${row.name}, infinity in the stream`, NonFiniteError as never, field, () =>
        stream.update(...bar(-Infinity)),
      );
      if (k > 0) {
        refuse(`${row.name}, lengths`, ShapeError as never, name, () =>
          call(...replaced(new Float64Array(3))),
        );
      }
    });
    const extra = [...inputs, ...row.parameters.map(({ default: byDefault }) => byDefault), 3];
    const field = `${row.name} argument ${extra.length}`;
    refuse(`${row.name} with one more`, ValidationError, field, () => call(...extra));
  }
  t.strictSame(problems, []);
});
