import { createDecoder, hasContent, readVarString, readVarUint } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding';

/** What one client says of itself: its caret and whatever else, as JSON; null when it leaves. */
export interface ClientState { readonly client: number; readonly clock: number; readonly state: string | null }

const MOST_ENTRIES = 8;
const MOST_STATE = 2_000;

/** What is said in an awareness update of y-protocols; null for what is none, or more than a client has to say. */
export function readAwareness(update: Uint8Array): readonly ClientState[] | null {
  try {
    const decoder = createDecoder(update);
    const count = readVarUint(decoder);
    if (count > MOST_ENTRIES) return null;
    const entries = Array.from({ length: count }, () => ({ client: readVarUint(decoder), clock: readVarUint(decoder), state: readVarString(decoder) }));
    if (hasContent(decoder) || entries.some(({ state }) => state.length > MOST_STATE)) return null;
    return entries.map((entry) => ({ ...entry, state: entry.state === 'null' ? null : entry.state }));
  } catch {
    return null;
  }
}

export function writeAwareness(entries: readonly ClientState[]): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, entries.length);
  for (const { client, clock, state } of entries) {
    writeVarUint(encoder, client);
    writeVarUint(encoder, clock);
    writeVarString(encoder, state ?? 'null');
  }
  return toUint8Array(encoder);
}

/** The state with who really says it; of the rest only the colour of the caret is the client's own. Null for what is no object. */
export function stamped(state: string, person: { readonly id: string; readonly name: string }): string | null {
  try {
    const given: unknown = JSON.parse(state);
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return null;
    const { user, ...rest } = given as { readonly user?: unknown };
    const color = typeof user === 'object' && user !== null && 'color' in user && typeof user.color === 'string' && /^(#[0-9a-f]{3,8}|var\(--[a-z0-9-]{1,40}\))$/i.test(user.color) ? { color: user.color } : {};
    return JSON.stringify({ ...rest, user: { ...color, ...person } });
  } catch {
    return null;
  }
}
