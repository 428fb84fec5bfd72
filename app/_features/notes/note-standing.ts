export interface Standing {
  readonly state: 'connecting' | 'live' | 'offline' | 'refused';
  /** Whether everything written here is in a commit of the server. */
  readonly saved: boolean;
  /** Whether the note's content has come. */
  readonly synced: boolean;
  readonly refusal: { readonly code: string; readonly message: string } | null;
  /** Whether something was too large and was taken back. It says nothing about the rest, which is saved or not. */
  readonly tookBack: boolean;
}

export interface StandingWords {
  readonly text: string;
  readonly tone: 'quiet' | 'wait' | 'bad';
  /** More than a word: it stands over the note, with what to do. */
  readonly loud: boolean;
}

/** Whether what one writes is safe. "Saved" is said after the commit and never before. */
export function standingWords({ state, saved, synced, refusal }: Standing): StandingWords {
  if (state === 'refused') return { text: refusal?.message ?? 'The server refuses this note.', tone: 'bad', loud: true };
  if (state === 'offline') return { text: saved ? 'Offline — you can write on; it is kept on this device and merged when you are back.' : 'Offline — your edits are kept on this device and merged when you are back.', tone: 'wait', loud: true };
  if (state === 'connecting') return { text: connectingText(synced, saved), tone: 'quiet', loud: false };
  return saved ? { text: 'Saved', tone: 'quiet', loud: false } : { text: 'Saving…', tone: 'quiet', loud: false };
}

function connectingText(synced: boolean, saved: boolean): string {
  if (!synced) return 'Opening…';
  return saved ? 'Connecting again…' : 'Connecting again… Your edits are kept on this device.';
}
