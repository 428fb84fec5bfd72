import type { ThreadAnchor } from '../../../domain/threads/anchor.ts';
import type { ChartCrop } from '../../../domain/threads/chart-crop.ts';

/** For an anchor's literal: the crop, where there is one. */
export const cropped = (crop: ChartCrop | null | undefined): { readonly crop?: ChartCrop } => (crop == null ? {} : { crop });

/** What an anchor on a line of a table names, without what was seen there; null for places that are not such lines. */
function lineOf(anchor: ThreadAnchor): string | null {
  if (anchor.kind === 'config') return JSON.stringify([anchor.kind, anchor.key, anchor.run]);
  if (anchor.kind === 'artifact') return JSON.stringify([anchor.kind, anchor.path, anchor.run]);
  if (anchor.kind === 'code') return JSON.stringify([anchor.kind, anchor.name, anchor.runs]);
  return anchor.kind === 'comparison' ? JSON.stringify([anchor.kind, anchor.of, anchor.name, anchor.runs]) : null;
}

/** Whether two anchors point at one line of a table, whatever each of them saw there. */
export const samePlace = (a: ThreadAnchor, b: ThreadAnchor): boolean => lineOf(a) !== null && lineOf(a) === lineOf(b);

type OnFile = Extract<ThreadAnchor, { readonly kind: 'artifact' }>;

/** What became of the quoted line of a file; null while the file is as it was. */
export function lineWords({ line }: OnFile, { movedOn, now, line: stands }: { readonly movedOn: boolean; readonly now: string | null; readonly line: { readonly number: number | null } | null }): string | null {
  if (!movedOn) return null;
  if (now === null) return 'The file is gone.';
  if (stands === null) return 'The file has changed since.';
  if (stands.number === null) return 'This line has changed since.';
  return stands.number === line ? 'The file has changed since, this line has not.' : `The file has changed since. This is line ${stands.number} now.`;
}

/** The page that shows a line of a run's file; null where the anchor names no run. */
export const lineHref = ({ path, run }: OnFile, line: number): string | null => (run === undefined ? null : `/r/${run}?${new URLSearchParams({ tab: 'artifacts', file: path, line: String(line) })}`);
