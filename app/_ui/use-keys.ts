'use client';

import { useEffect, useEffectEvent } from 'react';

const SEQUENCE_IN_MS = 1_200;
const OFF_KEY = 'lemma-single-keys';

/** Whether keys without a modifier do something; people who dictate or who press keys by accident turn them off. */
export function singleKeysOn(): boolean {
  try { return localStorage.getItem(OFF_KEY) !== 'off'; } catch { return true; }
}

export function setSingleKeys(on: boolean): void {
  try { localStorage.setItem(OFF_KEY, on ? 'on' : 'off'); } catch { /* the choice then lasts for this page */ }
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const isBusyElsewhere = (): boolean => document.querySelector('[role="dialog"], [role="menu"]') !== null;

/** The name of a press: "mod+k", "?", "g". Shift is in the character already. */
export function nameOfPress(event: { readonly key: string; readonly metaKey: boolean; readonly ctrlKey: boolean; readonly altKey: boolean }): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.metaKey || event.ctrlKey ? `mod+${key}` : event.altKey ? `alt+${key}` : key;
}

/** The next state of a sequence ("g" then "h" is "g h") and the name to look up. */
export function continueSequence(pending: string | null, press: string, known: readonly string[]): { readonly found: string | null; readonly pending: string | null } {
  const joined = pending ? `${pending} ${press}` : press;
  if (known.includes(joined)) return { found: joined, pending: null };
  if (known.some((name) => name.startsWith(`${press} `))) return { found: null, pending: press };
  return { found: known.includes(press) ? press : null, pending: null };
}

type Listener = (event: KeyboardEvent) => void;

let listeners: readonly Listener[] = [];

/** What was bound last is asked first: a page may give a key another meaning than the frame around it. */
function askInTurn(event: KeyboardEvent): void {
  for (const listener of listeners) {
    if (event.defaultPrevented) return;
    listener(event);
  }
}

function listen(listener: Listener): () => void {
  if (listeners.length === 0) document.addEventListener('keydown', askInTurn);
  listeners = [listener, ...listeners];
  return () => {
    listeners = listeners.filter((one) => one !== listener);
    if (listeners.length === 0) document.removeEventListener('keydown', askInTurn);
  };
}

/** Keys for the page: "mod+k", "n", "g h". Not while someone types, nor while a dialog or menu is open; with a modifier also while typing. */
export function useKeys(bindings: Readonly<Record<string, () => void>>): void {
  const names = Object.keys(bindings).join('\n');
  const act = useEffectEvent((name: string) => bindings[name]?.());

  useEffect(() => {
    const known = names.split('\n');
    let pending: string | null = null;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.repeat) return;
      const press = nameOfPress(event);
      const modified = press.startsWith('mod+');
      if (!modified && (isTyping(event.target) || isBusyElsewhere() || !singleKeysOn())) return;
      const next = continueSequence(pending, press, known);
      pending = next.pending;
      if (timer) clearTimeout(timer);
      timer = pending ? setTimeout(() => { pending = null; }, SEQUENCE_IN_MS) : null;
      if (next.found === null) return;
      event.preventDefault();
      act(next.found);
    };
    const leave = listen(onKey);
    return () => { leave(); if (timer) clearTimeout(timer); };
  }, [names]);
}
