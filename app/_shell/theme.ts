'use client';

export type Theme = 'light' | 'dark';

const KEY = 'lemma-theme';

/** What the reader sees now: their choice, else the system's. */
export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Turns to the other theme and keeps it. */
export function switchTheme(): Theme {
  const next: Theme = currentTheme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = next;
  try { localStorage.setItem(KEY, next); } catch { /* private windows may refuse: the choice then lasts for this page */ }
  return next;
}
