import { forbidden, type Refusal } from '../refusal.ts';

/** Whose work an experiment is. */
export interface Work {
  readonly ownerId: string | null;
  /** How many of the counted runs each person logged: whoever's token, session or password they came with. */
  readonly loggedRuns: ReadonlyMap<string, number>;
}

/** Somebody as a sentence calls them. */
export interface Named { readonly id: string; readonly name: string }

/**
 * Why somebody may not review an experiment as others may, null where it is not their own work. It is its creator's, and where the policy says so (`ownRuns` false) that of who logged
 * runs that its evidence counts: runs that are deleted, excluded or not finished make nobody's work.
 */
export function ownWorkRefusal({ ownerId, loggedRuns }: Work, { id, name }: Named, { ownRuns }: { readonly ownRuns: boolean }): Refusal | null {
  const runs = ownRuns ? 0 : loggedRuns.get(id) ?? 0;
  if (ownerId === id) return own(`${name} created this experiment`);
  return runs === 0 ? null : own(`${name} logged ${runs === 1 ? 'one' : runs} of its runs`);
}

const own = (because: string): Refusal => forbidden('review/own-work', `${because}, so someone else must review it.`);
