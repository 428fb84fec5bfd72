import type { Api, As } from './api.ts';

export interface SentLine { readonly sequence: number; readonly text: string; readonly stream?: 'stdout' | 'stderr'; readonly source?: string; readonly time?: number | string }

/** Sends lines as a client does: NDJSON, one line each. */
export const sendLines = (api: Api, as: As, runId: string, lines: readonly SentLine[]): Promise<Response> =>
  api.fetch(`/api/v1/runs/${runId}/logs`, { method: 'POST', as, headers: { 'content-type': 'application/x-ndjson' }, body: lines.map((line) => JSON.stringify(line)).join('\n') });
