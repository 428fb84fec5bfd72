/** How many colours the chart palette has; each pair can be told apart with every common colour blindness, and every caret has its name besides. */
export const COLOURS = 8;

/** A small, steady number from a text (FNV-1a). */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/**
 * Which palette colour (1 to 8) each person has. A person keeps one from note to note where nobody else here has it; where two would share one, the later id moves on.
 * Everyone here works out the same.
 */
export function coloursOf(people: readonly string[]): ReadonlyMap<string, number> {
  const colours = new Map<string, number>();
  const taken = new Set<number>();
  for (const person of [...new Set(people)].sort()) {
    let colour = numberOf(person) % COLOURS;
    for (let tries = 0; tries < COLOURS && taken.has(colour); tries += 1) colour = (colour + 1) % COLOURS;
    taken.add(colour);
    colours.set(person, colour + 1);
  }
  return colours;
}
