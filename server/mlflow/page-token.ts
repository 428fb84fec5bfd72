import { invalid } from './problem.ts';

/** MLflow's own form of a page token: where the next page starts. */
export const tokenFor = (offset: number): string => Buffer.from(JSON.stringify({ offset })).toString('base64');

/** Source of the sentences: SearchUtils.parse_start_offset_from_page_token. */
export function offsetFrom(token: string | undefined): number {
  if (!token) return 0;
  let offset: unknown;
  try {
    offset = (JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as { offset?: unknown } | null)?.offset;
  } catch {
    throw invalid('Invalid page token, decoded value is not JSON');
  }
  if (typeof offset !== 'number' || !Number.isSafeInteger(offset) || offset < 0) throw invalid(`Invalid page token, parsed value is ${JSON.stringify(offset) ?? 'nothing'}`);
  return offset;
}
