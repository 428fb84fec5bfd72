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
