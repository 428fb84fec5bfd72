import { cropFrom, type ChartCrop } from '../../../domain/threads/chart-crop.ts';

/** Where on its subject a thread points. The server keeps it as JSON; what is not understood points at the whole. */
export type ThreadAnchor =
  | { readonly kind: 'verdict' }
  | { readonly kind: 'point'; readonly metric: string; readonly step: number; /** What was seen there, kept as it was. */ readonly crop?: ChartCrop }
  | { readonly kind: 'variants' };

export function anchorFrom(json: unknown): ThreadAnchor | null {
  if (typeof json !== 'object' || json === null || !('kind' in json)) return null;
  if (json.kind === 'verdict' || json.kind === 'variants') return { kind: json.kind };
  return json.kind === 'point' ? pointFrom(json) : null;
}

function pointFrom(json: object): ThreadAnchor | null {
  if (!('metric' in json && 'step' in json) || typeof json.metric !== 'string' || typeof json.step !== 'number' || !Number.isFinite(json.step)) return null;
  return { kind: 'point', metric: json.metric, step: json.step, ...cropped('crop' in json ? cropFrom(json.crop) : null) };
}

/** For an anchor's literal: the crop, where there is one. */
export const cropped = (crop: ChartCrop | null | undefined): { readonly crop?: ChartCrop } => (crop == null ? {} : { crop });

/** "on the verdict", "on test_acc, step 18" */
export function anchorText(anchor: ThreadAnchor | null): string {
  if (anchor === null) return '';
  if (anchor.kind === 'verdict') return 'on the verdict';
  return anchor.kind === 'variants' ? 'on the variants' : `on ${anchor.metric}, step ${anchor.step}`;
}
