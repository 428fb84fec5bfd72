import { diffArrays } from 'diff';
import type { Region } from '../../../domain/code/regions.ts';
import type { Mark, SideRow } from './side-row.ts';

/** Past this nobody waits for the shortest difference, in milliseconds. */
const PATIENCE_MS = 300;
/** Words are told apart in lines that a person reads. */
const LONGEST_MARKED = 500;
/** Two lines that share less than this part of their letters are two lines, not one that changed. */
const LEAST_SHARED = 0.35;

/** Regions as rows, the two sides beside each other. */
export function sideRows(regions: readonly Region[]): readonly SideRow[] {
  let end = 1;
  return regions.flatMap((region): SideRow[] => {
    const { before: { start, lines }, heading } = region;
    const same = Math.max(0, start - end);
    end = start + lines.length;
    const head: SideRow[] = same > 0 || heading !== '' ? [{ kind: 'head', same, heading }] : [];
    return [...head, ...regionRows(region)];
  });
}

function regionRows({ before, after }: Region): readonly SideRow[] {
  const replaced = [{ value: [...before.lines], removed: true, added: false }, { value: [...after.lines], removed: false, added: true }];
  const parts = diffArrays([...before.lines], [...after.lines], { timeout: PATIENCE_MS }) ?? replaced;
  const found: (readonly SideRow[])[] = [];
  let [old, now] = [before.start, after.start];
  let [gone, come]: [string[], string[]] = [[], []];
  const settle = (): void => {
    found.push(pairs(gone, come, old, now));
    old += gone.length;
    now += come.length;
    [gone, come] = [[], []];
  };
  for (const { value, added, removed } of parts) {
    if (removed) gone = [...gone, ...value];
    else if (added) come = [...come, ...value];
    else {
      settle();
      const [left, right] = [old, now];
      found.push(value.map((text, at) => ({ kind: 'line', differs: false, before: { line: left + at, text, marks: [] }, after: { line: right + at, text, marks: [] } })));
      old += value.length;
      now += value.length;
    }
  }
  settle();
  return found.flat();
}

/** What went beside what came, in order; in pairs that share enough the words that differ are marked. */
function pairs(gone: readonly string[], come: readonly string[], old: number, now: number): SideRow[] {
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, at): SideRow => {
    const [was, is] = [gone[at], come[at]];
    const marks = was === undefined || is === undefined ? [[], []] as const : wordMarks(was, is);
    return { kind: 'line', differs: true, before: was === undefined ? null : { line: old + at, text: was, marks: marks[0] }, after: is === undefined ? null : { line: now + at, text: is, marks: marks[1] } };
  });
}

/** Names, numbers as a whole (0.05, 1e-3), blanks, and every other character by itself. */
const wordsOf = (line: string): string[] => line.match(/\d[\w.]*(?:(?<=[eE])[+-]\d+)?|[\p{L}\p{N}_]+|\s+|./gsu) ?? [];

/** Where two lines differ, by words; nowhere in lines that have little in common, as all of them would be marked. */
export function wordMarks(was: string, is: string): readonly [readonly Mark[], readonly Mark[]] {
  if (was.length > LONGEST_MARKED || is.length > LONGEST_MARKED) return [[], []];
  const parts = diffArrays(wordsOf(was), wordsOf(is)).map(({ value, ...part }) => ({ ...part, value: value.join('') }));
  const shared = parts.reduce((sum, { value, added, removed }) => (added || removed ? sum : sum + value.trim().length), 0);
  if (shared < LEAST_SHARED * Math.max(was.trim().length, is.trim().length)) return [[], []];
  const [before, after]: [Mark[], Mark[]] = [[], []];
  let [old, now] = [0, 0];
  for (const { value, added, removed } of parts) {
    if (removed) before.push({ from: old, to: old + value.length });
    if (added) after.push({ from: now, to: now + value.length });
    if (!added) old += value.length;
    if (!removed) now += value.length;
  }
  return [before, after];
}
