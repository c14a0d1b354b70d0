/** Rows of a run as the tables that people read. */
import { geometricMean, type Judgement, nsPerCell } from './budgets.js';
import type { Agreement, Change, Row } from './results.js';
import { type Column, showBytes, showMs, showRatio } from './table.js';

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/** One line for each row: times of both sides, the ratio, whether results agree, and peak memory. */
export function timesTable(rows: readonly Row[]): Table {
  const columns = [
    left('case'),
    right('ours'),
    right('min'),
    left('peer'),
    right('median'),
    right('min'),
    right('ratio'),
    left('results'),
    right('MB ours'),
    right('MB peer'),
  ];
  return {
    columns,
    rows: rows.map(({ id, ours, peer, ratio, agreement }) => [
      id,
      showMs(ours.medianMs),
      showMs(ours.minMs),
      peer === undefined ? '–' : `${peer.name} ${peer.version}`,
      peer === undefined ? '' : showMs(peer.medianMs),
      peer === undefined ? '' : showMs(peer.minMs),
      ratio === undefined ? '' : showRatio(ratio),
      agreement === undefined ? '' : showAgreement(agreement),
      ours.peakBytes === null ? '–' : showBytes(ours.peakBytes).replace(' MB', ''),
      peer === undefined || peer.peakBytes === null ? '' : showBytes(peer.peakBytes).replace(' MB', ''),
    ]),
  };
}

function showAgreement(agreement: Agreement): string {
  if ('notCompared' in agreement) return 'not compared';
  const { worst, allowed } = agreement;
  if (worst === 0) return 'equal';
  return worst <= allowed ? `agree to ${worst.toExponential(0)}` : `DIFFER by ${worst.toExponential(1)}`;
}

/** What each case is, and what the peer is asked to do for it. */
export function casesTable(rows: readonly Row[]): Table {
  return {
    columns: [left('case'), left('work'), left('peer'), left('rounds')],
    rows: rows.map(({ id, title, ours, peer, agreement }) => [
      id,
      title,
      peer === undefined
        ? '–'
        : `${peer.what}${agreement === undefined ? '' : `; ${explainAgreement(agreement)}`}`,
      `${ours.rounds}${ours.repeat === 1 ? '' : ` of ${ours.repeat} calls`}`,
    ]),
  };
}

function explainAgreement(agreement: Agreement): string {
  return 'notCompared' in agreement
    ? `results not compared: ${agreement.notCompared}`
    : `compared: ${agreement.fields.join(', ')}`;
}

/** Cases with a time for each cell; undefined when there are none. */
export function cellsTable(rows: readonly Row[]): Table | undefined {
  const cells = rows.filter(
    (row, i) => row.cells !== undefined && rows.findIndex((r) => r.id === row.id) === i,
  );
  if (cells.length === 0) return undefined;
  return {
    columns: [left('case'), right('cells'), right('fastest'), right('ns a cell'), right('peak memory')],
    rows: cells.map((row) => [
      row.id,
      row.cells!.toLocaleString('en-US'),
      showMs(row.ours.minMs),
      nsPerCell(row)!.toFixed(2),
      row.ours.peakBytes === null ? '–' : showBytes(row.ours.peakBytes),
    ]),
  };
}

/** Sizes of what was made, where that counts; undefined when there are none. */
export function bytesTable(rows: readonly Row[]): Table | undefined {
  const lines = rows.flatMap(({ id, peer, bytes }) =>
    bytes === undefined
      ? []
      : [
          [
            id,
            bytes.ours.toLocaleString('en-US'),
            peer?.name ?? '–',
            bytes.peer === null ? '' : bytes.peer.toLocaleString('en-US'),
          ],
        ],
  );
  if (lines.length === 0) return undefined;
  return { columns: [left('case'), right('bytes'), left('peer'), right('bytes')], rows: lines };
}

/** Cases whose single calls were timed; undefined when there are none. */
export function latencyTable(rows: readonly Row[]): Table | undefined {
  const lines = rows.flatMap(({ id, latency }) =>
    latency === undefined
      ? []
      : [
          [
            id,
            ...[latency.p50, latency.p99, latency.p999, latency.clock].map((ns) => `${Math.round(ns)} ns`),
          ],
        ],
  );
  if (lines.length === 0) return undefined;
  return {
    columns: [left('case'), right('p50'), right('p99'), right('p99.9'), right('clock, subtracted')],
    rows: lines,
  };
}

/** The geometric mean of the ratios to each peer, over the cases of a group; undefined when there are none. */
export function meansTable(rows: readonly Row[]): Table | undefined {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.group === undefined || row.peer === undefined) continue;
    const key = `${row.group}\n${row.peer.name}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  if (groups.size === 0) return undefined;
  return {
    columns: [left('cases'), right('count'), left('peer'), right('mean'), right('least'), right('most')],
    rows: [...groups.values()].map((members) => {
      const ratios = members.map((row) => row.ratio!);
      const [{ group, peer }] = members as [Row];
      const ends = [Math.min(...ratios), Math.max(...ratios)];
      const shown = [geometricMean(ratios), ...ends].map(
        (ratio) => `${ratio.toFixed(ratio < 9.95 ? 2 : 0)}×`,
      );
      return [group!, String(members.length), `${peer!.name} ${peer!.version}`, ...shown];
    }),
  };
}

/** Figures that others gave for the same work, on their machines; undefined when there are none. */
export function quotedTable(rows: readonly Row[]): Table | undefined {
  const lines = rows.flatMap((row, i) =>
    rows.findIndex((r) => r.id === row.id) === i
      ? (row.quoted ?? []).map(({ who, ms }) => [
          row.id,
          showMs(row.ours.medianMs),
          who,
          showMs(ms),
          showRatio(ms / row.ours.medianMs),
        ])
      : [],
  );
  if (lines.length === 0) return undefined;
  return {
    columns: [left('case'), right('ours'), left('quoted'), right('quoted'), right('ratio')],
    rows: lines,
  };
}

export function budgetsTable(judgements: readonly Judgement[]): Table {
  return {
    columns: [left('target'), right('measured'), left('')],
    rows: judgements.map(({ target, measured, verdict }) => [target, measured, verdict]),
  };
}

const percent = (factor: number): string => `${factor >= 1 ? '+' : ''}${((factor - 1) * 100).toFixed(0)} %`;

/** Old and new of each case, with the verdict first where it is not `same`. */
export function changesTable(changes: readonly Change[]): Table {
  return {
    columns: [
      left('case'),
      right('old'),
      right('new'),
      right('median'),
      right('min'),
      right('peer'),
      left(''),
    ],
    rows: changes.map((change) => [
      change.key,
      showMs(change.oldMs),
      showMs(change.newMs),
      percent(change.factor),
      percent(change.minFactor),
      change.peerFactor === undefined ? '' : percent(change.peerFactor),
      change.verdict === 'same' ? '' : change.verdict,
    ]),
  };
}
