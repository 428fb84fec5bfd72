import { request } from 'node:http';
import type { FrameSeries } from '../../bench/drive/packed-frame.ts';
import type { Api } from './api.ts';

/** So many points of a metric, a step each. */
export const curveOf = (key: string, from: number, to: number): FrameSeries => ({
  key,
  steps: BigInt64Array.from({ length: to - from }, (_, at) => BigInt(from + at)),
  timestamps: BigInt64Array.from({ length: to - from }, (_, at) => BigInt(1_700_000_000_000 + from + at)),
  values: Float64Array.from({ length: to - from }, (_, at) => Math.sin(from + at)),
});

export interface StreamAnswer {
  readonly status: number;
  readonly body: { readonly acknowledged?: number; readonly stream?: string | null; readonly points?: number; readonly added?: number; readonly error?: { readonly code: string; readonly reason: string; readonly message: string; readonly acknowledged?: number } };
}

/** A body that is written piece by piece over a socket of its own. */
export interface OpenUpload {
  write(piece: Uint8Array | string): Promise<void>;
  end(): Promise<StreamAnswer>;
  /** As when a machine is switched off. */
  cut(): void;
  /** The answer, should it come before the end. */
  readonly answer: Promise<StreamAnswer>;
}

export function openUpload(api: Pick<Api, 'url'>, path: string, headers: Readonly<Record<string, string>>): OpenUpload {
  const outgoing = request(api.url + path, { method: 'POST', headers });
  const answer = new Promise<StreamAnswer>((resolve, reject) => {
    outgoing.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => { text += part; }).on('error', reject).on('end', () => { resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as StreamAnswer['body'] }); });
    });
  });
  answer.catch(() => {});
  return {
    answer,
    write: (piece) => new Promise((resolve, reject) => { outgoing.write(piece, (problem) => { if (problem) reject(problem); else resolve(); }); }),
    end() {
      outgoing.end();
      return answer;
    },
    cut() { outgoing.destroy(); },
  };
}
