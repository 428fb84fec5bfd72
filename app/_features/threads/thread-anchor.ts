/** Where on its subject a thread points. The server keeps it as JSON; what is not understood points at the whole. */
export type ThreadAnchor =
  | { readonly kind: 'verdict' }
  | { readonly kind: 'point'; readonly metric: string; readonly step: number }
  | { readonly kind: 'variants' };

export function anchorFrom(json: unknown): ThreadAnchor | null {
  if (typeof json !== 'object' || json === null || !('kind' in json)) return null;
  if (json.kind === 'verdict' || json.kind === 'variants') return { kind: json.kind };
  if (json.kind === 'point' && 'metric' in json && 'step' in json && typeof json.metric === 'string' && typeof json.step === 'number' && Number.isFinite(json.step)) {
    return { kind: 'point', metric: json.metric, step: json.step };
  }
  return null;
}

/** "on the verdict", "on test_acc, step 18" */
export function anchorText(anchor: ThreadAnchor | null): string {
  if (anchor === null) return '';
  if (anchor.kind === 'verdict') return 'on the verdict';
  return anchor.kind === 'variants' ? 'on the variants' : `on ${anchor.metric}, step ${anchor.step}`;
}
