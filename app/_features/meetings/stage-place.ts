/** How far down the stage one looks: the part at the top, and how far through it. The same place on a screen of another width. */
export interface StagePlace { readonly section: number; readonly within: number }

/** A part's top edge below the top of the stage's content, and its height, in pixels. */
export interface PartBox { readonly top: number; readonly height: number }

export const TOP: StagePlace = { section: 0, within: 0 };

/** Part 0 is what stands above the first section. */
const boxesFrom = (parts: readonly PartBox[]): readonly PartBox[] => [{ top: 0, height: parts[0]?.top ?? 0 }, ...parts];

export function placeAt(parts: readonly PartBox[], scrolled: number): StagePlace {
  const boxes = boxesFrom(parts);
  const section = Math.max(0, boxes.findLastIndex(({ top }) => top <= scrolled + 1));
  const box = boxes[section];
  return { section, within: box && box.height > 0 ? Number(Math.min(1, Math.max(0, (scrolled - box.top) / box.height)).toFixed(3)) : 0 };
}

/** Where to scroll to, to look at the same. Beyond the last part it is the last part's end. */
export function scrollFor(parts: readonly PartBox[], { section, within }: StagePlace): number {
  const boxes = boxesFrom(parts);
  const box = boxes[Math.min(section, boxes.length - 1)];
  return box ? Math.round(box.top + box.height * (section >= boxes.length ? 1 : within)) : 0;
}
