import { InView } from '../_ui/in-view.ts';

const SIGHT = new InView('600px');
const waiting = new Set<() => void>();

/** Calls back once, when the element comes near the window or everything is to be drawn; the answer stops waiting. */
export function whenNear(element: Element, act: () => void): () => void {
  let leave = (): void => undefined;
  const once = (): void => {
    waiting.delete(once);
    leave();
    act();
  };
  waiting.add(once);
  leave = SIGHT.watch(element, ({ isIntersecting }) => { if (isIntersecting) once(); });
  return () => {
    waiting.delete(once);
    leave();
  };
}

/** Paper has no window: what waits to come near is drawn now. */
export function drawEverything(): void {
  for (const act of waiting) act();
}
