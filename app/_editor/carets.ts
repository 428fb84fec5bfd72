import { Extension } from '@tiptap/core';
import { yCursorPlugin } from '@tiptap/y-tiptap';
import type { Awareness } from 'y-protocols/awareness';
import { make } from './make.ts';
import { coloursOf } from './person-colours.ts';

/** Who someone says to be; the server writes id and name over whatever a client claims. */
export interface Someone { readonly id: string; readonly name: string }

/** Who is at a text, without oneself and each person once, however many windows they have. */
export function peopleHere(awareness: Awareness): (Someone & { readonly colour: number })[] {
  const people = new Map<string, Someone>();
  for (const [client, state] of awareness.getStates()) {
    const someone = someoneIn(state);
    if (client !== awareness.clientID && someone !== null) people.set(someone.id, someone);
  }
  const own = someoneIn(awareness.getLocalState() ?? {});
  const colours = coloursOf([...people.keys(), ...(own === null ? [] : [own.id])]);
  return [...people.values()].filter(({ id }) => id !== own?.id).map((one) => ({ ...one, colour: colours.get(one.id) ?? 1 }));
}

export function someoneIn(state: Readonly<Record<string, unknown>>): Someone | null {
  const user = state['user'];
  if (typeof user !== 'object' || user === null || !('id' in user) || !('name' in user)) return null;
  return typeof user.id === 'string' && typeof user.name === 'string' ? { id: user.id, name: user.name.slice(0, 80) } : null;
}

/** The carets and selections of the others, in a colour and with a name. */
export const Carets = Extension.create<{ readonly awareness: Awareness | null }>({
  name: 'carets',
  priority: 999,
  addOptions: () => ({ awareness: null }),
  addProseMirrorPlugins() {
    const { awareness } = this.options;
    if (awareness === null) return [];
    const colourOf = (user: unknown): number => {
      const someone = someoneIn({ user });
      return coloursOf([...awareness.getStates().values()].flatMap((state) => someoneIn(state)?.id ?? [])).get(someone?.id ?? '') ?? 1;
    };
    return [yCursorPlugin(awareness, {
      cursorBuilder: (user: unknown) => make('span', { class: `caret pc-${colourOf(user)}` }, '\u2060', make('span', { class: 'caret-name' }, someoneIn({ user })?.name ?? 'Someone'), '\u2060'),
      selectionBuilder: (user: unknown) => ({ class: `caret-selection pc-${colourOf(user)}` }),
    })];
  },
});
