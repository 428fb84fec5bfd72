import { badInput } from '../../domain/refusal.ts';

export const DEFAULT_PAGE = 50;
export const LARGEST_PAGE = 200;

/** The page size asked for, or a refusal: pages hold 0 to 200 things. */
export function pageSize(first: number | null | undefined, fallback = DEFAULT_PAGE): number {
  const size = first ?? fallback;
  if (size < 0 || size > LARGEST_PAGE) throw badInput('page/size', `first is ${size}; a page holds 0 to ${LARGEST_PAGE}. Ask for the next page with after.`);
  return size;
}
