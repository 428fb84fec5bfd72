import { badInput } from '../refusal.ts';

const LONGEST_NAME = 500;
const LONGEST_NOTE = 100_000;
const LONGEST_REASON = 2_000;

/** A run's name as given by a person, trimmed. */
export function runName(text: string): string {
  const name = withoutNul(text.trim());
  if (name === '') throw badInput('run/name-empty', 'Give the run a name.');
  if (name.length > LONGEST_NAME) throw badInput('run/name-too-long', `A run's name may have ${LONGEST_NAME} characters; this one has ${name.length}.`);
  return name;
}

/** Markdown about a run; empty for none. */
export function runNote(text: string): string {
  const note = withoutNul(text.trimEnd());
  if (note.length > LONGEST_NOTE) throw badInput('run/note-too-long', `A run's note may have ${LONGEST_NOTE} characters; this one has ${note.length}.`);
  return note;
}

/** Why a run is left out of the statistics. It stays beside the run for every reader, so it may not be empty. */
export function exclusionReason(text: string): string {
  const reason = withoutNul(text.trim());
  if (reason === '') throw badInput('run/reason-empty', 'Say why the run is left out: everyone who reads the result will see the reason.');
  if (reason.length > LONGEST_REASON) throw badInput('run/reason-too-long', `A reason may have ${LONGEST_REASON} characters; this one has ${reason.length}.`);
  return reason;
}

function withoutNul(text: string): string {
  if (text.includes('\0')) throw badInput('run/text', 'A text may not contain the NUL character.');
  return text;
}
