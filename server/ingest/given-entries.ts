import type { z } from 'zod';
import { badInput, type Refusal } from '../../domain/refusal.ts';
import { parsed } from '../http/parsed.ts';

/** Entries of a request or message at most. */
const MOST_ENTRIES = 10_000;

/** A door's own codes for the two things that can be wrong. */
export interface EntryCodes { readonly tooMany: Refusal['code']; readonly malformed: Refusal['code'] }

/** Entries as every door checks them, by the shapes of contracts/rest: one that is wrong is named by its place and field, and none of them counts. */
export function givenEntries<Shape extends z.ZodType>(shape: Shape, given: readonly unknown[], { tooMany, malformed }: EntryCodes): z.output<Shape>[] {
  if (given.length > MOST_ENTRIES) throw badInput(tooMany, `At most ${MOST_ENTRIES} entries are taken at a time; ${given.length} came. Send them in parts.`);
  return given.map((entry, at) => parsed(shape, entry, malformed, `entry ${at + 1}`));
}
