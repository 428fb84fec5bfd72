import { FROM_HERE_HEADER } from '../../../contracts/artifact-reading.ts';
import type { BinaryForm, BinaryTable, FileParts } from './binary-table.ts';

/** What the worker is asked, and what it answers: a file is somebody's, and what it claims of itself may keep a processor busy for ever or take all memory there is. Here it takes no page with it. */
export interface TableQuestion { readonly url: string; readonly size: number; readonly form: BinaryForm }
export type TableAnswer = { readonly table: BinaryTable } | { readonly problem: string };

const scope = globalThis as unknown as { onmessage: ((event: MessageEvent<TableQuestion>) => void) | null; postMessage(answer: TableAnswer): void };

scope.onmessage = ({ data: { url, size, form } }) => {
  tableOf({ size, read: (start, end) => bytesOf(url, start, end) }, form).then(
    (table) => scope.postMessage({ table }),
    (problem: unknown) => scope.postMessage({ problem: problem instanceof Error ? problem.message : String(problem) }),
  );
};

async function tableOf(parts: FileParts, form: BinaryForm): Promise<BinaryTable> {
  return form === 'parquet' ? (await import('./parquet-table.ts')).parquetTable(parts) : (await import('./arrow-table.ts')).arrowTable(parts);
}

async function bytesOf(url: string, start: number, end: number): Promise<ArrayBuffer> {
  if (end <= start) return new ArrayBuffer(0);
  const response = await fetch(url, { credentials: 'same-origin', headers: { [FROM_HERE_HEADER]: '1', range: `bytes=${start}-${end - 1}` } });
  if (response.status === 206) return response.arrayBuffer();
  throw new Error(`The server answered ${response.status}.`);
}
