/** What is said over the socket of a note, as its first number. */
export const FRAME_KINDS = { stateVector: 0, update: 1, push: 2, saved: 3, awareness: 4, refusal: 5 } as const;

/** Whoever gets a state vector answers with what the other lacks. A push is numbered by the client, and saved says that it was committed. */
export type CollabFrame =
  | { readonly kind: 'stateVector' | 'update' | 'awareness'; readonly data: Uint8Array }
  | { readonly kind: 'push'; readonly sequence: number; readonly data: Uint8Array }
  | { readonly kind: 'saved'; readonly sequence: number }
  | { readonly kind: 'refusal'; readonly code: string; readonly message: string };

/** Why the server closes. What is not in here (1001: draining, 1006: cut) is worth another try. */
export const CLOSE_CODES = { malformed: 4400, unauthenticated: 4401, forbidden: 4403, unknown: 4404, tooLarge: 4413 } as const;

/** The largest edit that is taken in one piece, and the largest note. */
export const MOST_UPDATE_BYTES = 1024 * 1024;
export const MOST_NOTE_BYTES = 16 * 1024 * 1024;

/** Numbers are written as in lib0: seven bits a byte, the smallest first, the eighth says that more follow. */
function numberBytes(given: number): number[] {
  const bytes: number[] = [];
  let rest = given;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
  return bytes;
}

function readNumber(bytes: Uint8Array, from: number): { readonly value: number; readonly next: number } | null {
  let value = 0;
  for (let [at, factor] = [from, 1]; at < bytes.length && factor < Number.MAX_SAFE_INTEGER; at += 1, factor *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte % 128) * factor;
    if (byte < 128) return Number.isSafeInteger(value) ? { value, next: at + 1 } : null;
  }
  return null;
}

const joined = (head: readonly number[], data: Uint8Array): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(head.length + data.length);
  bytes.set(head);
  bytes.set(data, head.length);
  return bytes;
};

const NOTHING = new Uint8Array(0);

export function writeFrame(frame: CollabFrame): Uint8Array<ArrayBuffer> {
  const kind = FRAME_KINDS[frame.kind];
  if (frame.kind === 'push') return joined([kind, ...numberBytes(frame.sequence)], frame.data);
  if (frame.kind === 'saved') return joined([kind, ...numberBytes(frame.sequence)], NOTHING);
  if (frame.kind === 'refusal') return joined([kind], new TextEncoder().encode(JSON.stringify({ code: frame.code, message: frame.message })));
  return joined([kind], frame.data);
}

/** Null for what is not a frame. What a frame carries is for its reader to judge. */
export function readFrame(bytes: Uint8Array): CollabFrame | null {
  const data = bytes.subarray(1);
  switch (bytes[0]) {
    case FRAME_KINDS.stateVector: return { kind: 'stateVector', data };
    case FRAME_KINDS.update: return { kind: 'update', data };
    case FRAME_KINDS.awareness: return { kind: 'awareness', data };
    case FRAME_KINDS.push:
    case FRAME_KINDS.saved: return numbered(bytes);
    case FRAME_KINDS.refusal: return refusalIn(data);
    case undefined:
    default: return null;
  }
}

function numbered(bytes: Uint8Array): CollabFrame | null {
  const sequence = readNumber(bytes, 1);
  if (!sequence) return null;
  if (bytes[0] === FRAME_KINDS.push) return { kind: 'push', sequence: sequence.value, data: bytes.subarray(sequence.next) };
  return sequence.next === bytes.length ? { kind: 'saved', sequence: sequence.value } : null;
}

function refusalIn(data: Uint8Array): CollabFrame | null {
  try {
    const { code, message } = JSON.parse(new TextDecoder().decode(data)) as { readonly code?: unknown; readonly message?: unknown };
    return typeof code === 'string' && typeof message === 'string' ? { kind: 'refusal', code, message } : null;
  } catch {
    return null;
  }
}
