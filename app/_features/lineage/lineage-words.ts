import type { LineageKind } from '../../../domain/lineage/graph.ts';
import type { LineageMark } from '../../_charts/draw-lineage.ts';

/** Of a node, what a drawing and a list say of it; a shared page has the same. */
export interface Marked { readonly kind: LineageKind; readonly label: string; readonly count: number; readonly key: string | null; readonly finding: { readonly outcome: string } | null }

export const KIND_WORDS: Readonly<Record<LineageKind, string>> = { HYPOTHESIS: 'hypothesis', EXPERIMENT: 'experiment', RUN: 'runs', DATASET: 'data', CODE: 'code', ARTIFACT: 'file', MODEL: 'model' };
export const KIND_LABELS: Readonly<Record<LineageKind, string>> = { HYPOTHESIS: 'Hypotheses', EXPERIMENT: 'Experiments', RUN: 'Runs', DATASET: 'Data', CODE: 'Code', ARTIFACT: 'Files', MODEL: 'Models' };

const SHAPES: Readonly<Record<LineageKind, LineageMark['shape']>> = { HYPOTHESIS: 'diamond', EXPERIMENT: 'circle', RUN: 'square', DATASET: 'triangle', CODE: 'triangle', ARTIFACT: 'square', MODEL: 'hexagon' };
const TOKENS: Readonly<Record<LineageKind, string>> = { HYPOTHESIS: '--ink', EXPERIMENT: '--ink-3', RUN: '--ink-4', DATASET: '--c5', CODE: '--c4', ARTIFACT: '--ink-4', MODEL: '--accent' };
const OUTCOMES: Readonly<Record<string, string>> = { SUPPORTED: '--supported', REFUTED: '--refuted', EQUIVALENT: '--equivalent', INCONCLUSIVE: '--inconclusive' };

/** Shape says the kind, colour the verdict; both are said in words too, in the list and beside the graph. */
export function markOf({ kind, label, count, key, finding }: Marked): LineageMark {
  const named = kind === 'EXPERIMENT' && key !== null ? `${key} ${label}` : kind === 'HYPOTHESIS' ? labelOf(label) : label;
  return {
    shape: SHAPES[kind], token: finding === null ? TOKENS[kind] : (OUTCOMES[finding.outcome] ?? TOKENS[kind]), hollow: kind === 'CODE' || (kind === 'EXPERIMENT' && finding === null),
    label: kind === 'RUN' && count > 1 && !/^\d+ more$/.test(label) ? `${named} × ${count}` : named,
  };
}

/** Statements begin alike and end with a reason, and a label has little room. */
const OPENING = /^we (?:believe|expect|think)(?: that)? /i;
const REASON = /,? because .*$/is;
export const labelOf = (statement: string): string => { const rest = statement.replace(OPENING, '').replace(REASON, ''); return rest === '' ? statement : `${rest.slice(0, 1).toUpperCase()}${rest.slice(1)}`; };

/** "experiment VIS-3, Mixup, supported": a node for who hears it. */
export function spoken({ kind, label, count, key, finding }: Marked): string {
  const what = kind === 'RUN' && count === 1 ? 'run' : KIND_WORDS[kind];
  return [`${what}${key !== null && kind === 'EXPERIMENT' ? ` ${key}` : ''}`, label, kind === 'RUN' && count > 1 ? `${count} runs` : '', finding ? finding.outcome.toLowerCase() : kind === 'EXPERIMENT' ? 'no verdict yet' : ''].filter((part) => part !== '').join(', ');
}

/** Where a node's own page is; null for what has none. */
export function addressOfNode({ id, kind, key, run }: { readonly id: string; readonly kind: LineageKind; readonly key: string | null; readonly run: string | null }): string | null {
  if (kind === 'HYPOTHESIS') return `/h/${id}`;
  if (kind === 'EXPERIMENT') return key === null ? null : `/e/${key}`;
  if (run !== null) return kind === 'CODE' ? `/c/${run}` : `/r/${run}`;
  // Several that are shown as one have no page.
  if (kind === 'DATASET') return id.startsWith('dat_') ? `/d/${id}` : null;
  return kind === 'RUN' && key !== null ? `/e/${key}?tab=runs` : null;
}
