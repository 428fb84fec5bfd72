import type { Config } from './canonical-config.ts';
import { commonName, isBystander, isOff, namesSomething, wordsOf } from './key-words.ts';

/** One item in which two recipes differ, and how much that weighs: 0 nothing, 1 or more another idea altogether. */
export interface Difference {
  readonly kind: 'CODE' | 'DATA' | 'CONFIG' | 'ENVIRONMENT';
  readonly name: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly weight: number;
}

/** A number weighs its relative change over this: 25 % is a full step. */
const FULL_STEP = Math.log(1.25);
const BYSTANDER = 0.01;
const AT_ITS_DEFAULT = 0.01;
const SWITCHED_OFF = 0.04;
const RENAMED_KNOWN = 0.03;
const RENAMED = 0.06;
const SPELLED = 0.02;
const MOVED_FILE = 0.03;
const OTHER = 1;
/** Texts of this length are prose, of which a letter may change. */
const PROSE = 40;
const DATE_DIGITS = 10_000_000;

export interface ConfigSide { readonly config: Config; readonly defaults: Config }

/** `dataIsEqual`: what is read is known to be the same, so that where it is read from does not matter. */
export function configDifferences(from: ConfigSide, to: ConfigSide, dataIsEqual: boolean): Difference[] {
  const gone = [...from.config].filter(([key]) => !to.config.has(key));
  const added = [...to.config].filter(([key]) => !from.config.has(key));
  const renamed = pairNames(gone, added);
  const taken = new Set(renamed.flatMap(({ before, after }) => [`- ${before}`, `+ ${after}`]));
  const changed = [...from.config].flatMap(([key, value]): Difference[] => {
    const now = to.config.get(key);
    return now === undefined || now === value ? [] : [{ kind: 'CONFIG', name: key, from: value, to: now, weight: valueWeight(key, { from: value, to: now }, dataIsEqual) }];
  });
  return [
    ...changed,
    ...renamed.map(({ before, after, value, weight }): Difference => ({ kind: 'CONFIG', name: `${before} → ${after}`, from: value, to: value, weight })),
    ...gone.filter(([key]) => !taken.has(`- ${key}`)).map(([key, value]): Difference => ({ kind: 'CONFIG', name: key, from: value, to: null, weight: loneWeight(key, value, from.defaults) })),
    ...added.filter(([key]) => !taken.has(`+ ${key}`)).map(([key, value]): Difference => ({ kind: 'CONFIG', name: key, from: null, to: value, weight: loneWeight(key, value, to.defaults) })),
  ];
}

/** A key that only one side has. */
function loneWeight(key: string, value: string, defaults: Config): number {
  if (defaults.get(key) === value) return AT_ITS_DEFAULT;
  if (isBystander(key)) return BYSTANDER;
  return isOff(value) ? SWITCHED_OFF : OTHER;
}

interface Renaming { readonly before: string; readonly after: string; readonly value: string; readonly weight: number }

/** A key that went and one that came with the same value, where the names or the value say that it is one thing. */
function pairNames(gone: readonly (readonly [string, string])[], added: readonly (readonly [string, string])[]): Renaming[] {
  const free = new Map(added);
  const found: Renaming[] = [];
  for (const [before, value] of gone) {
    const candidates = [...free].filter(([, other]) => other === value).map(([after]) => ({ before, after, value, weight: renameWeight(before, after, value) })).toSorted((a, b) => a.weight - b.weight);
    const [best] = candidates;
    if (!best || best.weight >= OTHER) continue;
    free.delete(best.after);
    found.push(best);
  }
  return found;
}

function renameWeight(before: string, after: string, value: string): number {
  if (commonName(before) === commonName(after)) return RENAMED_KNOWN;
  const words = new Set([...wordsOf(before), ...commonName(before).split(' ')]);
  if ([...wordsOf(after), ...commonName(after).split(' ')].some((word) => words.has(word))) return RENAMED;
  return saysMuch(value) ? RENAMED : OTHER;
}

/** 180 or resnet50 is hardly the value of two things by chance; 0, 1 and true are. */
const saysMuch = (value: string): boolean => value.length >= 3 && !['true', 'false', 'null', '0.1', '0.5', '0.2', '100', '1000'].includes(value);

function valueWeight(key: string, { from, to }: { readonly from: string; readonly to: string }, dataIsEqual: boolean): number {
  if (isBystander(key) || (isPlace(key) && dataIsEqual)) return BYSTANDER;
  if (isNumber(from) && isNumber(to)) return namesSomething(key) ? nameWeight(key) : numberWeight(Number(from), Number(to));
  return isOff(from) && isOff(to) ? SWITCHED_OFF : textWeight(from, to);
}

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text));
/** Another seed under a name that Lemma does not take for the seed is hardly another idea. */
const nameWeight = (key: string): number => (key.toLowerCase().endsWith('seed') ? SPELLED : OTHER);

const isPlace = (key: string): boolean => /(?:^|[._])(?:data|dataset|train|val|test|corpus)_?(?:dir|path|root|folder|file)$/i.test(key);
const looksLikeDate = (a: number, b: number): boolean => [a, b].every((value) => Number.isInteger(value) && value >= DATE_DIGITS * 1.9 && value < DATE_DIGITS * 2.1);

/** Equal numbers that are written as different types mean different things. By relative change; of fractions near one also of what is missing to one: 0.99 and 0.999 are ten times apart. */
function numberWeight(a: number, b: number): number {
  if (looksLikeDate(a, b)) return OTHER;
  const step = relativeStep(a, b);
  const isShare = [a, b].every((value) => value > 0.5 && value < 1);
  return Math.min(OTHER, isShare ? Math.max(step, relativeStep(1 - a, 1 - b) / 2) : step);
}

const relativeStep = (a: number, b: number): number => (a === b ? OTHER : a * b <= 0 ? OTHER : Math.abs(Math.log(a / b)) / FULL_STEP);

function textWeight(from: string, to: string): number {
  const [a, b] = [from, to].map((text) => text.toLowerCase().replaceAll(/[\s_-]+/g, ''));
  if (a === b) return SPELLED;
  if ([from, to].every((text) => /^(?:\/|~|[A-Za-z]:\\|\w+:\/\/)/.test(text)) && lastPart(from) === lastPart(to)) return MOVED_FILE;
  if (Math.min(from.length, to.length) < PROSE) return OTHER;
  return Math.min(OTHER, 5 * changedShare(from, to));
}

const lastPart = (path: string): string => path.split(/[/\\]/).at(-1) ?? '';

/** The share of a text between what both begin and end with. */
function changedShare(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  return (Math.max(a.length, b.length) - head - tail) / Math.max(a.length, b.length);
}
