import { csvLine } from '../../../domain/search/csv.ts';

/** Every point of some metrics of a run as CSV, as it was logged: a chart holds fewer of a long series, and neither NaN nor infinities. */
export async function everyPointCsv(runId: string, keys: readonly string[]): Promise<Blob> {
  const query = new URLSearchParams([['run', runId], ...keys.map((key) => ['key', key])]);
  const answer = await fetch(`/api/v1/metrics?${query.toString()}`, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`The points could not be read (${answer.status}).`);
  // Only whoever saves a file needs the reader.
  const { RecordBatchReader } = await import('apache-arrow');
  const parts = [csvLine(['metric', 'step', 'timestamp_ms', 'value'])];
  for await (const batch of await RecordBatchReader.from(answer)) {
    const columns = ['key', 'step', 'timestamp', 'value'].map((name) => batch.getChild(name));
    const lines = Array.from({ length: batch.numRows }, (_, row) => csvLine(columns.map((column) => String(column?.get(row)))));
    parts.push(lines.join(''));
  }
  return new Blob(parts, { type: 'text/csv' });
}
