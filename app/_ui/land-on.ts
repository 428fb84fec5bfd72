/** As `scroll-padding-top` says: what stands higher is under the head of the page. */
const HEAD_PX = 60;
/** Three seconds without a move are standing still, ten are enough for anybody; counted in frames of a usual screen. What comes late, such as a picture, still moves it. */
const STILL_FRAMES = 180;
const MOST_FRAMES = 600;

/** What a person does to go elsewhere. */
const OWN_WAY = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/** Whether one sees it begin in the upper half of the window, or sees the whole of it. */
function isInSight({ top, bottom }: DOMRect): boolean {
  return top >= HEAD_PX - 1 && (top <= innerHeight / 2 || bottom <= innerHeight);
}

/**
 * Brings a place of a long page into sight and keeps it there while what is above it gets its height, which what was not drawn yet only guesses.
 * Ends once the place stands still, or at once when the person goes their own way. Answers how to end it before.
 */
export function landOn(element: Element, block: 'start' | 'center'): () => void {
  const over = new AbortController();
  let [frames, still, last] = [0, 0, Number.NaN];
  const look = (): void => {
    if (over.signal.aborted) return;
    const place = element.getBoundingClientRect();
    const stands = isInSight(place);
    if (!stands) element.scrollIntoView({ block });
    still = stands && Math.abs(place.top - last) < 1 ? still + 1 : 0;
    last = place.top;
    frames += 1;
    if (still < STILL_FRAMES && frames < MOST_FRAMES) requestAnimationFrame(look);
    else over.abort();
  };
  for (const way of OWN_WAY) window.addEventListener(way, () => over.abort(), { signal: over.signal, capture: true, passive: true });
  look();
  return () => over.abort();
}
