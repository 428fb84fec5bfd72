import { Refusal } from '../../domain/refusal.ts';
import { forgetBatches } from '../batched.ts';
import type { Context } from '../context.ts';

/** Looks again under the rights of this moment, at nothing that was read before: what a long-lived subscription asks before it says more. */
export async function stillVisible(context: Context, look: () => Promise<unknown>): Promise<boolean> {
  forgetBatches(context);
  try {
    await context.refreshViewer();
    return Boolean(await look());
  } catch (error) {
    // Signed out, or the token was revoked.
    if (error instanceof Refusal) return false;
    throw error;
  }
}
