'use client';

import { useRef, type RefObject } from 'react';
import { useKeys } from '../../_ui/use-keys.ts';

/** J and K walk the focus through the links marked `data-step`; return then opens as for any link. */
export function useSteps(): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const step = (by: 1 | -1): void => {
    const links = [...(box.current?.querySelectorAll<HTMLElement>('[data-step]') ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  };
  useKeys({ j: () => step(1), k: () => step(-1) });
  return box;
}
