import { badInput } from '../refusal.ts';

const MOST_CHARACTERS = 2_000;
const REPLICATION = 'Replication';

/** Whether a client's one word says it: "replication", in any case. */
export const isReplication = (text: string): boolean => text.trim().toLowerCase() === REPLICATION.toLowerCase();

/** Why somebody goes on: replication speaks for itself, anything else is said in words. Refuses an empty one with `duplicate/reason-empty`, a long one with `duplicate/reason-too-long`. */
export function duplicateReason(text: string | null, replication: boolean): string {
  const said = text?.trim() ?? '';
  if (said === '' && replication) return REPLICATION;
  if (said === '') throw badInput('duplicate/reason-empty', 'Say why this is done again, or that it is a replication.');
  if (said.length > MOST_CHARACTERS) throw badInput('duplicate/reason-too-long', `A reason has at most ${MOST_CHARACTERS} characters; this one has ${said.length}.`);
  return said;
}
