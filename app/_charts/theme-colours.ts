'use client';

import { useSyncExternalStore } from 'react';

/** Resolved colours of tokens under the present theme. */
export type Colours = (token: string) => string;

let version = 0;
let known = new Map<string, string>();
const listeners = new Set<() => void>();
let watching = false;

function changed(): void {
  version += 1;
  known = new Map();
  for (const listener of listeners) listener();
}

function watch(): void {
  if (watching) return;
  watching = true;
  new MutationObserver(changed).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
}

function subscribe(listener: () => void): () => void {
  watch();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A number that moves when the theme does: canvases draw again when it changes. */
export const useThemeVersion = (): number => useSyncExternalStore(subscribe, () => version, () => 0);

/** A token's colour as the browser resolves it here and now: a canvas does not understand var() or light-dark(). */
export function colourOf(token: string): string {
  const before = known.get(token);
  if (before !== undefined) return before;
  const probe = document.createElement('i');
  probe.style.color = `var(${token})`;
  probe.hidden = true;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  known.set(token, colour);
  return colour;
}
