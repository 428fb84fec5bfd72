'use client';

import { select } from 'd3-selection';
import { zoom, zoomIdentity, type ZoomBehavior } from 'd3-zoom';
import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import type { View } from '../../_charts/draw-lineage.ts';

export interface Zoom {
  /** Moves to a view; the listener hears of it as of any other. */
  readonly to: (view: View) => void;
  readonly by: (factor: number) => void;
}

/** Wheel, drag and pinch on an element, by d3-zoom. The wheel is the graph's only while it has the focus or a key is held: a page one scrolls through is not to be caught by it. */
export function useZoom(element: RefObject<HTMLElement | null>, onView: (view: View) => void): RefObject<Zoom | null> {
  const control = useRef<Zoom | null>(null);
  const tell = useEffectEvent(onView);
  useEffect(() => {
    const box = element.current;
    if (box === null) return undefined;
    const behaviour: ZoomBehavior<HTMLElement, unknown> = zoom<HTMLElement, unknown>().scaleExtent([0.005, 3])
      .filter((event: MouseEvent | WheelEvent | TouchEvent) => (event.type === 'wheel' ? event.ctrlKey || event.metaKey || box.matches(':focus-within') : !(event instanceof MouseEvent && event.button !== 0)))
      .on('zoom', ({ transform }: { readonly transform: View }) => tell({ k: transform.k, x: transform.x, y: transform.y }));
    const selection = select(box);
    selection.call(behaviour).on('dblclick.zoom', null);
    control.current = {
      to: ({ k, x, y }) => behaviour.transform(selection, zoomIdentity.translate(x, y).scale(k)),
      by: (factor) => behaviour.scaleBy(selection, factor),
    };
    return () => { selection.on('.zoom', null); control.current = null; };
  }, [element]);
  return control;
}
