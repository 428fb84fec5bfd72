import { createContextKey, type HandlerContext } from '@connectrpc/connect';
import type { ViewerFor } from '../http/door-deps.ts';

/** The call's request, as ViewerFor and the guards read it. */
export type Asking = Parameters<ViewerFor>[0];
export const ASKING = createContextKey<Asking | null>(null);

export function askingOf({ values }: Pick<HandlerContext, 'values'>): Asking {
  const asking = values.get(ASKING);
  if (!asking) throw new Error('A call without its request.');
  return asking;
}
