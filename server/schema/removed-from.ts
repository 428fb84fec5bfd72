import { removedFromMs } from '../../domain/runs/retention.ts';
import type { Context } from '../context.ts';

/** When what is deleted is removed for good, at the earliest. */
export function removedFrom({ deletedAt }: { readonly deletedAt: Date | null }, { env }: Context): Date | null {
  const from = removedFromMs(deletedAt, env.keepDeletedDays);
  return from === null ? null : new Date(from);
}
