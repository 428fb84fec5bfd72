import { badInput, conflict } from '../refusal.ts';

// A client may number the batches it logs to a run and name the stream they belong to. After a lost connection it asks up to where they are durable, and goes on from there.

const STREAM_NAME = /^[A-Za-z0-9][\w.:-]{0,99}$/;

/** Refuses a name that no stream can have. */
export function requireStreamName(name: string): void {
  if (!STREAM_NAME.test(name)) throw badInput('stream/bad-name', 'A stream\'s name has 1 to 100 of the characters A-Z a-z 0-9 _ . : - and begins with a letter or digit.');
}

/** Up to where a stream is durable once the batches `first` to `last` are. Refuses to leave numbers out: what is acknowledged would then hide what is missing. */
export function acknowledgedAfter(acknowledged: number, { first, last }: { readonly first: number; readonly last: number }): number {
  if (first > acknowledged + 1) throw conflict('stream/gap', `This stream is acknowledged up to ${acknowledged}, and a batch with the number ${first} came. Go on with number ${acknowledged + 1}.`);
  return Math.max(acknowledged, last);
}
