'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** What only the browser knows and what does not change while a page is open; `meanwhile` stands where the server draws, and until its page is taken over. */
export const useOfBrowser = <Value extends string | boolean>(read: () => Value, meanwhile: Value): Value => useSyncExternalStore(never, read, () => meanwhile);

/** "https://lemma.example.org"; empty where the server draws. */
export const useOrigin = (): string => useOfBrowser(() => window.location.origin, '');
