'use client';

import { useCallback, useEffect, useEffectEvent, useRef } from 'react';
import { placeAt, scrollFor, type PartBox, type StagePlace } from './stage-place.ts';

/** Between two words about where the presenter looks, in milliseconds. */
const SAY_EVERY_MS = 250;
/** Figures come in after their page: a place is looked for again until it is there, so often and so far apart. */
const TRIES = 8;
const TRY_AGAIN_MS = 250;

/** The stage scrolls in itself on a wide screen, and with the page on a narrow one. */
const scrollerOf = (stage: HTMLElement): HTMLElement => (stage.scrollHeight > stage.clientHeight + 1 && getComputedStyle(stage).overflowY !== 'visible' ? stage : document.documentElement);

function partsOf(stage: HTMLElement, scroller: HTMLElement): PartBox[] {
  const origin = (scroller === stage ? stage.getBoundingClientRect().top : 0) - scroller.scrollTop;
  return [...stage.querySelectorAll<HTMLElement>('section')].map((part) => {
    const { top, height } = part.getBoundingClientRect();
    return { top: top - origin, height };
  });
}

/** Tells where one looks as it moves, and moves there when asked. */
export function useStageScroll(onMoved: (place: StagePlace) => void) {
  const stage = useRef<HTMLElement>(null);
  const tell = useEffectEvent(onMoved);
  const moving = useRef<ReturnType<typeof setTimeout> | null>(null);

  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | null = null;
    const onScroll = (): void => {
      resting ??= setTimeout(() => {
        resting = null;
        if (stage.current === null) return;
        const scroller = scrollerOf(stage.current);
        tell(placeAt(partsOf(stage.current, scroller), scroller.scrollTop));
      }, SAY_EVERY_MS);
    };
    document.addEventListener('scroll', onScroll, { capture: true, passive: true });
    return () => {
      document.removeEventListener('scroll', onScroll, { capture: true });
      if (resting !== null) clearTimeout(resting);
    };
  }, []);

  const moveTo = useCallback((place: StagePlace) => {
    if (moving.current !== null) clearTimeout(moving.current);
    const attempt = (left: number): void => {
      if (stage.current === null) return;
      const scroller = scrollerOf(stage.current);
      const wanted = scrollFor(partsOf(stage.current, scroller), place);
      scroller.scrollTo({ top: wanted });
      if (left > 0 && Math.abs(scroller.scrollTop - wanted) > 2) moving.current = setTimeout(() => attempt(left - 1), TRY_AGAIN_MS);
    };
    moving.current = setTimeout(() => attempt(TRIES), 0);
  }, []);

  return { stage, moveTo };
}
