'use client';

import { useOfBrowser } from './of-browser.ts';

/** Whether commands are given with ⌘; everywhere else it is Ctrl. */
export const isApple = (platform: string): boolean => /^(Mac|iP(hone|ad|od))/.test(platform);

/** The name of the key that "mod" stands for, on the reader's keyboard. The server, which has none, says Ctrl. */
export const useModKey = (): '⌘' | 'Ctrl' => useOfBrowser(() => (isApple(navigator.platform) ? '⌘' : 'Ctrl'), 'Ctrl');

/** Keys as they are pressed, one after the other: "G H" shows two, "Mod K" the one for commands and K. Hidden where there is no keyboard. */
export function Kbd({ keys }: { readonly keys: string }) {
  const mod = useModKey();
  return <>{keys.split(' ').map((key, place) => <kbd key={`${key}${place}`} className="hk" aria-hidden="true">{key === 'Mod' ? mod : key}</kbd>)}</>;
}
