import { badInput } from '../refusal.ts';
import { cropFrom, type ChartCrop } from './chart-crop.ts';

/** What one row of a comparison is of. */
export const COMPARED = ['code', 'data', 'config', 'environment', 'metric'] as const;
export type Compared = (typeof COMPARED)[number];

interface OnChart {
  readonly metric: string;
  /** Which run's curve, where the subject has several. */
  readonly run?: string;
  /** What was seen there, kept as it was. */
  readonly crop?: ChartCrop;
}

/** Where on its subject a thread points. */
export type ThreadAnchor =
  | { readonly kind: 'verdict' }
  | { readonly kind: 'variants' }
  | { readonly kind: 'review'; readonly review: string }
  | ({ readonly kind: 'point'; readonly step: number } & OnChart)
  | ({ readonly kind: 'range'; readonly from: number; readonly to: number } & OnChart)
  | { readonly kind: 'config'; readonly key: string; readonly run?: string }
  | { readonly kind: 'artifact'; readonly path: string; readonly run?: string; /** A line of the file, the first being 1, with its text. */ readonly line?: number; readonly quote?: string }
  | { readonly kind: 'code'; readonly name: string; readonly runs: readonly string[]; /** A line of the difference, where one was shown. */ readonly line?: number; readonly quote?: string }
  | { readonly kind: 'comparison'; readonly of: Compared; readonly name: string; readonly runs: readonly string[] }
  | { readonly kind: 'text'; /** Yjs relative positions, base64. */ readonly from: string; readonly to: string; readonly quote: string };

const MOST_ANCHOR = 4000;
const MOST_NAME = 500;
const MOST_QUOTE = 1000;
const MOST_POSITION = 400;
const MOST_RUNS = 100;

type Json = Readonly<Record<string, unknown>>;
const refused = (sentence: string) => badInput('thread/anchor', sentence);

function text(json: Json, field: string, most = MOST_NAME): string {
  const value = json[field];
  if (typeof value !== 'string' || value === '' || value.length > most) throw refused(`The anchor's ${field} is a text of 1 to ${most} characters.`);
  return value;
}

function number(json: Json, field: string): number {
  const value = json[field];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw refused(`The anchor's ${field} is a number.`);
  return value;
}

/** The first line of a file is line 1. */
function lineNumber(json: Json): number {
  const value = number(json, 'line');
  if (!Number.isSafeInteger(value) || value < 1) throw refused("The anchor's line is a whole number, 1 or more.");
  return value;
}

const given = (json: Json, field: string): boolean => json[field] !== undefined && json[field] !== null;
/** Only what was given is in the anchor. */
const maybe = <Name extends string, Value>(json: Json, field: Name, read: () => Value): { readonly [name in Name]?: Value } => (given(json, field) ? { [field]: read() } as { [name in Name]: Value } : {});

function crop(json: Json): ChartCrop {
  const found = cropFrom(json['crop']);
  if (found === null) throw refused('The crop of an anchor is {lines, log, drawnFrom}, with at most 3 lines of 16 points each.');
  return found;
}

const onChart = (json: Json): OnChart => ({ metric: text(json, 'metric'), ...maybe(json, 'run', () => text(json, 'run')), ...maybe(json, 'crop', () => crop(json)) });

function runs(json: Json): readonly string[] {
  const value = json['runs'];
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_RUNS || !value.every((each) => typeof each === 'string' && each.length <= MOST_NAME)) throw refused(`The anchor's runs are 1 to ${MOST_RUNS} ids.`);
  return [...new Set(value as string[])];
}

function compared(json: Json): Compared {
  const value = COMPARED.find((each) => each === json['of']);
  if (value === undefined) throw refused(`A row of a comparison is of ${COMPARED.join(', ')}.`);
  return value;
}

function range(json: Json): ThreadAnchor {
  const [from, to] = [number(json, 'from'), number(json, 'to')];
  if (from >= to) throw refused('A range of a chart begins before it ends.');
  return { kind: 'range', from, to, ...onChart(json) };
}

const quoted = (json: Json) => ({ ...maybe(json, 'line', () => lineNumber(json)), ...maybe(json, 'quote', () => text(json, 'quote', MOST_QUOTE)) });

const READ: Readonly<Record<string, (json: Json) => ThreadAnchor>> = {
  verdict: () => ({ kind: 'verdict' }),
  variants: () => ({ kind: 'variants' }),
  review: (json) => ({ kind: 'review', review: text(json, 'review') }),
  point: (json) => ({ kind: 'point', step: number(json, 'step'), ...onChart(json) }),
  range,
  config: (json) => ({ kind: 'config', key: text(json, 'key'), ...maybe(json, 'run', () => text(json, 'run')) }),
  artifact: (json) => ({ kind: 'artifact', path: text(json, 'path', 1000), ...maybe(json, 'run', () => text(json, 'run')), ...quoted(json) }),
  code: (json) => ({ kind: 'code', name: text(json, 'name'), runs: runs(json), ...quoted(json) }),
  comparison: (json) => ({ kind: 'comparison', of: compared(json), name: text(json, 'name'), runs: runs(json) }),
  text: (json) => ({ kind: 'text', from: position(json, 'from'), to: position(json, 'to'), quote: text(json, 'quote', MOST_QUOTE) }),
};

function position(json: Json, field: string): string {
  const value = text(json, field, MOST_POSITION);
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) throw refused(`The anchor's ${field} is a place in a note, in base64.`);
  return value;
}

/** The first way of saying a point, which clients still use. */
const kindOf = ({ kind }: Json): string => (kind === 'chart' ? 'point' : typeof kind === 'string' && Object.hasOwn(READ, kind) ? kind : '');

/** Where on the subject a thread points, read from what a client says; null for the whole. Refuses what is no place. That the place exists is for who knows the subject. */
export function threadAnchor(json: unknown): ThreadAnchor | null {
  if (json === null || json === undefined) return null;
  if (typeof json !== 'object' || Array.isArray(json)) throw refused('An anchor is an object, such as {"kind": "verdict"}.');
  const words = JSON.stringify(json);
  if (words.length > MOST_ANCHOR || words.includes('\\u0000')) throw refused(`An anchor is at most ${MOST_ANCHOR} characters of JSON, without U+0000.`);
  const read = READ[kindOf(json as Json)];
  if (read === undefined) throw refused(`An anchor's kind is ${Object.keys(READ).join(', ')}.`);
  return read(json as Json);
}

/** As kept: what is not understood any more points at the whole. */
export function anchorFrom(json: unknown): ThreadAnchor | null {
  try {
    return threadAnchor(json);
  } catch {
    return null;
  }
}

type Of<Kind extends ThreadAnchor['kind']> = Extract<ThreadAnchor, { readonly kind: Kind }>;
const atLine = ({ line }: { readonly line?: number }): string => (line === undefined ? '' : `, line ${line}`);

/** Steps are whole numbers; a window that was drawn by hand lies between them. */
export const stepsText = (from: number, to: number): string => (from === to ? `step ${from}` : `steps ${from} to ${to}`);

const WORDS: { readonly [Kind in ThreadAnchor['kind']]: (anchor: Of<Kind>) => string } = {
  verdict: () => 'on the verdict',
  variants: () => 'on the variants',
  review: () => 'on a review',
  point: ({ metric, step }) => `on ${metric}, step ${Math.round(step)}`,
  range: ({ metric, from, to }) => `on ${metric}, ${stepsText(Math.round(from), Math.round(to))}`,
  config: ({ key }) => `on ${key}`,
  artifact: (anchor) => `on ${anchor.path}${atLine(anchor)}`,
  code: (anchor) => `on the code's ${anchor.name}${atLine(anchor)}`,
  comparison: ({ name }) => `on ${name}, compared`,
  text: () => 'on a passage',
};

/** "on the verdict", "on test_acc, step 18"; empty for the whole. */
export const anchorText = (anchor: ThreadAnchor | null): string => (anchor === null ? '' : (WORDS[anchor.kind] as (anchor: ThreadAnchor) => string)(anchor));

/** A point or a range of a chart. */
export type ChartPlace = Of<'point'> | Of<'range'>;

/** Whether nothing of it lies on the steps that were logged; both are of them. */
export function liesOutside(place: ChartPlace, { first, last }: { readonly first: number; readonly last: number }): boolean {
  const [from, to] = place.kind === 'point' ? [place.step, place.step] : [place.from, place.to];
  return to < first || from > last;
}

/** Runs that an anchor names: each must be of the subject. */
export function runsOfAnchor(anchor: ThreadAnchor): readonly string[] {
  if ('runs' in anchor) return anchor.runs;
  return 'run' in anchor && anchor.run !== undefined ? [anchor.run] : [];
}
