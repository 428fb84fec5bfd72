'use client';

import type { NoteConnection } from '../../_editor/note-connection.ts';
import { count } from '../../_ui/numbers.ts';
import { usePeopleHere } from './use-note-connection.ts';

const MOST_SHOWN = 6;

const initialsOf = (name: string): string => name.split(/\s+/).map((word) => /^./u.exec(word)?.[0] ?? '').filter((_, at, all) => at === 0 || at === all.length - 1).join('').toUpperCase();

/** Who else is at the note, each with the colour of their caret. */
export function NotePeople({ connection }: { readonly connection: NoteConnection }) {
  const people = usePeopleHere(connection);
  if (people.length === 0) return null;
  return (
    <ul className="avs note-people" aria-label={`Here too: ${count(people.length, 'other')}`}>
      {people.slice(0, MOST_SHOWN).map(({ id, name, colour }) => <li key={id} className={`av pc-${colour}`} title={name}><span aria-hidden="true">{initialsOf(name)}</span><span className="vh">{name}</span></li>)}
      {people.length > MOST_SHOWN && <li className="av">+{people.length - MOST_SHOWN}</li>}
    </ul>
  );
}
