'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { peopleHere, type Someone } from '../../_editor/carets.ts';
import { NoteConnection } from '../../_editor/note-connection.ts';
import { connectionMonitor } from '../../_graphql/connection.ts';
import type { Standing } from './note-standing.ts';

/** Lines that pages have open; one that is left is closed a moment later, unless the same page is only drawn again. */
const LEAVE_MS = 100;

/** The line to one note, open while the page shows it; null for the first moment. */
export function useNoteConnection(id: string): NoteConnection | null {
  const [line] = useState(() => new NoteLine());
  const connection = useSyncExternalStore(line.subscribe, line.current, () => null);
  useEffect(() => line.open(id), [line, id]);
  return connection?.id === id ? connection.connection : null;
}

/** Two lines lead to the one server: when that of live updates breaks, this one is looked at; when this one is back, that one need not wait. */
function hearBoth(connection: NoteConnection): () => void {
  const leave = [
    connectionMonitor.subscribe(() => { if (connectionMonitor.current().state === 'lost') connection.doubt(); }),
    connection.subscribe(() => { if (connection.state === 'live') connectionMonitor.heard(); }),
  ];
  return () => { for (const each of leave) each(); };
}

interface OpenLine { readonly id: string; readonly connection: NoteConnection; readonly stopHearing: () => void }

/** Opens one line at a time, for whoever shows the note. */
class NoteLine {
  #now: OpenLine | null = null;
  #leaving: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  readonly current = (): OpenLine | null => this.#now;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  open(id: string): () => void {
    clearTimeout(this.#leaving);
    if (this.#now?.id !== id) {
      this.#close();
      const connection = new NoteConnection(id);
      this.#set({ id, connection, stopHearing: hearBoth(connection) });
    }
    return () => {
      this.#leaving = setTimeout(() => {
        this.#close();
        this.#set(null);
      }, LEAVE_MS);
    };
  }

  #close(): void {
    this.#now?.stopHearing();
    this.#now?.connection.close();
  }

  #set(next: OpenLine | null): void {
    this.#now = next;
    for (const listener of this.#listeners) listener();
  }
}

/** How it stands now. A text, so that what is equal is the same. */
export function useStanding(connection: NoteConnection): Standing {
  const read = (): string => JSON.stringify({ state: connection.state, saved: connection.saved, synced: connection.synced, refusal: connection.refusal, tookBack: connection.tookBack } satisfies Standing);
  const [subscribe] = useState(() => (act: () => void) => connection.subscribe(act));
  return JSON.parse(useSyncExternalStore(subscribe, read, read)) as Standing;
}

type Here = Someone & { readonly colour: number };

/** The others who are at the note now. */
export function usePeopleHere({ awareness }: NoteConnection): readonly Here[] {
  const [subscribe] = useState(() => (act: () => void) => {
    awareness.on('change', act);
    return () => awareness.off('change', act);
  });
  const read = (): string => JSON.stringify(peopleHere(awareness));
  return JSON.parse(useSyncExternalStore(subscribe, read, read)) as readonly Here[];
}
